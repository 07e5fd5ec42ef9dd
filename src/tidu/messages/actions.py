"""Sending messages and marking them read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tidu.database.scope import SYSTEM, Actor, scope
from tidu.messages.mail import may_mail, readers
from tidu.messages.models import Message
from tidu.messages.queries import inbox
from tidu.messages.tasks import mail_message
from tidu.records.models import Entry

SUBJECT_LENGTH = 120

Audience = Literal["firm", "office", "expert"]


@dataclass(frozen=True)
class Recipient:
    """A firm or an office: whoever acts for it reads the message; or an expert, who acts for himself."""

    kind: Audience
    id: int


@dataclass(frozen=True)
class Letter:
    """What is said: in a line, at length, where to go, and whether something must be done."""

    subject: str
    body: str
    path: str = ""
    needs_action: bool = False


def send(*, entry: Entry, recipient: Recipient, letter: Letter, at: datetime) -> Message:
    """Send one message for a ledger entry; a second call for the same recipient sends nothing more."""
    with scope(SYSTEM):
        message, is_new = Message.objects.get_or_create(
            entry=entry,
            **{f"{recipient.kind}_id": recipient.id},
            defaults={
                "subject": letter.subject[:SUBJECT_LENGTH],
                "body": letter.body,
                "path": letter.path,
                "needs_action": letter.needs_action,
                "at": at,
            },
        )
        if is_new and may_mail():
            for account in readers(message):
                mail_message.defer(message_id=message.pk, account_id=account.pk)
        return message


def mark_read(*, actor: Actor, message_id: int, at: datetime) -> bool:
    """Note that somebody of the recipient has read a message; False if it is not theirs or was read."""
    with scope(actor):
        return inbox(actor).filter(pk=message_id, read_at__isnull=True).update(read_at=at) == 1


def mark_all_read(*, actor: Actor, at: datetime) -> int:
    """Note that all messages that came by now were read; how many were not before."""
    with scope(actor):
        return inbox(actor).filter(at__lte=at, read_at__isnull=True).update(read_at=at)
