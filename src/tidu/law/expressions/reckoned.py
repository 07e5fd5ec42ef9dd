"""Comparisons of numbers, and the numbers that they show, as functions made once for all firms.

What is exact is reckoned here; anything else is left to the reference.
"""

from collections.abc import Callable
from fractions import Fraction

from tidu.law.expressions.comparing import HOLDS, compared, exact, over
from tidu.law.expressions.interpreter import known_value
from tidu.law.expressions.polynomials import Apart, sum_of
from tidu.law.expressions.tree import Comparison, FactValue, Number, Ratio
from tidu.law.expressions.views import Span, Truth, View


def is_plain(apart: Apart) -> bool:
    """Whether one fact stands beside a limit, and there is nothing to divide by."""
    return len(apart.values) == 1 and not apart.guards and all(len(places) <= 1 for _, places in apart.terms)


def plainly_compared(comparison: Comparison) -> Callable[[View], Truth]:
    """Of a plain one: `slope * fact + base` against zero, at both ends of what the fact may be."""
    (value,) = comparison.apart.values
    holds, operator, is_bare = HOLDS[comparison.operator], comparison.operator, value is comparison.left
    slope = sum(factor for factor, places in comparison.apart.terms if places)
    base = sum(factor for factor, places in comparison.apart.terms if not places)
    slot = value.slot

    def truth(view: View) -> Truth:
        seen = view[slot]
        if not isinstance(seen, Span):
            return None
        low = slope * seen.low + base
        if seen.low == seen.high:
            return holds(low, 0)
        return over(operator, low, slope * seen.high + base) if is_bare else None

    return truth


def apart_compared(comparison: Comparison) -> Callable[[View], Truth]:
    """Of any other: the sign of its one polynomial, if all that must be above zero is."""
    apart, holds = comparison.apart, HOLDS[comparison.operator]
    slots, difference, guards = [value.slot for value in apart.values], sum_of(apart.terms), apart.above_zero

    def truth(view: View) -> Truth:
        numbers: list[int] = []
        for slot in slots:
            seen = view[slot]
            if not isinstance(seen, Span) or seen.low != seen.high:
                return compared(comparison, view)
            numbers.append(seen.low)
        for guard in guards:
            if guard(numbers) <= 0:
                return None
        return holds(difference(numbers), 0)

    return truth


def measured(number: Number) -> Callable[[View], Fraction | None]:
    """The number for display, None while it is open: `known_value`, ready to be asked for firm after firm."""
    if isinstance(number, Ratio):
        above, below = number.numerator, number.denominator
        if (
            isinstance(above, FactValue)
            and isinstance(below, FactValue)
            and above.symbol.scale == below.symbol.scale
        ):
            return _share(above, below)
    if isinstance(number, FactValue) and number.symbol.scale == 1:
        return _whole(number)
    return lambda view: known_value(number, view)


def _whole(value: FactValue) -> Callable[[View], Fraction | None]:
    """One fact that is counted in whole units."""

    def whole(view: View) -> Fraction | None:
        found = exact(value, view)
        return None if found is None else Fraction(found)

    return whole


def _share(above: FactValue, below: FactValue) -> Callable[[View], Fraction | None]:
    """One fact over another that is counted in the same units."""

    def share(view: View) -> Fraction | None:
        one, other = exact(above, view), exact(below, view)
        return None if one is None or other is None or other <= 0 else Fraction(one, other)

    return share
