"""Every list of a firm costs the same for one row and for fifty."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from tests import scene
from tests.flows.portals_enterprise.desk import Desk

from tidu.applications.actions import open_case, withdraw
from tidu.database.scope import SYSTEM, scope
from tidu.enterprises.actions import NewMember, add_member
from tidu.enterprises.enums import MemberRole
from tidu.messages.models import Message
from tidu.programmes.models import Batch
from tidu.records.models import Entry

pytestmark = pytest.mark.django_db

MOST_OF_A_FIRM = 34
"""Its pages say of each batch why it may enter or not."""


def add_case(desk: Desk, batch: Batch, number: int) -> None:
    """Opened and withdrawn, so that the next may be opened."""
    now = timezone.now()
    case = open_case(actor=desk.actor, firm_id=desk.firm.pk, batch_id=batch.pk, kind="new", at=now)
    withdraw(actor=desk.actor, case_id=case.pk, expected_version=None, reason=f"第{number}次", at=now)


def add_colleague(desk: Desk, batch: Batch, number: int) -> None:
    colleague = NewMember(f"colleague-{number}", "同事", MemberRole.VIEWER, is_employee=True)
    add_member(actor=desk.actor, firm=desk.firm, colleague=colleague, at=timezone.now())


def add_message(desk: Desk, batch: Batch, number: int) -> None:
    """About anything that happened: each entry tells a firm once."""
    add_colleague(desk, batch, number)
    with scope(SYSTEM):
        entry = Entry.objects.latest("pk")
        Message.objects.create(entry=entry, firm=desk.firm, subject="通知", at=timezone.now())


@pytest.mark.parametrize(
    ("address", "add", "rows"),
    [
        ("/enterprise/cases/", add_case, "cases"),
        ("/enterprise/members/", add_colleague, "members"),
        ("/enterprise/messages/", add_message, "rows"),
    ],
)
def test_lists(
    desk: Desk, batch: Batch, address: str, add: Callable[[Desk, Batch, int], None], rows: str
) -> None:
    add(desk, batch, 1)
    for_one = scene.queries_of(desk.client, address)
    for number in range(2, 51):
        add(desk, batch, number)
    assert scene.queries_of(desk.client, address) == for_one <= MOST_OF_A_FIRM
    assert len(desk.client.get(address).context[rows]) >= 20
