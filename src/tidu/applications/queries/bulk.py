"""批量办理: what would happen to each case before anybody confirms, and how far a confirmed act has come."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from tidu.applications.acts import Act
from tidu.applications.enums import BulkAction, BulkState, PapersState
from tidu.applications.guards import lacking
from tidu.applications.models import BulkAct, BulkItem, Case, CasePapers, CaseStage
from tidu.applications.permissions import may
from tidu.applications.queries.desks import open_stages
from tidu.database.scope import Actor
from tidu.law.answers import ALLOWED, Answer
from tidu.law.procedures import Action, Need
from tidu.law.procedures.model import NEED_LABELS
from tidu.law.refusals import Refused
from tidu.programmes.queries import procedure_by_digest


@dataclass(frozen=True)
class Prospect:
    """One case before an act on many: whether the act may happen to it, and what deserves a look."""

    case: Case
    answer: Answer
    doubts: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        """What the form sends: the case and the version that is shown."""
        return f"{self.case.pk}:{self.case.version}"

    @property
    def is_chosen(self) -> bool:
        """Ticked beforehand: what may happen and leaves no doubt."""
        return bool(self.answer) and not self.doubts


@dataclass(frozen=True)
class Progress:
    """How far an act has come."""

    cases: int
    done: int
    refused: int

    @property
    def through(self) -> int:
        return self.done + self.refused

    @property
    def waiting(self) -> int:
        return self.cases - self.through


def prospects(actor: Actor, action: BulkAction, cases: Sequence[Case]) -> list[Prospect]:
    """What the act would do to each case, by the rules of the door; two queries besides the cases."""
    case_ids = [case.pk for case in cases]
    rows = open_stages(case_ids)
    papers = CasePapers.objects.filter(
        case_id__in=case_ids, office_id=actor.office_id or 0, state=PapersState.COMPLETE
    )
    complete = set(papers.values_list("case_id", flat=True))
    return [
        _prospect(actor, Action(action.value), case, rows.get(case.pk), has_papers=case.pk in complete)
        for case in cases
    ]


def _prospect(
    actor: Actor, action: Action, case: Case, row: CaseStage | None, *, has_papers: bool
) -> Prospect:
    procedure = procedure_by_digest(case.procedure_digest)
    answer = may(actor, case, action, procedure)
    if not answer:
        return Prospect(case, answer)
    if row is None:
        return Prospect(case, Answer(False, "案件不在办理中。"))
    if action is Action.RECEIVE and row.received_at is not None:
        return Prospect(case, Answer(False, "已经受理。"))
    stage = procedure.stage(row.stage)
    # the opinion is typed once for all, and the papers of all were asked for at once
    act = Act(action, actor, row.entered_at, given=frozenset({Need.COMMENT, Need.PAPERS}))
    missing = lacking(stage, row, act)
    if Need.PAPERS in stage.needs_for(action) and not has_papers:
        missing.append(Need.PAPERS)
    if missing:
        return Prospect(case, Answer(False, f"还缺{'、'.join(NEED_LABELS[need] for need in missing)}。"))
    return Prospect(case, ALLOWED, tuple(_doubts(action, case)))


def _doubts(action: Action, case: Case) -> list[str]:
    """Passing a case that does not meet the standard is the officer's decision, never one made in passing."""
    if action is not Action.PASS_REVIEW or case.verdict == "met":
        return []
    return ["结论不符合" if case.verdict == "unmet" else "结论待补充"]


def actor_of_bulk(bulk: BulkAct) -> Actor:
    """Whoever confirmed, as at that moment."""
    return Actor(
        kind="office",
        account_id=bulk.by_id,
        office_id=bulk.office_id,
        roles=frozenset(bulk.roles),
        name=bulk.actor_name,
    )


def bulk_by_id(bulk_id: int) -> BulkAct:
    """One act of the asking office. Refused("bulk_unknown") also for another office's."""
    found = BulkAct.objects.filter(pk=bulk_id).select_related("office", "by").first()
    if found is None:
        raise Refused("bulk_unknown")
    return found


def bulk_acts() -> QuerySet[BulkAct]:
    """The acts on many that the asking office confirmed, the newest first, with how far they have come."""
    counted = BulkAct.objects.select_related("by").annotate(
        cases=Count("items"),
        done=Count("items", filter=Q(items__state=BulkState.DONE)),
        refused=Count("items", filter=Q(items__state=BulkState.REFUSED)),
    )
    return counted.order_by("-at", "-pk")


def progress_of(bulk: BulkAct) -> Progress:
    """One query."""
    counted = BulkItem.objects.filter(bulk=bulk).aggregate(
        cases=Count("pk"),
        done=Count("pk", filter=Q(state=BulkState.DONE)),
        refused=Count("pk", filter=Q(state=BulkState.REFUSED)),
    )
    return Progress(**counted)


def refused_items(bulk: BulkAct) -> QuerySet[BulkItem]:
    """The cases that were not done, with the reason of each."""
    refused = BulkItem.objects.filter(bulk=bulk, state=BulkState.REFUSED)
    return refused.select_related("case__firm__area").order_by("pk")


def unfinished_bulk_ids() -> list[int]:
    """Acts of which something still waits; asked by the timer, in the system's scope."""
    return list(BulkAct.objects.filter(finished_at__isnull=True).order_by("pk").values_list("pk", flat=True))
