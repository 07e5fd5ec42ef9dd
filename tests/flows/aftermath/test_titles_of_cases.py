"""What becomes of titles: announced cases are granted one; failed and missed re-reviews end one."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests import cases, rounds
from tests.flows.aftermath.holding import Holder, hold
from tests.flows.publicity.publishing import announced, period_over, publish
from tests.plugins.beginnings import beginning

from tidu.aftermath.actions import follow_all, lapse_unrenewed
from tidu.applications.actions import receive, refuse, withdraw
from tidu.applications.models import Case
from tidu.database.scope import PUBLIC, scope
from tidu.documents.lists import announcement_table
from tidu.law.calendars import parse_moment, start_of
from tidu.publicity.actions import close_list
from tidu.publicity.models import AnnouncementEntry
from tidu.publicity.queries import announcement_document
from tidu.records.queries import timeline
from tidu.titles.enums import TitleStatus
from tidu.titles.queries import held, last_day, title_of_case

pytestmark = pytest.mark.django_db

WINDOW_CLOSES = parse_moment("2026-03-31 24:00")
VALIDITY_ENDS = start_of(date(2026, 5, 1))
SECOND = timedelta(seconds=1)


@beginning
def holder(opened_round: cases.Round) -> Holder:
    return hold(opened_round)


def recognised(round_: cases.Round, case: Case) -> Case:
    """The case through every stage, to its announcement."""
    case = cases.passed(round_, round_.east, case)
    cases.recommended(round_, round_.east, [case])
    case = cases.passed(round_, round_.city, case)
    cases.checked(round_, round_.city, case)
    publicity = publish(round_, [case])
    round_.at = period_over(publicity)
    close_list(actor=round_.city, list_id=publicity.pk, at=round_.at)
    cases.to_announcement(round_, [case])
    announced(round_, [case])
    return cases.again(case)


def test_an_announced_case_is_granted_its_title_for_three_years(round_: cases.Round) -> None:
    case = recognised(round_, cases.submitted(round_))
    follow_all(round_.at)
    with scope(PUBLIC):
        title = title_of_case(case.number)
        assert title is not None
        announced_on = title.announced_on
        assert (title.validity.lower, last_day(title)) == (
            announced_on,
            announced_on.replace(year=announced_on.year + 3) - timedelta(days=1),
        )
        assert (title.announcement, title.batch_code, title.standard) == (
            "示省工信公告〔2026〕7号", "2026-1", "2022-innovative-liaoning",
        )  # fmt: skip
        assert held(case.firm, at=round_.at) == [title]


def test_a_title_that_ran_out_is_re_reviewed_until_its_window_closes(round_: cases.Round) -> None:
    """对应批次截止前仍可申请: it ran out on 14 March, its batch takes applications until the 31st."""
    holder = hold(round_, until=date(2026, 3, 14))
    case = cases.submitted_by(round_, holder.actor, kind="re_review")
    assert case.title == holder.title
    recognised(round_, case)
    follow_all(round_.at)
    lapse_unrenewed(at=round_.at)
    with scope(PUBLIC):
        (renewed,) = holder.title.renewals.all()
        entry = AnnouncementEntry.objects.get(case=case)
        assert announcement_table(entry.announcement, [entry]).rows[0]["valid_from"] == entry.valid_from
        assert renewed.validity.lower == entry.valid_from == date(2026, 3, 15)
        entries = json.loads(announcement_document(entry.announcement.token))["entries"]
    assert [one["valid_from"] for one in entries] == ["2026-03-15"]
    with scope(holder.actor):
        said = timeline(case.chain).last()
    assert said is not None
    assert said.content["valid_from"] == "2026-03-15"
    assert holder.standing() == (TitleStatus.IN_FORCE, None, "")


def test_a_title_that_ran_out_and_was_not_applied_for_lapses_with_its_window(round_: cases.Round) -> None:
    holder = hold(round_, until=date(2026, 3, 14))
    assert lapse_unrenewed(at=WINDOW_CLOSES - SECOND) == []
    assert lapse_unrenewed(at=WINDOW_CLOSES) == [holder.title]
    assert holder.standing()[1] == date(2026, 4, 1)


def test_a_passed_re_review_continues_the_title_without_a_gap(round_: cases.Round, holder: Holder) -> None:
    recognised(round_, cases.submitted_by(round_, holder.actor, kind="re_review"))
    follow_all(round_.at)
    lapse_unrenewed(at=VALIDITY_ENDS + timedelta(days=30))
    with scope(PUBLIC):
        (renewed,) = holder.title.renewals.all()
        assert renewed.validity.lower == date(2026, 5, 1)
        assert held(holder.title.firm, at=VALIDITY_ENDS - SECOND) == [holder.title]
        assert held(holder.title.firm, at=VALIDITY_ENDS) == [renewed]
    assert holder.standing() == (TitleStatus.IN_FORCE, None, "")


def test_a_refused_re_review_ends_the_title_with_the_decision(round_: cases.Round, holder: Holder) -> None:
    """未通过复核的企业，相应称号自动失效。"""
    case = cases.submitted_by(round_, holder.actor, kind="re_review")
    receive(actor=round_.east, case_id=case.pk, expected_version=None, at=round_.at)
    refuse(
        actor=round_.east, case_id=case.pk, expected_version=None, comment="不再符合标准。", at=round_.later()
    )
    follow_all(round_.at)
    assert holder.standing() == (TitleStatus.LAPSED, date(2026, 3, 17), "未通过复核，称号自动失效")


def test_a_title_not_applied_for_lapses_by_itself_when_window_and_validity_are_over(
    round_: cases.Round, holder: Holder
) -> None:
    """未按期申请复核的企业，相应称号自动失效。本系统理解: the later of the two ends."""
    assert lapse_unrenewed(at=WINDOW_CLOSES) == []
    assert lapse_unrenewed(at=VALIDITY_ENDS - SECOND) == []
    assert lapse_unrenewed(at=VALIDITY_ENDS) == [holder.title]
    assert holder.standing() == (TitleStatus.LAPSED, date(2026, 5, 1), "未按期申请复核，称号自动失效")


def test_the_timer_run_twice_is_one_lapse(round_: cases.Round, holder: Holder) -> None:
    lapse_unrenewed(at=VALIDITY_ENDS)
    assert lapse_unrenewed(at=VALIDITY_ENDS + timedelta(hours=1)) == []
    with scope(PUBLIC):
        assert [entry.verb for entry in timeline(holder.title.chain)] == ["enter_existing_title", "lapse"]


@pytest.mark.parametrize("ran_at", [VALIDITY_ENDS, VALIDITY_ENDS + timedelta(days=3)])
def test_a_late_timer_still_names_the_day_on_which_the_title_lapsed(
    round_: cases.Round, holder: Holder, ran_at: datetime
) -> None:
    lapse_unrenewed(at=ran_at)
    assert holder.standing()[1] == date(2026, 5, 1)


def test_a_title_whose_re_review_is_under_way_waits_for_it(round_: cases.Round, holder: Holder) -> None:
    cases.submitted_by(round_, holder.actor, kind="re_review")
    assert lapse_unrenewed(at=VALIDITY_ENDS + timedelta(days=30)) == []
    assert holder.standing()[0] == TitleStatus.IN_FORCE


def test_a_withdrawn_re_review_counts_as_none(round_: cases.Round, holder: Holder) -> None:
    case = cases.submitted_by(round_, holder.actor, kind="re_review")
    withdraw(actor=holder.actor, case_id=case.pk, expected_version=None, reason="不再申请", at=round_.later())
    follow_all(round_.at)
    assert holder.standing()[0] == TitleStatus.IN_FORCE
    assert lapse_unrenewed(at=VALIDITY_ENDS) == [holder.title]
    assert holder.standing()[2] == "未按期申请复核，称号自动失效"


def test_another_reading_lets_a_missed_title_lapse_when_the_window_closes(
    holder: Holder, round_: cases.Round
) -> None:
    text = rounds.notice_of_shili()
    readings = tuple(
        replace(one, value="window") if one.id == "re_review_missed_lapse" else one for one in text.readings
    )
    rounds.publish(round_.city, notice=replace(text, id="shili-window", readings=readings))
    assert lapse_unrenewed(at=WINDOW_CLOSES - SECOND) == []
    assert lapse_unrenewed(at=WINDOW_CLOSES) == [holder.title]
    assert holder.standing()[1] == date(2026, 4, 1)
