"""Reminding of opinions (评审期限): an expert once for all his cases, an office once for all experts."""

from datetime import datetime

from tidu.database.scope import SYSTEM, scope
from tidu.panels.actions.happening import lock_draw, record_in
from tidu.panels.models import Expert
from tidu.panels.queries.tasks import to_remind, waited_for
from tidu.proof.canonical import JSON
from tidu.records.actions import record
from tidu.records.queries import timeline


def remind_expert(*, expert_id: int, at: datetime) -> bool:
    """Note that an expert is told what is due soon and what is over; False if he knows it all already."""
    with scope(SYSTEM):
        expert = Expert.objects.select_related("chain").get(pk=expert_id)
        told = list(to_remind(at).select_for_update(of=("self",)).filter(expert=expert))
        if not told:
            return False
        waited_for().filter(pk__in=[task.pk for task in told]).update(reminded_at=at)
        due = list(waited_for().filter(expert=expert).order_by("due_at").values_list("due_at", flat=True))
        body: dict[str, JSON] = {
            "expert": expert.number,
            "waiting": len(due),
            "overdue": sum(one <= at for one in due),
            "first_due": due[0].isoformat(),
        }
        record(chain=expert.chain, verb="remind_expert", actor=SYSTEM, at=at, body=body)
        return True


def note_overdue(*, draw_id: int, at: datetime) -> bool:
    """Note how many opinions a draw waits for beyond their time; False if none is new since it was noted."""
    with scope(SYSTEM):
        draw = lock_draw(draw_id)
        overdue = waited_for().filter(hand__draw=draw, due_at__lte=at)
        found = list(overdue.values_list("due_at", "expert_id", "case_id"))
        before = timeline(draw.chain).filter(verb="note_overdue").last()
        if not found or (before is not None and before.at >= max(due for due, _, _ in found)):
            return False
        experts, cases = ({row[place] for row in found} for place in (1, 2))
        record_in(draw, SYSTEM, "note_overdue", at, {"experts": len(experts), "cases": len(cases)})
        return True
