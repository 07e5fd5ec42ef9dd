"""The cases before an expert, and of which of them he is to be reminded."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from tidu.applications.contents import standard_of
from tidu.applications.models import EvidenceItem
from tidu.law.refusals import Refused
from tidu.panels.asking import Asked
from tidu.panels.enums import Field
from tidu.panels.models import Expert, Task
from tidu.panels.tallying import Paper, asked_of

REMINDED_BEFORE = timedelta(days=2)
"""So long before it is due an expert is reminded of an opinion, and once more when the time has passed."""


def open_tasks(expert: Expert) -> QuerySet[Task]:
    """What lies before him now, what is due first at the top; `answered_at` tells what is done."""
    found = Task.objects.filter(expert=expert, ended_at__isnull=True)
    return found.select_related("case__firm", "case__batch__notice").order_by(
        F("answered_at").asc(nulls_first=True), "due_at", "pk"
    )


def task_for(expert: Expert, case_id: int) -> Task:
    """One of them. Refused("task_unknown")."""
    found = open_tasks(expert).filter(case_id=case_id).first()
    if found is None:
        raise Refused("task_unknown")
    return found


def asked_for(task: Task, papers: Iterable[EvidenceItem]) -> Asked:
    """What the expert is asked; `papers` are those of the case as it was submitted."""
    field = Field(task.field)
    found = tuple(Paper(one.pk, one.name, one.file.pages) for one in papers)
    return Asked(field, asked_of(field, standard_of(task.case)), found)


def waited_for() -> QuerySet[Task]:
    """Everything on which an opinion has still to come."""
    return Task.objects.filter(ended_at__isnull=True, answered_at__isnull=True)


def to_remind(at: datetime) -> QuerySet[Task]:
    """Of these, what is due soon or over, and of which the expert was not told since it came to that."""
    soon = Q(due_at__lte=at + REMINDED_BEFORE, reminded_at__isnull=True)
    over = Q(due_at__lte=at) & (Q(reminded_at__isnull=True) | Q(reminded_at__lt=F("due_at")))
    return waited_for().filter(soon | over)
