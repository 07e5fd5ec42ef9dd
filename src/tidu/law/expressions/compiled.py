"""Rules made ready to be read for firm after firm: one function per node of the tree, its constants resolved.

It says nothing of its own. `interpreter` is the reference, and for every rule and every firm `truth` is what
its trace finds and `why` the reasons that it keeps (tests/unit/law/test_compiled.py).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from tidu.law.calendars import months_after
from tidu.law.expressions.comparing import HOLDS, why_open
from tidu.law.expressions.interpreter import flag, why_no_day
from tidu.law.expressions.reckoned import apart_compared, is_plain, measured, plainly_compared
from tidu.law.expressions.tree import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    DayComparison,
    DayName,
    FactValue,
    Leaf,
    Membership,
    Moment,
    Negation,
    Stated,
    comparisons_in,
    facts_in,
)
from tidu.law.expressions.views import Reason, Truth, View

Reads: TypeAlias = Callable[[View], Truth]
Asks: TypeAlias = Callable[[View], tuple[Reason, ...]]


@dataclass(frozen=True, eq=False)
class Compiled:
    """A condition with its truth for a view and, to be asked only where that is open, why it is.

    `parts` follow the condition's own parts.
    """

    condition: Condition
    truth: Reads
    why: Asks
    parts: tuple["Compiled", ...] = ()

    @cached_property
    def leaf(self) -> Leaf:
        """The condition of one that has no parts. TypeError if it is joined of others."""
        if isinstance(self.condition, (AllOf, AnyOf, Negation)):
            raise TypeError(f"no leaf: {self.condition}")
        return self.condition

    @cached_property
    def leaves(self) -> tuple["Compiled", ...]:
        """Its comparisons, in the order of the text."""
        if isinstance(self.condition, (AllOf, AnyOf, Negation)):
            return tuple(leaf for part in self.parts for leaf in part.leaves)
        return (self,)

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Every comparison of numbers in it."""
        return tuple(comparisons_in(self.condition))

    @cached_property
    def values(self) -> tuple[FactValue, ...]:
        """What it reads, once each."""
        return facts_in(self.condition)

    @cached_property
    def measure(self) -> Callable[[View], Fraction | None]:
        """Of one comparison the number on its left, None where it is open or there is none."""
        return measured(self.condition.left) if isinstance(self.condition, Comparison) else lambda _: None

    @cached_property
    def names(self) -> frozenset[str]:
        """The ids of what it reads."""
        return frozenset(value.symbol.id for value in self.values)


def compiled(condition: Condition) -> Compiled:
    """The condition, ready to be read."""
    match condition:
        case AllOf() | AnyOf():
            return _joined(condition, decided_by=isinstance(condition, AnyOf))
        case Negation():
            part = compiled(condition.part)
            return Compiled(condition, _negated(part.truth), part.why, (part,))
        case Comparison():
            return _comparison(condition)
        case DayComparison():
            return _days(condition)
        case Membership():
            return Compiled(condition, _inside(condition), _why_of(condition.fact))
        case Stated():
            return Compiled(condition, _is_stated(condition.fact), _why_of(condition.fact))


def _joined(condition: AllOf | AnyOf, *, decided_by: bool) -> Compiled:
    """Kleene: one deciding part decides, else one open part leaves it open."""
    parts = tuple(compiled(part) for part in condition.parts)
    truths = tuple(part.truth for part in parts)

    def truth(view: View) -> Truth:
        is_open = False
        for of_part in truths:
            found = of_part(view)
            if found is decided_by:
                return decided_by
            is_open = is_open or found is None
        return None if is_open else not decided_by

    def why(view: View) -> tuple[Reason, ...]:
        return _once(reason for part in parts if part.truth(view) is None for reason in part.why(view))

    return Compiled(condition, truth, why, parts)


def _negated(of_part: Reads) -> Reads:
    def truth(view: View) -> Truth:
        found = of_part(view)
        return None if found is None else not found

    return truth


def _comparison(comparison: Comparison) -> Compiled:
    apart = comparison.apart
    if is_plain(apart):
        return Compiled(comparison, plainly_compared(comparison), _why_of(apart.values[0]))
    return Compiled(comparison, apart_compared(comparison), lambda view: why_open(comparison, view))


def _days(comparison: DayComparison) -> Compiled:
    left, right, holds = _day(comparison.left), _day(comparison.right), HOLDS[comparison.operator]

    def truth(view: View) -> Truth:
        one, other = left(view), right(view)
        return None if one is None or other is None else holds(one.toordinal(), other.toordinal())

    def why(view: View) -> tuple[Reason, ...]:
        sides = ((comparison.left, left), (comparison.right, right))
        return _once(
            reason for moment, day in sides if day(view) is None for reason in why_no_day(moment, view)
        )

    return Compiled(comparison, truth, why)


def _day(moment: Moment) -> Callable[[View], date | None]:
    base, months = moment.base, moment.months
    if base is DayName.AS_OF:
        return lambda view: None if view.as_of is None else months_after(view.as_of, months)
    if base is DayName.YEAR_END:
        return lambda view: months_after(date(view.year, 12, 31), months)
    if isinstance(base, FactValue):
        return _day_of_fact(base, months)
    fixed = months_after(base, months)
    return lambda _: fixed


def _day_of_fact(value: FactValue, months: int) -> Callable[[View], date | None]:
    slot = value.slot

    def day(view: View) -> date | None:
        seen = view[slot]
        if not isinstance(seen, date):
            return None
        return months_after(seen, months) if months else seen

    return day


def _inside(condition: Membership) -> Reads:
    slot, ids, negated = condition.fact.slot, condition.ids, condition.negated

    def truth(view: View) -> Truth:
        possible = view[slot]
        if not isinstance(possible, frozenset) or not possible:
            return None
        inside = possible & ids
        return bool(inside) is not negated if not inside or inside == possible else None

    return truth


def _is_stated(fact: FactValue) -> Reads:
    slot = fact.slot
    return lambda view: flag(view[slot])


def _why_of(fact: FactValue) -> Asks:
    return lambda view: view.why(fact)


def _once(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(dict.fromkeys(reasons))
