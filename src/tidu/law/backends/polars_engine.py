"""The emitter's words as Polars expressions."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce

import polars as pl

from tidu.law.backends.dialect import Dialect
from tidu.law.expressions.tree import Operator

POINTS = pl.Int16
"""Scores stay below 1,000."""


class Columns(Dialect[pl.Expr]):
    """Polars as an engine."""

    def column(self, name: str) -> pl.Expr:
        return pl.col(name)

    def wide(self, term: pl.Expr) -> pl.Expr:
        return term.cast(pl.Int128)

    def number(self, value: int, *, wide: bool = False) -> pl.Expr:
        return pl.lit(value, dtype=pl.Int128 if wide else pl.Int64)

    def truth(self, value: bool | None) -> pl.Expr:
        return pl.lit(value)

    def add(self, left: pl.Expr, right: pl.Expr) -> pl.Expr:
        return left + right

    def subtract(self, left: pl.Expr, right: pl.Expr) -> pl.Expr:
        return left - right

    def multiply(self, left: pl.Expr, right: pl.Expr) -> pl.Expr:
        return left * right

    def compare(self, left: pl.Expr, operator: Operator, right: pl.Expr) -> pl.Expr:
        match operator:
            case Operator.AT_LEAST:
                return left >= right
            case Operator.ABOVE:
                return left > right
            case Operator.AT_MOST:
                return left <= right
            case Operator.BELOW:
                return left < right
            case Operator.EQUAL:
                return left == right
            case Operator.NOT_EQUAL:
                return left != right

    def among(self, term: pl.Expr, options: Sequence[str]) -> pl.Expr:
        return reduce(lambda some, other: some | other, [term == option for option in options])

    def all_of(self, parts: Sequence[pl.Expr]) -> pl.Expr:
        return reduce(lambda some, other: some & other, parts)

    def any_of(self, parts: Sequence[pl.Expr]) -> pl.Expr:
        return reduce(lambda some, other: some | other, parts)

    def negated(self, part: pl.Expr) -> pl.Expr:
        return ~part

    def decided(self, part: pl.Expr, *, if_open: bool) -> pl.Expr:
        return part.fill_null(if_open)

    def first(self, cases: Sequence[tuple[pl.Expr, pl.Expr]], otherwise: pl.Expr) -> pl.Expr:
        return reduce(
            lambda rest, case: pl.when(case[0]).then(case[1]).otherwise(rest), reversed(cases), otherwise
        )

    def known_within(self, surely: pl.Expr, possibly: pl.Expr) -> pl.Expr:
        return pl.when(surely == possibly).then(surely)

    def only_if(self, condition: pl.Expr, value: pl.Expr) -> pl.Expr:
        return pl.when(condition).then(value)

    def banded(self, truths: Sequence[pl.Expr], points: Sequence[int]) -> pl.Expr:
        worth = [pl.lit(one, dtype=POINTS) for one in points]
        return self.first(list(zip(truths, worth[:-1], strict=True)), worth[-1])

    def most_banded(self, truths: Sequence[pl.Expr], points: Sequence[int], _: pl.Expr) -> pl.Expr:
        return self.banded([self.decided(truth, if_open=True) for truth in truths], points)

    def summed(self, truths: Sequence[pl.Expr], points: Sequence[int], full: int) -> pl.Expr:
        return self._at_most(full, [self.decided(truth, if_open=False) for truth in truths], points)

    def most_summed(self, truths: Sequence[pl.Expr], points: Sequence[int], full: int, _: pl.Expr) -> pl.Expr:
        return self._at_most(full, [self.decided(truth, if_open=True) for truth in truths], points)

    def _at_most(self, full: int, counted: Sequence[pl.Expr], points: Sequence[int]) -> pl.Expr:
        most = pl.lit(full, dtype=POINTS)
        pairs = zip(counted, points, strict=True)
        together = self.total([one.cast(POINTS) * pl.lit(worth, dtype=POINTS) for one, worth in pairs])
        return pl.when(together > most).then(most).otherwise(together)

    def total(self, terms: Sequence[pl.Expr]) -> pl.Expr:
        return reduce(lambda some, other: some + other, terms, pl.lit(0, dtype=POINTS))

    def day(self, value: date) -> pl.Expr:
        return pl.lit(value)

    def year_end(self, year: pl.Expr) -> pl.Expr:
        return pl.date(year, 12, 31)

    def moved(self, day: pl.Expr, months: int) -> pl.Expr:
        return day.dt.offset_by(f"{months}mo")

    def year_of(self, day: pl.Expr) -> pl.Expr:
        return day.dt.year()

    def is_first_of_year(self, day: pl.Expr) -> pl.Expr:
        return (day.dt.month() == 1) & (day.dt.day() == 1)

    def prefix(self, text: pl.Expr, length: int) -> pl.Expr:
        return text.str.head(length)

    def looked_up(self, term: pl.Expr, found: Mapping[str, int] | Mapping[int, int]) -> pl.Expr:
        if all(isinstance(key, int) for key in found):
            by_place: dict[int, int] = {int(key): value for key, value in found.items()}
            places = range(max(by_place, default=0) + 1)
            said = pl.Series([by_place.get(place) for place in places], dtype=pl.Int64)
            return pl.lit(said).gather(term, null_on_oob=True)
        return term.replace_strict(found, default=None, return_dtype=pl.Int64)
