"""An office closes with an empty desk, and nothing is put on the desk of one that has closed."""

import pytest
from tests import cases, scene
from tests.flows.publicity.publishing import object_to, publish

from tidu.applications.actions import hand_over, withdraw
from tidu.database.scope import SYSTEM, scope
from tidu.inspections.actions import plan_inspection
from tidu.law.refusals import Refused, sentence
from tidu.offices.actions import NewOffice, close_office, move_area, open_office
from tidu.offices.enums import Level
from tidu.offices.models import Office
from tidu.offices.queries import office_by_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(opened_round: cases.Round) -> cases.Round:
    return opened_round


def office(code: str) -> Office:
    with scope(SYSTEM):
        return office_by_code(code)


def leave_the_area(round_: cases.Round) -> None:
    """The western office serves the eastern area from now on; cases under way stay where they are."""
    move_area(actor=SYSTEM, area=scene.area(scene.EAST), office=office(scene.WEST), at=round_.at)


def left_over(round_: cases.Round) -> str:
    with pytest.raises(Refused) as refused:
        close_office(actor=SYSTEM, office=office(scene.EAST), at=round_.at)
    assert refused.value.code == "office_still_works"
    return sentence(refused.value)


def test_office_with_a_case_on_its_desk_does_not_close_until_it_is_handed_over(round_: cases.Round) -> None:
    case, other = cases.submitted(round_, 1), cases.submitted(round_, 2)
    cases.submitted(round_, 3, area_code=scene.WEST)
    leave_the_area(round_)
    assert "未办结的案件 2 件" in left_over(round_)
    west = office(scene.WEST)
    hand_over(
        actor=round_.east, case_id=case.pk, expected_version=None, office_id=west.pk, comment="属地调整",
        at=round_.at,
    )  # fmt: skip
    assert "未办结的案件 1 件" in left_over(round_)
    withdraw(actor=round_.firms[2], case_id=other.pk, expected_version=None, reason="不再申报", at=round_.at)
    assert close_office(actor=SYSTEM, office=office(scene.EAST), at=round_.at).closed_at == round_.at


def test_office_with_a_planned_visit_of_an_ended_case_does_not_close(round_: cases.Round) -> None:
    case = cases.submitted(round_)
    plan_inspection(actor=round_.east, case_id=case.pk, at=round_.at)
    withdraw(actor=round_.firms[1], case_id=case.pk, expected_version=None, reason="不再申报", at=round_.at)
    leave_the_area(round_)
    assert "未登记结果的实地核查 1 件" in left_over(round_)


def test_office_with_an_objection_to_decide_does_not_close(round_: cases.Round) -> None:
    """One that complains of the city lies with the province, on which no case lies."""
    (case,) = cases.to_publicity(round_)
    publish(round_, [case])
    object_to(round_, case, complained_office_id=round_.city.office_id)
    with scope(SYSTEM):
        Office.objects.filter(parent=round_.province.office_id).update(parent=None)
    with pytest.raises(Refused) as refused:
        close_office(actor=SYSTEM, office=office(scene.PROVINCE), at=round_.at)
    assert "还有未办结的异议 1 件，不能停用" in sentence(refused.value)


def test_case_is_not_handed_over_to_an_office_that_has_closed(round_: cases.Round) -> None:
    case = cases.submitted(round_)
    new = NewOffice(code="shili-new", name="示例新区经济发展局", level=Level.COUNTY, is_demonstration=True)
    closed = open_office(actor=SYSTEM, office=new, parent=office(scene.CITY), at=round_.at)
    close_office(actor=SYSTEM, office=closed, at=round_.at)
    with pytest.raises(Refused, match="hand_over_to_nobody"):
        hand_over(
            actor=round_.east, case_id=case.pk, expected_version=None, office_id=closed.pk,
            comment="属地调整", at=round_.at,
        )  # fmt: skip
    assert cases.again(case).office_id == round_.east.office_id
