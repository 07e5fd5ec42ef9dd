"""The smallest change of one fact that makes a rule hold.

A comparison is one polynomial, of which every fact but one is known; the crossing
is solved in whole numbers, so that the number proposed is exact to the 分. Only
changes a firm can strive for are proposed: facts of 上年 or of now, in the
direction that the vocabulary says improves them, contradicting nothing else.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tidu.law.expressions import Compiled, Span, View
from tidu.law.expressions.polynomials import Lever
from tidu.law.expressions.tree import Comparison, FactValue, Operator
from tidu.law.facts import FactKind
from tidu.law.firm import FirmView, Supposed
from tidu.law.relations import contradicts, facts_related


class Change(NamedTuple):
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


def reaching_changes(rule: Compiled, view: FirmView) -> tuple[Change, ...]:
    """For each fact the smallest change that alone makes the rule hold, the smallest first.

    Empty if it depends on other open facts, or if nothing a firm can strive for
    would do. Answers that a person gives are not proposed here.
    """
    changes = crossings(rule, view)
    if len(changes) > 1:
        changes.sort(key=order)
    if not isinstance(rule.condition, Comparison):
        found: dict[tuple[str, int | None], Change] = {}
        for change in changes:
            if rule.truth(_after(change, view, rule.names)):
                found.setdefault((change.fact, change.period), change)
        changes = list(found.values())
    return tuple([change for change in changes if is_consistent(change, view)])


def crossings(rule: Compiled, view: FirmView, fact: str = "") -> list[Change]:
    """For each comparison and each fact in it (or only this one), the nearest value that makes it hold."""
    found = []
    for comparison in rule.comparisons:
        levers = comparison.apart.levers
        numbers, gaps = _numbers(comparison, view) if levers else ([], [])
        for lever in levers if len(gaps) <= 1 else ():
            value, place = lever.value, lever.place
            if (gaps and place not in gaps) or (fact and fact != value.symbol.id):
                continue
            before = None if gaps else numbers[place]
            after = _crossing(comparison, lever, numbers)
            if after is not None and _may_move(value, before, after):
                found.append(_change(value, before, after, view))
    return found


def _numbers(comparison: Comparison, view: FirmView) -> tuple[list[int], list[int]]:
    """The number of each fact, 0 where it is not exact, and the places of these."""
    numbers, gaps = [], []
    for place, value in enumerate(comparison.apart.values):
        seen = view[value.slot]
        if isinstance(seen, Span) and seen.low == seen.high:
            numbers.append(seen.low)
        else:
            numbers.append(0)
            gaps.append(place)
    return numbers, gaps


def _crossing(comparison: Comparison, lever: Lever, numbers: Sequence[int]) -> int | None:
    """The edge of the values of one fact that make the comparison hold, all others being known."""
    slope = lever.slope(numbers)
    if slope == 0:
        return None
    edge = _edge_of(lever.base(numbers), slope, comparison.operator)
    guards = comparison.apart.above_zero
    if guards:
        reached = [*numbers[: lever.place], edge, *numbers[lever.place + 1 :]]
        for guard in guards:
            if guard(reached) <= 0:
                return None
    return edge


def _may_move(value: FactValue, before: int | None, after: int) -> bool:
    """Whether the number may be proposed: within its bounds, and in the direction that improves it."""
    symbol = value.symbol
    if (symbol.at_least is not None and after < symbol.at_least) or (
        symbol.at_most is not None and after > symbol.at_most
    ):
        return False
    return before is None or (after > before if symbol.improves == "up" else after < before)


def _change(value: FactValue, before: int | None, after: int, view: FirmView) -> Change:
    symbol, rises = value.symbol, value.symbol.improves == "up"
    return Change(symbol.id, symbol.label, symbol.kind, symbol.unit, view.period(value), before, after, rises)


def _edge_of(base: int, slope: int, operator: Operator) -> int:
    """The whole number nearest to where `base + slope * x` begins to hold against zero."""
    if operator in (Operator.AT_MOST, Operator.BELOW):
        base, slope = -base, -slope
    if operator in (Operator.ABOVE, Operator.BELOW):
        base -= 1
    return -(base // slope) if slope > 0 else base // -slope


def is_consistent(change: Change, view: FirmView) -> bool:
    """Whether the fact contradicts nothing after the change, unless it did before."""
    related, known = facts_related(), view.vocabulary
    if change.period is None or change.fact not in related or change.fact not in known.facts:
        return True
    if change.period != view.year:
        view = FirmView(view.facts.seen_from(change.period), known)
    after = contradicts(_after(change, view, related), change.fact, known)
    return not after or contradicts(view, change.fact, known)


def _after(change: Change, view: FirmView, names: frozenset[str]) -> View:
    """What rules that read these names see after the change; only what is derived takes a view of its own."""
    if not names.isdisjoint(view.vocabulary.derived_from(change.fact)) or isinstance(change.after, tuple):
        return applied(change, view)
    seen = change.after if isinstance(change.after, bool) else Span(change.after, change.after)
    return Supposed(view, (change.fact, None if change.period is None else view.year - change.period), seen)


def applied(change: Change, view: FirmView) -> FirmView:
    """The view in which the change has happened."""
    if change.fact in view.vocabulary.facts:
        after = change.after[0] if isinstance(change.after, tuple) else change.after
        return view.with_fact(change.fact, change.period, after)
    if not isinstance(change.after, int):
        raise TypeError(f"{change.fact} is derived, and only a number can be assumed of it")
    return view.with_derived(change.fact, Span(change.after, change.after))


def order(change: Change) -> tuple[bool, int, str]:
    return (change.kind is not FactKind.MONEY, change.distance, change.fact)
