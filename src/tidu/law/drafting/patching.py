"""What can be read of a draft that is not whole is read, so that the rest is checked and shown."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tidu.law import plain
from tidu.law.drafting.documents import Document
from tidu.law.notices import Notice
from tidu.law.refusals import Refused

UNFILLED = "（未填）"

_STAND_INS: Mapping[str, Any] = {
    "id": "draft",
    "title": UNFILLED,
    "issuer_name": UNFILLED,
    "issued": "2000-01-01",
    "title_kind": "innovative",
    "platform": {"name": UNFILLED, "address": UNFILLED},
}
"""What stands for a thing without which no notice can be read; nothing is said about it."""

_FOLLOWS: Mapping[str, frozenset[str]] = {
    "sentences": frozenset({"notice_sentence_unknown", "notice_without_sentences"}),
    "kinds": frozenset({"batch_kind_not_offered", "notice_without_kinds"}),
    "batches": frozenset({"notice_without_batches"}),
    "deadlines": frozenset({"stage_without_deadline", "notice_deadline_unknown"}),
    "papers": frozenset({"stage_without_paper", "stage_without_tables"}),
    "deliveries": frozenset({"notice_delivery_unknown"}),
    "evidence": frozenset({"notice_fact_unproven"}),
    "readings": frozenset({"reading_missing", "deadline_reading_unknown"}),
    "title_kind": frozenset({"re_review_without_title"}),
}
"""What a check would say only because something of a block was left out."""


@dataclass(frozen=True)
class Patched:
    """A document that can be read, and the keys at which something was left out or stands in."""

    document: Document
    keys: frozenset[str]

    def is_consequence(self, problem: Refused) -> bool:
        """Whether a problem is about what was left out, not about what was typed."""
        key = re.split(r"[.\[]", problem.field or "")[0]
        follows = any(problem.code in _FOLLOWS.get(one, ()) for one in self.keys)
        return follows or (key in self.keys and key in _STAND_INS)


def patched(document: Mapping[str, Any], faults: Iterable[Refused]) -> Patched | None:
    """The document without the rows that cannot be read; None if no notice can be made of it."""
    places = {_place(fault.field or "") for fault in faults}
    made = dict(document)
    for key, index in places:
        if index is None:
            made.pop(key, None)
            made |= {key: _STAND_INS[key]} if key in _STAND_INS else {}
    for key, rows in made.items():
        if isinstance(rows, list):
            made[key] = [row for index, row in enumerate(rows) if (key, index) not in places]
    keys = {key for key, _ in places}
    return None if any(plain.faults(Notice, made)) else Patched(made, frozenset(keys))


def _place(path: str) -> tuple[str, int | None]:
    match = re.match(r"(\w+)(?:\[(\d+)\])?", path)
    if match is None:
        return path, None
    return match[1], int(match[2]) if match[2] else None
