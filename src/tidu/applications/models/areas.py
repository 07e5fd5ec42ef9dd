"""What an office may know of cases in its area that it does not see: how many there are."""

from django.db import models

from tidu.applications.enums import CaseStatus, StageKind
from tidu.offices.enums import Level
from tidu.offices.models import Office
from tidu.programmes.models import Batch


class AreaCount(models.Model):
    """So many submitted cases of a batch, of firms in one office's area, that stand alike; a view.

    It shows the asking office its own area and those below. `level` is that of the office that holds
    the cases now, empty once they have ended.
    """

    id = models.BigIntegerField(primary_key=True)
    batch = models.ForeignKey(Batch, models.DO_NOTHING, related_name="+")
    office = models.ForeignKey(Office, models.DO_NOTHING, related_name="+", verbose_name="属地主管部门")
    status = models.CharField("状态", max_length=16, choices=CaseStatus)
    stage_kind = models.CharField("阶段类型", max_length=12, choices=StageKind)
    level = models.CharField("现办层级", max_length=10, choices=Level)
    cases = models.PositiveIntegerField("件数")

    class Meta:
        managed = False
        db_table = "applications_areacount"

    def __str__(self) -> str:
        return f"{self.office} {self.status} {self.cases}"
