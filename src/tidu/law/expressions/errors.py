"""A mistake in a rule, said in Chinese and pointed at in the text."""

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches


class RuleError(ValueError):
    """`text[start:end]` is what is wrong; `message` says why and what was expected."""

    def __init__(self, message: str, text: str, start: int, end: int) -> None:
        super().__init__(message)
        self.message = message
        self.text = text
        self.start = start
        self.end = max(end, start + 1)

    def __str__(self) -> str:
        line_start = self.text.rfind("\n", 0, self.start) + 1
        line = self.text[line_start:].split("\n", 1)[0]
        before = "".join(map(_blank, self.text[line_start : self.start]))
        pointed = "".join(map(_caret, self.text[self.start : self.end].split("\n", 1)[0])) or "^"
        return f"{self.message}\n  {line}\n  {before}{pointed}"


def suggestion(word: str, known: Iterable[str]) -> str:
    """`，是否为“营业收入总额”` or, when nothing is near, an empty string."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"，是否为“{near[0]}”" if near else ""


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in ("W", "F", "A")


def _blank(character: str) -> str:
    return "\u3000" if _is_wide(character) else " "


def _caret(character: str) -> str:
    return "＾" if _is_wide(character) else "^"
