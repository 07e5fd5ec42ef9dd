"""Officers who act on one list at once: exactly one wins, nothing is half done, nobody waits for ever."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pytest
from tests import cases
from tests.flows.publicity.publishing import LIST, entry_of, object_to, period_over, publish
from tests.plugins.beginnings import beginning
from tests.races.together import at_once

from tidu.applications.enums import CaseStatus
from tidu.applications.models import Case
from tidu.database.scope import SYSTEM, scope
from tidu.publicity.actions import (
    accept_objection,
    close_list,
    dismiss_objection,
    publish_list,
    uphold_objection,
)
from tidu.publicity.enums import EntryStatus
from tidu.publicity.models import PublicityList
from tidu.records.models import Entry

pytestmark = pytest.mark.commits

OFFICERS = 6


@beginning
def round_() -> cases.Round:
    return cases.open_round()


@beginning
def waiting(round_: cases.Round) -> list[Case]:
    return cases.to_publicity(round_, (1, 2))


def count(verb: str) -> int:
    with scope(SYSTEM):
        return Entry.objects.filter(verb=verb).count()


def test_of_many_who_publish_the_same_cases_one_does(round_: cases.Round, waiting: list[Case]) -> None:
    versions = cases.seen(waiting)

    def publish_now() -> object:
        return publish_list(
            actor=round_.city, batch_id=round_.batch.pk, case_versions=versions, text=LIST, at=round_.at
        )

    results = at_once(*[publish_now] * OFFICERS)
    assert sorted(results) == ["case_moved"] * (OFFICERS - 1) + ["done"]
    assert (count("publish_list"), count("list")) == (1, 2)


def test_two_lists_of_different_cases_are_numbered_apart(round_: cases.Round, waiting: list[Case]) -> None:
    results = at_once(*[lambda case=case: publish(round_, [case]) for case in waiting])
    assert results == ["done", "done"]
    with scope(SYSTEM):
        assert sorted(PublicityList.objects.values_list("version", flat=True)) == [1, 2]


def test_of_many_who_close_the_list_one_does(round_: cases.Round, waiting: list[Case]) -> None:
    publicity = publish(round_, waiting)
    results = at_once(
        *[lambda: close_list(actor=round_.city, list_id=publicity.pk, at=period_over(publicity))] * OFFICERS
    )
    assert sorted(results) == ["done"] + ["publicity_already_closed"] * (OFFICERS - 1)
    assert (count("close_list"), count("clear")) == (1, 2)


def test_of_many_who_decide_one_objection_one_does(round_: cases.Round, waiting: list[Case]) -> None:
    publish(round_, waiting)
    objection = object_to(round_, waiting[0])
    accept_objection(actor=round_.city, objection_id=objection.pk, at=round_.at)
    said: dict[str, Any] = {"actor": round_.city, "objection_id": objection.pk, "at": round_.at}
    dismiss = [lambda: dismiss_objection(**said, decision="查无实据")] * 3
    uphold = [lambda: uphold_objection(**said, decision="属实", reason="已停产。")] * 3
    results = at_once(*dismiss, *uphold)
    assert sorted(results) == ["done"] + ["objection_not_open"] * 5
    upheld = "done" in results[3:]
    assert (count("strike"), count("resume")) == ((1, 0) if upheld else (0, 1))
    assert entry_of(waiting[0]).status == (EntryStatus.STRUCK if upheld else EntryStatus.LISTED)


def test_two_objections_to_one_firm_are_decided_at_once(round_: cases.Round, waiting: list[Case]) -> None:
    """Both are dismissed: whichever comes second finds none left and lets the firm go on, once."""
    publish(round_, waiting)
    objections = [object_to(round_, waiting[0]) for _ in range(2)]
    assert at_once(*accepting(round_, objections)) == ["done", "done"]
    assert count("suspend") == 1
    results = at_once(
        *[
            lambda one=one: dismiss_objection(
                actor=round_.city, objection_id=one.pk, decision="查无实据", at=round_.at
            )
            for one in objections
        ]
    )
    assert results == ["done", "done"]
    assert (count("resume"), cases.again(waiting[0]).status) == (1, CaseStatus.LISTED)


def accepting(round_: cases.Round, objections: Sequence[Any]) -> list[Callable[[], object]]:
    return [
        partial(accept_objection, actor=round_.city, objection_id=one.pk, at=round_.at) for one in objections
    ]


def test_a_list_closed_while_its_last_objection_is_dismissed_leaves_nobody_behind(
    round_: cases.Round, waiting: list[Case]
) -> None:
    publicity = publish(round_, waiting)
    objection = object_to(round_, waiting[0])
    accept_objection(actor=round_.city, objection_id=objection.pk, at=round_.at)
    at = period_over(publicity)
    results = at_once(
        lambda: close_list(actor=round_.city, list_id=publicity.pk, at=at),
        lambda: dismiss_objection(actor=round_.city, objection_id=objection.pk, decision="查无实据", at=at),
    )
    assert results == ["done", "done"]
    assert {entry_of(case).status for case in waiting} == {EntryStatus.CLEARED}
    assert {cases.again(case).stage for case in waiting} == {"city-report"}
