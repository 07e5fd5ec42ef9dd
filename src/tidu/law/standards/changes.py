"""The smallest change of one fact that makes a rule hold.

A comparison is one polynomial, of which every fact but one is known; the crossing
is solved in whole numbers, so that the number proposed is exact to the 分. Only
changes a firm can strive for are proposed: facts of 上年 or of now, in the
direction that the vocabulary says improves them, contradicting nothing else.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tidu.law.expressions import Span, truth_of
from tidu.law.expressions.polynomials import Terms, total
from tidu.law.expressions.tree import Comparison, Condition, FactValue, Operator, comparisons_in
from tidu.law.facts import FactKind
from tidu.law.firm import FirmView
from tidu.law.relations import contradicts, facts_related


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


def reaching_changes(condition: Condition, view: FirmView) -> tuple[Change, ...]:
    """For each fact the smallest change that alone makes the condition hold, the smallest first.

    Empty if it depends on other open facts, or if nothing a firm can strive for
    would do. Answers that a person gives are not proposed here.
    """
    found: dict[tuple[str, int | None], Change] = {}
    for change in sorted(crossings(condition, view), key=order):
        if isinstance(condition, Comparison) or truth_of(condition, applied(change, view)):
            found.setdefault((change.fact, change.period), change)
    return tuple(change for change in found.values() if is_consistent(change, view))


def crossings(
    condition: Condition, view: FirmView, is_worth: Callable[[str], bool] = bool
) -> Iterator[Change]:
    """For each comparison and each fact in it worth trying, the nearest value that makes it hold.

    Every fact is, unless `is_worth` says otherwise of its id.
    """
    for comparison in comparisons_in(condition):
        for value in comparison.apart.values:
            change = _reach(comparison, value, view) if is_worth(value.symbol.id) else None
            if change:
                yield change


def _reach(comparison: Comparison, value: FactValue, view: FirmView) -> Change | None:
    """The nearest value of one number that makes the comparison hold, if it may be proposed."""
    entry = view.vocabulary.facts.get(value.symbol.id) or view.vocabulary.derived.get(value.symbol.id)
    if entry is None or not entry.improves or value.years_back not in (None, 0):
        return None
    seen = view.see(value)
    before = seen.low if isinstance(seen, Span) and seen.is_exact else None
    after = _crossing(comparison, value, view)
    if after is None or after == before or not _within(value, after):
        return None
    if before is not None and (after > before) is not (entry.improves == "up"):
        return None
    symbol, rises = value.symbol, entry.improves == "up"
    return Change(symbol.id, symbol.label, symbol.kind, symbol.unit, view.period(value), before, after, rises)


def _crossing(comparison: Comparison, variable: FactValue, view: FirmView) -> int | None:
    """The edge of the values that make the comparison hold, if it is linear in the fact."""
    apart = comparison.apart
    place = apart.values.index(variable)
    numbers = []
    for value in apart.values:
        seen = view.see(value)
        if value != variable and not (isinstance(seen, Span) and seen.is_exact):
            return None
        numbers.append(seen.low if isinstance(seen, Span) else 0)
    line = _line(apart.terms, place, numbers)
    if line is None or line[1] == 0:
        return None
    edge = _edge_of(*line, comparison.operator)
    numbers[place] = edge
    return edge if all(total(guard, numbers) > 0 for _, guard in apart.guards) else None


def _line(terms: Terms, place: int, numbers: Sequence[int]) -> tuple[int, int] | None:
    """The polynomial as base and slope in the fact at `place`; None if it is not linear there."""
    base = slope = 0
    for factor, places in terms:
        power = places.count(place)
        if power > 1:
            return None
        product = factor
        for other in places:
            product *= 1 if other == place else numbers[other]
        base, slope = (base, slope + product) if power else (base + product, slope)
    return base, slope


def _edge_of(base: int, slope: int, operator: Operator) -> int:
    """The whole number nearest to where `base + slope * x` begins to hold against zero."""
    if operator in (Operator.AT_MOST, Operator.BELOW):
        base, slope = -base, -slope
    if operator in (Operator.ABOVE, Operator.BELOW):
        base -= 1
    return -(base // slope) if slope > 0 else base // -slope


def _within(value: FactValue, number: int) -> bool:
    least, most = value.symbol.at_least, value.symbol.at_most
    return (least is None or number >= least) and (most is None or number <= most)


def is_consistent(change: Change, view: FirmView) -> bool:
    """Whether the fact contradicts nothing after the change, unless it did before."""
    if change.fact not in facts_related():
        return True
    changed = applied(change, view).facts
    after = contradicts(changed, change.fact, change.period)
    return not after or contradicts(view.facts, change.fact, change.period)


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
