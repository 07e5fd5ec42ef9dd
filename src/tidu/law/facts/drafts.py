"""Reading a field of a form as a draft: the exact value if it can be read, else what was typed and why not.

A draft always saves. A row of a table that cannot be read keeps the whole table as typed,
with one finding per row, so that nothing is lost and nothing half-read is counted.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from tidu.law.facts.definitions import JSON, Fact, FactKind
from tidu.law.facts.entry import parse_row, parse_value
from tidu.law.facts.values import Row, Scalar, Value, value_to_json
from tidu.law.refusals import Refused
from tidu.law.secrecy import refuse_marks

Typed: TypeAlias = str | Sequence[Mapping[str, str]]
"""What a person typed: a text, or for a table its rows with a text per column, or `NONE_STATED`."""

NONE_STATED = "无"
"""Typed for a whole table: the firm states that there is nothing to list, which is not the same as 未填."""


@dataclass(frozen=True)
class Draft:
    """`value` as it is stored (JSON, 分 for money) or None; `raw` what was typed, if it could not be read."""

    value: JSON
    raw: str
    findings: tuple[Refused, ...] = ()


@dataclass(frozen=True)
class Saved:
    """What became of one field: its new version, its exact value, and what is wrong with what was typed."""

    fact: Fact
    version: int
    value: JSON
    findings: tuple[Refused, ...] = ()


def refuse_secrets(fact: Fact, typed: Typed) -> None:
    """Refused("secrecy_mark_in_text") if what was typed carries a mark: it is not kept."""
    rows = [{"": typed}] if isinstance(typed, str) else typed
    for text in (str(cell) for cells in rows for cell in dict(cells).values()):
        refuse_marks(text, place="text", field=fact.id, label=fact.label)


def read_draft(fact: Fact, typed: Typed, *, today: date) -> Draft:
    """The draft of one field. `today` is the legal day: few dates may lie after it."""
    read = _read_table if fact.kind is FactKind.TABLE else _read_scalar
    value, findings = read(fact, typed, today)
    if findings:
        return Draft(
            None, typed if isinstance(typed, str) else json.dumps(typed, ensure_ascii=False), findings
        )
    return Draft(None if value is None else value_to_json(value), "")


def typed_again(fact: Fact, raw: str) -> Typed:
    """What was typed, from the `raw` of its draft: a text, or the rows of a table."""
    if fact.kind is not FactKind.TABLE:
        return raw
    try:
        rows = json.loads(raw)
    except ValueError:
        return raw
    return rows if isinstance(rows, list) else raw


def _read_scalar(fact: Fact, typed: Typed, today: date) -> tuple[Value | None, tuple[Refused, ...]]:
    if not isinstance(typed, str):
        return None, (Refused("text_expected", field=fact.id, label=fact.label),)
    try:
        value = parse_value(fact, typed)
        _refuse_future(fact, value, today)
    except Refused as refused:
        return None, (refused,)
    return value, ()


def _read_table(fact: Fact, typed: Typed, today: date) -> tuple[Value | None, tuple[Refused, ...]]:
    """The rows that say something. No row at all, or 无, states 无; only blank rows state nothing yet."""
    if isinstance(typed, str) and typed.strip() in ("", NONE_STATED):
        return (() if typed.strip() else None), ()
    if isinstance(typed, str) or not all(isinstance(cells, Mapping) for cells in typed):
        return None, (Refused("rows_expected", field=fact.id, label=fact.label),)
    if fact.at_most is not None and len(typed) > fact.at_most:
        most = fact.at_most
        return None, (Refused("too_many_rows", field=fact.id, label=fact.label, count=len(typed), most=most),)
    rows: list[Row] = []
    findings: list[Refused] = []
    for number, cells in enumerate(typed, start=1):
        try:
            rows.append(_read_row(fact, cells, today))
        except Refused as refused:
            findings.append(_in_row(refused, fact, number))
    said = tuple(row for row in rows if row)
    return (None if rows and not said else said), tuple(findings)


def _read_row(table: Fact, cells: Mapping[str, str], today: date) -> Row:
    known = {column.id for column in table.columns}
    if unknown := sorted(set(cells) - known):
        raise Refused("column_unknown", field=table.id, label=table.label, value=unknown[0])
    row = parse_row(table, {column: str(text) for column, text in cells.items()})
    for column_id, value in row.items():
        _refuse_future(table.column(column_id), value, today)
    return row


def _in_row(refused: Refused, table: Fact, number: int) -> Refused:
    """The same refusal, naming the table, the row and the column."""
    label = f"{table.label}第 {number} 行 {refused.values.get('label', '')}".rstrip()
    values = {**refused.values, "label": label, "row": number}
    return Refused(refused.code, field=f"{table.id}.{number}.{refused.field}", **values)


def _refuse_future(fact: Fact, value: Scalar | None, today: date) -> None:
    if isinstance(value, date) and value > today and not fact.may_be_future:
        raise Refused("date_in_future", field=fact.id, label=fact.label, value=value.isoformat(), today=today)
