"""各地件数: how many cases each area below an office has in a batch, whether or not it may read them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from tidu.applications.enums import LIVE, CaseStatus, StageKind
from tidu.applications.models import AreaCount
from tidu.offices.enums import Level
from tidu.offices.models import Office
from tidu.offices.queries import offices_below
from tidu.programmes.models import Batch


@dataclass
class AreaProgress:
    """One office directly below, with its own area and all areas further below it."""

    office: Office
    has_below: bool = False
    submitted: int = 0
    county: int = 0
    city: int = 0
    province: int = 0
    ministry: int = 0
    with_experts: int = 0
    listed: int = 0
    recognised: int = 0
    refused: int = 0

    def add(self, status: str, stage_kind: str, level: str, cases: int) -> None:
        """So many more cases that stand like this."""
        self.submitted += cases
        if status in LIVE and level in Level.values:
            setattr(self, level, getattr(self, level) + cases)
        self.with_experts += cases * (stage_kind == StageKind.PANEL)
        self.listed += cases * (status in (CaseStatus.LISTED, CaseStatus.SUSPENDED))
        self.recognised += cases * (status == CaseStatus.RECOGNISED)
        self.refused += cases * (status == CaseStatus.NOT_RECOGNISED)


def areas_below(office: Office, batch: Batch) -> list[AreaProgress]:
    """One row per office directly below, and one for the office's own area if it has firms; two queries."""
    below = {one.pk: one for one in offices_below(office)}
    above = {one.parent_id for one in below.values()}
    rows = {
        one.pk: AreaProgress(one, one.pk in above) for one in below.values() if one.parent_id == office.pk
    }
    for count in AreaCount.objects.filter(batch=batch):
        row = rows.setdefault(_child(count.office_id, office.pk, below), AreaProgress(office))
        row.add(count.status, count.stage_kind, count.level, count.cases)
    return sorted(rows.values(), key=lambda row: (row.office.pk == office.pk, row.office.code))


def batches_in_areas() -> QuerySet[Batch]:
    """The batches in which firms of the asking office's areas have submitted anything, the newest first."""
    counted = AreaCount.objects.order_by().values("batch_id")
    batches = Batch.objects.filter(pk__in=counted).select_related("notice__office")
    return batches.order_by("-opens_at", "notice", "-position")


def _child(office_id: int, top: int, below: Mapping[int, Office]) -> int:
    """The office directly below the top under which an office stands; the top for its own area."""
    step = office_id
    while step in below and below[step].parent_id != top:
        step = below[step].parent_id or top
    return step
