"""E-mail leaves only where a deployment has a mail server: no demonstration, no made-up address."""

from collections.abc import Callable

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings
from tests.flows.messages.conftest import People

from tidu.database.scope import SYSTEM, scope
from tidu.messages.models import Message
from tidu.messages.tasks import mail_message
from tidu.offices.models import Account

pytestmark = pytest.mark.django_db

Tell = Callable[..., Message]


@pytest.fixture
def mail_server(settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.shili.example"
    settings.DEMONSTRATION = False
    settings.SITE_ADDRESS = "https://tidu.shili.example"


@pytest.fixture
def owners_account(people: People) -> Account:
    """The owner gave an address that exists."""
    with scope(SYSTEM):
        account = Account.objects.get(username="firm-1")
        account.email = "owner@shili.example"
        account.save(update_fields=["email"])
        return account


def jobs() -> list[dict[str, int]]:
    return list(
        ProcrastinateJob.objects.filter(task_name="tidu.messages.mail_message").values_list("args", flat=True)
    )


def test_a_message_is_sent_on_to_who_acts_for_the_firm(
    mail_server: None, owners_account: Account, tell: Tell
) -> None:
    message = tell()
    assert jobs() == [{"message_id": message.pk, "account_id": owners_account.pk}]
    mail_message(**jobs()[0])
    (letter,) = mail.outbox
    assert (letter.subject, letter.to) == ("请补正材料", ["owner@shili.example"])
    assert letter.body == "请补正研发费用。\n\nhttps://tidu.shili.example/enterprise/cases/1/"


def test_a_made_up_address_is_never_written_to(mail_server: None, people: People, tell: Tell) -> None:
    with scope(SYSTEM):
        assert Account.objects.get(username="firm-1").email.endswith("example.invalid")
    tell()
    assert jobs() == []


def test_a_demonstration_sends_nothing(
    mail_server: None, owners_account: Account, tell: Tell, settings: Settings
) -> None:
    settings.DEMONSTRATION = True
    message = tell()
    assert jobs() == []
    mail_message(message_id=message.pk, account_id=owners_account.pk)
    assert mail.outbox == []


def test_without_a_mail_server_nothing_is_sent(
    owners_account: Account, tell: Tell, settings: Settings
) -> None:
    settings.EMAIL_HOST = ""
    tell()
    assert jobs() == []


def test_who_has_left_meanwhile_is_not_written_to(
    mail_server: None, owners_account: Account, tell: Tell
) -> None:
    tell()
    with scope(SYSTEM):
        Account.objects.filter(pk=owners_account.pk).update(is_active=False)
    mail_message(**jobs()[0])
    assert mail.outbox == []


def test_an_office_is_written_to_through_its_posts(mail_server: None, people: People, tell: Tell) -> None:
    with scope(SYSTEM):
        Account.objects.filter(username="shili-east-clerk").update(email="clerk@shili.example")
    message = tell(to_office=True)
    assert jobs() == [{"message_id": message.pk, "account_id": people.clerk.account_id}]
