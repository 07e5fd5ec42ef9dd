"""The reference reading of a rule: exact, three-valued, and it keeps its reasons.

A condition is True, False or None (open). Missing never counts as zero or no.
A number known only within limits (a count over rows that are not all filled in,
a score with open indicators) is a Span; a comparison with it is certain as soon
as its limits decide.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Protocol, TypeAlias

from tidu.law.expressions.days import add_months
from tidu.law.expressions.quotients import crossed, nearest_root, quotient
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
    Operator,
    Ratio,
    Stated,
)

Truth: TypeAlias = bool | None


@dataclass(frozen=True)
class Span:
    """A whole number known to lie between two limits, both included."""

    low: int
    high: int

    @property
    def is_exact(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True)
class Reason:
    """Why something is open. `open_<code>` has a sentence; the rest says what is meant.

    `fact_missing`, `judgement_pending`: `fact` in `period`.
    `cell_missing`: `column` in the row numbered `row` (from 1) of the table `fact`.
    `denominator_not_positive`: `fact` in `period` is not above zero.
    `as_of_missing`: no day is given to count terms from.
    `industry_code_unknown`, `size_not_covered`: the size class cannot be told.
    """

    code: str
    fact: str = ""
    period: int | None = None
    row: int | None = None
    column: str = ""


Seen: TypeAlias = Span | frozenset[str] | bool | date | None
"""A value as a rule sees it: numbers as spans, choices as the options still possible."""


class View(Protocol):
    """The facts that a rule is read against: a firm's, or one row of a table."""

    @property
    def as_of(self) -> date | None: ...
    @property
    def year(self) -> int: ...
    def see(self, value: FactValue) -> Seen: ...
    def why(self, value: FactValue) -> tuple[Reason, ...]: ...


@dataclass(frozen=True)
class Trace:
    """A condition with its truth, and why it is open. `parts` follow the condition's own parts."""

    condition: Condition
    truth: Truth
    reasons: tuple[Reason, ...] = ()
    parts: tuple["Trace", ...] = ()


_HOLDS: dict[Operator, Callable[[int, int], bool]] = {
    Operator.AT_LEAST: lambda left, right: left >= right,
    Operator.ABOVE: lambda left, right: left > right,
    Operator.AT_MOST: lambda left, right: left <= right,
    Operator.BELOW: lambda left, right: left < right,
    Operator.EQUAL: lambda left, right: left == right,
    Operator.NOT_EQUAL: lambda left, right: left != right,
}


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
            seen = _flag(view.see(condition.fact))
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
    bare = comparison.left
    if isinstance(bare, FactValue):
        seen = view.see(bare)
        if isinstance(seen, Span) and not seen.is_exact:
            truth = _span_truth(comparison, seen, view)
            return Trace(comparison, truth, view.why(bare) if truth is None else ())
    integers = _Integers(view)
    left, right, guards = crossed(comparison, integers)
    closed = [guard for guard in guards if guard[1] is not None and guard[1] <= 0]
    if left is None or right is None or closed or any(value is None for _, value in guards):
        return Trace(comparison, None, integers.reasons(closed))
    return Trace(comparison, _HOLDS[comparison.operator](left, right))


def _span_truth(comparison: Comparison, span: Span, view: View) -> Truth:
    """Certain if every number of the span gives the same answer."""
    right = known_value(comparison.right, view)
    if right is None:
        return None
    low, high = (number * right.denominator for number in (span.low, span.high))
    if comparison.operator in (Operator.EQUAL, Operator.NOT_EQUAL):
        outside = right.numerator < low or right.numerator > high
        return (comparison.operator is Operator.NOT_EQUAL) if outside else None
    holds = _HOLDS[comparison.operator]
    ends = {holds(low, right.numerator), holds(high, right.numerator)}
    return ends.pop() if len(ends) == 1 else None


def _membership(condition: Membership, view: View) -> Trace:
    possible = view.see(condition.fact)
    if isinstance(possible, frozenset) and possible:
        inside = possible & frozenset(condition.options)
        if not inside or inside == possible:
            return Trace(condition, bool(inside) is not condition.negated)
    return Trace(condition, None, view.why(condition.fact))


def _flag(seen: Seen) -> Truth:
    """A flag, or a judgement of which only one answer is possible."""
    if isinstance(seen, frozenset):
        return next(iter(seen)) == "yes" if len(seen) == 1 else None
    return seen if isinstance(seen, bool) else None


def _days(comparison: DayComparison, view: View) -> Trace:
    left, right = _day(comparison.left, view), _day(comparison.right, view)
    if left is not None and right is not None:
        holds = _HOLDS[comparison.operator]
        return Trace(comparison, holds(left.toordinal(), right.toordinal()))
    reasons = (
        reason
        for moment, day in ((comparison.left, left), (comparison.right, right))
        if day is None
        for reason in _why_no_day(moment, view)
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
    return None if base is None else add_months(base, moment.months)


def _why_no_day(moment: Moment, view: View) -> tuple[Reason, ...]:
    if isinstance(moment.base, FactValue):
        return view.why(moment.base)
    return (Reason("as_of_missing"),)


class _Integers:
    """Python integers in which None is missing; remembers which facts were."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._missing: list[FactValue] = []

    def constant(self, value: int) -> int | None:
        return value

    def fact(self, value: FactValue) -> int | None:
        seen = self._view.see(value)
        if isinstance(seen, Span) and seen.is_exact:
            return seen.low
        self._missing.append(value)
        return None

    def add(self, left: int | None, right: int | None) -> int | None:
        return None if left is None or right is None else left + right

    def subtract(self, left: int | None, right: int | None) -> int | None:
        return None if left is None or right is None else left - right

    def multiply(self, left: int | None, right: int | None) -> int | None:
        return None if left is None or right is None else left * right

    def reasons(self, closed: list[tuple[Ratio, int | None]]) -> tuple[Reason, ...]:
        """Why the number is open: the missing facts, else denominators that are not above zero."""
        found = [reason for value in self._missing for reason in self._view.why(value)]
        for ratio, _ in closed:
            below = ratio.denominator
            if isinstance(below, FactValue):
                period = None if below.years_back is None else self._view.year - below.years_back
                found.append(Reason("denominator_not_positive", below.symbol.id, period))
            else:
                found.append(Reason("denominator_not_positive"))
        return tuple(dict.fromkeys(found))
