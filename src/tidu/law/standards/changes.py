"""The smallest change of one fact: that reaches the next band, or that turns the verdict.

A comparison is multiplied out into polynomials of the one fact, and the crossing
is solved in whole numbers, so that the number proposed is exact to the 分. Only
changes a firm can strive for are proposed: facts of 上年 or of now, in the
direction that the vocabulary says improves them, contradicting nothing else.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tidu.law.expressions import Span, crossed, trace
from tidu.law.expressions.tree import Comparison, Condition, FactValue, Operator, facts_in, walk
from tidu.law.facts import Fact, FactKind
from tidu.law.firm import FirmView
from tidu.law.relations import contradicts
from tidu.law.standards.definition import StandardText
from tidu.law.standards.judging import judge_view

_Polynomial = tuple[int, ...]


@dataclass(frozen=True)
class Change:
    """One fact from `before` (None: not known) to `after`, which for a number is the nearest that does.

    Numbers are in inner units; a choice has the ids of the options that would
    do, a flag True. `rises` tells whether more of a number would do as well.
    """

    fact: str
    label: str
    kind: FactKind
    unit: str
    period: int | None
    before: int | None
    after: int | tuple[str, ...] | bool
    rises: bool = True

    @property
    def distance(self) -> int:
        """How far a number moves, in inner units; 0 for a choice."""
        if isinstance(self.after, (tuple, bool)):
            return 0
        return abs(self.after - (self.before or 0))


class _NotKnownError(Exception):
    """Another fact of the comparison is open, so nothing can be solved."""


class _InOneFact:
    """Polynomials, lowest power first, in one fact; the others are their values."""

    def __init__(self, view: FirmView, variable: FactValue) -> None:
        self._view = view
        self._variable = variable

    def constant(self, value: int) -> _Polynomial:
        return (value,)

    def fact(self, value: FactValue) -> _Polynomial:
        if value == self._variable:
            return (0, 1)
        seen = self._view.see(value)
        if isinstance(seen, Span) and seen.is_exact:
            return (seen.low,)
        raise _NotKnownError

    def add(self, left: _Polynomial, right: _Polynomial) -> _Polynomial:
        size = max(len(left), len(right))
        padded = [(*side, *([0] * (size - len(side)))) for side in (left, right)]
        return tuple(a + b for a, b in zip(*padded, strict=True))

    def subtract(self, left: _Polynomial, right: _Polynomial) -> _Polynomial:
        return self.add(left, tuple(-b for b in right))

    def multiply(self, left: _Polynomial, right: _Polynomial) -> _Polynomial:
        product = [0] * (len(left) + len(right) - 1)
        for i, a in enumerate(left):
            for j, b in enumerate(right):
                product[i + j] += a * b
        return tuple(product)


def reaching_changes(condition: Condition, view: FirmView) -> tuple[Change, ...]:
    """For each fact the smallest change that alone makes the condition hold, the smallest first.

    Empty if it depends on other open facts, or if nothing a firm can strive for
    would do. Answers that a person gives are not proposed here.
    """
    found: dict[tuple[str, int | None], Change] = {}
    for change in sorted(_crossings(condition, view), key=_order):
        if isinstance(condition, Comparison) or trace(condition, _applied(change, view)).truth:
            found.setdefault((change.fact, change.period), change)
    return tuple(change for change in found.values() if _is_consistent(change, view))


def turning_changes(text: StandardText, view: FirmView) -> tuple[Change, ...]:
    """For each fact the smallest single change that makes the outcome 符合, the smallest first.

    Empty if it is 符合 already, or if no single change does.
    """
    if judge_view(text, view).root.truth is True:
        return ()
    found: dict[tuple[str, int | None], Change] = {}
    for change in _candidates(text, view):
        key = (change.fact, change.period)
        known = found.get(key)
        if known and not isinstance(known.after, tuple):
            continue
        if not _is_consistent(change, view) or not _turns(text, view, change):
            continue
        found[key] = _with_options_of(change, known)
    return tuple(sorted(found.values(), key=_order))


def _candidates(text: StandardText, view: FirmView) -> list[Change]:
    """Every crossing of every comparison and every other option, the smallest change first."""
    conditions = [clause.condition for clause in text.root if clause.condition]
    conditions += [band.condition for i in text.indicators for band in i.bands if band.condition]
    found: dict[Change, None] = {}
    for condition in conditions:
        found |= dict.fromkeys(_crossings(condition, view))
        found |= dict.fromkeys(_other_answers(condition, view))
    return sorted(found, key=_order)


def _crossings(condition: Condition, view: FirmView) -> Iterator[Change]:
    """For each comparison in the condition and each fact in it, the nearest value that makes it hold."""
    for node in walk(condition):
        if isinstance(node, Comparison):
            for value in facts_in(node):
                change = _reach(node, value, view)
                if change:
                    yield change


def _reach(comparison: Comparison, value: FactValue, view: FirmView) -> Change | None:
    """The nearest value of one number that makes the comparison hold, if it may be proposed."""
    entry = view.vocabulary.facts.get(value.symbol.id) or view.vocabulary.derived.get(value.symbol.id)
    if entry is None or not entry.improves or value.years_back not in (None, 0):
        return None
    seen = view.see(value)
    before = seen.low if isinstance(seen, Span) and seen.is_exact else None
    try:
        after = _crossing(comparison, _InOneFact(view, value))
    except _NotKnownError:
        return None
    if after is None or after == before or not _within(value, after):
        return None
    if before is not None and (after > before) is not (entry.improves == "up"):
        return None
    symbol, rises = value.symbol, entry.improves == "up"
    return Change(symbol.id, symbol.label, symbol.kind, symbol.unit, view.period(value), before, after, rises)


def _crossing(comparison: Comparison, algebra: _InOneFact) -> int | None:
    """The edge of the values that make the comparison hold, if it is linear in the fact."""
    left, right, guards = crossed(comparison, algebra)
    apart = algebra.subtract(left, right)
    if comparison.operator in (Operator.AT_MOST, Operator.BELOW):
        apart = algebra.subtract((0,), apart)
    if comparison.operator in (Operator.ABOVE, Operator.BELOW):
        apart = algebra.subtract(apart, (1,))
    slopes = apart[1:]
    if not slopes or slopes[0] == 0 or any(slopes[1:]):
        return None
    base, slope = apart[0], slopes[0]
    edge = -(base // slope) if slope > 0 else base // -slope
    positive = all(sum(c * edge**power for power, c in enumerate(guard)) > 0 for _, guard in guards)
    return edge if positive else None


def _within(value: FactValue, number: int) -> bool:
    least, most = value.symbol.at_least, value.symbol.at_most
    return (least is None or number >= least) and (most is None or number <= most)


def _other_answers(condition: Condition, view: FirmView) -> Iterator[Change]:
    """Each answer of a flag, choice or judgement that is not the one given."""
    for value in facts_in(condition):
        fact = view.vocabulary.facts.get(value.symbol.id)
        if fact is None or fact.kind.is_number:
            continue
        stated = view.facts.known(fact.id, view.period(value))
        yield from _answers(fact, view.period(value), stated)


def _answers(fact: Fact, period: int | None, stated: object) -> Iterator[Change]:
    if fact.kind is FactKind.FLAG and stated is not True:
        yield Change(fact.id, fact.label, fact.kind, "", period, None, True)
    for option in fact.options:
        if option.id != stated:
            yield Change(fact.id, fact.label, fact.kind, "", period, None, (option.id,))


def _is_consistent(change: Change, view: FirmView) -> bool:
    """Whether the fact contradicts nothing after the change, unless it did before."""
    if change.fact not in view.vocabulary.facts:
        return True
    changed = _applied(change, view).facts
    after = contradicts(changed, change.fact, change.period)
    return not after or contradicts(view.facts, change.fact, change.period)


def _turns(text: StandardText, view: FirmView, change: Change) -> bool:
    return judge_view(text, _applied(change, view)).root.truth is True


def _applied(change: Change, view: FirmView) -> FirmView:
    """The view in which the change has happened."""
    if change.fact in view.vocabulary.facts:
        after = change.after[0] if isinstance(change.after, tuple) else change.after
        return view.with_fact(change.fact, change.period, after)
    if not isinstance(change.after, int):
        raise TypeError(f"{change.fact} is derived, and only a number can be assumed of it")
    return view.with_derived(change.fact, Span(change.after, change.after))


def _with_options_of(change: Change, known: Change | None) -> Change:
    """One change with all the options that would do."""
    if known is None or not isinstance(known.after, tuple) or not isinstance(change.after, tuple):
        return change
    return replace(change, after=tuple(dict.fromkeys((*known.after, *change.after))))


def _order(change: Change) -> tuple[bool, int, str]:
    return (change.kind is not FactKind.MONEY, change.distance, change.fact)
