"""Reading messages: each sees what was sent to the firm or the office it acts for, an expert to himself."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from tidu.database.scope import Actor
from tidu.messages.models import Message


@dataclass(frozen=True)
class Unread:
    """How many messages were not read, and how many of these ask for something."""

    all: int
    needing_action: int


def inbox(actor: Actor) -> QuerySet[Message]:
    """The messages to whom the actor acts for, the newest first; none for others."""
    if actor.kind == "firm" and actor.firm_id is not None:
        return Message.objects.filter(firm_id=actor.firm_id)
    if actor.kind in ("office", "auditor") and actor.office_id is not None:
        return Message.objects.filter(office_id=actor.office_id)
    if actor.kind == "expert" and actor.account_id is not None:
        return Message.objects.filter(expert__account_id=actor.account_id)
    return Message.objects.none()


def unread(actor: Actor) -> Unread:
    """Counts for the bell beside the name; one query."""
    waiting = Count("pk", filter=Q(read_at__isnull=True))
    counts = (
        inbox(actor)
        .order_by()
        .aggregate(all=waiting, needing_action=Count("pk", filter=Q(read_at__isnull=True, needs_action=True)))
    )
    return Unread(**counts)
