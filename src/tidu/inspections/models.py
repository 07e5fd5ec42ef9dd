"""On-site checks (实地核查, 抽查), the samples they were drawn in, and dated credit checks."""

from django.db import models
from django.db.models import F, Q

from tidu.applications.models import Case
from tidu.files.models import StoredFile
from tidu.inspections.enums import CreditResult, CreditSource, InspectionResult, InspectionStatus
from tidu.offices.models import Account, Office
from tidu.programmes.models import Batch
from tidu.records.models import Chain


class Sample(models.Model):
    """A drawn sample of cases for on-site checks; anyone with the record can draw it again."""

    office = models.ForeignKey(Office, models.RESTRICT, related_name="samples")
    batch = models.ForeignKey(Batch, models.RESTRICT, related_name="samples")
    stage = models.CharField(max_length=60)
    rate_percent = models.DecimalField("抽查比例（%）", max_digits=5, decimal_places=2)
    population_digest = models.CharField(max_length=64)
    seed = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()
    drawn_count = models.PositiveIntegerField()
    population_count = models.PositiveIntegerField()
    chain = models.OneToOneField(Chain, models.RESTRICT, related_name="+")

    class Meta:
        ordering = ["-drawn_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rate_percent__gt=0, rate_percent__lte=100), name="sample_rate_between_0_and_100"
            ),
            models.CheckConstraint(condition=Q(drawn_count__lte=F("population_count")), name="sample_within_population"),
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.batch} {self.rate_percent}%"


class Inspection(models.Model):
    """One on-site check of one case, with findings per item."""

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
            models.CheckConstraint(condition=Q(status__in=InspectionStatus.values), name="inspection_status_known"),
            models.CheckConstraint(
                condition=~Q(status=InspectionStatus.DONE)
                | (Q(visited_on__isnull=False, recorded_at__isnull=False) & ~Q(result="") & ~Q(inspectors=[])),
                name="inspection_done_with_day_people_and_result",
            ),
            models.UniqueConstraint(
                fields=["case", "stage", "office"],
                condition=Q(status=InspectionStatus.PLANNED),
                name="inspection_planned_once_per_stage",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.stage} {self.status}"


class InspectionFinding(models.Model):
    """What was seen on one item: a fact or a paper, as stated against as seen."""

    inspection = models.ForeignKey(Inspection, models.RESTRICT, related_name="findings")
    item = models.CharField(max_length=120)
    is_consistent = models.BooleanField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "item"], name="inspection_finding_once_per_item"),
            models.CheckConstraint(
                condition=Q(is_consistent=True) | ~Q(note=""), name="inspection_inconsistent_with_note"
            ),
        ]

    def __str__(self) -> str:
        return self.item


class InspectionPhoto(models.Model):
    """A photo taken on site."""

    inspection = models.ForeignKey(Inspection, models.RESTRICT, related_name="photos")
    file = models.ForeignKey(StoredFile, models.RESTRICT, related_name="+")
    caption = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.caption or str(self.file_id)


class CreditCheck(models.Model):
    """A dated look-up of a firm in a credit system for one case, done by an officer."""

    case = models.ForeignKey(Case, models.RESTRICT, related_name="credit_checks")
    source = models.CharField(max_length=20, choices=CreditSource)
    checked_on = models.DateField("查询日期")
    result = models.CharField(max_length=12, choices=CreditResult)
    note = models.TextField(blank=True)
    scan = models.ForeignKey(StoredFile, models.RESTRICT, null=True, blank=True, related_name="+")
    office = models.ForeignKey(Office, models.RESTRICT, related_name="+")
    stage = models.CharField(max_length=60)
    recorded_by = models.ForeignKey(Account, models.RESTRICT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["case", "checked_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(source__in=CreditSource.values), name="credit_source_known"),
            models.CheckConstraint(condition=Q(result__in=CreditResult.values), name="credit_result_known"),
            models.CheckConstraint(
                condition=Q(result=CreditResult.CLEAR) | ~Q(note=""), name="credit_record_with_note"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.source} {self.checked_on}"
