"""Where in the form something of the document stands: the path of a refusal in an officer's words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tidu.law.drafting.form import Block, Section, form

_INDEXED = re.compile(r"(\w+)\[(\d+)\](?:\.(\w+))?.*")
_NAMED_BY = ("title", "label", "name", "text", "id", "office")


@dataclass(frozen=True)
class Place:
    """A control of the form, a row, a block or only a section: `name` is that of the control or row."""

    section: Section
    name: str
    label: str


def place_of(document: Mapping[str, Any], path: str | None) -> Place:
    """Where the path of a refusal leads; the first section if nowhere in particular."""
    said = path or ""
    for one in form():
        for block in one.blocks:
            found = _in_block(one, block, document, said)
            if found is not None:
                return found
    return Place(form()[0], "", form()[0].title)


def _in_block(one: Section, block: Block, document: Mapping[str, Any], said: str) -> Place | None:
    first, _, rest = said.partition(".")
    if block.kind == "fields":
        column = block.column(first.partition("[")[0])
        return Place(one, column.name, column.label) if column else None
    if first.partition("[")[0] != block.name:
        return None
    if block.kind == "group":
        column = block.column(rest.partition("[")[0])
        return Place(one, f"{block.name}.{column.name}" if column else block.name, _of(block, column))
    if block.kind == "pairs":
        return Place(one, block.name, block.title)
    return _in_rows(one, block, document.get(block.name, []), said, rest)


def _of(block: Block, column: Any) -> str:
    return f"{block.title}“{column.label}”" if column else block.title


def _in_rows(one: Section, block: Block, rows: Sequence[Any], said: str, rest: str) -> Place:
    index, column_name = _row(rows, said, rest)
    if index is None:
        return Place(one, block.name, block.title)
    label = row_label(block, rows[index], index)
    column = block.column(column_name)
    if column is None:
        return Place(one, f"{block.name}.{index}", label)
    return Place(one, f"{block.name}.{index}.{column.name}", f"{label}的“{column.label}”")


def _row(rows: Sequence[Any], said: str, rest: str) -> tuple[int | None, str]:
    """The number of the row that a path means, and the column in it if it says one."""
    if match := _INDEXED.fullmatch(said):
        index = int(match[2])
        return (index, match[3] or "") if index < len(rows) else (None, "")
    for index, row in enumerate(rows):
        for key in ("id", "office"):
            known = str(row.get(key, ""))
            if known and (rest == known or rest.startswith(f"{known}.")):
                return index, rest[len(known) + 1 :].partition("[")[0]
    return None, ""


def row_title(row: Mapping[str, Any]) -> str:
    """What a row says it is; empty while it says nothing."""
    return next((str(row[key]) for key in _NAMED_BY if row.get(key)), "")


def row_label(block: Block, row: Mapping[str, Any], index: int) -> str:
    """What a row is called: by what it says, shortly; by its number while it says nothing."""
    said = row_title(row)
    if not said:
        return f"第 {index + 1} 个{block.row}"
    return f"{block.row}“{said[:20]}{'…' if len(said) > 20 else ''}”"
