"""The firm is told what arrived and what is lacking; nobody else is."""

import pytest
from tests import cases, papers
from tests.papers import ALL, BOUND

from tidu.aftermath.actions import follow_all
from tidu.applications.models import Case
from tidu.database.scope import SYSTEM, scope
from tidu.deliveries.actions import Brought, correct_papers
from tidu.law.notices.papers import Counted
from tidu.messages.models import Message

pytestmark = pytest.mark.django_db


def told(round_: cases.Round) -> list[tuple[int | None, str]]:
    """What has been said of paper, to which firm."""
    follow_all(round_.at)
    with scope(SYSTEM):
        said = Message.objects.filter(subject__contains="纸质材料").order_by("pk")
        return [(one.firm_id, one.body) for one in said]


def test_the_firm_hears_what_is_lacking_and_of_the_correction(round_: cases.Round, case: Case) -> None:
    cases.submitted(round_, 2)
    receipt = papers.counted(round_, papers.arrived(round_), case, Brought({**ALL, BOUND.id: Counted(1)}))
    correct_papers(
        actor=round_.city, receipt_id=receipt.pk, brought=Brought(ALL), reason="数漏一份", at=round_.at
    )
    lacking, whole = told(round_)
    assert lacking[0] == whole[0] == case.firm_id
    assert lacking[1].startswith("示例市工业和信息化局于 ")
    assert "登记收到贵企业的纸质材料：不齐，还缺：自评表和佐证材料" in lacking[1]
    assert "现为：已收齐" in whole[1]


def test_the_firm_hears_that_late_paper_is_not_accepted_and_why(round_: cases.Round, case: Case) -> None:
    round_.at = cases.SUBMITTED.replace(month=4, day=12)
    papers.counted(round_, papers.arrived(round_), case)
    ((firm, said),) = told(round_)
    assert firm == case.firm_id
    assert "逾期收到，不予受理（依据通知：请各区市县" in said
