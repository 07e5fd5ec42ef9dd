"""Who may administer offices and accounts: an office its own, and those of every office below it."""

from tidu.database.scope import Actor
from tidu.law.answers import ALLOWED, Answer
from tidu.law.refusals import say
from tidu.offices.enums import Role
from tidu.offices.models import Account, Office
from tidu.offices.queries import has_administrator, offices_up


def may_administer(actor: Actor, office: Office) -> Answer:
    """Whether the actor opens and closes accounts, areas and lower offices of this office."""
    if actor.kind == "system":
        return ALLOWED
    if actor.kind != "office" or Role.ADMINISTRATOR not in actor.roles:
        return Answer(False, say("not_an_administrator", {}))
    if actor.office_id not in offices_up(office.pk):
        return Answer(False, say("office_not_below", {"office": office.name}))
    return ALLOWED


def may_open_post(actor: Actor, office: Office, role: Role) -> Answer:
    """As `may_administer`; besides, the operator may open the first administrator of an office."""
    if actor.kind != "operator":
        return may_administer(actor, office)
    if role != Role.ADMINISTRATOR or has_administrator(office):
        return Answer(False, say("operator_opens_first_administrator_only", {"office": office.name}))
    return ALLOWED


def may_renew_password(actor: Actor, account: Account) -> Answer:
    """Whether the actor may give a one-time password to somebody of an office.

    Whoever gives it could use it: every office that the account acts for must be the actor's to administer.
    """
    if actor.kind == "system":
        return ALLOWED
    held = account.posts.filter(closed_at__isnull=True).select_related("office")
    beyond = [post for post in held if not may_administer(actor, post.office)]
    if account.is_operator or beyond:
        return Answer(False, say("account_acts_elsewhere", {"username": account.username}))
    return ALLOWED


def may_open_office(actor: Actor, parent: Office | None) -> Answer:
    """An office is opened by one above it; a root by the system or its operator."""
    if actor.kind in ("system", "operator"):
        return ALLOWED
    if parent is None:
        return Answer(False, say("root_office_by_operator_only", {}))
    return may_administer(actor, parent)
