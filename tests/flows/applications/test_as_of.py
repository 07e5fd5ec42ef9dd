"""截至日: to which day 近三年 and the validity of certificates are counted, as the notice reads."""

from datetime import date

import pytest
from tests.journeys.city import City, moment, open_city

from tidu.applications.actions import receive, resubmit, return_for_mending, save_field
from tidu.applications.contents import Submitted, judge
from tidu.applications.models import Case, CaseField
from tidu.database.scope import SYSTEM, scope

pytestmark = pytest.mark.django_db

OPENED, SUBMITTED, MUCH_LATER = "2026-03-02 09:00", "2026-03-03 09:00", "2028-07-01 09:00"


def as_of(city: City, case: Case, at: str) -> date | None:
    _, actor = city.firms[1]
    with scope(actor):
        return judge(city.now(case), at=moment(at)).as_of


def test_a_draft_is_judged_as_of_the_day_on_which_one_looks() -> None:
    city = open_city()
    city.firm(1)
    draft = city.fill(1, 1, OPENED)
    assert as_of(city, draft, OPENED) == date(2026, 3, 2)
    assert as_of(city, draft, SUBMITTED) == date(2026, 3, 3)


def test_once_submitted_the_verdict_is_the_same_whenever_one_looks() -> None:
    city = open_city()
    case = city.apply(1, 1, SUBMITTED, shape="route")
    with scope(city.east):
        then, later = (Submitted(case, at=moment(at)).verdict.as_json() for at in (SUBMITTED, MUCH_LATER))
    assert then == later
    assert then["as_of"] == "2026-03-03"
    assert as_of(city, case, MUCH_LATER) == date(2026, 3, 3)


def test_mending_later_changes_no_day() -> None:
    city = open_city()
    case = city.apply(1, 1, SUBMITTED)
    receive(actor=city.east, case_id=case.pk, expected_version=None, at=moment("2026-03-10 09:00"))
    return_for_mending(
        actor=city.east,
        case_id=case.pk,
        expected_version=None,
        comment="请核对。",
        fields=["rd_expense"],
        evidence=[],
        at=moment("2026-03-10 09:00"),
    )
    _, actor = city.firms[1]
    with scope(SYSTEM):
        version = CaseField.objects.get(case=case, fact="rd_expense", period=2025).version
    save_field(
        actor=actor,
        case_id=case.pk,
        fact="rd_expense",
        period=2025,
        raw="430",
        expected_version=version,
        at=moment("2026-03-15 09:00"),
    )
    case = resubmit(
        actor=actor, case_id=case.pk, expected_version=None, declared=True, at=moment("2026-03-16 09:00")
    )
    with scope(city.east):
        assert Submitted(case, at=moment(MUCH_LATER)).verdict.as_of == date(2026, 3, 3)


def test_a_notice_may_count_to_the_last_day_of_its_batch() -> None:
    city = open_city(as_of="window")
    city.firm(1)
    draft = city.fill(1, 1, OPENED)
    assert as_of(city, draft, OPENED) == date(2026, 3, 31)
    assert as_of(city, city.submit(1, draft, SUBMITTED), MUCH_LATER) == date(2026, 3, 31)
