"""The whole form of a case to read, section by section: years beside each other, lists as tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from tidu.law.facts import Fact, FactKind, format_value, value_from_json
from tidu.law.standards import FormField, FormSection
from tidu.portals.office.findings import Cell, Stated


@dataclass(frozen=True)
class Listing:
    """A table fact: heads and rows as text."""

    cell: Cell
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    is_stated_empty: bool


@dataclass(frozen=True)
class Line:
    """One fact with its values, one per year where it has years."""

    fact: Fact
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Block:
    """Lines with the same columns, or one list."""

    years: Sequence[int] = ()
    lines: Sequence[Line] = ()
    listing: Listing | None = None


@dataclass(frozen=True)
class Sheet:
    """One section; `missing` counts its values that were not filled."""

    label: str
    blocks: Sequence[Block]
    missing: int
    found: int


def sheets_of(form: Sequence[FormSection], stated: Stated, year: int) -> list[Sheet]:
    """Every section of the form as stated, with officers' findings beside it."""
    return [_sheet(section, stated, year) for section in form]


def _sheet(section: FormSection, stated: Stated, year: int) -> Sheet:
    blocks = [
        block
        for kind, members in groupby(section.fields, key=_kind_of_block)
        for block in _blocks(kind, list(members), stated, year)
    ]
    cells = [cell for block in blocks for line in block.lines for cell in line.cells]
    cells += [block.listing.cell for block in blocks if block.listing]
    keys = {key for entry in section.fields for key in entry.required_keys(year)}
    missing = sum(not cell.stated and (cell.fact.id, cell.period or None) in keys for cell in cells)
    return Sheet(section.section.label, blocks, missing, sum(cell.finding is not None for cell in cells))


def _kind_of_block(entry: FormField) -> str:
    if entry.fact.per_year:
        return "years"
    return "listing" if entry.fact.kind is FactKind.TABLE else "now"


def _blocks(kind: str, members: Sequence[FormField], stated: Stated, year: int) -> list[Block]:
    if kind == "listing":
        return [Block(listing=_listing(member.fact, stated)) for member in members]
    if kind == "now":
        return [Block(lines=[Line(member.fact, [stated.cell(member.fact, 0)]) for member in members])]
    years = sorted({year - back for member in members for back in member.years_back}, reverse=True)
    lines = [Line(member.fact, [stated.cell(member.fact, one) for one in years]) for member in members]
    return [Block(years=years, lines=lines)]


def _listing(fact: Fact, stated: Stated) -> Listing:
    row = stated.fields.get((fact.id, 0))
    value: Any = row.value if row else None
    rows: Sequence[Mapping[str, Any]] = value_from_json(fact, value) if value else []
    shown = [column for column in fact.columns if any(one.get(column.id) is not None for one in rows)]
    return Listing(
        cell=stated.cell(fact, 0),
        heads=[column.label for column in shown],
        rows=[[format_value(column, one.get(column.id)) for column in shown] for one in rows],
        is_stated_empty=value == [],
    )
