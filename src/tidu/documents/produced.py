"""What this room produces: bytes, and the name under which they are saved."""

import re
from dataclasses import dataclass

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"

_UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')
_LONGEST = 80


@dataclass(frozen=True)
class Document:
    """A paper or a table, ready to be saved."""

    name: str
    media_type: str
    content: bytes


def safe_name(text: str) -> str:
    """A text as a part of a file's name."""
    return _UNSAFE.sub("", text)[:_LONGEST] or "无名"


def file_name(*parts: str, suffix: str) -> str:
    """The parts joined by `-`, without what a file system or a mail programme trips over."""
    stem = "-".join(_UNSAFE.sub("", part) for part in parts if part)
    return f"{stem[:_LONGEST]}.{suffix}"
