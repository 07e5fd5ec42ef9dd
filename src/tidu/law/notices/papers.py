"""What a notice asks one firm for on paper, against what has been counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tidu.law.notices.model import Notice
from tidu.law.notices.parts import Paper


@dataclass(frozen=True)
class Counted:
    """Copies of one paper that came together. Copies with a defect do not count.

    `is_original` and `is_apart` matter for a paper asked for as an original, which must come
    unbound (单独放置，不胶装).
    """

    copies: int
    is_original: bool = False
    is_apart: bool = False
    defects: str = ""

    def good_copies(self, paper: Paper) -> int:
        """How many of them are as the notice asks."""
        as_asked = paper.form != "original" or (self.is_original and self.is_apart)
        return self.copies if as_asked and not self.defects else 0


def papers_asked(notice: Notice, kind: str) -> tuple[Paper, ...]:
    """The papers that a firm hands in for an application of this kind; none where all is done online."""
    return tuple(paper for paper in notice.papers if paper.by_firm and kind in paper.kinds)


def papers_lacking(asked: Sequence[Paper], counted: Mapping[str, Sequence[Counted]]) -> tuple[str, ...]:
    """One line for each paper that is not there as asked: how many are wanted, came and count."""
    lines = (_lacking(paper, counted.get(paper.id, ())) for paper in asked)
    return tuple(line for line in lines if line)


def _lacking(paper: Paper, rows: Sequence[Counted]) -> str:
    came, good = sum(row.copies for row in rows), sum(row.good_copies(paper) for row in rows)
    if good >= paper.copies:
        return ""
    if came == 0:
        return f"{paper.title}：应交 {paper.copies} 份，未收到"
    why = "；".join(dict.fromkeys(word for row in rows for word in _faults(paper, row)))
    return f"{paper.title}：应交 {paper.copies} 份，收到 {came} 份" + (
        f"，其中 {came - good} 份不合要求（{why}）" if why else ""
    )


def _faults(paper: Paper, row: Counted) -> list[str]:
    """Why copies do not count."""
    faults = [row.defects] if row.defects else []
    if paper.form == "original" and not row.is_original:
        faults.append("不是原件")
    if paper.form == "original" and row.is_original and not row.is_apart:
        faults.append("没有单独放置")
    return faults
