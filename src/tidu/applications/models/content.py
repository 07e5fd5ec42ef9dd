"""What a case says and proves: fields, evidence, requests to mend, findings, snapshots."""

from django.db import models
from django.db.models import F, Q

from tidu.applications.enums import SnapshotKind
from tidu.applications.models.case import Case
from tidu.files.models import StoredFile
from tidu.offices.models import Account, Office


class EvidenceItem(models.Model):
    """One uploaded paper under one item of the notice's evidence list."""

    case = models.ForeignKey(Case, models.RESTRICT, related_name="evidence")
    item = models.CharField("材料项", max_length=60)
    file = models.ForeignKey(StoredFile, models.RESTRICT, related_name="+")
    name = models.CharField("文件名", max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField()
    added_in_round = models.PositiveSmallIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["item", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "item", "file"],
                condition=Q(removed_at__isnull=True),
                name="evidence_file_once_per_item",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(removed_at__gte=F("added_at")),
                name="evidence_removed_after_added",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CaseField(models.Model):
    """One value of the form as it stands; any draft saves. See `enterprises.ProfileField`."""

    case = models.ForeignKey(Case, models.RESTRICT, related_name="fields")
    fact = models.CharField(max_length=80)
    period = models.PositiveSmallIntegerField(default=0)
    value = models.JSONField(null=True, blank=True)
    raw = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Account, models.RESTRICT, null=True, related_name="+")
    evidence = models.ForeignKey(EvidenceItem, models.RESTRICT, null=True, blank=True, related_name="fields")
    page = models.PositiveSmallIntegerField("佐证页码", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "fact", "period"], name="case_field_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="case_field_version_positive"),
            models.CheckConstraint(
                condition=Q(page__isnull=True) | Q(evidence__isnull=False),
                name="case_field_page_of_some_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.fact}[{self.period or '-'}]"


class Correction(models.Model):
    """A request to mend (退回补正): which fields and papers open, why, until when asked."""

    case = models.ForeignKey(Case, models.RESTRICT, related_name="corrections")
    round = models.PositiveSmallIntegerField("第几轮")
    office = models.ForeignKey(Office, models.RESTRICT, related_name="+")
    requested_at = models.DateTimeField("退回时间")
    comment = models.TextField("补正要求")
    fields = models.JSONField("可改字段", default=list)
    evidence = models.JSONField("可补材料项", default=list)
    asked_by = models.DateTimeField("请于此前补正", null=True, blank=True)
    answered_at = models.DateTimeField("重新提交时间", null=True, blank=True)

    class Meta:
        ordering = ["case", "round"]
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="correction_once_per_round"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(answered_at__isnull=True), name="correction_one_open_per_case"
            ),
            models.CheckConstraint(condition=~Q(comment=""), name="correction_carries_a_comment"),
            models.CheckConstraint(
                condition=~Q(fields=[]) | ~Q(evidence=[]), name="correction_marks_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} 第{self.round}轮补正"


class Finding(models.Model):
    """An officer's judgement on one fact (判断项 or an observed value); the newest counts."""

    case = models.ForeignKey(Case, models.RESTRICT, related_name="findings")
    fact = models.CharField(max_length=80)
    period = models.PositiveSmallIntegerField(default=0)
    value = models.JSONField(null=True)
    reason = models.TextField("理由")
    office = models.ForeignKey(Office, models.RESTRICT, related_name="+")
    by = models.ForeignKey(Account, models.RESTRICT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["case", "at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="finding_carries_a_reason")]

    def __str__(self) -> str:
        return f"{self.case} {self.fact}"


class Snapshot(models.Model):
    """What was frozen when: facts, evidence hashes, standard and verdict, by digest."""

    case = models.ForeignKey(Case, models.RESTRICT, related_name="snapshots")
    kind = models.CharField(max_length=12, choices=SnapshotKind)
    round = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ["case", "at", "id"]
        indexes = [models.Index(fields=["digest"], name="snapshot_by_digest")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SnapshotKind.values), name="snapshot_kind_known"),
            models.UniqueConstraint(
                fields=["case", "round"],
                condition=Q(kind=SnapshotKind.SUBMISSION),
                name="snapshot_once_per_submission",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.kind} {self.digest[:8]}"
