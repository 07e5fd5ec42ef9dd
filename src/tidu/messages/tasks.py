"""Jobs of the messages room."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tidu.database.scope import SYSTEM, scope
from tidu.messages.mail import mail, may_mail, readers
from tidu.messages.models import Message

RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)


@app.task(name="tidu.messages.mail_message", retry=RETRY)
def mail_message(message_id: int, account_id: int) -> None:
    """Send a message on to one reader; each has a job of their own, so that none is written to twice."""
    if not may_mail():
        return
    with scope(SYSTEM):
        message = Message.objects.get(pk=message_id)
        found = [account for account in readers(message) if account.pk == account_id]
    for account in found:
        mail(message, account)
