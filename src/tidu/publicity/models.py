"""Publicity lists (公示) as frozen versions, objections, and announcements (公告)."""

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q

from tidu.applications.models import Case
from tidu.files.models import StoredFile
from tidu.offices.models import Account, Office
from tidu.programmes.models import Batch
from tidu.publicity.enums import EntryStatus, ListStatus, ObjectionStatus
from tidu.records.models import Chain


class PublicityList(models.Model):
    """A published list; public for ever, frozen by digest."""

    office = models.ForeignKey(Office, models.RESTRICT, related_name="publicity_lists")
    batch = models.ForeignKey(Batch, models.RESTRICT, related_name="publicity_lists")
    title = models.CharField("标题", max_length=200)
    token = models.CharField(max_length=32, unique=True)
    period = DateTimeRangeField("公示期")
    status = models.CharField(max_length=8, choices=ListStatus, default=ListStatus.OPEN)
    version = models.PositiveSmallIntegerField(default=1)
    digest = models.CharField(max_length=64)
    contact = models.CharField("受理电话", max_length=120)
    published_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    chain = models.OneToOneField(Chain, models.RESTRICT, related_name="+")

    class Meta:
        ordering = ["-published_at"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=ListStatus.values), name="publicity_list_status_known"),
            models.CheckConstraint(
                condition=Q(status=ListStatus.OPEN, closed_at__isnull=True)
                | Q(status=ListStatus.CLOSED, closed_at__isnull=False),
                name="publicity_list_closed_iff_closed_at",
            ),
            models.CheckConstraint(
                condition=Q(period__startswith__isnull=False, period__endswith__isnull=False, period__isempty=False),
                name="publicity_period_has_both_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PublicityEntry(models.Model):
    """One firm on a list, as published."""

    list = models.ForeignKey(PublicityList, models.RESTRICT, related_name="entries")
    case = models.ForeignKey(Case, models.RESTRICT, related_name="publicity_entries")
    position = models.PositiveIntegerField()
    firm_name = models.CharField(max_length=120)
    uscc = models.CharField(max_length=18)
    area_name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10)
    status = models.CharField(max_length=10, choices=EntryStatus, default=EntryStatus.LISTED)

    class Meta:
        ordering = ["list", "position"]
        constraints = [
            models.UniqueConstraint(fields=["list", "case"], name="publicity_entry_once_per_case"),
            models.UniqueConstraint(fields=["list", "position"], name="publicity_entry_position_once"),
            models.CheckConstraint(condition=Q(status__in=EntryStatus.values), name="publicity_entry_status_known"),
        ]

    def __str__(self) -> str:
        return self.firm_name


class Objection(models.Model):
    """An objection to one entry. Identity, text and papers are encrypted at rest.

    Only the office that handles it reads it; never the firm, never the office complained of.
    """

    entry = models.ForeignKey(PublicityEntry, models.RESTRICT, related_name="objections")
    token = models.CharField("查询码", max_length=32, unique=True)
    sealed = models.BinaryField("密文（身份、联系方式、内容）")
    algorithm = models.CharField(max_length=20)
    complained_office = models.ForeignKey(Office, models.RESTRICT, null=True, blank=True, related_name="+")
    office = models.ForeignKey(Office, models.RESTRICT, related_name="objections", verbose_name="受理单位")
    status = models.CharField(max_length=10, choices=ObjectionStatus, default=ObjectionStatus.FILED)
    filed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Account, models.RESTRICT, null=True, blank=True, related_name="+")
    decision = models.TextField("处理意见", blank=True)

    class Meta:
        ordering = ["-filed_at"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=ObjectionStatus.values), name="objection_status_known"),
            models.CheckConstraint(
                condition=Q(
                    status__in=[ObjectionStatus.FILED, ObjectionStatus.ACCEPTED], decided_at__isnull=True, decision=""
                )
                | Q(status__in=[ObjectionStatus.UPHELD, ObjectionStatus.DISMISSED], decided_at__isnull=False)
                & ~Q(decision=""),
                name="objection_decided_with_time_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(complained_office__isnull=True) | ~Q(complained_office=F("office")),
                name="objection_not_handled_by_the_office_complained_of",
            ),
        ]

    def __str__(self) -> str:
        return self.token


class ObjectionAttachment(models.Model):
    """An encrypted paper that came with an objection."""

    objection = models.ForeignKey(Objection, models.RESTRICT, related_name="attachments")
    sealed_file = models.ForeignKey(StoredFile, models.RESTRICT, related_name="+")
    sealed_name = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.objection} 附件"


class Announcement(models.Model):
    """A published announcement (公告) that grants the titles on its list."""

    office = models.ForeignKey(Office, models.RESTRICT, related_name="announcements")
    batch = models.ForeignKey(Batch, models.RESTRICT, related_name="announcements")
    number = models.CharField("文号", max_length=80)
    title = models.CharField("标题", max_length=200)
    announced_on = models.DateField("公告日期")
    published_at = models.DateTimeField()
    valid_from = models.DateField("有效期起")
    scan = models.ForeignKey(StoredFile, models.RESTRICT, null=True, blank=True, related_name="+")
    token = models.CharField(max_length=32, unique=True)
    digest = models.CharField(max_length=64)
    chain = models.OneToOneField(Chain, models.RESTRICT, related_name="+")

    class Meta:
        ordering = ["-announced_on"]
        constraints = [
            models.CheckConstraint(condition=~Q(number=""), name="announcement_has_a_number"),
            models.UniqueConstraint(fields=["office", "number"], name="announcement_number_once_per_office"),
        ]

    def __str__(self) -> str:
        return self.title


class AnnouncementEntry(models.Model):
    """One firm on an announcement, as published."""

    announcement = models.ForeignKey(Announcement, models.RESTRICT, related_name="entries")
    case = models.OneToOneField(Case, models.RESTRICT, related_name="announcement_entry")
    position = models.PositiveIntegerField()
    firm_name = models.CharField(max_length=120)
    uscc = models.CharField(max_length=18)
    area_name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10)

    class Meta:
        ordering = ["announcement", "position"]
        constraints = [
            models.UniqueConstraint(fields=["announcement", "position"], name="announcement_entry_position_once")
        ]

    def __str__(self) -> str:
        return self.firm_name
