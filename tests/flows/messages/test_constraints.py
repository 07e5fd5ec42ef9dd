"""What the database itself refuses, whoever asks."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from tests import pool, scene
from tests.flows.messages.conftest import People

from tidu.database.scope import SYSTEM, scope
from tidu.messages.models import Message
from tidu.records.models import Entry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("message_to_one_recipient", {"firm": None}),
        ("message_to_one_recipient", {"office": "east"}),
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
    [
        ("message_once_per_entry_and_firm", "firm"),
        ("message_once_per_entry_and_office", "office"),
        ("message_once_per_entry_and_expert", "expert"),
    ],
)
def test_an_entry_is_told_to_a_recipient_once(
    people: People, happening: Callable[[], Entry], constraint: str, recipient: str
) -> None:
    to: dict[str, Any] = {"firm": people.firm} if recipient == "firm" else {"office": people.east}
    if recipient == "expert":
        to = {"expert": pool.entered(people.clerk, [pool.row(1)])[0]}
    entry = happening()
    with scope(SYSTEM):
        Message.objects.create(entry=entry, subject="主题", at=scene.AT, **to)
        with pytest.raises(IntegrityError, match=constraint):
            Message.objects.create(entry=entry, subject="又一次", at=scene.AT, **to)
