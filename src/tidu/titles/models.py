"""The register of titles: who holds which title, from which day to which. All of it is public."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from tidu.enterprises.models import Firm
from tidu.offices.models import Office
from tidu.records.models import Chain
from tidu.titles.enums import TitleKind, TitleStatus


def _one_firm() -> Func:
    """The firm as a one-element range, so that no extension is needed for the exclusion."""
    return Func(F("firm"), F("firm"), Value("[]"), function="int8range")


class Title(models.Model):
    """A title with its validity (half-open range of legal days) and where it came from.

    `ended_on` is the first day on which a title that lapsed or was cancelled no longer counts.
    """

    firm = models.ForeignKey(Firm, models.RESTRICT, related_name="titles")
    kind = models.CharField("称号", max_length=16, choices=TitleKind)
    status = models.CharField("状态", max_length=10, choices=TitleStatus, default=TitleStatus.IN_FORCE)
    validity = DateRangeField("有效期")
    batch_code = models.CharField("认定批次代码", max_length=80, blank=True)
    batch_label = models.CharField("认定批次", max_length=120)
    announced_by = models.ForeignKey(Office, models.RESTRICT, related_name="+", verbose_name="公告单位")
    announcement = models.CharField("公告文号", max_length=80)
    announced_on = models.DateField("公告日期")
    standard = models.CharField("标准", max_length=80, blank=True)
    case_number = models.CharField("案号", max_length=40, null=True, blank=True)  # noqa: DJ001 - unique when set
    previous = models.ForeignKey("self", models.RESTRICT, null=True, blank=True, related_name="renewals")
    ended_on = models.DateField("失效日期", null=True, blank=True)
    end_reason = models.CharField("失效原因", max_length=200, blank=True)
    token = models.CharField("查验码", max_length=32, unique=True)
    chain = models.OneToOneField(Chain, models.RESTRICT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-announced_on", "firm"]
        indexes = [models.Index(fields=["kind", "batch_code"], name="title_of_batch")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=TitleKind.values), name="title_kind_known"),
            models.CheckConstraint(condition=Q(status__in=TitleStatus.values), name="title_status_known"),
            models.CheckConstraint(
                condition=Q(validity__startswith__isnull=False, validity__endswith__isnull=False)
                & Q(validity__isempty=False),
                name="title_validity_has_both_ends",
            ),
            models.CheckConstraint(
                condition=Q(status=TitleStatus.IN_FORCE, ended_on__isnull=True, end_reason="")
                | (~Q(status=TitleStatus.IN_FORCE) & Q(ended_on__isnull=False) & ~Q(end_reason="")),
                name="title_ended_with_day_and_reason",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="title_version_positive"),
            models.UniqueConstraint(fields=["case_number"], name="title_granted_once_per_case"),
            *[
                ExclusionConstraint(
                    name=f"title_{kind}_never_overlaps",
                    expressions=[
                        (_one_firm(), RangeOperators.OVERLAPS),
                        ("validity", RangeOperators.OVERLAPS),
                    ],
                    condition=Q(kind=kind, status=TitleStatus.IN_FORCE),
                )
                for kind in TitleKind.values
            ],
        ]

    def __str__(self) -> str:
        return f"{self.firm} {self.get_kind_display()}"
