"""Who may look at firms on site, draw samples and look up credit records."""

from tidu.applications.models import Case
from tidu.applications.permissions import MAY_ACT_AS, may_act_in_office
from tidu.database.scope import Actor
from tidu.law.answers import ALLOWED, Answer
from tidu.law.procedures import Procedure, Stage


def may_check_credit(actor: Actor, case: Case, procedure: Procedure) -> Answer:
    """The office that holds the case, at its stage."""
    return may_act_in_office(actor, case, procedure)


def may_inspect(actor: Actor, case: Case, procedure: Procedure, *, is_planned: bool) -> Answer:
    """The office that holds the case; once the case has ended, the one that planned to look at the firm."""
    if is_planned and actor.kind == "office" and case.office_id is None:
        return ALLOWED
    if case.office_id is None:
        return Answer(False, "案件不在办理中，也没有安排过核查。")
    return may_act_in_office(actor, case, procedure)


def may_draw(actor: Actor, stage: Stage) -> Answer:
    """An officer whose post may act at the stage; he draws only among the cases of his own office."""
    if actor.kind != "office":
        return Answer(False, "只有主管部门可以抽取。")
    if not actor.roles & MAY_ACT_AS[stage.role]:
        return Answer(False, f"“{stage.title}”须由{'签发' if stage.role == 'leader' else '经办'}岗位办理。")
    return ALLOWED
