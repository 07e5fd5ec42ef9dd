"""Who may draft a notice, publish it and correct it."""

from tidu.database.scope import Actor
from tidu.law.answers import ALLOWED, Answer
from tidu.law.refusals import say
from tidu.offices.enums import Level, Role
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


def may_draft(actor: Actor, office: Office) -> Answer:
    """A clerk or leader of an office that organises the work of others: of a city or above."""
    acts = actor.kind == "office" and actor.office_id == office.pk and actor.roles & {Role.CLERK, Role.LEADER}
    if acts and office.level != Level.COUNTY:
        return ALLOWED
    return Answer(False, say("draft_of_issuing_offices", {"office": office.name}))


def may_read_drafts(actor: Actor, office: Office) -> Answer:
    """Those who may draft, and the office's auditors."""
    if actor.kind == "auditor" and actor.office_id == office.pk and office.level != Level.COUNTY:
        return ALLOWED
    return may_draft(actor, office)
