"""Objections (异议): who files one is known to the office that handles it, and to nobody else."""

from django.db import models
from django.db.models import F, Q

from tidu.files.models import StoredFile
from tidu.offices.models import Account, Office
from tidu.publicity.enums import UNDECIDED, ObjectionStatus
from tidu.publicity.models.lists import PublicityEntry
from tidu.records.models import Chain


class Objection(models.Model):
    """An objection to one entry. Identity, text and papers are encrypted at rest.

    Only the office that handles it reads this row; never the firm, never the office complained of.
    """

    entry = models.ForeignKey(PublicityEntry, models.RESTRICT, related_name="objections")
    token = models.CharField("查询码", max_length=32, unique=True)
    sealed = models.BinaryField("密文（身份、联系方式、内容）")
    complained_office = models.ForeignKey(
        Office, models.RESTRICT, null=True, blank=True, related_name="+", verbose_name="被反映单位"
    )
    office = models.ForeignKey(Office, models.RESTRICT, related_name="objections", verbose_name="受理单位")
    status = models.CharField(max_length=10, choices=ObjectionStatus, default=ObjectionStatus.FILED)
    filed_at = models.DateTimeField("提出时间")
    decided_at = models.DateTimeField("办结时间", null=True, blank=True)
    decided_by = models.ForeignKey(Account, models.RESTRICT, null=True, blank=True, related_name="+")
    decision = models.TextField("处理意见", blank=True)
    chain = models.OneToOneField(Chain, models.RESTRICT, related_name="+")

    class Meta:
        ordering = ["-filed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ObjectionStatus.values), name="objection_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=UNDECIDED, decided_at__isnull=True, decision="")
                | (~Q(status__in=UNDECIDED) & Q(decided_at__isnull=False) & ~Q(decision="")),
                name="objection_decided_with_time_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(complained_office__isnull=True) | ~Q(complained_office=F("office")),
                name="objection_not_handled_by_the_office_complained_of",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.status}"


class ObjectionAttachment(models.Model):
    """An encrypted paper that came with an objection, under an encrypted name."""

    objection = models.ForeignKey(Objection, models.RESTRICT, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.RESTRICT, related_name="+")
    sealed_name = models.BinaryField("密文（文件名）")

    class Meta:
        ordering = ["objection", "id"]

    def __str__(self) -> str:
        return f"{self.objection_id} 附件"
