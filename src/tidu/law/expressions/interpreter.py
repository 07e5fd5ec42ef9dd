"""The reference reading of a rule: exact, three-valued, and it keeps its reasons.

A condition is True, False or None (open). Missing never counts as zero or no.
A number known only within limits (a count over rows that are not all filled in,
a score with open indicators) is a Span; a comparison with it is certain as soon
as its limits decide.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tidu.law.calendars import months_after
from tidu.law.expressions.comparing import HOLDS, compared, exact, why_open
from tidu.law.expressions.quotients import nearest_root, quotient
from tidu.law.expressions.tree import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    DayComparison,
    DayName,
    FactValue,
    Growth,
    Membership,
    Moment,
    Negation,
    Number,
    Ratio,
    Stated,
)
from tidu.law.expressions.views import Reason, Seen, Truth, View


@dataclass(frozen=True)
class Trace:
    """A condition with its truth, and why it is open. `parts` follow the condition's own parts."""

    condition: Condition
    truth: Truth
    reasons: tuple[Reason, ...] = ()
    parts: tuple["Trace", ...] = ()


def trace(condition: Condition, view: View) -> Trace:
    """The condition's truth for these facts, with the reasons of what is open."""
    match condition:
        case AllOf() | AnyOf():
            return _joined(condition, view, decided_by=isinstance(condition, AnyOf))
        case Negation():
            part = trace(condition.part, view)
            return Trace(condition, None if part.truth is None else not part.truth, part.reasons, (part,))
        case Comparison():
            return _comparison(condition, view)
        case DayComparison():
            return _days(condition, view)
        case Membership():
            return _membership(condition, view)
        case Stated():
            seen = flag(view.see(condition.fact))
            return Trace(condition, seen, () if seen is not None else view.why(condition.fact))


def known_value(number: Number, view: View) -> Fraction | None:
    """The number for display, exact but for the root in a growth; None if it is open."""
    if isinstance(number, Growth):
        power = known_value(Ratio(number.last, number.first, number.dimension), view)
        return None if power is None else nearest_root(power, number.years) - 1
    found = quotient(number, _Integers(view))
    if found.numerator is None or any(value is None or value <= 0 for _, value in found.guards):
        return None
    below = 1 if found.denominator is None else found.denominator
    return Fraction(found.numerator, below) if isinstance(below, int) and below > 0 else None


def _joined(condition: AllOf | AnyOf, view: View, *, decided_by: bool) -> Trace:
    """Kleene: one deciding part decides, else one open part leaves it open."""
    parts = tuple(trace(part, view) for part in condition.parts)
    if any(part.truth is decided_by for part in parts):
        return Trace(condition, decided_by, (), parts)
    open_parts = [part for part in parts if part.truth is None]
    if open_parts:
        reasons = dict.fromkeys(reason for part in open_parts for reason in part.reasons)
        return Trace(condition, None, tuple(reasons), parts)
    return Trace(condition, not decided_by, (), parts)


def _comparison(comparison: Comparison, view: View) -> Trace:
    truth = compared(comparison, view)
    return Trace(comparison, truth, () if truth is not None else why_open(comparison, view))


def _membership(condition: Membership, view: View) -> Trace:
    possible = view.see(condition.fact)
    if isinstance(possible, frozenset) and possible:
        inside = possible & condition.ids
        if not inside or inside == possible:
            return Trace(condition, bool(inside) is not condition.negated)
    return Trace(condition, None, view.why(condition.fact))


def flag(seen: Seen) -> Truth:
    """A flag, or a judgement of which only one answer is possible."""
    if isinstance(seen, frozenset):
        return next(iter(seen)) == "yes" if len(seen) == 1 else None
    return seen if isinstance(seen, bool) else None


def _days(comparison: DayComparison, view: View) -> Trace:
    left, right = _day(comparison.left, view), _day(comparison.right, view)
    if left is not None and right is not None:
        holds = HOLDS[comparison.operator]
        return Trace(comparison, holds(left.toordinal(), right.toordinal()))
    reasons = (
        reason
        for moment, day in ((comparison.left, left), (comparison.right, right))
        if day is None
        for reason in why_no_day(moment, view)
    )
    return Trace(comparison, None, tuple(dict.fromkeys(reasons)))


def _day(moment: Moment, view: View) -> date | None:
    match moment.base:
        case DayName.AS_OF:
            base = view.as_of
        case DayName.YEAR_END:
            base = date(view.year, 12, 31)
        case FactValue():
            seen = view.see(moment.base)
            base = seen if isinstance(seen, date) else None
        case _:
            base = moment.base
    return None if base is None else months_after(base, moment.months)


def why_no_day(moment: Moment, view: View) -> tuple[Reason, ...]:
    """Why a day is not known."""
    if isinstance(moment.base, FactValue):
        return view.why(moment.base)
    return (Reason("as_of_missing"),)


class _Integers:
    """Python integers in which None is missing."""

    def __init__(self, view: View) -> None:
        self._view = view

    def constant(self, value: int) -> int | None:
        return value

    def fact(self, value: FactValue) -> int | None:
        return exact(value, self._view)

    def add(self, left: int | None, right: int | None) -> int | None:
        return None if left is None or right is None else left + right

    def subtract(self, left: int | None, right: int | None) -> int | None:
        return None if left is None or right is None else left - right

    def multiply(self, left: int | None, right: int | None) -> int | None:
        return None if left is None or right is None else left * right
