"""Checks across what a firm states: contradictions, impossible days, likely slips of unit.

A finding of level `block` stands in the way of submitting; one of level `warn`
only speaks.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from tidu.law.derivation import RowView, row_condition
from tidu.law.expressions import trace
from tidu.law.facts import (
    Fact,
    FactKind,
    Facts,
    Row,
    Value,
    Vocabulary,
    format_number,
    format_value,
    load_vocabulary,
    read_draft,
    typed_again,
)
from tidu.law.industries import classify
from tidu.law.refusals import BEIJING, say
from tidu.law.relations import Failure, Level, failures

SLIP_FACTOR = 1_000
"""An amount that grows or shrinks this many times in a year was probably typed in another unit."""


@dataclass(frozen=True)
class Finding:
    """One thing found. `field` is `revenue.2025`, `industry_code`, or `awards.2.awarded_on` (row 2)."""

    level: Level
    field: str
    code: str
    values: Mapping[str, object]

    def sentence(self) -> str:
        """The Chinese sentence: field, value, rule, remedy."""
        return say(self.code, self.values)


def check(facts: Facts, at: datetime) -> list[Finding]:
    """Everything found in the facts at a moment: first what blocks, then what warns."""
    today = at.astimezone(BEIJING).date()
    found = [
        *_values(facts, today),
        *_years(facts, today),
        *_rows(facts),
        *_industry(facts),
        *(_failure(facts, failure) for failure in failures(facts)),
        *_slips(facts),
    ]
    return sorted(found, key=lambda finding: finding.level)


def field_name(fact_id: str, period: int | None = None) -> str:
    """The name of a fact's field: `revenue.2025`, or the id alone for a fact of now."""
    return fact_id if period is None else f"{fact_id}.{period}"


def cell_name(table_id: str, row: int, column_id: str) -> str:
    """The name of a cell's field: `awards.2.awarded_on`, rows counted from 1."""
    return f"{table_id}.{row}.{column_id}"


def unread(
    drafts: Iterable[tuple[str, int, str]], at: datetime, vocabulary: Vocabulary | None = None
) -> list[Finding]:
    """What was typed and could not be read, by fact, year (0: of now) and text: it stands in no fact.

    `vocabulary` is the one of the form, today's unless named. A text that can be read by now, such as a
    day that has come meanwhile, still waits to be saved again.
    """
    today, known = at.astimezone(BEIJING).date(), (vocabulary or load_vocabulary()).facts
    return [
        finding
        for fact_id, period, raw in drafts
        if raw and fact_id in known
        for finding in _unread(known[fact_id], field_name(fact_id, period or None), raw, today)
    ]


def _unread(fact: Fact, name: str, raw: str, today: date) -> Iterator[Finding]:
    refusals = read_draft(fact, typed_again(fact, raw), today=today).findings
    for refused in refusals:
        where = refused.field if fact.kind is FactKind.TABLE and refused.field else name
        yield Finding("block", where, refused.code, refused.values)
    if not refusals:
        yield Finding("block", name, "draft_to_be_saved_again", {"label": fact.label, "value": raw})


def _places(facts: Facts) -> Iterator[tuple[str, Fact, Value]]:
    """Every value with its field name, the cells of tables included."""
    for (fact_id, period), value in facts.items():
        fact = facts.vocabulary.fact(fact_id)
        if not isinstance(value, tuple):
            yield field_name(fact_id, period), fact, value
            continue
        for number, row in enumerate(value, start=1):
            for column_id, cell in row.items():
                if cell is not None:
                    yield cell_name(fact_id, number, column_id), fact.column(column_id), cell


def _values(facts: Facts, today: date) -> Iterator[Finding]:
    """Numbers outside their bounds, and days that have not come."""
    for field, fact, value in _places(facts):
        about = {"label": fact.label, "value": format_value(fact, value), "unit": fact.unit}
        if isinstance(value, date) and value > today and not fact.may_be_future:
            yield Finding("block", field, "date_in_future", {**about, "today": today})
        if not fact.kind.is_number or not isinstance(value, int):
            continue
        if fact.at_least is not None and value < fact.at_least:
            least = format_number(fact.kind, fact.at_least)
            yield Finding("block", field, "number_too_small", {**about, "least": least})
        if fact.at_most is not None and value > fact.at_most:
            most = format_number(fact.kind, fact.at_most)
            yield Finding("block", field, "number_too_large", {**about, "most": most})


def _years(facts: Facts, today: date) -> Iterator[Finding]:
    """Figures of a fiscal year that is not over."""
    for fact_id, period in facts:
        if period is not None and period >= today.year:
            label = facts.vocabulary.fact(fact_id).label
            values = {"label": label, "value": period, "latest": today.year - 1}
            yield Finding("block", field_name(fact_id, period), "year_not_over", values)


def _rows(facts: Facts) -> Iterator[Finding]:
    """Cells that a row must have, and values that two rows must not share."""
    for (fact_id, _), rows in facts.items():
        if isinstance(rows, tuple):
            table = facts.vocabulary.fact(fact_id)
            yield from _missing_cells(table, rows, facts)
            yield from _repeated_cells(table, rows)


def _missing_cells(table: Fact, rows: tuple[Row, ...], facts: Facts) -> Iterator[Finding]:
    for number, row in enumerate(rows, start=1):
        view = RowView(table, number, row, facts.year, facts.as_of)
        for column in table.columns:
            if row.get(column.id) is None and _is_required(column, table, view):
                values = {"label": table.label, "row": number, "column": column.label}
                yield Finding("block", cell_name(table.id, number, column.id), "cell_required", values)


def _is_required(column: Fact, table: Fact, view: RowView) -> bool:
    if column.required_if:
        return trace(row_condition(column.required_if, table), view).truth is True
    return column.required


def _repeated_cells(table: Fact, rows: tuple[Row, ...]) -> Iterator[Finding]:
    for column in (column for column in table.columns if column.unique):
        first: dict[object, int] = {}
        for number, row in enumerate(rows, start=1):
            value = row.get(column.id)
            earlier = first.setdefault(value, number)
            if value is not None and earlier != number:
                values = {"label": column.label, "value": value, "row": number, "earlier": earlier}
                yield Finding("block", cell_name(table.id, number, column.id), "cell_repeated", values)


def _industry(facts: Facts) -> Iterator[Finding]:
    code = facts.text("industry_code")
    if code is None:
        return
    classified = classify(code)
    if classified is None:
        yield Finding("block", "industry_code", "industry_unknown", {"value": code})
    elif not classified.is_listed:
        values = {"value": code, "group": classified.name}
        yield Finding("warn", "industry_code", "industry_not_listed", values)


def _failure(facts: Facts, failure: Failure) -> Finding:
    """What a failing relation says: its field, and the values it compares."""
    relation = failure.relation
    if failure.row is None:
        shown = {name: _shown(facts, name, failure.year) for name in relation.shows}
        field = field_name(relation.field, failure.year)
        return Finding(relation.level, field, relation.code, {"year": failure.year, **shown})
    table = facts.vocabulary.fact(relation.table)
    row = (facts.rows(relation.table) or ())[failure.row - 1]
    shown = {name: _with_unit(table.column(name), row.get(name)) for name in relation.shows}
    field = cell_name(table.id, failure.row, relation.field)
    return Finding(relation.level, field, relation.code, {"label": table.label, "row": failure.row, **shown})


def _slips(facts: Facts) -> Iterator[Finding]:
    """Amounts that jump from one year to the next as only a wrong unit makes them."""
    years = sorted({period for _, period in facts if period is not None})
    for fact in facts.vocabulary.facts.values():
        if not fact.per_year or fact.kind is not FactKind.MONEY:
            continue
        for earlier, later in pairwise(years):
            before, after = (facts.known(fact.id, year) for year in (earlier, later))
            if isinstance(before, int) and isinstance(after, int) and _jumps(before, after):
                values = {
                    "label": fact.label,
                    "earlier": earlier,
                    "later": later,
                    "before": _with_unit(fact, before),
                    "after": _with_unit(fact, after),
                }
                yield Finding("warn", field_name(fact.id, later), "amount_jumps", values)


def _jumps(before: int, after: int) -> bool:
    low, high = sorted((abs(before), abs(after)))
    return low > 0 and high >= SLIP_FACTOR * low


def _shown(facts: Facts, fact_id: str, year: int | None) -> str:
    return _with_unit(facts.vocabulary.fact(fact_id), facts.known(fact_id, year))


def _with_unit(fact: Fact, value: Value | None) -> str:
    gap = "" if fact.kind is FactKind.SHARE else " "
    return f"{format_value(fact, value)}{gap}{fact.unit}".strip()
