"""The safety net goes on past what fails, and says in the end what did."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests import cases, rounds
from tests.flows.aftermath.holding import hold

from tidu.aftermath import tasks
from tidu.aftermath.actions import lapse_unrenewed, unfollowed
from tidu.aftermath.handlers import HANDLERS, Handler
from tidu.database.scope import SYSTEM, scope
from tidu.law.calendars import parse_moment
from tidu.programmes.models import Notice
from tidu.records.models import Entry
from tidu.titles.enums import TitleStatus

pytestmark = pytest.mark.django_db

CLOSED = parse_moment("2026-03-31 24:00")


def test_an_entry_that_fails_does_not_keep_the_others_waiting(
    round_: cases.Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "OVERLOOKED", timedelta(seconds=-1))
    with scope(SYSTEM):
        first = unfollowed().select_related("chain").earliest("pk")

    def fails(entry: Entry) -> None:
        if entry.pk == first.pk:
            raise LookupError("what the entry speaks of is gone")

    everything = frozenset({(first.chain.kind, first.verb)})
    monkeypatch.setattr("tidu.aftermath.actions.HANDLERS", (Handler("fails", everything, fails), *HANDLERS))
    with pytest.raises(ExceptionGroup) as failed:
        tasks.follow_overlooked(0)
    assert [str(one) for one in failed.value.exceptions] == ["what the entry speaks of is gone"]
    with scope(SYSTEM):
        assert list(unfollowed()) == [first]


def test_a_notice_that_cannot_be_read_does_not_keep_titles_of_another_from_lapsing(
    round_: cases.Round,
) -> None:
    holder = hold(round_, until=date(2026, 3, 14))
    other = replace(rounds.notice_of_shili(), id="shili-unreadable", issuer="shili-east")
    with scope(SYSTEM):
        published = rounds.publish(round_.east, notice=other)
        Notice.objects.filter(pk=published.pk).update(digest="f" * 64)
    with pytest.raises(ExceptionGroup):
        lapse_unrenewed(at=CLOSED)
    assert holder.standing() == (TitleStatus.LAPSED, date(2026, 4, 1), "未按期申请复核，称号自动失效")
