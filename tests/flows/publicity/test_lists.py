"""经公示无异议: a frozen public list, open as long as the notice reads, and what follows when it ends."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests import cases
from tests.flows.publicity.publishing import LIST, SECOND, entry_of, object_to, period_over, publish

from tidu.applications.actions import withdraw
from tidu.applications.enums import CaseStatus
from tidu.applications.models import Case
from tidu.database.scope import PUBLIC, scope
from tidu.inspections.actions import record_credit_check
from tidu.law.calendars import legal_day
from tidu.law.refusals import Refused, sentence
from tidu.publicity.actions import close_list, note_withdrawal, publish_list
from tidu.publicity.enums import EntryStatus, ListStatus
from tidu.publicity.queries import list_by_token, list_document, list_entries, lists_open, public_lists
from tidu.records.queries import timeline

LISTED_ON_TUESDAY = datetime(2026, 3, 17, 1, 0, tzinfo=UTC)
FIVE_WORKING_DAYS_OVER = datetime(2026, 3, 24, 16, 0, tzinfo=UTC)
"""24:00 in Beijing on Tuesday 24 March: Wednesday to Friday, Monday and Tuesday have passed."""


def test_the_list_is_public_and_says_what_was_published(round_: cases.Round, waiting: list[Case]) -> None:
    publicity = publish(round_, waiting)
    with scope(PUBLIC):
        shown = list_by_token(publicity.token)
        assert (shown.title, shown.office.name, shown.firms) == (LIST.title, "示例市工业和信息化局", 2)
        assert [(e.position, e.uscc, e.area_name, e.status) for e in list_entries(shown)] == [
            (position, uscc, "示例东区", EntryStatus.LISTED)
            for position, uscc in enumerate(sorted(case.firm.uscc for case in waiting), start=1)
        ]
    assert {cases.again(case).status for case in waiting} == {CaseStatus.LISTED}


def test_the_published_bytes_are_those_of_the_digest(round_: cases.Round, waiting: list[Case]) -> None:
    publicity = publish(round_, waiting)
    with scope(PUBLIC):
        content = list_document(publicity.token)
    assert hashlib.sha256(content).hexdigest() == publicity.digest
    said = json.loads(content)
    assert (said["format"], said["closes_at"]) == (
        "tidu.publicity-list.1",
        "2026-03-24T16:00:00.000000Z",
    )
    assert [set(entry) for entry in said["entries"]] == [
        {"position", "firm_name", "uscc", "area_name", "kind"}
    ] * 2


def test_the_chain_of_a_list_is_public(round_: cases.Round, waiting: list[Case]) -> None:
    publicity = publish(round_, waiting)
    with scope(PUBLIC):
        (entry,) = timeline(publicity.chain)
        assert (entry.verb, entry.actor_name, entry.content["entries"], entry.snapshot_id) == (
            "publish_list",
            "示例市工业和信息化局",
            2,
            publicity.digest,
        )


def test_it_is_open_for_five_working_days_counted_from_the_next(
    round_: cases.Round, waiting: list[Case]
) -> None:
    publicity = publish(round_, waiting)
    assert (publicity.period.lower, publicity.period.upper) == (LISTED_ON_TUESDAY, FIVE_WORKING_DAYS_OVER)


def test_an_office_may_keep_it_open_longer_but_not_shorter(round_: cases.Round, waiting: list[Case]) -> None:
    with pytest.raises(Refused) as refused:
        publish(round_, waiting, closes_at=FIVE_WORKING_DAYS_OVER - SECOND)
    assert refused.value.code == "publicity_too_short"
    longer = FIVE_WORKING_DAYS_OVER + timedelta(days=1)
    assert publish(round_, waiting, closes_at=longer).period.upper == longer


def test_it_may_open_later_but_not_earlier(round_: cases.Round, waiting: list[Case]) -> None:
    with pytest.raises(Refused) as refused:
        publish(round_, waiting, opens_at=round_.at - SECOND)
    assert refused.value.code == "publicity_opens_in_the_past"
    publicity = publish(round_, waiting, opens_at=round_.at + timedelta(days=1))
    assert publicity.period.upper == FIVE_WORKING_DAYS_OVER + timedelta(days=1)
    with scope(PUBLIC):
        assert not lists_open(round_.at)
        assert list(lists_open(round_.at + timedelta(days=1))) == [publicity]


def test_one_case_that_moved_keeps_the_whole_list_back_and_is_named(
    round_: cases.Round, waiting: list[Case]
) -> None:
    versions = cases.seen(waiting)
    moved = waiting[1]
    withdraw(actor=round_.firms[2], case_id=moved.pk, expected_version=None, reason="另有安排", at=round_.at)
    with pytest.raises(Refused) as refused:
        publish_list(
            actor=round_.city, batch_id=round_.batch.pk, case_versions=versions, text=LIST, at=round_.at
        )
    assert (refused.value.code, refused.value.values["number"]) == ("case_moved", moved.number)
    assert moved.number in sentence(refused.value)
    assert cases.again(waiting[0]).status == CaseStatus.PASSED
    with scope(PUBLIC):
        assert not public_lists()


def test_credit_is_looked_up_again_before_the_list(round_: cases.Round, waiting: list[Case]) -> None:
    """信用查询 10 日内有效: on the tenth day it still is, on the eleventh it is not."""
    round_.later(timedelta(days=11))
    with pytest.raises(Refused) as refused:
        publish(round_, waiting)
    assert refused.value.code == "credit_check_too_old"
    assert waiting[0].number in sentence(refused.value)
    round_.later(timedelta(days=-1))
    assert publish(round_, waiting).status == ListStatus.OPEN


def test_a_firm_on_the_dishonest_list_is_not_listed(round_: cases.Round, waiting: list[Case]) -> None:
    record_credit_check(
        actor=round_.city,
        case_id=waiting[1].pk,
        source="credit_china",
        checked_on=legal_day(round_.at),
        result="dishonest",
        note="2026年3月12日列入",
        at=round_.at,
    )
    with pytest.raises(Refused) as refused:
        publish(round_, waiting)
    assert (refused.value.code, refused.value.values["number"]) == ("act_incomplete", waiting[1].number)


def test_later_cases_are_added_by_a_supplementary_list(
    round_: cases.Round, waiting: list[Case], western: list[Case]
) -> None:
    for case in waiting:
        cases.checked(round_, round_.city, case)
    first = publish(round_, waiting)
    second = publish(round_, western, title="补充公示", supplements_id=first.pk)
    assert (first.version, first.supplements, second.version, second.supplements) == (1, None, 2, first)
    with scope(PUBLIC):
        assert [(one.version, one.supplements) for one in public_lists()] == [(2, first), (1, None)]
        assert json.loads(list_document(second.token))["supplements"] == LIST.title


def test_a_list_supplements_only_one_of_its_own_batch(round_: cases.Round, waiting: list[Case]) -> None:
    with pytest.raises(Refused) as refused:
        publish(round_, waiting, supplements_id=999)
    assert refused.value.code == "publicity_supplements_another_batch"


def test_a_list_says_what_it_is_and_whom_to_call(
    round_: cases.Round, waiting: list[Case], subtests: pytest.Subtests
) -> None:
    for changes, code in (
        ({"title": " "}, "publicity_without_title"),
        ({"contact": " "}, "publicity_without_contact"),
    ):
        with subtests.test(code):
            with pytest.raises(Refused) as refused:
                publish(round_, waiting, **changes)
            assert refused.value.code == code


def test_no_list_without_firms(round_: cases.Round) -> None:
    with pytest.raises(Refused) as refused:
        publish(round_, [])
    assert refused.value.code == "no_case_chosen"


def test_only_who_signs_at_the_city_publishes(
    round_: cases.Round, waiting: list[Case], subtests: pytest.Subtests
) -> None:
    for who, actor, code in (
        ("clerk", replace(round_.city, roles=frozenset({"clerk"})), "publicity_not_allowed"),
        (
            "auditor",
            replace(round_.city, kind="auditor", roles=frozenset({"auditor"})),
            "publicity_not_allowed",
        ),
        ("firm", round_.firms[1], "publicity_not_allowed"),
        ("district", round_.east, "act_not_allowed"),
    ):
        with subtests.test(who):
            with pytest.raises(Refused) as refused:
                publish_list(
                    actor=actor,
                    batch_id=round_.batch.pk,
                    case_versions=cases.seen(waiting),
                    text=LIST,
                    at=round_.at,
                )
            assert refused.value.code == code


def test_the_list_is_closed_at_the_second_its_period_is_over(
    round_: cases.Round, waiting: list[Case]
) -> None:
    publicity = publish(round_, waiting)
    with pytest.raises(Refused) as refused:
        close_list(actor=round_.city, list_id=publicity.pk, at=period_over(publicity) - SECOND)
    assert refused.value.code == "publicity_period_not_over"
    closed = close_list(actor=round_.city, list_id=publicity.pk, at=period_over(publicity))
    assert (closed.status, closed.closed_at) == (ListStatus.CLOSED, FIVE_WORKING_DAYS_OVER)
    assert {entry_of(case).status for case in waiting} == {EntryStatus.CLEARED}
    assert {cases.again(case).stage for case in waiting} == {"city-report"}


def test_a_closed_list_is_not_closed_again(round_: cases.Round, waiting: list[Case]) -> None:
    publicity = publish(round_, waiting)
    close_list(actor=round_.city, list_id=publicity.pk, at=period_over(publicity))
    with pytest.raises(Refused) as refused:
        close_list(actor=round_.city, list_id=publicity.pk, at=period_over(publicity))
    assert refused.value.code == "publicity_already_closed"


def test_only_the_publishing_office_closes(
    round_: cases.Round, waiting: list[Case], subtests: pytest.Subtests
) -> None:
    publicity = publish(round_, waiting)
    for who, actor in (
        ("province", round_.province),
        ("district", round_.east),
        ("auditor", replace(round_.city, kind="auditor", roles=frozenset({"auditor"}))),
    ):
        with subtests.test(who):
            with pytest.raises(Refused) as refused:
                close_list(actor=actor, list_id=publicity.pk, at=period_over(publicity))
            # a list that one may read but not change cannot be locked, and is as good as unknown
            assert refused.value.code == "publicity_list_unknown"
    assert {entry_of(case).status for case in waiting} == {EntryStatus.LISTED}


def test_an_entry_with_an_undecided_objection_stays_and_the_rest_go_on(
    round_: cases.Round, waiting: list[Case]
) -> None:
    publicity = publish(round_, waiting)
    object_to(round_, waiting[0])
    close_list(actor=round_.city, list_id=publicity.pk, at=period_over(publicity))
    assert [entry_of(case).status for case in waiting] == [EntryStatus.LISTED, EntryStatus.CLEARED]
    with scope(PUBLIC):
        entry = timeline(publicity.chain).last()
        assert entry is not None
        assert (entry.content["cleared"], entry.content["waiting"]) == (1, 1)


def test_a_firm_that_withdrew_meanwhile_is_shown_so(round_: cases.Round, waiting: list[Case]) -> None:
    publicity = publish(round_, waiting)
    withdraw(
        actor=round_.firms[1], case_id=waiting[0].pk, expected_version=None, reason="放弃申报", at=round_.at
    )
    close_list(actor=round_.city, list_id=publicity.pk, at=period_over(publicity))
    assert [entry_of(case).status for case in waiting] == [EntryStatus.WITHDRAWN, EntryStatus.CLEARED]


def test_the_entry_says_at_once_that_its_firm_withdrew(round_: cases.Round, waiting: list[Case]) -> None:
    from tidu.database.scope import SYSTEM

    publish(round_, waiting)
    for _ in range(2):
        note_withdrawal(actor=SYSTEM, case_id=waiting[0].pk, at=round_.at)
    assert [entry_of(case).status for case in waiting] == [EntryStatus.WITHDRAWN, EntryStatus.LISTED]


@pytest.mark.parametrize("firms", [1, 2])
def test_lists_and_entries_are_read_in_a_constant_number_of_queries(
    round_: cases.Round, waiting: list[Case], firms: int, django_assert_num_queries: Any
) -> None:
    publicity = publish(round_, waiting[:firms])
    with scope(PUBLIC):
        with django_assert_num_queries(1):
            assert [(one.office.name, one.batch.notice.title, one.firms) for one in public_lists()]
        with django_assert_num_queries(1):
            assert len([entry.firm_name for entry in list_entries(publicity)]) == firms


def test_a_list_is_found_by_a_firm_on_it(
    round_: cases.Round, waiting: list[Case], western: list[Case]
) -> None:
    for case in waiting:
        cases.checked(round_, round_.city, case)
    publish(round_, waiting)
    there = publish(round_, western, title="补充公示")
    with scope(PUBLIC):
        assert list(public_lists(search="第3精密")) == [there]
        assert list(public_lists(search=western[0].firm.uscc)) == [there]
        assert not public_lists(search="第4精密")
