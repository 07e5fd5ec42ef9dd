"""Sending messages on by e-mail, where a deployment has a mail server. A demonstration never has."""

from django.conf import settings
from django.core.mail import EmailMessage

from tidu.enterprises.queries import members
from tidu.messages.models import Message
from tidu.offices.models import Account
from tidu.offices.queries import posts_below

NOWHERE = "example.invalid"
"""The end of every address that was made up; by RFC 2606 it can never be delivered to."""


def may_mail() -> bool:
    """Whether this deployment sends e-mail at all."""
    return bool(settings.EMAIL_HOST) and not settings.DEMONSTRATION


def readers(message: Message) -> list[Account]:
    """Those who act for the recipient and gave an address that exists, each once."""
    accounts: list[Account] = []
    if message.firm is not None:
        accounts = [member.account for member in members(message.firm) if member.left_at is None]
    elif message.office is not None:
        posts = posts_below(message.office).filter(office=message.office, closed_at__isnull=True)
        accounts = [post.account for post in posts]
    elif message.expert is not None and message.expert.account is not None:
        accounts = [message.expert.account]
    reachable = (one for one in accounts if one.is_active and one.email and not one.email.endswith(NOWHERE))
    return list({one.pk: one for one in reachable}.values())


def mail(message: Message, account: Account) -> None:
    """Send one message on to one reader."""
    link = f"{settings.SITE_ADDRESS}{message.path}" if message.path and settings.SITE_ADDRESS else ""
    body = "\n\n".join(part for part in (message.body, link) if part)
    EmailMessage(subject=message.subject, body=body, to=[account.email]).send()
