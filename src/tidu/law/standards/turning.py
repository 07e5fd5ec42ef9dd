"""Which single change of one fact would turn the verdict to 符合.

Every candidate is tried on the standard itself. Only what reads the changed fact
is judged again, and a change is not tried at all while something that does not
read it stands in the way.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from tidu.law.derivation import Found
from tidu.law.expressions import Span, truth_of
from tidu.law.expressions.tree import Comparison, Condition, Constant, FactValue, Operator
from tidu.law.facts import Fact, FactKind
from tidu.law.firm import FirmView
from tidu.law.standards.changes import Change, applied, crossings, is_consistent, order
from tidu.law.standards.definition import Clause, StandardText
from tidu.law.standards.judging import ClauseFinding, Judgement, judge_indicator
from tidu.law.standards.reading import TOTAL_SCORE, score_id


def turning_changes(text: StandardText, view: FirmView, judged: Judgement) -> tuple[Change, ...]:
    """For each fact the smallest single change that makes the outcome 符合, the smallest first.

    Empty if it is 符合 already, or if no single change does. `judged` is what the standard says of the view.
    """
    trial = _Trial(text, view, judged)
    if trial.judged.root.truth is True:
        return ()
    found: dict[tuple[str, int | None], Change] = {}
    for change in candidates(text, view, trial.is_hopeful):
        key = (change.fact, change.period)
        known = found.get(key)
        if known and not isinstance(known.after, tuple):
            continue
        if not trial.turns(change) or not is_consistent(change, view):
            continue
        found[key] = _with_options_of(change, known)
    return tuple(sorted(found.values(), key=order))


class _Trial:
    """The verdict as it stands, and what a change would make of it."""

    def __init__(self, text: StandardText, view: FirmView, judged: Judgement) -> None:
        self.view = view
        self.judged = judged
        self.scores = frozenset((TOTAL_SCORE, *(score_id(d.id) for d in text.dimensions)))
        self._text = text
        self._met = {found.clause.id for found in _all_clauses(self.judged.root) if found.truth is True}
        self._moved: dict[str, frozenset[str]] = {}
        self._hopeful: dict[str, bool] = {}

    def turns(self, change: Change) -> bool:
        """Whether the change alone makes the outcome 符合."""
        if not self.is_hopeful(change.fact):
            return False
        return self._is_met(self._text.root, _After(self, change, self._moved[change.fact]))

    def is_hopeful(self, fact: str) -> bool:
        """Whether everything that stands in the way reads the fact, so that a change of it might do."""
        if fact not in self._moved:
            self._moved[fact] = self._reading(fact)
            self._hopeful[fact] = self._could(self._text.root, self._moved[fact])
        return self._hopeful[fact]

    def _reading(self, fact_id: str) -> frozenset[str]:
        """The names that move with the fact: itself, what is derived from it, the scores it bears on."""
        derived = self._text.vocabulary.derived.values()
        names = frozenset((fact_id, *(entry.id for entry in derived if fact_id in entry.sources)))
        is_scored = any(names & indicator.names for indicator in self._text.indicators)
        return names | self.scores if is_scored else names

    def _could(self, clause: Clause, moved: frozenset[str]) -> bool:
        """Whether the clause is met already, or reads what moves and is not out of its reach."""
        if clause.condition is not None:
            if clause.id in self._met:
                return True
            return bool(clause.names & moved) and self._in_reach(clause.condition, moved)
        join = any if clause.joins == "any" else all
        return join(self._could(part, moved) for part in clause.parts)

    def _in_reach(self, condition: Condition, moved: frozenset[str]) -> bool:
        """Of a line that a score must reach, whether full points for all that moves would reach it."""
        if not isinstance(condition, Comparison) or not isinstance(condition.left, FactValue):
            return True
        name, line = condition.left.symbol.id, condition.right
        rises = condition.operator in (Operator.AT_LEAST, Operator.ABOVE)
        if name not in self.scores or not rises or not isinstance(line, Constant):
            return True
        most = sum(
            found.indicator.full if found.indicator.names & moved else found.points.low
            for found in self.judged.indicators
            if name in (TOTAL_SCORE, score_id(found.indicator.dimension))
        )
        return most >= line.value

    def _is_met(self, clause: Clause, after: "_After") -> bool:
        if clause.condition is not None:
            is_touched = bool(clause.names & after.moved)
            return after.holds(clause.condition, clause.names) if is_touched else clause.id in self._met
        join = any if clause.joins == "any" else all
        return join(self._is_met(part, after) for part in clause.parts)


class _After:
    """The facts after a change; the scores are reckoned once a rule asks for them."""

    def __init__(self, trial: _Trial, change: Change, moved: frozenset[str]) -> None:
        self.moved = moved
        self._trial = trial
        self._view = applied(change, trial.view)
        self._is_scored = False

    def holds(self, condition: Condition, names: frozenset[str]) -> bool:
        """Whether a rule that reads these names certainly holds now."""
        if names & self._trial.scores and not self._is_scored:
            self._score()
        return truth_of(condition, self._view) is True

    def _score(self) -> None:
        """The scores: of the indicators that read what moved anew, of the others as they were."""
        sums = dict.fromkeys(self._trial.scores, Span(0, 0))
        for found in self._trial.judged.indicators:
            touched = found.indicator.names & self.moved
            points = judge_indicator(found.indicator, self._view).points if touched else found.points
            for name in (TOTAL_SCORE, score_id(found.indicator.dimension)):
                before = sums[name]
                sums[name] = Span(before.low + points.low, before.high + points.high)
        for name, span in sums.items():
            self._view.add_score(name, Found(span))
        self._is_scored = True


def _all_clauses(found: ClauseFinding) -> Iterator[ClauseFinding]:
    yield found
    for part in found.parts:
        yield from _all_clauses(part)


def candidates(text: StandardText, view: FirmView, is_worth: Callable[[str], bool] = bool) -> list[Change]:
    """Every crossing and every other option of the facts worth trying, the smallest change first."""
    found: dict[Change, None] = {}
    for clause in text.root:
        if clause.condition:
            found |= dict.fromkeys(crossings(clause.condition, view, is_worth))
            found |= dict.fromkeys(_other_answers(clause.values, view, is_worth))
    for indicator in text.indicators:
        for band in indicator.bands:
            if band.condition:
                found |= dict.fromkeys(crossings(band.condition, view, is_worth))
        found |= dict.fromkeys(_other_answers(indicator.values, view, is_worth))
    return sorted(found, key=order)


def _other_answers(
    values: Iterable[FactValue], view: FirmView, is_worth: Callable[[str], bool]
) -> Iterator[Change]:
    """Each answer of a flag, choice or judgement that is not the one given."""
    for value in values:
        fact = view.vocabulary.facts.get(value.symbol.id)
        if fact is None or fact.kind.is_number or not is_worth(fact.id):
            continue
        stated = view.facts.known(fact.id, view.period(value))
        yield from _answers(fact, view.period(value), stated)


def _answers(fact: Fact, period: int | None, stated: object) -> Iterator[Change]:
    if fact.kind is FactKind.FLAG and stated is not True:
        yield Change(fact.id, fact.label, fact.kind, "", period, None, True)
    for option in fact.options:
        if option.id != stated:
            yield Change(fact.id, fact.label, fact.kind, "", period, None, (option.id,))


def _with_options_of(change: Change, known: Change | None) -> Change:
    """One change with all the options that would do."""
    if known is None or not isinstance(known.after, tuple) or not isinstance(change.after, tuple):
        return change
    return replace(change, after=tuple(dict.fromkeys((*known.after, *change.after))))
