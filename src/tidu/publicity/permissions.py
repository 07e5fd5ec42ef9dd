"""Who publishes lists, decides objections and announces. What is published may be read by all."""

from tidu.database.scope import Actor
from tidu.law.answers import ALLOWED, Answer
from tidu.offices.enums import Role
from tidu.publicity.models import Objection, PublicityList


def may_sign(actor: Actor) -> Answer:
    """Publishing, closing and announcing are signed for (签发) in an office."""
    if actor.kind != "office" or actor.office_id is None:
        return Answer(False, "只有主管部门可以办理。")
    if Role.LEADER not in actor.roles:
        return Answer(False, "须由签发岗位办理。")
    return ALLOWED


def may_close(actor: Actor, publicity: PublicityList) -> Answer:
    """The office that published the list."""
    answer = may_sign(actor)
    if answer and actor.office_id != publicity.office_id:
        return Answer(False, "该名单不是本单位公示的。")
    return answer


def may_read_objection(actor: Actor, objection: Objection) -> Answer:
    """Those who sign in the office that handles it; the database withholds the row from all others."""
    answer = may_sign(actor)
    if answer and actor.office_id != objection.office_id:
        return Answer(False, "该异议不由本单位受理。")
    return answer
