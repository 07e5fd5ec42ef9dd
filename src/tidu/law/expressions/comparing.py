"""Comparing numbers exactly: the sign of one polynomial, or of every number that a span may hold."""

from collections.abc import Callable, Sequence

from tidu.law.expressions.polynomials import Terms, total
from tidu.law.expressions.tree import Comparison, FactValue, Operator
from tidu.law.expressions.views import Reason, Span, Truth, View

HOLDS: dict[Operator, Callable[[int, int], bool]] = {
    Operator.AT_LEAST: lambda left, right: left >= right,
    Operator.ABOVE: lambda left, right: left > right,
    Operator.AT_MOST: lambda left, right: left <= right,
    Operator.BELOW: lambda left, right: left < right,
    Operator.EQUAL: lambda left, right: left == right,
    Operator.NOT_EQUAL: lambda left, right: left != right,
}


def compared(comparison: Comparison, view: View) -> Truth:
    """The truth of a comparison: what its one polynomial says of these facts, None while that is open."""
    apart = comparison.apart
    numbers: list[int] = []
    span: Span | None = None
    for value in apart.values:
        seen = view.see(value)
        if not isinstance(seen, Span):
            return None
        if seen.low != seen.high:
            if value is not comparison.left:
                return None
            span = seen
        numbers.append(seen.low)
    if any(total(guard, numbers) <= 0 for _, guard in apart.guards):
        return None
    low = total(apart.terms, numbers)
    if span is None:
        return HOLDS[comparison.operator](low, 0)
    # The left side is the bare number, the first of the facts; the difference rises with it.
    return over(comparison.operator, low, total(apart.terms, [span.high, *numbers[1:]]))


def over(operator: Operator, low: int, high: int) -> Truth:
    """Certain if everything between two differences gives the same answer."""
    if operator in (Operator.EQUAL, Operator.NOT_EQUAL):
        return (operator is Operator.NOT_EQUAL) if low > 0 or high < 0 else None
    at_low, at_high = HOLDS[operator](low, 0), HOLDS[operator](high, 0)
    return at_low if at_low is at_high else None


def why_open(comparison: Comparison, view: View) -> tuple[Reason, ...]:
    """Why it is open: the missing facts, else the denominators that are not above zero."""
    apart = comparison.apart
    numbers = [exact(value, view) for value in apart.values]
    missing = [value for value, number in zip(apart.values, numbers, strict=True) if number is None]
    found = [reason for value in missing for reason in view.why(value)]
    for ratio, guard in apart.guards:
        if _total_of_known(guard, numbers) > 0:
            continue
        below = ratio.denominator
        if isinstance(below, FactValue):
            period = None if below.years_back is None else view.year - below.years_back
            found.append(Reason("denominator_not_positive", below.symbol.id, period))
        else:
            found.append(Reason("denominator_not_positive"))
    return tuple(dict.fromkeys(found))


def exact(value: FactValue, view: View) -> int | None:
    """The number, None while it is open or only known within limits."""
    seen = view[value.slot]
    return seen.low if isinstance(seen, Span) and seen.low == seen.high else None


def _total_of_known(guard: Terms, numbers: Sequence[int | None]) -> int:
    """The guard's value, or 1 while a fact of it is missing, which is reason enough."""
    known = [0 if number is None else number for number in numbers]
    open_places = {place for place, number in enumerate(numbers) if number is None}
    if any(place in open_places for _, places in guard for place in places):
        return 1
    return total(guard, known)
