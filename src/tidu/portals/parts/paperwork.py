"""Where a case stands on paper (纸质材料), for the firm and for every office of its route."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tidu.applications.models import Case, CasePapers
from tidu.deliveries.models import Receipt
from tidu.deliveries.queries import papers_of_case, receipts_of
from tidu.deliveries.standing import asked_of
from tidu.law.notices import moment_of
from tidu.law.notices.parts import Paper
from tidu.programmes.queries import batch_text, notice_text, procedure_by_digest

TONES = {"missing": "act", "incomplete": "open", "complete": "ok"}


@dataclass(frozen=True)
class Arrival:
    """The papers of one case in one parcel."""

    receipt: Receipt
    lines: Sequence[str]
    is_outdated: bool


@dataclass(frozen=True)
class AtOffice:
    """What one office has of the case."""

    standing: CasePapers
    tone: str
    arrivals: Sequence[Arrival]


@dataclass(frozen=True)
class Paperwork:
    """What the notice asks for, and how much of it is where.

    `waits_for` is the stage that must have agreed before the firm prepares anything, empty once it has;
    `due` by when the papers are sent up.
    """

    asked: Sequence[Paper]
    offices: Sequence[AtOffice]
    waits_for: str
    due: datetime | None


def paperwork_of(case: Case) -> Paperwork | None:
    """Three queries; None where the notice asks for nothing, and before anything was submitted."""
    asked = asked_of(case)
    if not asked or case.submitted_at is None:
        return None
    receipts = list(receipts_of(case))
    offices = [
        AtOffice(
            one,
            TONES[one.state],
            [_arrival(case, receipt) for receipt in receipts if receipt.office_id == one.office_id],
        )
        for one in papers_of_case(case)
    ]
    return Paperwork(asked, offices, _waits_for(case), _due(case, asked))


def _waits_for(case: Case) -> str:
    """The stage whose agreement tells the firm to prepare paper, while it has not agreed."""
    stages = procedure_by_digest(case.procedure_digest).stages
    telling = next((stage for stage in stages if "prepare_papers" in stage.tells.values()), None)
    if telling is None or case.stages.filter(stage=telling.id, outcome="passed").exists():
        return ""
    return telling.title


def _due(case: Case, asked: Sequence[Paper]) -> datetime | None:
    notice, batch = notice_text(case.batch.notice), batch_text(case.batch)
    rules = [notice.rule(paper.deadline) for paper in asked if paper.deadline]
    return min((moment_of(notice, batch, rule) for rule in rules), default=None)


def _arrival(case: Case, receipt: Receipt) -> Arrival:
    outdated = receipt.round is not None and receipt.round < case.round
    return Arrival(receipt, papers_said(receipt), outdated)


def papers_said(receipt: Receipt) -> list[str]:
    """The papers of a receipt in words."""
    titles = {paper.id: paper.title for paper in asked_of(receipt.case)}
    lines = []
    for one in receipt.papers.all():
        kind = "，原件单独放置" if one.is_apart else "，原件" if one.is_original else ""
        defects = f"（缺陷：{one.defects}）" if one.defects else ""
        lines.append(f"{titles.get(one.paper, one.paper)} {one.copies} 份{kind}{defects}")
    return lines
