"""Who may publish a notice and correct it."""

from tidu.database.scope import Actor
from tidu.law.answers import ALLOWED, Answer
from tidu.law.refusals import say
from tidu.offices.enums import Role
from tidu.offices.models import Office


def may_publish(actor: Actor, issuer: Office) -> Answer:
    """A leader of the issuing office; corrigenda likewise.

    The system may enter a notice that was published elsewhere; the ledger then names the system.
    """
    if actor.kind == "system":
        return ALLOWED
    if actor.kind != "office" or actor.office_id != issuer.pk:
        return Answer(False, say("publish_by_issuing_office", {"office": issuer.name}))
    if Role.LEADER not in actor.roles:
        return Answer(False, say("publish_by_leader", {"office": issuer.name}))
    return ALLOWED
