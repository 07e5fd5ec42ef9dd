"""Deadlines that a corrigendum has moved, on the desks where the cases lie."""

from tidu.applications.enums import LIVE
from tidu.applications.guards import due_at
from tidu.applications.models import Case, CaseStage
from tidu.database.scope import SYSTEM, scope
from tidu.programmes.models import Batch
from tidu.programmes.queries import procedure_by_digest


def follow_deadlines(*, batch_id: int) -> int:
    """Set what every open stage of a batch is due by, as the notice now reads; how many cases it concerns.

    No entry of its own: the corrigendum's entry in the notice's chain says what moved.
    """
    with scope(SYSTEM):
        batch = Batch.objects.get(pk=batch_id)
        procedure = procedure_by_digest(batch.procedure_digest)
        moved = 0
        for stage in procedure.stages:
            due = due_at(procedure, batch_id, stage)
            waiting = Case.objects.filter(batch=batch, stage=stage.id, status__in=LIVE).exclude(due_at=due)
            CaseStage.objects.filter(case__in=waiting, left_at__isnull=True).update(due_at=due)
            moved += waiting.update(due_at=due)
        return moved
