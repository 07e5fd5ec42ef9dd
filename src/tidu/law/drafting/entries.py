"""Between what stands in a control of the form and what stands in the document.

What cannot be read as its column wants it is kept as the text that was typed.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tidu.law.drafting.documents import Document
from tidu.law.drafting.form import Block, Column, Section
from tidu.law.facts import load_vocabulary
from tidu.law.notices import READINGS

Typed = Mapping[str, Sequence[str]]
"""The values of every control by its name: "title", "platform.name", "batches.0.opens", "headings.2.key"."""

WAS = "was"
"""The control that says which saved row a typed row is: its id, or its number where rows bear no id."""

_WHOLE = re.compile(r"[+-]?\d{1,12}")
_BETWEEN = re.compile(r"[、，,；;\s]+")
_DATE = re.compile(r"(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?")
_CLOCK = re.compile(r"\s*T?(\d{1,2})[:时点](\d{2})?分?(?::00)?")
_YES = {"true": True, "false": False}


def take(section: Section, typed: Typed, saved: Mapping[str, Any]) -> Document:
    """The section's part of the document as typed; what the form does not show stays as it was saved."""
    body: Document = {}
    for block in section.blocks:
        body |= _TAKEN[block.kind](block, typed, saved)
    return body


def _take_fields(block: Block, typed: Typed, _: Mapping[str, Any]) -> Document:
    return _cells(block, typed, "", {})


def _take_group(block: Block, typed: Typed, _: Mapping[str, Any]) -> Document:
    cells = _cells(block, typed, f"{block.name}.", {})
    return {block.name: cells} if any(value not in ("", []) for value in cells.values()) else {}


def _take_rows(block: Block, typed: Typed, saved: Mapping[str, Any]) -> Document:
    before = saved.get(block.name, [])
    rows = []
    for index in _indices(block, typed):
        prefix = f"{block.name}.{index}."
        known = _known(before, _one(typed, f"{prefix}{WAS}"))
        shown_here = {column.name for column in block.columns}
        hidden = {key: value for key, value in known.items() if key not in shown_here}
        rows.append(hidden | _cells(block, typed, prefix, known))
    return {block.name: rows}


def identity(row: Mapping[str, Any], index: int) -> str:
    """By what a row is known again when the section comes back."""
    return str(row["id"]) if row.get("id") else str(index)


def _known(before: Sequence[Mapping[str, Any]], was: str) -> Mapping[str, Any]:
    return next((row for index, row in enumerate(before) if identity(row, index) == was), {})


def _take_pairs(block: Block, typed: Typed, _: Mapping[str, Any]) -> Document:
    """A key typed twice is told apart by a stroke, so that neither value is lost."""
    pairs: dict[str, str] = {}
    for index in _indices(block, typed):
        key = plain_text(_one(typed, f"{block.name}.{index}.key"))
        while key in pairs:
            key += "′"
        pairs[key] = plain_text(_one(typed, f"{block.name}.{index}.value"))
    return {block.name: pairs} if pairs else {}


_TAKEN = {"fields": _take_fields, "group": _take_group, "rows": _take_rows, "pairs": _take_pairs}


def _indices(block: Block, typed: Typed) -> list[int]:
    pattern = re.compile(rf"{re.escape(block.name)}\.(\d{{1,4}})\.")
    return sorted({int(match[1]) for name in typed if (match := pattern.match(name))})


def _cells(block: Block, typed: Typed, prefix: str, known: Mapping[str, Any]) -> Document:
    cells: Document = {}
    for column in block.columns:
        values = list(typed.get(f"{prefix}{column.name}", ()))
        read = _read(column, values, known)
        if read is not None:
            cells[column.name] = read
    return cells


def _read(column: Column, values: list[str], row: Mapping[str, Any]) -> Any:
    """What the control's text means; None where nothing was typed."""
    if column.control == "choices":
        return values
    text = plain_text(values[0]) if values else ""
    if column.control in ("names", "lines"):
        parts = text.splitlines() if column.control == "lines" else _BETWEEN.split(text)
        return [_named(column, part.strip()) for part in parts if part.strip()]
    if not text:
        return None
    if column.control == "value":
        return _read_value(text, row)
    return read_single(column.control, text)


def _read_value(text: str, row: Mapping[str, Any]) -> Any:
    return read_single(reading_control(row), text)


def read_single(control: str, text: str) -> Any:
    """What a text means in a control for one number, day, moment, yes or no, or text."""
    return _SINGLE[control](text) if control in _SINGLE else text


def reading_control(row: Mapping[str, Any]) -> str:
    """Which control takes the value of a reading: by its choices, by what it must be, by what it is."""
    if row.get("choices"):
        return "choice"
    wanted = READINGS.get(str(row.get("id")), type(row.get("value", "")))
    return {bool: "yes", int: "number"}.get(wanted, "long") if isinstance(wanted, type) else "choice"


def _read_number(text: str) -> int | str:
    plain = unicodedata.normalize("NFKC", text).replace(",", "")
    return int(plain) if _WHOLE.fullmatch(plain) else text


def _read_day(text: str) -> str:
    """2026年2月5日, 2026/2/5 and 2026-2-5 are the same day; anything else stays as typed."""
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", text))
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else text


def _read_moment(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    date = _DATE.match(plain)
    clock = _CLOCK.fullmatch(plain[date.end() :]) if date else None
    if date is None or clock is None:
        return text
    return f"{_read_day(date[0].strip())} {int(clock[1]):02}:{clock[2] or '00'}"


def _read_yes(text: str) -> bool | str:
    return _YES.get(text, text)


_SINGLE: Mapping[str, Callable[[str], Any]] = {
    "number": _read_number,
    "day": _read_day,
    "moment": _read_moment,
    "yes": _read_yes,
}


def _named(column: Column, part: str) -> str:
    """Facts are typed by their names and kept by their ids."""
    return fact_ids().get(part, part) if column.options == "facts" else part


def fact_ids() -> dict[str, str]:
    """Every fact, stated or derived, by its Chinese name."""
    vocabulary = load_vocabulary()
    stated = {one.label: one.id for one in vocabulary.facts.values()}
    return stated | {one.label: one.id for one in vocabulary.derived.values()}


def fact_names() -> dict[str, str]:
    """The Chinese name of every fact."""
    return {fact: name for name, fact in fact_ids().items()}


def shown(column: Column, value: Any) -> str:
    """What stands in the control for a value of the document."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        names = fact_names() if column.options == "facts" else {}
        texts = [names.get(str(one), str(one)) for one in value]
        return ("\n" if column.control == "lines" else "、").join(texts)
    return str(value)


def plain_text(text: str) -> str:
    """Without spaces around it; lines end as they do in files."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()


def _one(typed: Typed, name: str) -> str:
    values = typed.get(name, ())
    return values[0] if values else ""
