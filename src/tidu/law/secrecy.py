"""Secrecy marks (密级标志) in texts, file names and the text of documents.

国家秘密载体 carry "密级★期限": 绝密★, 机密★10年, 秘密★长期. Words that only speak of
secrecy (商业秘密, 保密制度, 秘密) carry no mark and are left alone, as is 内部.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

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


LABELS: Mapping[str, str] = {
    "caption": "照片说明",
    "comment": "意见",
    "contact": "联系方式",
    "decision": "处理意见",
    "enclosed": "来文文号",
    "inspectors": "核查人员",
    "item": "核查项目",
    "lacking": "所缺材料",
    "letter": "文号",
    "name": "名称",
    "note": "说明",
    "notes": "内部记录",
    "number": "文号",
    "post": "岗位称呼",
    "reason": "理由",
    "receipt": "回执编号",
    "seed": "随机种子",
    "seen": "核查情况",
    "source": "来源",
    "stated": "申报情况",
    "status": "状态",
    "summary": "核查结论说明",
    "text": "异议内容",
    "title": "标题",
    "value": "认定值",
}
"""What a free text of an act is called, by the name under which it comes."""
OTHER_LABEL = "所填内容"


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


def refuse_marked(said: object) -> None:
    """The same for everything that an act says: a dataclass or a mapping of texts, however deep.

    The refusal names the field by which the text is known where it stands.
    """
    for field, text in _texts(said, ""):
        refuse_marks(text, place="text", field=field, label=LABELS.get(field, OTHER_LABEL))


def _texts(said: Any, field: str) -> Iterator[tuple[str, str]]:
    """Every text with the name of the field that holds it."""
    if isinstance(said, str):
        yield field, said
    elif isinstance(said, Mapping):
        for name, value in said.items():
            yield from _texts(value, str(name))
    elif is_dataclass(said):
        for one in fields(said):
            yield from _texts(getattr(said, one.name), one.name)
    elif isinstance(said, Sequence) and not isinstance(said, bytes):
        for value in said:
            yield from _texts(value, field)
