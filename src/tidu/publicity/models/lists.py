"""Publicity lists and the firms on them; public for ever."""

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q

from tidu.applications.enums import CaseKind
from tidu.applications.models import Case
from tidu.offices.models import Office
from tidu.programmes.models import Batch
from tidu.publicity.enums import PENDING, EntryStatus, ListStatus
from tidu.records.models import Chain


class PublicityList(models.Model):
    """A published list, frozen by digest; `period` is half-open.

    `version` counts the lists of one office in one batch. A later list that adds
    firms to an earlier one (补充公示) names it in `supplements`.
    """

    office = models.ForeignKey(Office, models.RESTRICT, related_name="publicity_lists")
    batch = models.ForeignKey(Batch, models.RESTRICT, related_name="publicity_lists")
    supplements = models.ForeignKey(
        "self", models.RESTRICT, null=True, blank=True, related_name="supplemented_by", verbose_name="补充"
    )
    version = models.PositiveSmallIntegerField("第几次公示")
    title = models.CharField("标题", max_length=200)
    token = models.CharField(max_length=32, unique=True)
    period = DateTimeRangeField("公示期")
    contact = models.CharField("受理电话", max_length=120)
    status = models.CharField(max_length=8, choices=ListStatus, default=ListStatus.OPEN)
    digest = models.CharField("名单摘要", max_length=64)
    published_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    chain = models.OneToOneField(Chain, models.RESTRICT, related_name="+")

    class Meta:
        ordering = ["-published_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ListStatus.values), name="publicity_list_status_known"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="publicity_list_has_a_title"),
            models.CheckConstraint(condition=~Q(contact=""), name="publicity_list_says_whom_to_call"),
            models.CheckConstraint(
                condition=(~Q(status=ListStatus.CLOSED) & Q(closed_at__isnull=True))
                | Q(status=ListStatus.CLOSED, closed_at__isnull=False),
                name="publicity_list_closed_iff_closed_at",
            ),
            models.CheckConstraint(
                condition=Q(
                    period__startswith__isnull=False, period__endswith__isnull=False, period__isempty=False
                ),
                name="publicity_period_has_both_ends",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("period__endswith")),
                name="publicity_list_closes_after_its_period",
            ),
            models.CheckConstraint(
                condition=Q(supplements__isnull=True) | Q(version__gt=1),
                name="publicity_supplement_comes_later",
            ),
            models.UniqueConstraint(
                fields=["office", "batch", "version"], name="publicity_list_version_once_per_batch"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PublicityEntry(models.Model):
    """One firm on a list, as published."""

    list = models.ForeignKey(PublicityList, models.RESTRICT, related_name="entries")
    case = models.ForeignKey(Case, models.RESTRICT, related_name="publicity_entries")
    position = models.PositiveIntegerField("序号")
    firm_name = models.CharField("企业名称", max_length=120)
    uscc = models.CharField("统一社会信用代码", max_length=18)
    area_name = models.CharField("属地", max_length=100)
    kind = models.CharField("类型", max_length=10, choices=CaseKind)
    status = models.CharField("状态", max_length=10, choices=EntryStatus, default=EntryStatus.LISTED)
    settled_at = models.DateTimeField("结论时间", null=True, blank=True)

    class Meta:
        ordering = ["list", "position"]
        verbose_name_plural = "publicity entries"
        constraints = [
            models.UniqueConstraint(fields=["list", "position"], name="publicity_entry_position_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(status__in=PENDING), name="publicity_entry_pending_once_per_case"
            ),
            models.UniqueConstraint(fields=["list", "case"], name="publicity_entry_once_per_case"),
            models.CheckConstraint(
                condition=Q(status__in=EntryStatus.values), name="publicity_entry_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=PENDING, settled_at__isnull=True)
                | (~Q(status__in=PENDING) & Q(settled_at__isnull=False)),
                name="publicity_entry_settled_iff_settled_at",
            ),
        ]

    def __str__(self) -> str:
        return self.firm_name
