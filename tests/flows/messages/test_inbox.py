"""Messages come once, to those who act for the recipient, and are read once for all of them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from tests import scene
from tests.flows.messages.conftest import LETTER, NEWS, People

from tidu.database.scope import PUBLIC, SYSTEM, Actor, scope
from tidu.messages.actions import Recipient, mark_all_read, mark_read, send
from tidu.messages.models import Message
from tidu.messages.queries import Unread, inbox, unread
from tidu.records.models import Entry

pytestmark = pytest.mark.django_db

LATER = scene.AT + timedelta(hours=1)
Tell = Callable[..., Message]


def read_by(actor: Actor) -> list[str]:
    with scope(actor):
        return [message.subject for message in inbox(actor)]


def test_a_message_of_an_entry_comes_once(people: People, happening: Callable[[], Entry]) -> None:
    entry = happening()
    first, second = (
        send(entry=entry, recipient=Recipient("firm", people.firm.pk), letter=letter, at=scene.AT)
        for letter in (LETTER, NEWS)
    )
    assert second == first
    assert read_by(people.owner) == ["请补正材料"]


def test_one_entry_may_be_told_to_a_firm_and_to_an_office(
    people: People, happening: Callable[[], Entry]
) -> None:
    entry = happening()
    for recipient in (Recipient("firm", people.firm.pk), Recipient("office", people.east.pk)):
        send(entry=entry, recipient=recipient, letter=LETTER, at=scene.AT)
    assert read_by(people.owner) == read_by(people.clerk) == ["请补正材料"]


def test_each_reads_only_what_was_sent_to_them(people: People, tell: Tell) -> None:
    tell()
    tell(to_office=True, letter=NEWS)
    assert read_by(people.owner) == ["请补正材料"]
    assert read_by(people.clerk) == ["已受理"]
    assert read_by(people.neighbour) == read_by(people.western_clerk) == read_by(PUBLIC) == []


@pytest.mark.parametrize("reader", ["owner", "neighbour", "clerk", "western_clerk"])
def test_the_database_shows_each_only_their_own(people: People, tell: Tell, reader: str) -> None:
    """Also when a query forgets to ask for the recipient."""
    tell()
    tell(to_office=True, letter=NEWS)
    seen = {"owner": ["请补正材料"], "clerk": ["已受理"]}
    with scope(getattr(people, reader)):
        assert list(Message.objects.values_list("subject", flat=True)) == seen.get(reader, [])


def test_the_database_lets_nobody_but_the_system_send(people: People, happening: Callable[[], Entry]) -> None:
    entry = happening()
    with scope(people.owner), pytest.raises(Exception, match="row-level security"):
        Message.objects.create(entry=entry, firm=people.firm, subject="自己写的", at=scene.AT)


@pytest.mark.parametrize("count", [1, 3])
def test_unread_messages_are_counted_in_one_query(
    people: People, tell: Tell, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        tell()
        tell(letter=NEWS)
    with scope(people.owner), django_assert_num_queries(1):
        assert unread(people.owner) == Unread(all=2 * count, needing_action=count)


def test_a_message_is_read_once(people: People, tell: Tell) -> None:
    message = tell()
    assert mark_read(actor=people.owner, message_id=message.pk, at=LATER)
    assert not mark_read(actor=people.owner, message_id=message.pk, at=LATER)
    with scope(people.owner):
        assert unread(people.owner) == Unread(all=0, needing_action=0)


@pytest.mark.parametrize("reader", ["neighbour", "clerk"])
def test_nobody_marks_what_is_not_theirs(people: People, tell: Tell, reader: str) -> None:
    message = tell()
    assert not mark_read(actor=getattr(people, reader), message_id=message.pk, at=LATER)
    with scope(SYSTEM):
        assert Message.objects.get().read_at is None


def test_all_are_read_at_once_but_not_those_that_come_later(
    people: People, tell: Tell, happening: Any
) -> None:
    tell()
    tell(letter=NEWS)
    send(entry=happening(), recipient=Recipient("firm", people.firm.pk), letter=NEWS, at=LATER)
    assert mark_all_read(actor=people.owner, at=LATER - timedelta(seconds=1)) == 2
    with scope(people.owner):
        assert unread(people.owner) == Unread(all=1, needing_action=0)
