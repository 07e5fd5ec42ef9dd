"""What an action wrote before it was refused is gone, though the page that called it commits."""

import pytest
from tests import cases

from tidu.applications.actions import LetterText, recommend, return_for_mending
from tidu.applications.models import Case, Correction, Letter
from tidu.database.scope import SYSTEM, scope
from tidu.law.calendars import legal_day
from tidu.law.refusals import Refused
from tidu.records.models import Entry

pytestmark = pytest.mark.django_db


def entries(case: Case) -> list[str]:
    with scope(SYSTEM):
        return list(Entry.objects.filter(chain=case.chain).order_by("seq").values_list("verb", flat=True))


def test_a_request_to_mend_that_is_refused_asks_nobody_for_anything(round_: cases.Round) -> None:
    case = cases.submitted(round_)
    with scope(round_.east):
        with pytest.raises(Refused, match="act_incomplete"):
            return_for_mending(
                actor=round_.east,
                case_id=case.pk,
                expected_version=None,
                comment="研发费用与审计报告不一致。",
                fields=["rd_expense"],
                evidence=[],
                at=round_.at,
            )
        assert not Correction.objects.exists()
    assert cases.again(case).version == case.version
    assert entries(case) == ["open", "submit"]


def test_a_letter_that_one_case_stops_carries_none(round_: cases.Round) -> None:
    ready = cases.passed(round_, round_.east, cases.submitted(round_, 1))
    waiting = cases.submitted(round_, 2)
    letter = LetterText("示区工信〔2026〕1号", legal_day(round_.at), cases.scan(round_.east), cases.UNDRAWN)
    with scope(round_.east):
        with pytest.raises(Refused, match="act_not_allowed"):
            recommend(
                actor=round_.east,
                batch_id=round_.batch.pk,
                case_versions=cases.seen([ready, waiting]),
                letter=letter,
                at=round_.later(),
            )
        assert not Letter.objects.exists()
    assert cases.again(ready).status == ready.status
    assert entries(ready)[-1] == "pass_review"
