"""The cases before an expert."""

from django.db.models import F, QuerySet

from tidu.law.refusals import Refused
from tidu.panels.models import Expert, Task


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
