"""A comparison as one polynomial of the facts it reads, multiplied out once for good.

`left - right`, both over the same positive denominator, is a sum of products of
whole numbers; its sign answers the comparison exactly, and its slope in one fact
tells where that fact makes it hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tidu.law.expressions.numbers import FactValue, Number, Ratio
from tidu.law.expressions.quotients import crossed

Terms = tuple[tuple[int, tuple[int, ...]], ...]
"""Each a factor and the numbers, by their place among the facts, that it multiplies."""


@dataclass(frozen=True)
class Apart:
    """`terms` give left minus right from the numbers of `values`, if each of `guards` is above zero."""

    values: tuple[FactValue, ...]
    terms: Terms
    guards: tuple[tuple[Ratio, Terms], ...]


def apart_of(left: Number, right: Number) -> Apart:
    """The polynomial of a comparison's two sides."""
    algebra = _Products()
    above, below, guards = crossed(left, right, algebra)
    return Apart(
        tuple(algebra.values),
        _terms(algebra.subtract(above, below)),
        tuple((ratio, _terms(guard)) for ratio, guard in guards),
    )


def total(terms: Terms, numbers: Sequence[int]) -> int:
    """The polynomial's value for these numbers, in the order of its facts."""
    found = 0
    for factor, places in terms:
        product = factor
        for place in places:
            product *= numbers[place]
        found += product
    return found


_Sum = dict[tuple[int, ...], int]


class _Products:
    """Polynomials by their monomials; a monomial names facts by their place, sorted."""

    def __init__(self) -> None:
        self.values: list[FactValue] = []

    def constant(self, value: int) -> _Sum:
        return {(): value}

    def fact(self, value: FactValue) -> _Sum:
        if value not in self.values:
            self.values.append(value)
        return {(self.values.index(value),): 1}

    def add(self, left: _Sum, right: _Sum) -> _Sum:
        found = dict(left)
        for places, factor in right.items():
            found[places] = found.get(places, 0) + factor
        return found

    def subtract(self, left: _Sum, right: _Sum) -> _Sum:
        return self.add(left, {places: -factor for places, factor in right.items()})

    def multiply(self, left: _Sum, right: _Sum) -> _Sum:
        found: _Sum = {}
        for some, one in left.items():
            for others, other in right.items():
                places = tuple(sorted(some + others))
                found[places] = found.get(places, 0) + one * other
        return found


def _terms(polynomial: _Sum) -> Terms:
    return tuple((factor, places) for places, factor in polynomial.items() if factor)
