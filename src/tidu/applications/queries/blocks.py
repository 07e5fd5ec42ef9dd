"""What keeps each case from going on (卡在哪里): the same rules that the door asks, over many cases at once.

Cases that stand alike are counted together by the database, and the rules are asked once for each kind of
standing; so that the number of queries, and nearly the work, is the same for one case and for ten thousand.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, Min, OuterRef, Q, QuerySet, Value

from tidu.applications.acts import Act
from tidu.applications.enums import CaseStatus, PapersState
from tidu.applications.guards import lacking
from tidu.applications.models import CasePapers, CaseStage
from tidu.database.scope import SYSTEM
from tidu.law.procedures import Action, Need, Procedure, Stage
from tidu.law.procedures.model import NEED_LABELS
from tidu.law.procedures.moves import Kind

#: The act by which a case leaves a stage of this kind.
ONWARD: Mapping[Kind, Action] = {
    Kind.REVIEW: Action.PASS_REVIEW,
    Kind.PANEL: Action.JOIN_OPINION,
    Kind.RECOMMEND: Action.RECOMMEND,
    Kind.PUBLICITY: Action.LIST,
    Kind.REPORT: Action.REPORT,
    Kind.ANNOUNCE: Action.ANNOUNCE,
}
#: What the form of an act brings along itself.
TYPED = frozenset(
    {Need.COMMENT, Need.MARKED_FIELDS, Need.LETTER_NUMBER, Need.LETTER_FILE, Need.SUMMARY_TABLES}
)


@dataclass(frozen=True)
class Block:
    """One thing that must happen before a case goes on, and who is waited for."""

    id: str
    label: str
    waits_for: str = "office"


MENDING = Block("mending", "等企业补正", "firm")
CREDIT_FOUND = Block("credit_found", "信用查询有异常记录")
PERIOD = Block("period", "公示期内", "time")
OBJECTION = Block("objection", "异议核实中")
OF_NEED: Mapping[Need, Block] = {
    Need.RECEIPT: Block("receipt", "未受理"),
    Need.CREDIT_CHECK: Block("credit_check", "未查信用"),
    Need.INSPECTION: Block("inspection", "实地核查未完成"),
    Need.PAPERS: Block("papers", "纸质材料未收齐", "firm"),
}
OF_ACT: Mapping[Kind, Block] = {
    Kind.REVIEW: Block("decision", "待作出审核决定"),
    Kind.PANEL: Block("panel", "等专家评审", "experts"),
    Kind.RECOMMEND: Block("letter", "未行文推荐"),
    Kind.PUBLICITY: Block("list", "未公示"),
    Kind.REPORT: Block("report", "未行文上报"),
    Kind.ANNOUNCE: Block("announcement", "未公告"),
}
"""What is left when nothing else is lacking: the act itself."""

BLOCKS = (MENDING, *OF_NEED.values(), CREDIT_FOUND, *OF_ACT.values(), PERIOD, OBJECTION)

_SOME_TIME = datetime(2000, 1, 1, tzinfo=UTC)

#: All of a case that the rules read. Cases alike in these are blocked alike.
FACTS = ("stage", "case__status", "is_received", "credit_is_clear", "inspection", "has_papers")


@dataclass(frozen=True)
class Standing:
    """So many cases at one office that stand alike, what keeps them, and when the first of them is due."""

    office_id: int
    alike: tuple[Any, ...]
    cases: int
    blocks: tuple[Block, ...]
    due_at: datetime | None = None

    @property
    def status(self) -> CaseStatus:
        """The status of all of them."""
        return CaseStatus(self.alike[FACTS.index("case__status")])

    @property
    def condition(self) -> Q:
        """The cases meant."""
        return Q(office_id=self.office_id, **dict(zip(FACTS, self.alike, strict=True)))


def standings(*, batch_id: int, procedure: Procedure, offices: Collection[int]) -> list[Standing]:
    """How the cases of a batch stand that lie with these offices, as far as the asker may know; one query."""
    lying = _stages_lying(batch_id, procedure).filter(office_id__in=list(offices))
    counted = lying.order_by().values("office_id", *FACTS).annotate(cases=Count("pk"), due_at=Min("due_at"))
    return [_standing(row, procedure) for row in counted]


def held_by(block: str, found: Collection[Standing]) -> list[Standing]:
    """Those whose cases this block keeps; all of them if it is empty."""
    return [one for one in found if not block or any(each.id == block for each in one.blocks)]


def blocked(
    *, batch_id: int, procedure: Procedure, found: Collection[Standing], block: str = ""
) -> QuerySet[CaseStage]:
    """The stages at which these cases lie, the nearest deadline first; `block` keeps those it holds."""
    meant = Q(office_id__in={one.office_id for one in found})
    if block:
        meant = reduce(or_, (one.condition for one in held_by(block, found)), Q(pk__in=[]))
    lying = _stages_lying(batch_id, procedure).filter(meant)
    return lying.select_related("office", "case__firm__area").order_by("due_at", "pk")


def _stages_lying(batch_id: int, procedure: Procedure) -> QuerySet[CaseStage]:
    """The open stages of a batch's cases, with what the rules ask of them."""
    papers = CasePapers.objects.filter(
        case_id=OuterRef("case_id"), office_id=OuterRef("office_id"), state=PapersState.COMPLETE
    )
    lying = CaseStage.objects.filter(batch_id=batch_id, left_at__isnull=True)
    return lying.annotate(
        is_received=ExpressionWrapper(Q(received_at__isnull=False), output_field=BooleanField()),
        has_papers=Exists(papers) if _asks_for_papers(procedure) else Value(False),
    )


def _asks_for_papers(procedure: Procedure) -> bool:
    return any(Need.PAPERS in needs for stage in procedure.stages for needs in stage.needs.values())


def blocks_of(row: CaseStage, procedure: Procedure) -> tuple[Block, ...]:
    """What keeps the case of one row of `blocked`."""
    return _blocks(
        procedure.stage(row.stage), row.case.status, row, has_papers=getattr(row, "has_papers", False)
    )


def _standing(row: Mapping[str, Any], procedure: Procedure) -> Standing:
    alike = tuple(row[name] for name in FACTS)
    # any moment will do: the rules only ask whether there is one
    example = CaseStage(
        stage=row["stage"],
        entered_at=_SOME_TIME,
        received_at=_SOME_TIME if row["is_received"] else None,
        credit_is_clear=row["credit_is_clear"],
        inspection=row["inspection"],
    )
    blocks = _blocks(
        procedure.stage(row["stage"]), row["case__status"], example, has_papers=row["has_papers"]
    )
    return Standing(row["office_id"], alike, row["cases"], blocks, row["due_at"])


def _blocks(stage: Stage, status: str, row: CaseStage, *, has_papers: bool) -> tuple[Block, ...]:
    if status == CaseStatus.RETURNED:
        return (MENDING,)
    if status == CaseStatus.LISTED:
        return (PERIOD,)
    if status == CaseStatus.SUSPENDED:
        return (OBJECTION,)
    action = ONWARD[stage.kind]
    # the papers of all rows were asked for at once; no case comes past a panel without its opinion
    given = TYPED | {Need.PAPERS, Need.PANEL_OPINION}
    missing = lacking(stage, row, Act(action, SYSTEM, row.entered_at, given=given))
    if not has_papers and Need.PAPERS in stage.needs_for(action):
        missing.append(Need.PAPERS)
    if Need.CREDIT_CHECK in missing and row.credit_is_clear is False:
        return (CREDIT_FOUND,)
    found = tuple(_of_need(need) for need in missing)
    return found or (OF_ACT[stage.kind],)


def _of_need(need: Need) -> Block:
    return OF_NEED.get(need) or Block(need.value, f"缺{NEED_LABELS[need]}")
