"""What keeps each case from going on, by the rules of the door, in as many queries for one as for fifty."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cases, scene
from tests.flows.applications.unfinished import draft, returned

from tidu.applications.actions import pass_review, receive
from tidu.applications.models import Case
from tidu.applications.queries import blocked, blocks_of, standings
from tidu.database.scope import Actor, scope
from tidu.inspections.actions import plan_inspection, record_credit_check
from tidu.law.calendars import legal_day
from tidu.law.refusals import Refused
from tidu.programmes.queries import procedure_of

pytestmark = pytest.mark.django_db


def labels(round_: cases.Round, actor: Actor, *offices: Actor) -> dict[str, list[str]]:
    """By case what is written beside it."""
    procedure = procedure_of(round_.batch)
    with scope(actor):
        found = standings(
            batch_id=round_.batch.pk,
            procedure=procedure,
            offices=[one.office_id or 0 for one in offices or (actor,)],
        )
        rows = list(blocked(batch_id=round_.batch.pk, procedure=procedure, found=found))
        counted = Counter({block.label: 0 for one in found for block in one.blocks})
        for one in found:
            counted.update({block.label: one.cases for block in one.blocks})
    written = {row.case.number: [block.label for block in blocks_of(row, procedure)] for row in rows}
    assert counted == Counter(label for each in written.values() for label in each)
    return written


def received(round_: cases.Round, number: int) -> Case:
    case = cases.submitted(round_, number)
    receive(actor=round_.east, case_id=case.pk, expected_version=None, at=round_.at)
    return case


def test_everything_that_is_lacking_is_named(round_: cases.Round) -> None:
    fresh, opened = cases.submitted(round_, 1), received(round_, 2)
    looked_up = received(round_, 3)
    cases.checked(round_, round_.east, looked_up)
    drawn = received(round_, 4)
    cases.checked(round_, round_.east, drawn)
    plan_inspection(actor=round_.east, case_id=drawn.pk, at=round_.at)
    mending = returned(round_, 5)
    passed = cases.passed(round_, round_.east, cases.submitted(round_, 6))

    assert labels(round_, round_.east) == {
        fresh.number: ["未受理", "未查信用"],
        opened.number: ["未查信用"],
        looked_up.number: ["待作出审核决定"],
        drawn.number: ["实地核查未完成"],
        mending.number: ["等企业补正"],
        passed.number: ["未行文推荐"],
    }


def test_what_is_held_up_by_a_record_says_so_and_not_that_nobody_looked(round_: cases.Round) -> None:
    case = received(round_, 1)
    record_credit_check(
        actor=round_.east, case_id=case.pk, source="credit_china", checked_on=legal_day(round_.at),
        result="abnormal", note="2025年列入经营异常名录", at=round_.at,
    )  # fmt: skip

    assert labels(round_, round_.east) == {case.number: ["信用查询有异常记录"]}


@pytest.mark.parametrize(
    ("number", "said", "lacking"),
    [
        (1, ["未受理", "未查信用"], ["已受理", "信用查询记录"]),
        (2, ["未查信用"], ["信用查询记录"]),
        (3, ["待作出审核决定"], []),
        (4, ["实地核查未完成"], ["实地核查记录"]),
    ],
)
def test_the_board_says_of_a_case_what_the_door_would_say(
    round_: cases.Round, number: int, said: list[str], lacking: list[str]
) -> None:
    """Whatever of receipt, look-up and visit is lacking: blocked on the board, refused at the door."""
    case = cases.submitted(round_, 1)
    if number > 1:
        receive(actor=round_.east, case_id=case.pk, expected_version=None, at=round_.at)
    if number > 2:
        cases.checked(round_, round_.east, case)
    if number > 3:
        plan_inspection(actor=round_.east, case_id=case.pk, at=round_.at)

    (written,) = labels(round_, round_.east).values()

    assert written == said
    if lacking:
        with pytest.raises(Refused, match="act_incomplete") as caught:
            pass_(round_, case)
        assert caught.value.values["lacking"] == lacking
    else:
        assert pass_(round_, case).stage == "county-recommend"


def pass_(round_: cases.Round, case: Case) -> Case:
    return pass_review(
        actor=round_.east, case_id=case.pk, expected_version=None, comment="同意", at=round_.at
    )


def test_at_the_city_publicity_report_and_objections_are_waited_for(round_: cases.Round) -> None:
    (case,) = cases.to_publicity(round_)

    assert labels(round_, round_.city) == {case.number: ["未公示"]}


def test_the_city_sees_what_lies_with_its_districts_and_a_district_nothing_of_its_neighbour(
    round_: cases.Round,
) -> None:
    east, west = cases.submitted(round_, 1), cases.submitted(round_, 2, area_code=scene.WEST)
    draft(round_, 3)

    assert set(labels(round_, round_.city, round_.east, round_.west)) == {east.number, west.number}
    assert set(labels(round_, round_.east, round_.east, round_.west)) == {east.number}


def test_one_case_takes_two_queries(round_: cases.Round) -> None:
    cases.submitted(round_)
    two_queries_say_what_is_lacking(round_, 1)


def test_fifty_cases_take_the_two_queries_of_one(round_: cases.Round, fifty_cases: list[Case]) -> None:
    two_queries_say_what_is_lacking(round_, len(fifty_cases))


def two_queries_say_what_is_lacking(round_: cases.Round, count: int) -> None:
    procedure = procedure_of(round_.batch)

    with scope(round_.east), CaptureQueriesContext(connection) as caught:
        offices = [round_.east.office_id or 0]
        found = standings(batch_id=round_.batch.pk, procedure=procedure, offices=offices)
        rows = list(blocked(batch_id=round_.batch.pk, procedure=procedure, found=found, block="receipt"))
        assert [blocks_of(row, procedure)[0].id for row in rows] == ["receipt"] * count
    assert len(caught) == 2
