"""每日进展: what came in, went up and was refused, by prefecture and by legal day."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries
from tests import cases, scene

from tidu.applications.actions import receive, refuse
from tidu.applications.models import Case
from tidu.applications.queries import Day, Pace, pace
from tidu.database.scope import Actor, scope
from tidu.law.calendars import legal_day
from tidu.offices.queries import office_by_id

pytestmark = pytest.mark.django_db


def seen_by(actor: Actor, round_: cases.Round) -> Pace:
    with scope(actor):
        return pace(office_by_id(actor.office_id or 0), round_.batch)


def by_office(found: Pace) -> dict[str, Day]:
    """Those with which anything happened."""
    return {one.code: found.of_office(one) for one in found.offices if found.of_office(one)}


def test_days_are_those_of_beijing(round_: cases.Round) -> None:
    round_.at = cases.SUBMITTED.replace(hour=15, minute=59)
    cases.submitted(round_, 1)
    round_.at += timedelta(minutes=1)
    cases.submitted(round_, 2)

    assert seen_by(round_.city, round_).days == (date(2026, 3, 16), date(2026, 3, 17))


def test_the_city_counts_by_district_what_came_in_went_up_and_was_refused(round_: cases.Round) -> None:
    sent = [cases.passed(round_, round_.east, cases.submitted(round_, number)) for number in (1, 2)]
    refused = cases.submitted(round_, 3)
    receive(actor=round_.east, case_id=refused.pk, expected_version=None, at=round_.at)
    refuse(actor=round_.east, case_id=refused.pk, expected_version=None, comment="不符合", at=round_.at)
    cases.submitted(round_, 4, area_code=scene.WEST)
    day = legal_day(round_.at)
    cases.recommended(round_, round_.east, sent)

    found = seen_by(round_.city, round_)

    assert by_office(found) == {scene.EAST: Day(3, 2, 1), scene.WEST: Day(1, 0, 0)}
    assert found.of_day(day) == Day(4, 0, 1)
    assert found.of_day(day + timedelta(days=1)) == Day(0, 2, 0)


def test_the_province_counts_a_city_with_all_its_districts_and_as_sent_what_the_city_sent(
    round_: cases.Round,
) -> None:
    sent = cases.passed(round_, round_.east, cases.submitted(round_, 1))
    cases.submitted(round_, 2, area_code=scene.WEST)
    cases.recommended(round_, round_.east, [sent])

    assert by_office(seen_by(round_.province, round_)) == {scene.CITY: Day(2, 0, 0)}


def test_a_district_has_nobody_below(round_: cases.Round) -> None:
    cases.submitted(round_, 1)

    assert not seen_by(round_.east, round_).total


def test_one_case_takes_four_queries(
    round_: cases.Round, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cases.submitted(round_)
    takes_four_queries(round_, 1, django_assert_num_queries)


def test_fifty_cases_take_the_four_queries_of_one(
    round_: cases.Round, fifty_cases: list[Case], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    takes_four_queries(round_, len(fifty_cases), django_assert_num_queries)


def takes_four_queries(round_: cases.Round, count: int, queries: DjangoAssertNumQueries) -> None:
    with scope(round_.city):
        office = office_by_id(round_.city.office_id or 0)
        with queries(4):
            assert pace(office, round_.batch).total.received == count
