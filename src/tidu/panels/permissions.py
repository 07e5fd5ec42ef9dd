"""Who keeps the pool of experts, and what an expert may do before he has signed."""

from tidu.applications.permissions import may_work
from tidu.database.scope import Actor
from tidu.law.answers import ALLOWED, Answer
from tidu.panels.enums import ExpertState
from tidu.panels.models import Expert


def may_keep_pool(actor: Actor) -> Answer:
    """Case workers keep the pool of their own office."""
    return may_work(actor)


def may_read_pool(actor: Actor) -> Answer:
    """Whoever keeps it, and the office's auditors."""
    if actor.kind == "auditor" and actor.office_id is not None:
        return ALLOWED
    return may_keep_pool(actor)


def may_serve(expert: Expert) -> Answer:
    """Whether the expert takes part: confirmed, and not gone since."""
    if expert.state != ExpertState.CONFIRMED:
        return Answer(False, f"您在专家库中的状态是“{expert.get_state_display()}”，请先确认参加。")
    return ALLOWED
