"""Code 39 (ISO/IEC 16388) of digits and A to F: what every hand scanner reads, as bars to be drawn.

A sign is five bars with four spaces between; two of the bars and one of the spaces are wide. Which bars
tells the digit, which space the set: digits, letters, or the sign `*` that begins and ends a code.
"""

from collections.abc import Iterator
from itertools import zip_longest

WIDE, NARROW, GAP = 3, 1, 1
"""In modules."""

_BARS = ("00110", "10001", "01001", "11000", "00101", "10100", "01100", "00011", "10010", "01010")
_DIGITS, _LETTERS, _STAR = "0100", "0010", "1000"


def bars(text: str) -> tuple[int, list[tuple[int, int]]]:
    """The whole width in modules, and where each bar begins and how wide it is. KeyError for other signs."""
    at, drawn = 0, []
    for sign in f"*{text}*":
        for is_bar, width in _elements(sign):
            if is_bar:
                drawn.append((at, width))
            at += width
        at += GAP
    return at - GAP, drawn


def _elements(sign: str) -> Iterator[tuple[bool, int]]:
    """Bars and spaces in turn, with their widths."""
    wide_bars, wide_spaces = _pattern(sign)
    for bar, space in zip_longest(wide_bars, wide_spaces):
        yield True, WIDE if bar == "1" else NARROW
        if space is not None:
            yield False, WIDE if space == "1" else NARROW


def _pattern(sign: str) -> tuple[str, str]:
    if sign == "*":
        return _BARS[0], _STAR
    if sign.isdecimal():
        return _BARS[int(sign)], _DIGITS
    return {letter: (_BARS[place], _LETTERS) for place, letter in enumerate("ABCDEF", start=1)}[sign]
