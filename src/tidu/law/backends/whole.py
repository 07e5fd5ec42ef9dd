"""Whole numbers of an engine: the algebra in which a comparison is multiplied out into terms.

Constants are reckoned here, so that nothing is multiplied by one; equal numbers are equal here, so that a
denominator is asked for once. A product with zero stays: it is null where a factor is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from tidu.law.backends.dialect import Dialect
from tidu.law.backends.layout import LEAST
from tidu.law.backends.steps import Read
from tidu.law.expressions.tree import FactValue, Number, Operator

T = TypeVar("T")


@dataclass(frozen=True)
class Whole(Generic[T]):
    """A number: its constant, or its term; `said` tells equal numbers from others."""

    said: str
    constant: int | None = None
    term: T | None = field(default=None, compare=False)


class WholeNumbers(Generic[T]):
    """The facts of one comparison; of a left side that is a bare number, one end of it."""

    def __init__(
        self, dialect: Dialect[T], reads: Mapping[FactValue, Read], left: Number, end: str, *, wide: bool
    ) -> None:
        self._say = dialect
        self._reads = reads
        self._left = left
        self._end = end
        self._wide = wide

    def term(self, number: Whole[T]) -> T:
        """The number as a term."""
        if number.term is not None:
            return number.term
        return self._say.number(number.constant or 0, wide=self._wide)

    def constant(self, value: int) -> Whole[T]:
        return Whole(str(value), value)

    def fact(self, value: FactValue) -> Whole[T]:
        read = self._reads[value]
        if read.is_exact or value == self._left:
            name = read.least if self._end == LEAST else read.most
            return Whole(f'"{name}"', term=self._column(name))
        least, most = self._column(read.least), self._column(read.most)
        is_exact = self._say.compare(least, Operator.EQUAL, most)
        return Whole(f'"{read.least}="', term=self._say.only_if(is_exact, least))

    def add(self, left: Whole[T], right: Whole[T]) -> Whole[T]:
        if left.constant is not None and right.constant is not None:
            return self.constant(left.constant + right.constant)
        return Whole(f"({left.said}+{right.said})", term=self._say.add(self.term(left), self.term(right)))

    def subtract(self, left: Whole[T], right: Whole[T]) -> Whole[T]:
        if left.constant is not None and right.constant is not None:
            return self.constant(left.constant - right.constant)
        term = self._say.subtract(self.term(left), self.term(right))
        return Whole(f"({left.said}-{right.said})", term=term)

    def multiply(self, left: Whole[T], right: Whole[T]) -> Whole[T]:
        if left.constant is not None and right.constant is not None:
            return self.constant(left.constant * right.constant)
        if left.constant == 1:
            return right
        if right.constant == 1:
            return left
        return Whole(f"{left.said}*{right.said}", term=self._say.multiply(self.term(left), self.term(right)))

    def _column(self, name: str) -> T:
        column = self._say.column(name)
        return self._say.wide(column) if self._wide else column
