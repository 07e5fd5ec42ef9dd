"""Dated look-ups in the credit systems (信用中国, 国家企业信用信息公示系统)."""

from django.db import models
from django.db.models import Q

from tidu.applications.models import Case
from tidu.files.models import StoredFile
from tidu.inspections.enums import CreditResult, CreditSource
from tidu.offices.models import Account, Office


class CreditCheck(models.Model):
    """What one credit system said of a firm on one day, looked up by an officer for one case."""

    case = models.ForeignKey(Case, models.RESTRICT, related_name="credit_checks")
    source = models.CharField("查询系统", max_length=20, choices=CreditSource)
    checked_on = models.DateField("查询日期")
    result = models.CharField("查询结果", max_length=12, choices=CreditResult)
    note = models.TextField("说明", blank=True)
    scan = models.ForeignKey(StoredFile, models.RESTRICT, null=True, blank=True, related_name="+")
    office = models.ForeignKey(Office, models.RESTRICT, related_name="+")
    stage = models.CharField(max_length=60)
    recorded_by = models.ForeignKey(Account, models.RESTRICT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["case", "recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(source__in=CreditSource.values), name="credit_source_known"),
            models.CheckConstraint(condition=Q(result__in=CreditResult.values), name="credit_result_known"),
            models.CheckConstraint(
                condition=Q(result=CreditResult.CLEAR) | ~Q(note=""), name="credit_record_with_note"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.source} {self.checked_on}"
