"""What lies on an office's desk: how many of which batch at which stage, and the cases of one act."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tidu.applications.enums import LIVE, CaseStatus, LetterKind
from tidu.applications.models import Case, CaseReader, CaseStage, Letter
from tidu.applications.queries.cases import cases_held
from tidu.database.scope import Actor
from tidu.offices.models import Office
from tidu.offices.queries import offices_below
from tidu.programmes.models import Batch


@dataclass(frozen=True)
class Pile:
    """So many cases of one batch that lie with the office at one stage in one status."""

    batch_id: int
    stage: str
    stage_kind: str
    status: str
    cases: int


def piles(actor: Actor) -> list[Pile]:
    """Everything that lies with the office, in one query."""
    counted = (
        cases_held(actor)
        .order_by()
        .values("batch_id", "stage", "stage_kind", "status")
        .annotate(cases=Count("pk"))
    )
    return [Pile(**row) for row in counted]


def batches_seen(actor: Actor) -> QuerySet[Batch]:
    """The batches of which the office sees any case, the newest first."""
    seen = CaseReader.objects.filter(batch_id=OuterRef("pk"), office_id=actor.office_id or 0)
    return (
        Batch.objects.filter(Exists(seen))
        .select_related("notice__office")
        .order_by("-opens_at", "notice", "-position")
    )


def batches_under_way(office: Office, batch_ids: Collection[int]) -> set[int]:
    """Those of the batches of which a case lies with the office or below it; one query."""
    here = Q(office_id=office.pk) | Q(office_id__in=offices_below(office).values("pk"))
    lying = CaseStage.objects.filter(here, batch_id=OuterRef("pk"), left_at__isnull=True)
    return set(Batch.objects.filter(Exists(lying), pk__in=list(batch_ids)).values_list("pk", flat=True))


def batch_totals(actor: Actor, batch_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """By batch how many cases the office sees, and how many of them have ended how; one query."""
    seen = Case.objects.filter(batch_id__in=list(batch_ids))
    counted = (
        seen.order_by()
        .values("batch_id")
        .annotate(
            seen=Count("pk"),
            here=Count("pk", filter=Q(status__in=LIVE, office_id=actor.office_id or 0)),
            recognised=Count("pk", filter=Q(status=CaseStatus.RECOGNISED)),
            refused=Count("pk", filter=Q(status=CaseStatus.NOT_RECOGNISED)),
        )
    )
    return {
        row["batch_id"]: {name: row[name] for name in ("seen", "here", "recognised", "refused")}
        for row in counted
    }


def waiting_at(actor: Actor, *, batch_id: int, stage: str) -> QuerySet[Case]:
    """The cases that wait at one of the office's stages for an act on many, in the order of their places."""
    waiting = cases_held(actor).filter(batch_id=batch_id, stage=stage, status=CaseStatus.PASSED)
    return waiting.order_by("firm__area__code", "firm__name", "pk")


def open_stages(case_ids: Collection[int]) -> dict[int, CaseStage]:
    """The stage at which each of these cases lies; one query."""
    rows = CaseStage.objects.filter(case_id__in=list(case_ids), left_at__isnull=True)
    return {row.case_id: row for row in rows}


def letters_of(*, batch_id: int, kind: LetterKind | None = None) -> QuerySet[Letter]:
    """The letters of a batch that the asking office may see, the newest first, with `cases` counted."""
    letters = Letter.objects.filter(batch_id=batch_id).select_related("office", "scan")
    if kind is not None:
        letters = letters.filter(kind=kind)
    return letters.annotate(cases=Count("stages")).order_by("-sent_at", "-pk")
