"""Who may look at firms on site, draw samples and look up credit records."""

from collections.abc import Collection

from tidu.applications.models import Case
from tidu.applications.permissions import MAY_ACT_AS, may_act_in_office, may_work
from tidu.database.scope import Actor
from tidu.law.answers import ALLOWED, Answer
from tidu.law.procedures import Procedure, Stage


def may_check_credit(actor: Actor, case: Case, procedure: Procedure) -> Answer:
    """The office that holds the case, at its stage."""
    return may_act_in_office(actor, case, procedure)


def may_inspect(actor: Actor, case: Case, procedure: Procedure, *, is_planned: bool) -> Answer:
    """The office that holds the case; once the case has ended, case workers of the one that planned it."""
    if is_planned and actor.kind == "office" and case.office_id is None:
        return may_work(actor)
    if case.office_id is None:
        return Answer(False, "案件不在办理中，也没有安排过核查。")
    return may_act_in_office(actor, case, procedure)


def may_draw(actor: Actor, stage: Stage, levels: Collection[str]) -> Answer:
    """An officer whose post may act at the stage, of an office of the stage's level.

    `levels` are those at which his office acts (applications.routing.levels_of). A draw after the
    announcement is open to the stage's own office alone: the announced firms are in sight of all.
    """
    if actor.kind != "office":
        return Answer(False, "只有主管部门可以抽取。")
    if stage.level not in levels:
        return Answer(False, f"“{stage.title}”的抽查由该环节的主管部门办理，不由本单位抽取。")
    if not actor.roles & MAY_ACT_AS[stage.role]:
        return Answer(False, f"“{stage.title}”须由{'签发' if stage.role == 'leader' else '经办'}岗位办理。")
    return ALLOWED
