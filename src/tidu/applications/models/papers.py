"""Where a case stands on paper, as the deliveries room has told."""

from django.db import models
from django.db.models import Q

from tidu.applications.enums import PapersState
from tidu.applications.models.case import Case
from tidu.offices.models import Office


class CasePapers(models.Model):
    """How complete a case's paper is at one office, and what it lacks in words.

    It hangs on the office and not on the stage: what arrives ahead of the case is there when the case comes.
    """

    case = models.ForeignKey(Case, models.RESTRICT, related_name="papers")
    office = models.ForeignKey(Office, models.RESTRICT, related_name="+")
    state = models.CharField("纸质材料", max_length=10, choices=PapersState)
    lacking = models.TextField("尚缺", blank=True)
    noted_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "case papers"
        constraints = [
            models.UniqueConstraint(fields=["case", "office"], name="case_papers_once_per_office"),
            models.CheckConstraint(condition=Q(state__in=PapersState.values), name="case_papers_state_known"),
            models.CheckConstraint(
                condition=Q(state=PapersState.COMPLETE, lacking="")
                | (~Q(state=PapersState.COMPLETE) & ~Q(lacking="")),
                name="case_papers_say_what_is_lacking",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.office_id} {self.state}"
