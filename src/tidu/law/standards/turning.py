"""Which single change of one fact would turn the verdict to 符合.

Every candidate is tried on the standard itself. Only what reads the changed fact
is judged again, and a change is not tried at all while something that does not
read it stands in the way.
"""

from collections.abc import Iterator
from math import ceil

from tidu.law.expressions import Span
from tidu.law.expressions.tree import Comparison, Condition, Constant, FactValue, Operator
from tidu.law.facts import Fact, FactKind
from tidu.law.firm import FirmView
from tidu.law.once import found_once
from tidu.law.standards.bearings import Bearing, bearings_of
from tidu.law.standards.changes import Change, applied, crossings, is_consistent, order
from tidu.law.standards.definition import Clause, StandardText
from tidu.law.standards.judging import ClauseFinding, Judgement, standing
from tidu.law.standards.reading import TOTAL_SCORE, score_id


def turning_changes(text: StandardText, view: FirmView, judged: Judgement) -> tuple[Change, ...]:
    """For each fact the smallest single change that makes the outcome 符合, the smallest first.

    Empty if it is 符合 already, or if no single change does. `judged` is what the standard says of the view.
    """
    if judged.root.truth is True:
        return ()
    trial = _Trial(text, view, judged)
    found = (change for bearing in trial.hopeful() for change in trial.turning(bearing))
    return tuple(sorted(found, key=order))


def candidates(text: StandardText, view: FirmView) -> list[Change]:
    """Every crossing and every other answer of every fact that it reads, the smallest change first."""
    found = (
        change for bearing in bearings_of(text).by_fact.values() for change in _changes_of(bearing, view)
    )
    return sorted(found, key=order)


class _Trial:
    """The verdict as it stands, and what a change would make of it."""

    def __init__(self, text: StandardText, view: FirmView, judged: Judgement) -> None:
        self.text = text
        self.view = view
        self.judged = judged
        self.bearings = bearings_of(text)
        self.scores = frozenset((TOTAL_SCORE, *(score_id(d.id) for d in text.dimensions)))

    def hopeful(self) -> Iterator[Bearing]:
        """The facts that everything which stands in the way reads, so that a change of one might do."""
        names = self._could(self.judged.root)
        return (bearing for name, bearing in self.bearings.by_fact.items() if name in names)

    def turning(self, bearing: Bearing) -> Iterator[Change]:
        """The smallest change of this fact that turns the outcome; of answers all that do, as one change."""
        found: dict[int | None, Change] = {}
        last: Change | None = None
        for change in sorted(_changes_of(bearing, self.view), key=order):
            known = found.get(change.period)
            if (known and not isinstance(known.after, tuple)) or change == last:
                continue
            last = change
            if self._turns(change, bearing) and is_consistent(change, self.view):
                found[change.period] = _with_options_of(change, known)
        yield from found.values()

    def _turns(self, change: Change, bearing: Bearing) -> bool:
        """Whether the change alone makes the outcome 符合."""
        return self._is_met(self.text.root, _After(self, change, bearing))

    @found_once
    def _met(self) -> frozenset[str]:
        """The ids of the clauses that are met as it stands."""
        return frozenset(one.clause.id for one in _all_clauses(self.judged.root) if one.truth is True)

    def _could(self, found: ClauseFinding) -> frozenset[str]:
        """The facts that could make the clause met: all if it is, else those that reach what it reads."""
        clause = found.clause
        if found.truth is True:
            return self.bearings.facts
        if clause.condition is not None:
            return self._in_reach(clause.condition, self.bearings.movers.get(clause.id, frozenset()))
        if clause.joins == "any":
            return frozenset().union(*[self._could(part) for part in found.parts])
        facts = self.bearings.facts
        for part in found.parts:
            if part.truth is not True and facts:
                facts &= self._could(part)
        return facts

    def _in_reach(self, condition: Condition, facts: frozenset[str]) -> frozenset[str]:
        """Of a line that a score must reach, the facts with which full points for all that moves reach it."""
        if not isinstance(condition, Comparison) or not isinstance(condition.left, FactValue):
            return facts
        name, line = condition.left.symbol.id, condition.right
        rises = condition.operator in (Operator.AT_LEAST, Operator.ABOVE)
        if name not in self.scores or not rises or not isinstance(line, Constant):
            return facts
        more = {
            place: found.indicator.full - found.points.low
            for place, found in enumerate(self.judged.indicators)
            if name in (TOTAL_SCORE, score_id(found.indicator.dimension))
        }
        lacking = ceil(line.value) - sum(self.judged.indicators[place].points.low for place in more)
        touched = {fact: self.bearings.by_fact[fact].indicators for fact in facts}
        return frozenset(f for f, places in touched.items() if sum(more.get(p, 0) for p in places) >= lacking)

    def _is_met(self, clause: Clause, after: "_After") -> bool:
        if clause.compiled is not None:
            return after.holds(clause) if clause.id in after.bearing.clauses else clause.id in self._met
        join = any if clause.joins == "any" else all
        return join(self._is_met(part, after) for part in clause.parts)


class _After:
    """The facts after a change; the scores are reckoned once a rule asks for them."""

    def __init__(self, trial: _Trial, change: Change, bearing: Bearing) -> None:
        self.bearing = bearing
        self._trial = trial
        self._view = applied(change, trial.view)
        self._is_scored = False

    def holds(self, clause: Clause) -> bool:
        """Whether the clause's own rule certainly holds now."""
        if not self._is_scored and clause.names & self._trial.scores:
            self._score()
        return clause.compiled is not None and clause.compiled.truth(self._view) is True

    def _score(self) -> None:
        """The scores: of the indicators that read what moved anew, of the others as they were."""
        judged = self._trial.judged
        sums = {
            score if score == TOTAL_SCORE else score_id(score): span for score, span in judged.scores.items()
        }
        for place in self.bearing.indicators:
            before = judged.indicators[place]
            points, _ = standing(before.indicator, self._view)
            for name in (TOTAL_SCORE, score_id(before.indicator.dimension)):
                low, high = points.low - before.points.low, points.high - before.points.high
                sums[name] = Span(sums[name].low + low, sums[name].high + high)
        for name, span in sums.items():
            self._view.add_score(name, span, lambda _: ())
        self._is_scored = True


def _all_clauses(found: ClauseFinding) -> Iterator[ClauseFinding]:
    yield found
    for part in found.parts:
        yield from _all_clauses(part)


def _changes_of(bearing: Bearing, view: FirmView) -> Iterator[Change]:
    """Every crossing of one fact, and every other answer."""
    for rule in bearing.rules:
        yield from crossings(rule, view, bearing.fact)
    fact = view.vocabulary.facts.get(bearing.fact)
    if fact is not None and not fact.kind.is_number:
        for value in bearing.values:
            period = view.period(value)
            yield from _answers(fact, period, view.facts.known(fact.id, period))


def _answers(fact: Fact, period: int | None, stated: object) -> Iterator[Change]:
    """Each answer of a flag, choice or judgement that is not the one given."""
    if fact.kind is FactKind.FLAG and stated is not True:
        yield Change(fact.id, fact.label, fact.kind, "", period, None, True)
    for option in fact.options:
        if option.id != stated:
            yield Change(fact.id, fact.label, fact.kind, "", period, None, (option.id,))


def _with_options_of(change: Change, known: Change | None) -> Change:
    """One change with all the options that would do."""
    if known is None or not isinstance(known.after, tuple) or not isinstance(change.after, tuple):
        return change
    return change._replace(after=tuple(dict.fromkeys((*known.after, *change.after))))
