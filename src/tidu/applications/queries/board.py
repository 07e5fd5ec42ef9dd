"""The board: how far each lower office is with a batch, and how much time it has left."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from tidu.applications.enums import CaseStatus
from tidu.applications.models import CaseStage
from tidu.applications.queries.blocks import Standing, standings
from tidu.law.calendars import hours_left
from tidu.offices.models import Office
from tidu.offices.queries import offices_below
from tidu.programmes.models import Batch
from tidu.programmes.queries import procedure_of

DONE = ("received", "refused", "sent_on", "late", "entered_later")


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
    """One row per office directly or further below; three queries."""
    below = {one.pk: one for one in offices_below(office)}
    found = standings(batch_id=batch.pk, procedure=procedure_of(batch), offices=below)
    return board_rows(below.values(), batch, found=found, at=at)


def board_rows(
    below: Iterable[Office], batch: Batch, *, found: Iterable[Standing], at: datetime
) -> list[BoardRow]:
    """One row for each of these offices, those with most waiting first; one query.

    What lies with them is told by how it stands (`found`), what they have done by the stages they left.
    """
    offices = {office.pk: office for office in below}
    lying: dict[int, list[Standing]] = {}
    for one in found:
        lying.setdefault(one.office_id, []).append(one)
    done = _done(batch, offices)
    rows = [_row(office, done.get(pk, {}), lying.get(pk, []), at) for pk, office in offices.items()]
    return sorted(rows, key=lambda row: (-row.waiting, row.office.code))


def _done(batch: Batch, offices: Collection[int]) -> dict[int, dict[str, int]]:
    """By office what it has received and done; a case that comes back to an office counts once."""
    counted: Iterable[Any] = (
        CaseStage.objects.filter(batch=batch, office_id__in=offices)
        .order_by()
        .values("office_id")
        .annotate(
            received=Count("case", distinct=True),
            refused=Count("pk", filter=Q(outcome__in=["refused", "struck"])),
            sent_on=Count(
                "case", distinct=True, filter=Q(outcome__in=["recommended", "reported", "announced"])
            ),
            late=Count("case", distinct=True, filter=Q(is_late=True)),
            entered_later=Count("case", distinct=True, filter=Q(happened_on__isnull=False)),
        )
    )
    return {row["office_id"]: {name: row[name] for name in DONE} for row in counted}


def _row(office: Office, done: Mapping[str, int], lying: Sequence[Standing], at: datetime) -> BoardRow:
    due_at = min((one.due_at for one in lying if one.due_at), default=None)

    def standing(status: CaseStatus) -> int:
        return sum(one.cases for one in lying if one.status is status)

    return BoardRow(
        office=office,
        waiting=standing(CaseStatus.IN_REVIEW),
        with_firms=standing(CaseStatus.RETURNED),
        passed=standing(CaseStatus.PASSED),
        due_at=due_at,
        hours_left=None if due_at is None else hours_left(due_at, at=at),
        **{name: done.get(name, 0) for name in DONE},
    )
