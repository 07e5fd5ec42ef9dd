"""What an engine of columns must be able to say; the emitter says everything else in these words.

A term is the engine's own expression of one column: a Polars expression, a piece of SQL. Conditions are
three-valued by Kleene, and null is open. Numbers are integers; nothing is ever divided.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol, TypeVar

from tidu.law.expressions.tree import Operator

T = TypeVar("T")


class Dialect(Protocol[T]):
    """One engine's words. Every term may be null unless said otherwise."""

    def column(self, name: str) -> T:
        """A column of the relation at hand."""

    def wide(self, term: T) -> T:
        """A number as a 128-bit integer."""

    def number(self, value: int, *, wide: bool = False) -> T:
        """A whole number of 64 or 128 bits."""

    def truth(self, value: bool | None) -> T:
        """True, false or open."""

    def add(self, left: T, right: T) -> T: ...
    def subtract(self, left: T, right: T) -> T: ...
    def multiply(self, left: T, right: T) -> T: ...

    def compare(self, left: T, operator: Operator, right: T) -> T:
        """Open if either side is null."""

    def among(self, term: T, options: Sequence[str]) -> T:
        """Whether a text is one of these; open if it is null."""

    def all_of(self, parts: Sequence[T]) -> T: ...
    def any_of(self, parts: Sequence[T]) -> T: ...
    def negated(self, part: T) -> T: ...

    def decided(self, part: T, *, if_open: bool) -> T:
        """The condition with `if_open` where it is open: never null."""

    def first(self, cases: Sequence[tuple[T, T]], otherwise: T) -> T:
        """The value beside the first condition that is true; open ones are passed over."""

    def known_within(self, surely: T, possibly: T) -> T:
        """True if it surely is so, false if it cannot be, else open; sure implies possible."""

    def only_if(self, condition: T, value: T) -> T:
        """The value where the condition is true, else null."""

    def banded(self, truths: Sequence[T], points: Sequence[int]) -> T:
        """The fewest points of bands from the highest to the lowest, which has no condition."""

    def most_banded(self, truths: Sequence[T], points: Sequence[int], fewest: T) -> T:
        """The most points of the same bands; `fewest` where no condition is open."""

    def summed(self, truths: Sequence[T], points: Sequence[int], full: int) -> T:
        """The fewest points of items that add up to at most `full`."""

    def most_summed(self, truths: Sequence[T], points: Sequence[int], full: int, fewest: T) -> T:
        """The most points of the same items; `fewest` where no condition is open."""

    def total(self, terms: Sequence[T]) -> T:
        """The sum of points, none of them null; 0 of none."""

    def day(self, value: date) -> T: ...

    def year_end(self, year: T) -> T:
        """31 December of a year."""

    def moved(self, day: T, months: int) -> T:
        """The same day so many months later, or that month's last day if it has none."""

    def year_of(self, day: T) -> T: ...

    def is_first_of_year(self, day: T) -> T:
        """Whether it is 1 January."""

    def prefix(self, text: T, length: int) -> T:
        """The first characters of a text."""

    def looked_up(self, term: T, found: Mapping[str, int] | Mapping[int, int]) -> T:
        """The number beside a key, null where there is none; `found` is not empty."""
