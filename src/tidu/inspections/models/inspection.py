"""On-site checks of one case each: what was found per item, photos, and the office's own notes."""

from django.db import models
from django.db.models import Q

from tidu.applications.models import Case
from tidu.files.models import StoredFile
from tidu.inspections.enums import InspectionResult, InspectionStatus
from tidu.inspections.models.sample import Sample
from tidu.offices.models import Account, Office


class Inspection(models.Model):
    """One on-site check of one case, for itself or as part of a sample.

    The firm may read it and its findings; notes and photos are the offices' own.
    """

    case = models.ForeignKey(Case, models.RESTRICT, related_name="inspections")
    office = models.ForeignKey(Office, models.RESTRICT, related_name="inspections")
    stage = models.CharField(max_length=60)
    sample = models.ForeignKey(Sample, models.RESTRICT, null=True, blank=True, related_name="inspections")
    status = models.CharField(max_length=10, choices=InspectionStatus, default=InspectionStatus.PLANNED)
    planned_at = models.DateTimeField()
    visited_on = models.DateField("核查日期", null=True, blank=True)
    inspectors = models.JSONField("核查人员（岗位称呼）", default=list)
    result = models.CharField(max_length=14, choices=InspectionResult, blank=True)
    summary = models.TextField("核查意见", blank=True)
    recorded_by = models.ForeignKey(Account, models.RESTRICT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["case", "planned_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=InspectionStatus.values), name="inspection_status_known"
            ),
            models.CheckConstraint(
                condition=Q(result="") | Q(result__in=InspectionResult.values), name="inspection_result_known"
            ),
            models.CheckConstraint(
                condition=(
                    ~Q(status=InspectionStatus.DONE)
                    & Q(visited_on__isnull=True, recorded_at__isnull=True, result="")
                )
                | Q(status=InspectionStatus.DONE, visited_on__isnull=False, recorded_at__isnull=False)
                & ~Q(result="")
                & ~Q(inspectors=[]),
                name="inspection_done_with_day_people_and_result",
            ),
            models.UniqueConstraint(
                fields=["case", "stage", "office"],
                condition=Q(status=InspectionStatus.PLANNED),
                name="inspection_planned_once_per_stage",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.stage} {self.status}"


class InspectionFinding(models.Model):
    """One item as the firm stated it against what was seen on site."""

    inspection = models.ForeignKey(Inspection, models.RESTRICT, related_name="findings")
    item = models.CharField("核查项", max_length=120)
    stated = models.CharField("填报", max_length=200, blank=True)
    seen = models.CharField("所见", max_length=200)
    is_consistent = models.BooleanField("是否一致")
    note = models.TextField("说明", blank=True)

    class Meta:
        ordering = ["inspection", "id"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "item"], name="inspection_finding_once_per_item"),
            models.CheckConstraint(condition=~Q(seen=""), name="inspection_finding_says_what_was_seen"),
            models.CheckConstraint(
                condition=Q(is_consistent=True) | ~Q(note=""), name="inspection_inconsistent_with_note"
            ),
        ]

    def __str__(self) -> str:
        return self.item


class InspectionNote(models.Model):
    """What the inspectors note for the offices alone."""

    inspection = models.OneToOneField(Inspection, models.RESTRICT, related_name="note")
    text = models.TextField("内部记录")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="inspection_note_not_empty")]

    def __str__(self) -> str:
        return f"{self.inspection_id} 内部记录"


class InspectionPhoto(models.Model):
    """A photo taken on site."""

    inspection = models.ForeignKey(Inspection, models.RESTRICT, related_name="photos")
    file = models.ForeignKey(StoredFile, models.RESTRICT, related_name="+")
    caption = models.CharField("说明", max_length=120, blank=True)

    class Meta:
        ordering = ["inspection", "id"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "file"], name="inspection_photo_once"),
        ]

    def __str__(self) -> str:
        return self.caption or str(self.file_id)
