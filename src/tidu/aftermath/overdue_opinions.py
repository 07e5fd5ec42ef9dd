"""The time for opinions ends soon or is over: who is reminded, each once a day at most."""

from datetime import datetime

from tidu.aftermath.failures import failures_at_the_end
from tidu.database.scope import SYSTEM, scope
from tidu.panels.actions import note_overdue, remind_expert
from tidu.panels.queries.tasks import to_remind, waited_for


def remind_of_opinions(*, at: datetime) -> int:
    """Remind every expert to whom something new is to be said, and the offices that wait; how many entries.

    Run again at the same hour, nobody is told anything twice.
    """
    with scope(SYSTEM):
        experts = sorted(set(to_remind(at).values_list("expert_id", flat=True)))
        overdue = waited_for().filter(due_at__lte=at)
        draws = sorted(set(overdue.values_list("hand__draw_id", flat=True)))
    written = 0
    with failures_at_the_end() as kept:
        for expert_id in experts:
            with kept():
                written += remind_expert(expert_id=expert_id, at=at)
        for draw_id in draws:
            with kept():
                written += note_overdue(draw_id=draw_id, at=at)
    return written
