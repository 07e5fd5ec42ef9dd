"""Who may do what for a firm: its owners, its editors, its viewers; an office only what it corrects."""

from tidu.database.scope import Actor
from tidu.enterprises.enums import MemberRole, Source
from tidu.enterprises.models import Firm
from tidu.law.answers import ALLOWED, Answer
from tidu.law.refusals import say
from tidu.offices.queries import offices_up

WRITERS = frozenset({MemberRole.OWNER.value, MemberRole.EDITOR.value})


def may_write_profile(actor: Actor, firm: Firm) -> Answer:
    """Whether the actor may change the firm's profile."""
    return _as_member(actor, firm, WRITERS, "profile_by_editors_only")


def may_manage_members(actor: Actor, firm: Firm) -> Answer:
    """Whether the actor may add and remove those who act for the firm."""
    return _as_member(actor, firm, frozenset({MemberRole.OWNER.value}), "members_by_owner_only")


def may_state(actor: Actor, firm: Firm, source: Source) -> Answer:
    """Whether the actor may state facts about the firm in the name of this source."""
    if actor.kind == "system":
        return ALLOWED
    if source == Source.FIRM:
        return may_write_profile(actor, firm)
    if (
        source == Source.OFFICE
        and actor.kind == "office"
        and actor.office_id in offices_up(firm.area.office_id)
    ):
        return ALLOWED
    return Answer(False, say("source_not_yours", {"source": Source(source).label}))


def _as_member(actor: Actor, firm: Firm, roles: frozenset[str], reason: str) -> Answer:
    if actor.kind == "system":
        return ALLOWED
    if actor.kind != "firm" or actor.firm_id != firm.pk:
        return Answer(False, say("firm_not_yours", {}))
    return ALLOWED if actor.roles & roles else Answer(False, say(reason, {"firm": firm.name}))
