"""The board: how far each lower office is with a batch, and how much time it has left."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q

from tidu.applications.enums import CaseStatus
from tidu.applications.models import CaseStage
from tidu.law.calendars import hours_left
from tidu.offices.models import Office
from tidu.offices.queries import offices_below
from tidu.programmes.models import Batch


@dataclass(frozen=True)
class BoardRow:
    """One office's progress. Counts are of cases it has held in this batch."""

    office: Office
    received: int
    waiting: int
    with_firms: int
    passed: int
    refused: int
    sent_on: int
    late: int
    entered_later: int
    due_at: datetime | None
    hours_left: int | None

    @property
    def share_done(self) -> int:
        """Whole per cent of its cases that the office has finished."""
        return 100 if not self.received else (self.refused + self.sent_on) * 100 // self.received


def board(office: Office, batch: Batch, *, at: datetime) -> list[BoardRow]:
    """One row per office directly or further below, those with most waiting first; two queries."""
    below = offices_below(office)
    counts = {row["office_id"]: row for row in _counts(batch, [one.pk for one in below])}
    rows = [_row(one, counts.get(one.pk, {}), at) for one in below]
    return sorted(rows, key=lambda row: (-row.waiting, row.office.code))


def _counts(batch: Batch, offices: list[int]) -> list[Any]:
    """A case may come to an office at several stages: what can happen at more than one counts it once."""
    here = Q(left_at__isnull=True)
    return list(
        CaseStage.objects.filter(case__batch=batch, office_id__in=offices)
        .order_by()
        .values("office_id")
        .annotate(
            received=Count("case", distinct=True),
            waiting=Count("pk", filter=here & Q(case__status=CaseStatus.IN_REVIEW)),
            with_firms=Count("pk", filter=here & Q(case__status=CaseStatus.RETURNED)),
            passed=Count("pk", filter=here & Q(case__status=CaseStatus.PASSED)),
            refused=Count("pk", filter=Q(outcome__in=["refused", "struck"])),
            sent_on=Count(
                "case", distinct=True, filter=Q(outcome__in=["recommended", "reported", "announced"])
            ),
            late=Count("case", distinct=True, filter=Q(is_late=True)),
            entered_later=Count("case", distinct=True, filter=Q(happened_on__isnull=False)),
            due_at=Min("due_at", filter=here),
        )
    )


def _row(office: Office, counts: dict[str, Any], at: datetime) -> BoardRow:
    names = ("received", "waiting", "with_firms", "passed", "refused", "sent_on", "late", "entered_later")
    due_at: datetime | None = counts.get("due_at")
    hours = None if due_at is None else hours_left(due_at, at=at)
    return BoardRow(
        office=office, due_at=due_at, hours_left=hours, **{name: counts.get(name, 0) for name in names}
    )
