"""Each consequence of an entry is drawn once: nothing is lost when it breaks off, nothing doubled after."""

from collections.abc import Iterator
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from tests import cases

from tidu.aftermath import actions
from tidu.aftermath.actions import follow, follow_all, unfollowed
from tidu.aftermath.handlers import HANDLERS, Handler
from tidu.database.scope import SYSTEM, scope
from tidu.messages.actions import send
from tidu.messages.models import Message
from tidu.records.models import Entry

pytestmark = pytest.mark.django_db


class BrokenOff(Exception):
    """The process ended in the middle."""


@pytest.fixture(autouse=True)
def as_the_system(db: None) -> Iterator[None]:
    with scope(SYSTEM):
        yield


def submitting(round_: cases.Round) -> Entry:
    """The entry with which a case was submitted, not followed yet."""
    case = cases.submitted(round_)
    return Entry.objects.get(chain=case.chain, verb="submit")


def told() -> list[str]:
    return sorted(Message.objects.filter(entry__verb="submit").values_list("subject", flat=True))


def test_an_entry_is_followed_once(round_: cases.Round) -> None:
    entry = submitting(round_)
    for _ in range(2):
        follow(entry_id=entry.pk, at=round_.at)
    assert told() == [
        "已提交：2026年度第一批创新型中小企业新申报（26" + told()[0].split("（26")[1],
        "新收：示例第1精密制造有限公司（2026年度第一批新申报）",
    ]
    assert list(entry.handled.order_by("handler").values_list("handler", flat=True)) == [
        "followed",
        "tell_of_case",
    ]


def test_following_all_leaves_nothing_and_finds_nothing_the_second_time(round_: cases.Round) -> None:
    submitting(round_)
    assert follow_all(round_.at) == Entry.objects.count()
    assert not unfollowed().exists()
    assert follow_all(round_.at) == 0


def test_what_broke_off_between_two_readers_is_told_to_both_once(
    round_: cases.Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = submitting(round_)
    with monkeypatch.context() as broken:
        sent = _breaks_after_the_first_message(broken)
        with pytest.raises(BrokenOff):
            follow(entry_id=entry.pk, at=round_.at)
        assert sent == [1]
    assert told() == []
    follow(entry_id=entry.pk, at=round_.at)
    assert len(told()) == 2


def _breaks_after_the_first_message(broken: pytest.MonkeyPatch) -> list[int]:
    """From now on the second message of an entry ends the process."""
    sent: list[int] = []

    def send_once(**message: Any) -> Message:
        if sent:
            raise BrokenOff
        sent.append(1)
        return send(**message)

    broken.setattr("tidu.aftermath.handlers.telling_of_cases.send", send_once)
    return sent


def test_what_broke_off_between_two_handlers_goes_on_with_the_second(
    round_: cases.Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The job runs again, and each handler has run once in all."""
    entry = submitting(round_)
    runs: list[str] = []

    def handler(name: str, *, breaks: bool = False) -> Handler:
        def run(_: Entry) -> None:
            runs.append(name)
            if breaks and runs.count(name) == 1:
                raise BrokenOff

        return Handler(name, frozenset({("case", "submit")}), run)

    monkeypatch.setattr(
        actions, "HANDLERS", (handler("first"), handler("second", breaks=True), handler("third"))
    )
    with pytest.raises(BrokenOff):
        follow(entry_id=entry.pk, at=round_.at)
    assert list(entry.handled.values_list("handler", flat=True)) == ["first"]
    follow(entry_id=entry.pk, at=round_.at)
    assert runs == ["first", "second", "second", "third"]
    assert set(entry.handled.values_list("handler", flat=True)) == {"first", "second", "third", "followed"}


def test_a_handler_of_later_days_leaves_followed_entries_alone(
    round_: cases.Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    submitting(round_)
    follow_all(round_.at)

    def never(_: Entry) -> None:
        raise AssertionError("an entry of old times was followed again")

    monkeypatch.setattr(
        actions, "HANDLERS", (*HANDLERS, Handler("later", frozenset({("case", "submit")}), never))
    )
    assert follow_all(round_.at) == 0


def test_every_entry_has_its_job(round_: cases.Round) -> None:
    submitting(round_)
    followed = ProcrastinateJob.objects.filter(task_name="tidu.aftermath.follow").values_list(
        "args", flat=True
    )
    assert {args["entry_id"] for args in followed} == set(Entry.objects.values_list("pk", flat=True))


def test_handlers_have_names_of_their_own() -> None:
    names = [handler.name for handler in HANDLERS]
    assert len(set(names)) == len(names)
