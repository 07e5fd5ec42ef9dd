"""Formal letters (正式文件) with which an office recommends or reports many cases at once."""

from django.db import models
from django.db.models import Q

from tidu.applications.enums import LetterKind
from tidu.files.models import StoredFile
from tidu.offices.models import Office
from tidu.programmes.models import Batch
from tidu.records.models import Chain


class Letter(models.Model):
    """A letter with its number; the cases it carries point to it from their stage.

    `undrawn_reason` says why cases go up that took part in no draw for on-site checks (实地抽查).
    """

    office = models.ForeignKey(Office, models.RESTRICT, related_name="letters")
    batch = models.ForeignKey(Batch, models.RESTRICT, related_name="letters")
    kind = models.CharField(max_length=12, choices=LetterKind)
    number = models.CharField("文号", max_length=80)
    issued_on = models.DateField("成文日期")
    sent_at = models.DateTimeField("报送时间")
    scan = models.ForeignKey(StoredFile, models.RESTRICT, null=True, blank=True, related_name="+")
    is_late = models.BooleanField(default=False)
    undrawn_reason = models.TextField("未抽查说明", blank=True)
    chain = models.OneToOneField(Chain, models.RESTRICT, related_name="+")

    class Meta:
        ordering = ["-sent_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(number=""), name="letter_has_a_number"),
            models.CheckConstraint(condition=Q(kind__in=LetterKind.values), name="letter_kind_known"),
            models.UniqueConstraint(fields=["office", "number"], name="letter_number_once_per_office"),
        ]

    def __str__(self) -> str:
        return self.number
