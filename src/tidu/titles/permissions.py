"""Who may write in the register."""

from tidu.database.scope import Actor
from tidu.law.answers import ALLOWED, Answer
from tidu.law.refusals import say
from tidu.offices.enums import Level, Role
from tidu.offices.models import Office

ANNOUNCING = frozenset({Level.PROVINCE, Level.MINISTRY})
"""Levels whose offices announce titles."""
REGISTRARS = frozenset({Role.CLERK, Role.LEADER})
"""Posts that work on the register; administrators of accounts do not."""


def may_grant(actor: Actor, announced_by: Office) -> Answer:
    """The office that announced, or the system on its announcement."""
    if actor.kind == "system" or (actor.kind == "office" and actor.office_id == announced_by.pk):
        return ALLOWED
    return Answer(False, say("title_entered_by_announcing_office", {"office": announced_by.name}))


def may_enter_existing_title(actor: Actor, announced_by: Office) -> Answer:
    """The announcing office itself, provincial or above, from its own earlier announcement."""
    if announced_by.level not in ANNOUNCING:
        return Answer(False, say("title_office_below_province", {"office": announced_by.name}))
    if actor.kind == "office" and not actor.roles & REGISTRARS:
        return Answer(False, say("title_entered_by_case_workers", {}))
    return may_grant(actor, announced_by)


def may_read_existing_titles(actor: Actor, announced_by: Office) -> Answer:
    """Those who may enter them, and the announcing office's auditors."""
    reads = actor.kind == "auditor" and actor.office_id == announced_by.pk
    if reads and announced_by.level in ANNOUNCING:
        return ALLOWED
    return may_enter_existing_title(actor, announced_by)


def may_lapse(actor: Actor) -> Answer:
    """Titles lapse by themselves (自动失效): only the system notes it."""
    if actor.kind == "system":
        return ALLOWED
    return Answer(False, say("title_lapses_by_itself", {}))
