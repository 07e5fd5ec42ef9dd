"""What an expert has done, and what was said and noted of him."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from tidu.panels.enums import TaskEnd
from tidu.panels.models import ConductNote, Conflict, Expert, Task


@dataclass(frozen=True)
class Work:
    """How many cases an expert has before him, has answered, answered late, stepped aside from, lost."""

    open: int
    answered: int
    late: int
    recused: int
    replaced: int


def work_of(expert: Expert) -> Work:
    """One query. A case that was called back before he answered counts nowhere."""
    answered = Q(answered_at__isnull=False)
    counted = Task.objects.filter(expert=expert).aggregate(
        open=Count("pk", filter=Q(ended_at__isnull=True) & ~answered),
        answered=Count("pk", filter=answered),
        late=Count("pk", filter=answered & Q(answered_at__gte=F("due_at"))),
        recused=Count("pk", filter=Q(end=TaskEnd.CONFLICT)),
        replaced=Count("pk", filter=Q(end=TaskEnd.REPLACED)),
    )
    return Work(**counted)


def finished_tasks(expert: Expert) -> QuerySet[Task]:
    """What lies before him no more, the last at the top, each with his own opinion if he gave one.

    The case itself is out of his sight by then.
    """
    found = Task.objects.filter(expert=expert, ended_at__isnull=False)
    return found.select_related("opinion").order_by("-ended_at", "-pk")


def notes_on(expert: Expert) -> Sequence[ConductNote]:
    """What offices wrote down of his work (履职记录), the newest first; he himself reads none of it."""
    return list(ConductNote.objects.filter(expert=expert).select_related("office").order_by("-at", "-pk"))


def conflicts_of(expert: Expert) -> Sequence[Conflict]:
    """Firms from which he is kept because somebody said so, the newest first."""
    return list(Conflict.objects.filter(expert=expert).select_related("firm").order_by("-at", "-pk"))
