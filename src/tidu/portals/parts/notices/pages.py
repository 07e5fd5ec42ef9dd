"""What the page of a notice shows, from the law alone: it is the same before publishing and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tidu.law import notices as law
from tidu.law.notices import Deadline, all_deadlines
from tidu.law.procedures import Procedure
from tidu.law.standards import Standard
from tidu.portals.parts.notices.flow import lanes
from tidu.portals.parts.notices.texts import applicants, evidence_list, paper_list, parts_of

STATES = {"ahead": "未开始", "open": "申报中", "closed": "已截止"}


@dataclass(frozen=True)
class Round:
    """One batch as shown: its window, whom it calls to re-review, and by when offices must be done."""

    text: law.Batch
    standard: Standard
    deadlines: tuple[Deadline, ...]
    state: str

    @property
    def state_label(self) -> str:
        return STATES[self.state]

    @property
    def called(self) -> str:
        """Whose titles are re-reviewed here: of a whole year, or of one batch of it."""
        named = self.text.re_reviews
        return "、".join(f"{one}年认定的" if one.isdecimal() else f"对应 {one} 批" for one in named)


def notice_words(
    text: law.Notice, procedure: Procedure, standards: Mapping[str, Standard], at: datetime
) -> dict[str, Any]:
    """The words of the templates `parts/notice_*.html`; `standards` are named by the id of their batch."""
    rounds = [
        Round(batch, standards[batch.id], all_deadlines(text, batch), _state(batch, at))
        for batch in text.batches
    ]
    return {
        "text": text,
        "parts": parts_of(text),
        "applicants": applicants(text),
        "evidence": evidence_list(text),
        "papers": paper_list(text, procedure),
        "rounds": rounds,
        "open": [one for one in rounds if one.state == "open"],
        "standards": list({one.standard.digest: one.standard for one in rounds}.values()),
        "lanes": lanes(procedure, text),
    }


def _state(batch: law.Batch, at: datetime) -> str:
    if at in batch.window:
        return "open"
    return "ahead" if at < batch.opens else "closed"
