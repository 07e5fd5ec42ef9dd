"""Who may have everything about one case in one file."""

from tidu.applications.models import Case
from tidu.applications.permissions import MAY_ACT_AS
from tidu.applications.queries.contents import stages_of
from tidu.database.scope import Actor
from tidu.law.answers import ALLOWED, Answer


def may_make_dossier(actor: Actor, case: Case) -> Answer:
    """An auditor who may read the case; an officer of an office that holds it or has held it."""
    if case.submitted_at is None:
        return Answer(False, "申报还没有提交。")
    if actor.kind == "auditor":
        return ALLOWED
    if actor.kind != "office" or not actor.roles & MAY_ACT_AS["clerk"]:
        return Answer(False, "只有审计和办理案件的主管部门可以制作案卷。")
    if not stages_of(case).filter(office_id=actor.office_id or 0).exists():
        return Answer(False, "案件没有到过本单位。")
    return ALLOWED
