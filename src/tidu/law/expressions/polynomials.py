"""A comparison as one polynomial of the facts it reads, multiplied out once for good.

`left - right`, both over the same positive denominator, is a sum of products of
whole numbers; its sign answers the comparison exactly, and its slope in one fact
tells where that fact makes it hold.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TypeAlias

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

    @cached_property
    def above_zero(self) -> tuple["SumOf", ...]:
        """What must be above zero, ready to be reckoned for firm after firm."""
        return tuple(sum_of(guard) for _, guard in self.guards)

    @cached_property
    def levers(self) -> tuple["Lever", ...]:
        """The facts of 上年 or of now that a firm can strive to move, and in which it is a line."""
        found = []
        for place, value in enumerate(self.values):
            is_own = value.symbol.improves and value.years_back in (None, 0)
            if is_own and all(places.count(place) <= 1 for _, places in self.terms):
                found.append(_lever(self.terms, place, value))
        return tuple(found)


@dataclass(frozen=True)
class Lever:
    """A fact by its place; the polynomial is `base + slope * fact`, both of the other facts."""

    place: int
    value: FactValue
    base: "SumOf"
    slope: "SumOf"


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


def sum_of(terms: Terms) -> "SumOf":
    """The polynomial as a function of its facts' numbers, the commonest forms without a loop."""
    match terms:
        case ((factor, ()),):
            return lambda _: factor
        case ((factor, (place,)),):
            return lambda numbers: factor * numbers[place]
        case ((factor, (place,)), (other, ())):
            return lambda numbers: factor * numbers[place] + other
        case ((factor, (place,)), (other, (second,))):
            return lambda numbers: factor * numbers[place] + other * numbers[second]
        case _:
            return partial(total, terms)


SumOf: TypeAlias = Callable[[Sequence[int]], int]
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


def _lever(terms: Terms, place: int, value: FactValue) -> Lever:
    base = tuple(term for term in terms if place not in term[1])
    slope = tuple(
        (factor, tuple(o for o in places if o != place)) for factor, places in terms if place in places
    )
    return Lever(place, value, sum_of(base), sum_of(slope))
