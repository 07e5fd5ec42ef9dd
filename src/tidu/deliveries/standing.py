"""Where a case stands on paper at one office: what came and counts, against what the notice asks."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tidu.applications.contents import notice_of
from tidu.applications.enums import PapersState
from tidu.applications.models import Case
from tidu.applications.routing import route_from
from tidu.deliveries.enums import WRONG_PRINT, PrintMatch
from tidu.deliveries.models import Receipt, ReceivedPaper
from tidu.law.notices.papers import Counted, papers_asked, papers_lacking
from tidu.law.notices.parts import Paper
from tidu.law.notices.times import mode_of, moment_if_known
from tidu.offices.models import Office
from tidu.programmes.queries import batch_text, notice_text, procedure_by_digest


@dataclass(frozen=True)
class Standing:
    """What has come altogether, and what is lacking in words."""

    state: PapersState
    lacking: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        return "；".join(self.lacking)


@dataclass(frozen=True)
class Clock:
    """The deadline by which papers must reach an office, and the notice's own sentence for it."""

    at: datetime
    is_hard: bool
    rule: str


def asked_of(case: Case) -> tuple[Paper, ...]:
    """The papers that the notice asks this firm for."""
    return papers_asked(notice_of(case), case.kind)


def standing_of(case: Case, office_id: int) -> Standing:
    """What this office has of the case by now; corrected and refused receipts count for nothing."""
    receipts = list(
        Receipt.objects.filter(
            case=case, office_id=office_id, corrected_at__isnull=True, is_refused=False
        ).prefetch_related("papers")
    )
    papers = [paper for receipt in receipts for paper in receipt.papers.all()]
    counted: dict[str, list[Counted]] = defaultdict(list)
    for paper in papers:
        counted[paper.paper].append(_counted(paper))
    lacking = papers_lacking(asked_of(case), counted) + _wrong_prints(receipts)
    if not papers:
        return Standing(PapersState.MISSING, lacking)
    return Standing(PapersState.INCOMPLETE if lacking else PapersState.COMPLETE, lacking)


def _counted(paper: ReceivedPaper) -> Counted:
    return Counted(
        paper.copies, is_original=paper.is_original, is_apart=paper.is_apart, defects=paper.defects
    )


def _wrong_prints(receipts: Sequence[Receipt]) -> tuple[str, ...]:
    """A print of something else than the last submission, as long as none of the right one has come."""
    if any(receipt.match == PrintMatch.LAST for receipt in receipts):
        return ()
    wrong = [PrintMatch(receipt.match) for receipt in receipts if receipt.match in WRONG_PRINT]
    return (f"申报表打印件{wrong[-1].label}：应按最后一次提交重新打印",) if wrong else ()


def clock_for(case: Case, office: Office, papers: Sequence[str]) -> Clock | None:
    """By when these papers must have reached this office, the earliest deadline of several.

    A deadline binds whoever sends papers up; what an office collects at or below the level of that stage
    has no deadline of the notice's. Deadlines stand as the newest corrigendum has moved them.
    """
    notice, batch, found = notice_text(case.batch.notice), batch_text(case.batch), []
    for paper in asked_of(case):
        if paper.id not in papers or paper.deadline is None or not _is_above(case, office, paper):
            continue
        rule = notice.rule(paper.deadline)
        at, mode = moment_if_known(notice, batch, rule), mode_of(notice, rule)
        if at is not None and mode != "advisory":
            found.append(Clock(at, mode == "hard", notice.sentence(rule.sentence).text))
    return min(found, key=lambda clock: clock.at, default=None)


def _is_above(case: Case, office: Office, paper: Paper) -> bool:
    """Whether the office sits at a higher level than the stage with whose act the paper goes up."""
    procedure = procedure_by_digest(case.procedure_digest)
    levels = [level.id for level in procedure.levels]
    route = route_from(case.firm.area.office, notice_of(case))
    seats = [levels.index(level) for level, one in route.offices.items() if one == office and level in levels]
    return max(seats, default=-1) > levels.index(procedure.stage(paper.stage).level)
