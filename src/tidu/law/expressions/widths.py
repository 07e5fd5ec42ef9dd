"""The proof that a comparison fits a machine integer, from the facts' declared bounds.

Engines of columns wrap around silently at 64 or 128 bits; so the most bits that
any value on the way can need are known before a rule is published.
"""

from tidu.law.expressions.quotients import crossed, quotient
from tidu.law.expressions.tree import Comparison, FactValue, Number

MOST_BITS = 127
"""Value bits of a signed 128-bit integer."""

_Interval = tuple[int, int]


class _Widths:
    """Interval arithmetic that remembers the widest value it met."""

    def __init__(self) -> None:
        self.bits = 0

    def constant(self, value: int) -> _Interval:
        return self._met(value, value)

    def fact(self, value: FactValue) -> _Interval:
        symbol = value.symbol
        if symbol.at_least is None or symbol.at_most is None:
            raise ValueError(f"{symbol.id} has no bounds")
        return self._met(symbol.at_least, symbol.at_most)

    def add(self, left: _Interval, right: _Interval) -> _Interval:
        return self._met(left[0] + right[0], left[1] + right[1])

    def subtract(self, left: _Interval, right: _Interval) -> _Interval:
        return self._met(left[0] - right[1], left[1] - right[0])

    def multiply(self, left: _Interval, right: _Interval) -> _Interval:
        corners = [a * b for a in left for b in right]
        return self._met(min(corners), max(corners))

    def _met(self, low: int, high: int) -> _Interval:
        self.bits = max(self.bits, low.bit_length(), high.bit_length())
        return low, high


def bits_needed(comparison: Comparison) -> int:
    """How many bits, sign aside, the comparison needs at most. ValueError if a fact has no bounds."""
    widths = _Widths()
    crossed(comparison.left, comparison.right, widths)
    return widths.bits


def bits_of_multiples(number: Number, above: int, below: int) -> int:
    """How many bits the number's pair needs, its numerator times `above`, its denominator times `below`."""
    widths = _Widths()
    pair = quotient(number, widths)
    widths.multiply(pair.numerator, widths.constant(above))
    widths.multiply(pair.denominator or (1, 1), widths.constant(below))
    return widths.bits
