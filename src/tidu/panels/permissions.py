"""Who keeps the pool of experts, and what an expert may do before he has signed."""

from collections.abc import Collection

from tidu.applications.permissions import MAY_ACT_AS, may_work
from tidu.database.scope import Actor
from tidu.law.answers import ALLOWED, Answer
from tidu.law.procedures import Stage
from tidu.law.procedures.moves import Kind
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


def may_draw_panels(actor: Actor, stage: Stage, levels: Collection[str]) -> Answer:
    """Who signs for the office of a panel stage; `levels` are those at which his office acts."""
    if stage.kind is not Kind.PANEL:
        return Answer(False, f"“{stage.title}”不是专家评审环节，没有抽取。")
    answer = may_work(actor)
    if not answer:
        return answer
    if stage.level not in levels:
        return Answer(False, f"“{stage.title}”的抽取由该环节的主管部门办理，不由本单位抽取。")
    if not actor.roles & MAY_ACT_AS["leader"]:
        return Answer(False, "抽取评审专家须由签发岗位办理。")
    return ALLOWED


def may_serve(expert: Expert) -> Answer:
    """Whether the expert takes part: confirmed, and not gone since."""
    if expert.state != ExpertState.CONFIRMED:
        return Answer(False, f"您在专家库中的状态是“{expert.get_state_display()}”，请先确认参加。")
    return ALLOWED
