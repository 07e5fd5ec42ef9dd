"""A section of the form as its page shows it: panels of rows of cells, each with what is wrong with it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tidu.law.drafting import (
    Block,
    Column,
    Document,
    Problem,
    Section,
    default_of,
    identity,
    ordered_keys,
    reading_control,
    row_label,
    row_title,
    shown,
)
from tidu.portals.office.notices.options import Option, Options

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PER_LINE, _MOST_LINES = 42, 9
_BRIEF = 24
_FOLDED_FROM = 6
"""Blocks of more rows show them folded, but those with a problem."""


@dataclass(frozen=True)
class Cell:
    """One control: its name in the form, what stands in it, and what is said about it.

    `theirs` is what somebody else saved meanwhile, where it differs.
    """

    name: str
    column: Column
    control: str
    value: str
    options: Sequence[Option] = ()
    chosen: frozenset[str] = frozenset()
    error: str = ""
    warning: str = ""
    theirs: str = ""

    @property
    def id(self) -> str:
        """The id of the control, to which a problem's link leads."""
        return anchor(self.name)

    @property
    def words(self) -> str:
        """What is chosen or typed, as people read it."""
        said = dict(self.options).get(self.value, self.value)
        return said if len(said) <= _BRIEF else f"{said[:_BRIEF]}…"

    @property
    def rows(self) -> int:
        """So many lines that most of a text is in sight."""
        lines = sum(max(1, -(-len(line) // _PER_LINE)) for line in self.value.split("\n"))
        return min(max(lines, 3 if self.control == "lines" else 1), _MOST_LINES)

    @property
    def type(self) -> str:
        """A day that is none stays to be seen; a date control would hide it."""
        return (
            "date" if self.control == "day" and (not self.value or _ISO_DAY.fullmatch(self.value)) else "text"
        )


@dataclass(frozen=True)
class Row:
    """One line of a block."""

    index: int
    was: str
    label: str
    title: str
    brief: str
    name: str
    cells: Sequence[Cell]
    more: Sequence[Cell]
    problems: Sequence[Problem]
    is_open: bool

    @property
    def id(self) -> str:
        return anchor(self.name)


@dataclass(frozen=True)
class Panel:
    """One block: rows to add to, or cells."""

    block: Block
    rows: Sequence[Row] = ()
    cells: Sequence[Cell] = ()
    more: Sequence[Cell] = ()
    problems: Sequence[Problem] = field(default_factory=tuple)


def anchor(name: str) -> str:
    """The id on the page of a control, a row or a block."""
    return "at-" + re.sub(r"[^\w-]", "-", name)


def panels(
    section: Section,
    body: Document,
    options: Options,
    problems: Sequence[Problem],
    theirs: Document | None = None,
) -> list[Panel]:
    """The section's blocks; `theirs` is what somebody else has saved in the meantime."""
    here = [problem for problem in problems if problem.place.section.id == section.id]
    return [_Made(block, body, options, here, theirs).panel() for block in section.blocks]


@dataclass(frozen=True)
class _Made:
    block: Block
    body: Document
    options: Options
    problems: Sequence[Problem]
    theirs: Document | None

    def panel(self) -> Panel:
        block = self.block
        own = [problem for problem in self.problems if problem.place.name == block.name and block.name]
        if block.repeats:
            return Panel(block, rows=list(self._rows()), problems=own)
        prefix = f"{block.name}." if block.kind == "group" else ""
        theirs = self._group(self.theirs) if self.theirs is not None else None
        cells = self._cells(prefix, self._group(self.body), theirs)
        return Panel(block, cells=_shown(cells, more=False), more=_shown(cells, more=True), problems=own)

    def _group(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        return body.get(self.block.name, {}) if self.block.kind == "group" else body

    def _rows(self) -> Iterator[Row]:
        rows = _rows_of(self.block, self.body)
        others = None if self.theirs is None else _by_identity(_rows_of(self.block, self.theirs))
        for index, row in enumerate(rows):
            name, was = f"{self.block.name}.{index}", identity(row, index)
            theirs = others.get(was, {}) if others is not None else None
            cells = self._cells(f"{name}.", row, theirs)
            about = [one for one in self.problems if f"{one.place.name}.".startswith(f"{name}.")]
            yield Row(
                index=index,
                was=was,
                label=row_label(self.block, row, index),
                title=row_title(row) or row_label(self.block, row, index),
                brief=_brief(self.block, cells, row),
                name=name,
                cells=_shown(cells, more=False),
                more=_shown(cells, more=True),
                problems=[one for one in about if one.place.name == name],
                is_open=len(rows) <= _FOLDED_FROM or bool(about) or _is_new(row) or _differs(cells),
            )

    def _cells(self, prefix: str, row: Mapping[str, Any], theirs: Mapping[str, Any] | None) -> list[Cell]:
        return [self._cell(prefix, column, row, theirs) for column in self.block.columns]

    def _cell(
        self, prefix: str, column: Column, row: Mapping[str, Any], theirs: Mapping[str, Any] | None
    ) -> Cell:
        name, value = f"{prefix}{column.name}", row.get(column.name, default_of(self.block, column))
        options = self.options.of(column, row)
        control = reading_control(row) if column.control == "value" else column.control
        chosen = frozenset(map(str, value)) if isinstance(value, list) else frozenset({shown(column, value)})
        about = [one for one in self.problems if one.place.name == name]
        return Cell(
            name=name,
            column=column,
            control=control,
            value=shown(column, value),
            options=_with_unknown(options, chosen),
            chosen=chosen,
            error=" ".join(one.sentence for one in about if one.blocks),
            warning=" ".join(one.sentence for one in about if not one.blocks),
            theirs=_theirs(column, options, value, theirs),
        )


def _brief(block: Block, cells: Sequence[Cell], row: Mapping[str, Any]) -> str:
    """What a folded row shows of itself, a number with its unit."""
    cell = next((one for one in cells if one.column.name == block.brief), None)
    if cell is None:
        return ""
    return f"{cell.words} {row.get('unit', '')}".strip() if cell.control == "number" else cell.words


def _theirs(column: Column, options: Sequence[Option], value: Any, row: Mapping[str, Any] | None) -> str:
    """What stands there by now, in words; empty where both are the same."""
    if row is None or row.get(column.name) == value:
        return ""
    other = row.get(column.name)
    if shown(column, other) == shown(column, value):
        return ""
    words = dict(options)
    if isinstance(other, list):
        return "、".join(words.get(str(one), str(one)) for one in other) or "（空）"
    text = shown(column, other)
    return words.get(text, text) or "（空）"


def _with_unknown(options: list[Option], chosen: frozenset[str]) -> list[Option]:
    """What was chosen stays to be seen, even if nothing offers it any more."""
    known = {value for value, _ in options}
    unknown = sorted(one for one in chosen if one and one not in known)
    return [*options, *((one, f"{one}（不在可选范围内）") for one in unknown)] if options else []


def _rows_of(block: Block, body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = body.get(block.name, {} if block.kind == "pairs" else [])
    if block.kind == "pairs":
        return [{"key": key, "value": found[key]} for key in ordered_keys(found)]
    return list(found)


def _by_identity(rows: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {identity(row, index): row for index, row in enumerate(rows)}


def _shown(cells: Sequence[Cell], *, more: bool) -> list[Cell]:
    return [cell for cell in cells if cell.column.more == more]


def _is_new(row: Mapping[str, Any]) -> bool:
    return not any(value for key, value in row.items() if key != "id")


def _differs(cells: Sequence[Cell]) -> bool:
    return any(cell.theirs for cell in cells)
