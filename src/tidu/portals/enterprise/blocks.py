"""One section of a form cut into what a page draws: single fields, a sheet of years, lists of rows."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from tidu.enterprises.queries import REGISTERED
from tidu.law.checks import cell_name, field_name
from tidu.law.facts import Fact, FactKind
from tidu.law.facts.drafts import NONE_STATED
from tidu.law.industries import classify
from tidu.law.standards import FormField, FormSection
from tidu.portals.enterprise.filled import FilledForm
from tidu.portals.parts.fields import Evidence, Field, field_of

MARKED = "主管部门标出此项，要求见页首。"
FROM_REGISTRATION = "由登记信息带入，不在此修改。"


@dataclass(frozen=True)
class Line:
    """A fact of several years: one cell per year, the newest last."""

    fact: Fact
    cells: Sequence[Field]
    is_required: bool
    is_marked: bool
    evidence: Sequence[Evidence]


@dataclass(frozen=True)
class Sheet:
    """Facts by year: lines and columns."""

    years: Sequence[int]
    lines: Sequence[Line]


@dataclass(frozen=True)
class RowCard:
    """One row of a list; `number` 0 is the blank one from which new rows are made."""

    number: int
    cells: Sequence[Field]

    @property
    def words(self) -> str:
        """What tells this row from others, for its folded line."""
        return "　".join(cell.value for cell in self.cells[:3] if cell.value)


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A table fact: its rows, whether there are said to be none, and the field that saves the whole."""

    fact: Fact
    rows: Sequence[RowCard]
    blank: RowCard
    value: str
    version: int
    autosave: str
    is_required: bool
    is_stated_empty: bool
    is_marked: bool
    error: str
    warning: str
    evidence: Sequence[Evidence]

    @property
    def id(self) -> str:
        """An address fragment may point at it, as at a single field."""
        return "field-" + self.fact.id.replace("_", "-")

    @property
    def readonly(self) -> bool:
        return not self.autosave


@dataclass(frozen=True)
class Block:
    """Exactly one of the three is set."""

    fields: Sequence[Field] = ()
    sheet: Sheet | None = None
    listing: Listing | None = None


def blocks_of(section: FormSection, filled: FilledForm) -> list[Block]:
    """The blocks of a section in the vocabulary's order."""
    return [
        block
        for kind, members in groupby(section.fields, key=_kind_of_block)
        for block in _blocks(kind, list(members), filled)
    ]


def _kind_of_block(entry: FormField) -> str:
    if entry.fact.per_year:
        return "sheet"
    return "listing" if entry.fact.kind is FactKind.TABLE else "fields"


def _blocks(kind: str, members: Sequence[FormField], filled: FilledForm) -> Iterator[Block]:
    if kind == "sheet":
        yield Block(sheet=_sheet(members, filled))
    elif kind == "listing":
        yield from (Block(listing=_listing(member, filled)) for member in members)
    else:
        yield Block(fields=[_field(member, filled) for member in members])


def _field(entry: FormField, filled: FilledForm) -> Field:
    fact = entry.fact
    changeable = filled.may_change(fact, 0)
    registered = fact.id in REGISTERED and not changeable
    return field_of(
        fact,
        filled.typed(fact, 0),
        help=FROM_REGISTRATION if registered else _help(fact, filled),
        required=entry.is_required,
        evidence=_evidence(entry, filled, [fact.id]),
        **_state(fact, 0, filled),
    )


def _help(fact: Fact, filled: FilledForm) -> str:
    """The definition; for the industry code also what the code means."""
    words = fact.definition or fact.help
    code = filled.facts.text("industry_code") if fact.id == "industry_code" else None
    found = classify(code) if code else None
    return f"{words}现填：{found.name}。" if found else words


def _state(fact: Fact, period: int, filled: FilledForm) -> dict[str, Any]:
    """What any field carries besides its words: how it saves itself and what is said of it."""
    name = field_name(fact.id, period or None)
    changeable = filled.may_change(fact, period)
    marked = filled.is_marked(fact, period)
    return {
        "name": name,
        "version": filled.version(fact, period),
        "autosave": filled.save_url if changeable else "",
        "readonly": not changeable,
        "error": filled.says(name, "block"),
        "warning": filled.says(name, "warn"),
        "mend": marked,
        "why": MARKED if marked else "",
    }


def _sheet(members: Sequence[FormField], filled: FilledForm) -> Sheet:
    years = sorted({filled.year - back for member in members for back in member.years_back})
    return Sheet(years, [_line(member, years, filled) for member in members])


def _line(entry: FormField, years: Sequence[int], filled: FilledForm) -> Line:
    fact = entry.fact
    needed = {filled.year - back for back in entry.required_years} if entry.is_required else set()
    cells = [
        field_of(
            fact,
            filled.typed(fact, year),
            bare=True,
            period=f"{year}年",
            required=year in needed,
            **{**_state(fact, year, filled), "why": ""},
        )
        for year in years
    ]
    names = [field_name(fact.id, year) for year in reversed(years)]
    marked = any(cell.mend for cell in cells)
    return Line(fact, cells, bool(needed), marked, _evidence(entry, filled, names))


def _listing(entry: FormField, filled: FilledForm) -> Listing:
    fact = entry.fact
    typed = filled.typed_rows(fact)
    empty = filled.is_stated_empty(fact)
    return Listing(
        fact=fact,
        rows=[_row(fact, number, cells) for number, cells in enumerate(typed, start=1)],
        blank=_row(fact, 0, {}),
        value=json.dumps(typed, ensure_ascii=False) if typed else NONE_STATED if empty else "",
        version=filled.version(fact, 0),
        autosave=filled.save_url if filled.may_change(fact, 0) else "",
        is_required=entry.is_required,
        is_stated_empty=empty,
        is_marked=filled.is_marked(fact, 0),
        error=filled.says(fact.id, "block"),
        warning=filled.says(fact.id, "warn"),
        evidence=_evidence(entry, filled, [fact.id]),
    )


def _row(table: Fact, number: int, cells: dict[str, str]) -> RowCard:
    fields = [
        field_of(
            column,
            cells.get(column.id, ""),
            name=cell_name(table.id, number, column.id),
            period=column.id,
            bare=True,
            help=column.help or column.definition,
        )
        for column in table.columns
    ]
    return RowCard(number, fields)


def _evidence(entry: FormField, filled: FilledForm, names: Iterable[str]) -> list[Evidence]:
    """Where the value can be read; else the papers of that kind; else which paper is still due."""
    pointed = [filled.pointers[name] for name in names if name in filled.pointers]
    if pointed:
        return list(dict.fromkeys(pointed))
    found: list[Evidence] = []
    for paper in entry.evidence:
        if paper.id in filled.papers:
            found += filled.papers[paper.id] or [Evidence(paper.label)]
    return found
