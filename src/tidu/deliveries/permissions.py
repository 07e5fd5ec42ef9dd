"""Who registers what arrives on paper."""

from tidu.applications.permissions import MAY_ACT_AS
from tidu.database.scope import Actor
from tidu.law.answers import ALLOWED, Answer


def may_receive(actor: Actor) -> Answer:
    """An officer; which cases his office may enter is decided by whether it may read them."""
    if actor.kind == "auditor":
        return Answer(False, "审计账号只能查看。")
    if actor.kind != "office" or actor.office_id is None:
        return Answer(False, "只有主管部门可以登记收件。")
    if not actor.roles & MAY_ACT_AS["clerk"]:
        return Answer(False, "账号管理岗位不办理案件。")
    return ALLOWED
