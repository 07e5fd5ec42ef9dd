"""Rows of a section: adding, removing, moving; and two people's versions of a section as one."""

import re
from collections.abc import Mapping
from typing import Any

from tidu.law.drafting.documents import Document, standard_readings
from tidu.law.drafting.form import Block, Section
from tidu.law.refusals import Refused

_MOST = 200
"""Rows of one block; a notice has some dozens."""


def add_row(body: Mapping[str, Any], block: Block) -> Document:
    """The section with one row more, at the end. Refused("draft_rows_too_many")."""
    if block.kind == "pairs":
        pairs = dict(body.get(block.name, {}))
        return {**body, block.name: {**pairs, _free_key(pairs): ""}}
    rows = list(body.get(block.name, []))
    if len(rows) >= _MOST:
        raise Refused("draft_rows_too_many", field=block.name, title=block.title, most=_MOST)
    return {**body, block.name: [*rows, _new_row(block, rows)]}


def remove_row(body: Mapping[str, Any], block: Block, index: int) -> Document:
    """The section without the row of that number; unchanged if there is none."""
    if block.kind == "pairs":
        keys = ordered_keys(body.get(block.name, {}))
        gone = keys[index] if 0 <= index < len(keys) else None
        return {**body, block.name: {key: body[block.name][key] for key in keys if key != gone}}
    rows = list(body.get(block.name, []))
    return {**body, block.name: [row for number, row in enumerate(rows) if number != index]}


def move_row(body: Mapping[str, Any], block: Block, index: int, by: int) -> Document:
    """The section with one row moved up (-1) or down (1); unchanged at either end."""
    rows = list(body.get(block.name, []))
    there = index + by
    if block.kind == "rows" and 0 <= index < len(rows) and 0 <= there < len(rows):
        rows[index], rows[there] = rows[there], rows[index]
    return {**body, block.name: rows} if block.kind == "rows" else dict(body)


def ordered_keys(pairs: Mapping[str, str]) -> list[str]:
    """S1, S1.2, S1.10, S2: as people count; one without a key comes last."""
    return sorted(pairs, key=lambda key: (not key, [_rank(part) for part in re.split(r"(\d+)", key)]))


def merged(section: Section, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Document:
    """Both people's work on a section: mine where we differ, and every row that only they have."""
    body = {**theirs, **mine}
    for block in section.blocks:
        if block.kind == "pairs":
            body[block.name] = {**theirs.get(block.name, {}), **mine.get(block.name, {})}
        elif block.kind == "rows":
            body[block.name] = _merged_rows(mine.get(block.name, []), theirs.get(block.name, []))
    return body


def _merged_rows(mine: list[Document], theirs: list[Document]) -> list[Document]:
    """Rows are the same that bear the same id; where rows bear none, those in the same place."""
    if all("id" in row for row in (*mine, *theirs)):
        known = {row["id"] for row in mine}
        return [*mine, *(row for row in theirs if row["id"] not in known)]
    return [*mine, *theirs[len(mine) :]]


def _new_row(block: Block, rows: list[Document]) -> Document:
    if block.name == "readings":
        return _missing_reading(rows)
    if block.name in ("kinds", "evidence", "directory"):
        return {}
    if block.name == "annexes":
        return {"number": len(rows) + 1}
    return {"id": _free_id(block.name, rows)} if block.column("id") else {}


def _missing_reading(rows: list[Document]) -> Document:
    """The next point that every notice must settle and this one does not; else a point of its own."""
    listed = {row.get("id") for row in rows}
    for reading in standard_readings():
        if reading["id"] not in listed:
            return reading
    return {"id": _free_id("readings", rows), "value": ""}


def _free_id(name: str, rows: list[Document]) -> str:
    """After S4.4 comes S4.5; elsewhere the block's name and a number."""
    taken = {str(row.get("id")) for row in rows}
    match = re.fullmatch(r"(.*?)(\d+)", str(rows[-1].get("id", ""))) if rows else None
    stem, number = (match[1], int(match[2])) if match else (_STEMS.get(name, f"{name}-"), 0)
    while f"{stem}{number + 1}" in taken:
        number += 1
    return f"{stem}{number + 1}"


_STEMS = {"sentences": "S", "readings": "own_reading_"}


def _free_key(pairs: Mapping[str, str]) -> str:
    key = ""
    while key in pairs:
        key += "′"
    return key


def _rank(part: str) -> tuple[int, int, str]:
    return (0, int(part), "") if part.isdecimal() else (1, 0, part)
