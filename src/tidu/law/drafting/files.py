"""A draft as a TOML file, and back. The file of a draft loads into an equal draft."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

import tomli_w

from tidu.law import plain
from tidu.law.drafting.documents import Document
from tidu.law.notices import Notice
from tidu.law.refusals import Refused

MOST_BYTES = 1_000_000
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")
_TABLE = re.compile(r"\s*\[(\[)?\s*([\w.\"'-]+)\s*\]?\]")


def write_file(document: Mapping[str, Any]) -> bytes:
    """The document as a file of the kind that lies in `rulebook/notices`."""
    return tomli_w.dumps(plain.arrange(Notice, document)).encode()


def read_file(content: bytes) -> Document:
    """The document of a file. What is typed wrongly inside comes along; what is no notice is refused.

    Refused("draft_file_too_large"), ("draft_file_not_text"), ("draft_file_not_toml"),
    ("draft_file_key_unknown"), ("draft_file_shape"), each with the line where it stands.
    """
    if len(content) > MOST_BYTES:
        raise Refused("draft_file_too_large", size=len(content) // 1000, most=MOST_BYTES // 1000)
    text = _text(content)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise _not_toml(text, str(problem)) from problem
    document: Document = _jsonable(data)
    for fault in plain.faults(Notice, document):
        if fault.code == "file_key_unknown":
            where = str(fault.field)
            raise Refused("draft_file_key_unknown", field=where, value=where, line=line_of(text, where))
        if isinstance(fault.values.get("value"), list | dict):
            where, wanted = str(fault.field), fault.values.get("wanted", "应为一个值")
            line = line_of(text, where)
            raise Refused("draft_file_shape", field=where, value=where, wanted=wanted, line=line)
    return document


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        raise Refused("draft_file_not_text", line=line) from problem


def _not_toml(text: str, said: str) -> Refused:
    match = _AT.search(said)
    lines = text.splitlines()
    line = int(match[1]) if match else max(len(lines), 1)
    near = lines[line - 1].strip()[:40] if line <= len(lines) else ""
    return Refused("draft_file_not_toml", line=line, near=near)


def _jsonable(value: Any) -> Any:
    """TOML knows days, moments and fractions; a notice writes all of these as text."""
    if isinstance(value, dict):
        return {key: _jsonable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_jsonable(item) for item in value]
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, float) else value


def line_of(text: str, path: str) -> int:
    """The line on which a path of the document stands: "batches[1].opens"; its table's line, if not found."""
    parts = re.sub(r"\[(\d+)\]", r".\1", path).split(".")
    best, found = 0, 1
    for number, key in _keys(text):
        same = next((i for i, (a, b) in enumerate(zip(key, parts, strict=False)) if a != b), None)
        length = min(len(key), len(parts)) if same is None else same
        if length > best:
            best, found = length, number
    return found


def _keys(text: str) -> Iterator[tuple[int, list[str]]]:
    """Every table and key with its line: tables that repeat are numbered."""
    counts: dict[str, int] = {}
    table: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _TABLE.match(line):
            table = match[2].replace('"', "").split(".")
            if match[1]:
                counts[match[2]] = counts.get(match[2], -1) + 1
                table = [*table, str(counts[match[2]])]
            yield number, table
        elif match := re.match(r"\s*([\w\"'.-]+)\s*=", line):
            yield number, [*table, match[1].strip("\"'")]
