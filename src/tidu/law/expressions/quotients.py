"""One walk for all arithmetic: every number is a pair, numerator over denominator.

A backend gives an Algebra of integers (Python ints, intervals, columns, SQL
text); `quotient` builds both halves of the pair from it and never divides.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Generic, Protocol, TypeVar

from tidu.law.expressions.numbers import (
    Constant,
    FactValue,
    Growth,
    Number,
    Product,
    Ratio,
    Sum,
)

T = TypeVar("T")


class Algebra(Protocol[T]):
    """Exact integer arithmetic of one backend."""

    def constant(self, value: int) -> T: ...
    def fact(self, value: FactValue) -> T: ...
    def add(self, left: T, right: T) -> T: ...
    def subtract(self, left: T, right: T) -> T: ...
    def multiply(self, left: T, right: T) -> T: ...


@dataclass
class Quotient(Generic[T]):
    """`numerator / denominator`; no denominator means 1.

    `guards` are the ratios on the way with the integer that must be above zero
    for each; where one is not, the number is open.
    """

    numerator: T
    denominator: T | None = None
    guards: list[tuple[Ratio, T]] = field(default_factory=list)


def quotient(node: Number, algebra: Algebra[T]) -> Quotient[T]:
    """The number as a pair in the given algebra; of a growth, its power: `last / first`."""
    match node:
        case Constant():
            below = node.value.denominator
            above = algebra.constant(node.value.numerator)
            return Quotient(above, algebra.constant(below) if below != 1 else None)
        case FactValue():
            scale = node.symbol.scale
            return Quotient(algebra.fact(node), algebra.constant(scale) if scale != 1 else None)
        case Ratio():
            return _ratio(node, algebra)
        case Growth():
            return _ratio(Ratio(node.last, node.first, node.dimension), algebra)
        case _:
            left, right = quotient(node.left, algebra), quotient(node.right, algebra)
    guards = left.guards + right.guards
    below_both = _times(algebra, left.denominator, right.denominator)
    if isinstance(node, Product):
        product = algebra.multiply(left.numerator, right.numerator)
        return Quotient(product, below_both, guards)
    join = algebra.add if isinstance(node, Sum) else algebra.subtract
    above = join(
        _scaled(algebra, left.numerator, right.denominator),
        _scaled(algebra, right.numerator, left.denominator),
    )
    return Quotient(above, below_both, guards)


def crossed(left: Number, right: Number, algebra: Algebra[T]) -> tuple[T, T, list[tuple[Ratio, T]]]:
    """Both sides multiplied out: compare these two integers if every guard is above zero."""
    above, below = quotient(left, algebra), quotient(raised(left, right), algebra)
    return (
        _scaled(algebra, above.numerator, below.denominator),
        _scaled(algebra, below.numerator, above.denominator),
        above.guards + below.guards,
    )


def raised(left: Number, right: Number) -> Number:
    """What the left side's pair is compared with: the right side, or of a growth its power.

    (a/b)^(1/n) − 1 ≥ t exactly when a/b ≥ (1+t)^n, for 1+t above zero.
    """
    if not isinstance(left, Growth):
        return right
    if not isinstance(right, Constant):
        raise TypeError("growth is compared with a plain number")
    return Constant((1 + right.value) ** left.years, right.dimension, right.text)


def _ratio(node: Ratio, algebra: Algebra[T]) -> Quotient[T]:
    above, below = quotient(node.numerator, algebra), quotient(node.denominator, algebra)
    guards = above.guards + below.guards
    if not isinstance(node.denominator, Constant):
        guards.append((node, below.numerator))
    denominator = _scaled(algebra, below.numerator, above.denominator)
    return Quotient(_scaled(algebra, above.numerator, below.denominator), denominator, guards)


def _scaled(algebra: Algebra[T], value: T, factor: T | None) -> T:
    return value if factor is None else algebra.multiply(value, factor)


def _times(algebra: Algebra[T], left: T | None, right: T | None) -> T | None:
    return right if left is None else _scaled(algebra, left, right)


_ROOT_DECIMALS = 12


def nearest_root(power: Fraction, degree: int) -> Fraction:
    """The root of a number that is not negative, rounded down to twelve decimals. For display only."""
    scale = 10**_ROOT_DECIMALS
    wanted = power.numerator * scale**degree // power.denominator
    low, high = 0, 1 << (wanted.bit_length() // degree + 1)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**degree <= wanted else (low, middle)
    return Fraction(low, scale)
