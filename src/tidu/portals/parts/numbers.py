"""Numbers that a form or an address says: what is none is left out, as is what no column could hold."""

import re
from collections.abc import Iterable

NUMBER = re.compile(r"[0-9]{1,18}", re.ASCII)


def number_said(text: str | None) -> int:
    """The number, or 0, which names nothing."""
    return int(text) if text and NUMBER.fullmatch(text) else 0


def numbers_said(texts: Iterable[str]) -> list[int]:
    """Every number of them."""
    return [int(text) for text in texts if NUMBER.fullmatch(text)]
