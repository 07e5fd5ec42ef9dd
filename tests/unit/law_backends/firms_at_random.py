"""Firms at random in the layout of a population: a few values missing, many on an edge or just beside."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

import polars as pl

from tidu.law.backends.layout import AS_OF, LEAST, MOST, YEAR, Cell, Column, FirmRow, Layout
from tidu.law.backends.steps import read_of
from tidu.law.expressions import Truth
from tidu.law.expressions.polynomials import total
from tidu.law.expressions.tree import Comparison, comparisons_in
from tidu.law.facts import FactKind
from tidu.law.standards import Standard
from tidu.law.standards.judging import ClauseFinding, judge_view
from tidu.law.standards.reading import TOTAL_SCORE, score_id

MISSING = 0.04
MILLION_YUAN = 100_000_000
INDUSTRIES = ("3515", "6513", "6620", "5910", "7010", "0511", "9999", "3510", "6610", "5110", "6110")

Found = dict[str, int | Truth]


def firms(standard: Standard, count: int, seed: int) -> list[dict[str, Cell]]:
    """So many firms that the standard's rules can read."""
    chance, layout = Random(seed), Layout.of(standard)
    edges = list(_edges(standard, layout))
    stated = [column for entry in layout.stated.values() for column in entry.columns()]
    counted = [next(entry.columns()) for entry in layout.counted.values()]
    rows = [_firm(stated, counted, chance) for _ in range(count)]
    for row in rows:
        for edge in chance.sample(edges, min(3, len(edges))):
            edge.stand(row, chance)
    return rows


def frame(rows: list[dict[str, Cell]]) -> pl.DataFrame:
    """The rows as a frame, with a number for each firm."""
    return pl.DataFrame(rows, infer_schema_length=None).with_row_index("firm")


def judged_alone(standard: Standard, layout: Layout, row: FirmRow) -> Found:
    """What the interpreter says of one row, in the columns of a population's results."""
    judged = judge_view(standard, layout.view(row, standard.vocabulary))
    found: Found = {"outcome": judged.root.truth}
    found |= {f"clause.{one.clause.id}": one.truth for one in _all(judged.root)}
    spans = {f"indicator.{one.indicator.id}": one.points for one in judged.indicators}
    names = {TOTAL_SCORE: TOTAL_SCORE} | {one.id: score_id(one.id) for one in standard.dimensions}
    spans |= {names[scored]: span for scored, span in judged.scores.items()}
    for name, span in spans.items():
        found |= {name + LEAST: span.low, name + MOST: span.high}
    return found


def _all(found: ClauseFinding) -> Iterator[ClauseFinding]:
    yield found
    for part in found.parts:
        yield from _all(part)


def _firm(stated: list[Column], counted: list[Column], chance: Random) -> dict[str, Cell]:
    row: dict[str, Cell] = {YEAR: chance.choice((2025, 2025, 2024)), AS_OF: date(2026, 3, 1)}
    if chance.random() < MISSING:
        row[AS_OF] = None
    for column in stated:
        row[column.name] = None if chance.random() < MISSING else _value(column, chance)
    for column in counted:
        least, top = _number(column, chance), column.name.removesuffix(LEAST) + MOST
        row[column.name] = row[top] = least
        if chance.random() < 3 * MISSING:
            row[top] = min(least + chance.choice((1, 2, MILLION_YUAN)), column.at_most or 0)
    return row


def _value(column: Column, chance: Random) -> Cell:
    if column.kind.is_number:
        return _number(column, chance)
    if column.options:
        return "yes" if "yes" in column.options and chance.random() < 0.9 else chance.choice(column.options)
    if column.kind is FactKind.FLAG:
        return chance.random() < 0.9
    if column.kind is FactKind.DATE:
        return date(chance.randint(2008, 2026), chance.choice((1, 1, 2, 12)), chance.choice((1, 1, 28)))
    return chance.choice(INDUSTRIES)


def _number(column: Column, chance: Random) -> int:
    least, most = column.at_least or 0, column.at_most or 0
    any_of_three: tuple[Any, ...] = (
        chance.randint(max(least, -3), min(most, 5)),
        min(most, chance.randint(1, 300) * MILLION_YUAN // 2),
        chance.randint(least, most),
    )
    return int(chance.choices(any_of_three, weights=(5, 9, 1))[0])


@dataclass(frozen=True)
class _Edge:
    """A comparison, and the columns of its facts."""

    comparison: Comparison
    columns: tuple[str, ...]

    def stand(self, row: dict[str, Cell], chance: Random) -> None:
        """Set one number so that both sides are equal, or as near as whole numbers come, or one beside."""
        numbers = [row[name] for name in self.columns]
        if not all(isinstance(number, int) for number in numbers):
            return
        place = chance.randrange(len(numbers))
        known = [int(number) if isinstance(number, int) else 0 for number in numbers]
        apart = self.comparison.apart
        ends = [total(apart.terms, [*known[:place], x, *known[place + 1 :]]) for x in (0, 1)]
        if ends[0] == ends[1]:
            return
        value = ends[0] // (ends[0] - ends[1]) + chance.choice((-1, 0, 0, 0, 1))
        symbol, name = apart.values[place].symbol, self.columns[place]
        most = symbol.at_most or 0
        if (symbol.at_least or 0) <= value <= most:
            row[name] = value
            if name.endswith(LEAST):
                row[name.removesuffix(LEAST) + MOST] = min(most, value + (chance.random() < 0.1))


def _edges(standard: Standard, layout: Layout) -> Iterator[_Edge]:
    """The comparisons of the standard; those of scores and of what engines derive have no columns here."""
    stored = {column.name for column in layout.columns}
    conditions = [clause.condition for clause in standard.root if clause.condition]
    conditions += [band.condition for i in standard.indicators for band in i.bands if band.condition]
    for comparison in (one for condition in conditions for one in comparisons_in(condition)):
        columns = tuple(read_of(value, standard.vocabulary).least for value in comparison.apart.values)
        if columns and stored.issuperset(columns):
            yield _Edge(comparison, columns)
