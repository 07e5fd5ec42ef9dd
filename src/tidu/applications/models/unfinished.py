"""What an office may know of applications that firms of its area have not finished: that they exist."""

from django.db import models

from tidu.applications.enums import CaseStatus
from tidu.applications.models.case import Case
from tidu.enterprises.models import Firm
from tidu.offices.models import Office
from tidu.programmes.models import Batch
from tidu.records.models import Chain


class Unfinished(models.Model):
    """A draft, or a case returned for mending, of a firm in the asking office's area; a view.

    Drafts are read by their firm alone. The view shows offices whose they are and since when
    they lie, and nothing of what they say: it is what a call list (催办名单) is made of.
    """

    case = models.OneToOneField(Case, models.DO_NOTHING, primary_key=True, related_name="+")
    firm = models.ForeignKey(Firm, models.DO_NOTHING, related_name="+")
    batch = models.ForeignKey(Batch, models.DO_NOTHING, related_name="+")
    chain = models.ForeignKey(Chain, models.DO_NOTHING, related_name="+")
    office = models.ForeignKey(Office, models.DO_NOTHING, related_name="+", verbose_name="属地主管部门")
    number = models.CharField("案号", max_length=40)
    status = models.CharField("状态", max_length=16, choices=CaseStatus)
    opened_at = models.DateTimeField("建立时间")
    saved_at = models.DateTimeField("最近保存", null=True)
    asked_by = models.DateTimeField("请于此前补正", null=True)
    due_at = models.DateTimeField("截止")

    class Meta:
        managed = False
        db_table = "applications_unfinished"
        verbose_name_plural = "unfinished"

    def __str__(self) -> str:
        return self.number
