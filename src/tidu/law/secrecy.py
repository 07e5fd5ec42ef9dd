"""Secrecy marks (密级标志) in texts, file names and the text of documents.

国家秘密载体 carry "密级★期限": 绝密★, 机密★10年, 秘密★长期. Words that only speak of
secrecy (商业秘密, 保密制度, 秘密) carry no mark and are left alone, as is 内部.
"""

import re
from dataclasses import dataclass
from typing import Literal

from tidu.law.refusals import Refused

# what typing, copying and extraction from a PDF put between two characters
_GAP = "[\\s_\u200b\ufeff]{0,4}"
_LEVEL = rf"(?P<level>[绝机秘]{_GAP}密)"
_STAR = "[\u2605\u2606\u2b50\u272d\u272f\u2730]"
_NUMBER = "(?:[0-9０-９]+|[一二三四五六七八九十]+)"
_TERM = rf"(?:长期|永久|启用前|公开前|解密前|{_NUMBER}{_GAP}(?:年|个?月|天|日))"
_MARKS = (
    re.compile(rf"(?<!商业){_LEVEL}{_GAP}{_STAR}(?:{_GAP}{_TERM})?"),
    # an asterisk typed for the star counts only with a term after it, else it is emphasis
    re.compile(rf"(?<!商业){_LEVEL}{_GAP}[*＊]{_GAP}{_TERM}"),
    re.compile(rf"密{_GAP}级{_GAP}[:：]{_GAP}{_LEVEL}级?(?![\u4e00-\u9fff、{_STAR[1:-1]}])"),
)

Place = Literal["text", "file_name", "document"]


@dataclass(frozen=True)
class SecrecyMark:
    """A mark: its level (绝密, 机密 or 秘密), its own text, and where it begins and ends."""

    level: str
    text: str
    start: int
    end: int


def find_marks(text: str) -> list[SecrecyMark]:
    """Every secrecy mark in a text, in the order in which they begin."""
    found = [
        SecrecyMark(match["level"][0] + "密", match[0], match.start(), match.end())
        for pattern in _MARKS
        for match in pattern.finditer(text)
    ]
    return sorted(found, key=lambda mark: (mark.start, mark.end))


def refuse_marks(text: str, *, place: Place, field: str, label: str) -> None:
    """Refused("secrecy_mark_in_…") if a text carries a mark; only the mark itself is repeated."""
    marks = find_marks(text)
    if marks:
        raise Refused(f"secrecy_mark_in_{place}", field=field, label=label, value=marks[0].text)
