"""Reading a notice from a rulebook file, a browser draft or its frozen body."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tidu.law import plain
from tidu.law.notices.checks import check
from tidu.law.notices.known import Known
from tidu.law.notices.model import Notice
from tidu.law.refusals import Refused
from tidu.law.rulebook import read_toml, toml_stems


def load(source: str | Path | bytes, *, known: Known | None = None) -> Notice:
    """A checked notice: by its id in the rulebook, from a file, or from TOML or JSON bytes.

    `known` says which standards, facts and procedures exist; the rulebook's by
    default. Refused with the path of what is wrong.
    """
    notice = from_json(_plain(source))
    check(notice, known)
    return notice


def from_json(data: Mapping[str, Any]) -> Notice:
    """A notice from plain data, not checked: a draft, or a body frozen after it was checked.

    `from_json(to_json(n)) == n`. Refused with the path if the data has another shape.
    """
    return plain.read(Notice, data)


def to_json(notice: Notice) -> dict[str, Any]:
    """The notice as plain data, in the shape of its file: this is what is frozen."""
    data: dict[str, Any] = plain.write(notice)
    return data


def notice_ids() -> list[str]:
    """The notices in the rulebook."""
    return toml_stems("notices")


def _plain(source: str | Path | bytes) -> Mapping[str, Any]:
    if isinstance(source, str):
        try:
            return read_toml("notices", source)
        except FileNotFoundError:
            raise Refused("notice_unknown", value=source) from None
    content = source.read_bytes() if isinstance(source, Path) else source
    return _parse(content)


def _parse(content: bytes) -> Mapping[str, Any]:
    try:
        text = content.decode()
        data = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (UnicodeDecodeError, json.JSONDecodeError, tomllib.TOMLDecodeError) as problem:
        raise Refused("notice_unreadable", value=str(problem)) from problem
    if not isinstance(data, Mapping):
        raise Refused("notice_unreadable", value=type(data).__name__)
    return data
