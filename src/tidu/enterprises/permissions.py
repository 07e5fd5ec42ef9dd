"""Who may do what for a firm: its owners, its editors, its viewers; an office only what it corrects."""

from tidu.database.scope import SYSTEM, Actor, scope
from tidu.enterprises.enums import MemberRole, Source
from tidu.enterprises.models import Firm
from tidu.law.answers import ALLOWED, Answer
from tidu.law.refusals import say
from tidu.offices.models import Account
from tidu.offices.permissions import may_administer
from tidu.offices.queries import offices_up

WRITERS = frozenset({MemberRole.OWNER.value, MemberRole.EDITOR.value})


def may_write_profile(actor: Actor, firm: Firm) -> Answer:
    """Whether the actor may change the firm's profile."""
    return _as_member(actor, firm, WRITERS, "profile_by_editors_only")


def may_manage_members(actor: Actor, firm: Firm) -> Answer:
    """Whether the actor may add and remove those who act for the firm."""
    return _as_member(actor, firm, frozenset({MemberRole.OWNER.value}), "members_by_owner_only")


def may_renew_password(actor: Actor, account: Account) -> Answer:
    """Whether the actor may give a one-time password to somebody who acts for a firm.

    Whoever gives it could use it: the account must act for nobody but the actor's own firm, or but firms
    whose offices are the actor's to administer.
    """
    if actor.kind == "system":
        return ALLOWED
    with scope(SYSTEM):  # for whom else a person acts, nobody sees
        acts_for = Firm.objects.filter(members__account=account, members__left_at__isnull=True)
        firms = list(acts_for.select_related("area__office").distinct())
    beyond = [
        firm for firm in firms if firm.pk != actor.firm_id and not may_administer(actor, firm.area.office)
    ]
    if beyond or not is_of_firms(account):
        return Answer(False, say("account_acts_elsewhere", {"username": account.username}))
    return ALLOWED


def is_of_firms(account: Account) -> bool:
    """Whether the account may act for firms: those that an office opened, and operators', never do."""
    return account.opened_by_id is None and not account.is_operator


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
