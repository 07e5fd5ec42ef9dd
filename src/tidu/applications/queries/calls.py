"""The call list (催办名单): firms of the area that have begun and not finished, and who was urged when."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from tidu.applications.enums import CaseStatus
from tidu.applications.models import ReminderTarget, Unfinished
from tidu.enterprises.queries import search as firms_named
from tidu.offices.models import Office
from tidu.offices.queries import offices_below


def unfinished(
    *, batch_id: int, office_id: int | None = None, status: str = "", search: str = ""
) -> QuerySet[Unfinished]:
    """What firms of the asking office's area have not finished in a batch, the nearest deadline first."""
    found = Unfinished.objects.filter(batch_id=batch_id).select_related("firm__area__office")
    if office_id is not None:
        found = found.filter(office_id=office_id)
    if status:
        found = found.filter(status=status)
    if search:
        found = found.filter(firm__in=firms_named(search).order_by().values("pk"))
    return found.order_by("due_at", "office_id", "firm__name", "pk")


def unfinished_counts(*, batch_id: int) -> dict[int, dict[str, int]]:
    """By office of the area: how many are drafts, how many wait for mending; one query."""
    counted = (
        Unfinished.objects.filter(batch_id=batch_id)
        .order_by()
        .values("office_id")
        .annotate(
            drafts=Count("pk", filter=Q(status=CaseStatus.DRAFT)),
            returned=Count("pk", filter=Q(status=CaseStatus.RETURNED)),
        )
    )
    return {row["office_id"]: {"drafts": row["drafts"], "returned": row["returned"]} for row in counted}


def firms_urged(*, batch_id: int, firm_ids: Collection[int]) -> Mapping[int, ReminderTarget]:
    """The last reminder of each of these firms in a batch, by whichever office; one query."""
    rows = ReminderTarget.objects.filter(batch_id=batch_id, firm_id__in=list(firm_ids))
    return {row.firm_id or 0: row for row in rows.select_related("reminder__office").order_by("reminder__at")}


def offices_urged(*, batch_id: int, office_ids: Collection[int]) -> Mapping[int, ReminderTarget]:
    """The last reminder of each of these offices in a batch; one query."""
    rows = ReminderTarget.objects.filter(batch_id=batch_id, office_id__in=list(office_ids))
    return {
        row.office_id or 0: row for row in rows.select_related("reminder__office").order_by("reminder__at")
    }


def is_left_alone(target: ReminderTarget | None, at: datetime) -> bool:
    """Whether somebody was urged so recently that it is too early to do it again."""
    return target is not None and target.quiet.lower <= at < target.quiet.upper


def offices_to_urge(office: Office, office_ids: Collection[int]) -> list[Office]:
    """Those of the offices that stand below this one and are open."""
    return list(
        offices_below(office).filter(pk__in=list(office_ids), closed_at__isnull=True).order_by("code")
    )
