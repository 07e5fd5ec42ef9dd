"""What the database itself refuses, whoever asks."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from tests import scene
from tests.flows.messages.conftest import People

from tidu.database.scope import SYSTEM, scope
from tidu.messages.models import Message
from tidu.records.models import Entry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("message_to_a_firm_or_an_office", {"firm": None}),
        ("message_to_a_firm_or_an_office", {"office": "east"}),
        ("message_has_a_subject", {"subject": ""}),
        ("message_read_after_it_came", {"read_at": scene.AT - timedelta(seconds=1)}),
    ],
)
def test_the_database_refuses(
    people: People, happening: Callable[[], Entry], constraint: str, changes: dict[str, Any]
) -> None:
    fields: dict[str, Any] = {
        "entry": happening(),
        "firm": people.firm,
        "subject": "主题",
        "at": scene.AT,
    } | changes
    if fields.get("office"):
        fields["office"] = people.east
    with scope(SYSTEM), pytest.raises(IntegrityError, match=constraint):
        Message.objects.create(**fields)


@pytest.mark.parametrize(
    ("constraint", "recipient"),
    [("message_once_per_entry_and_firm", "firm"), ("message_once_per_entry_and_office", "office")],
)
def test_an_entry_is_told_to_a_recipient_once(
    people: People, happening: Callable[[], Entry], constraint: str, recipient: str
) -> None:
    to = {"firm": people.firm} if recipient == "firm" else {"office": people.east}
    entry = happening()
    with scope(SYSTEM):
        Message.objects.create(entry=entry, subject="主题", at=scene.AT, **to)
        with pytest.raises(IntegrityError, match=constraint):
            Message.objects.create(entry=entry, subject="又一次", at=scene.AT, **to)
