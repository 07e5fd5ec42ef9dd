"""受理: when the office took a case up is noted once in each round, and stays."""

from datetime import timedelta

import pytest
from django.test import Client
from tests import cases
from tests.flows.portals_office.desk import signed_in
from tests.plugins.beginnings import beginning

from tidu.applications.actions import receive
from tidu.applications.models import Case, CaseStage, Correction
from tidu.database.scope import SYSTEM, scope
from tidu.law.calendars import parse_moment
from tidu.law.notices import Change, Corrigendum
from tidu.law.refusals import Refused, sentence
from tidu.programmes.actions import issue_corrigendum

pytestmark = pytest.mark.django_db


@beginning
def received(opened_round: cases.Round, case: Case) -> Case:
    return receive(actor=opened_round.east, case_id=case.pk, expected_version=None, at=opened_round.at)


def test_the_moment_of_receipt_stays(round_: cases.Round, received: Case) -> None:
    first = round_.at
    with pytest.raises(Refused, match="received_already") as refused:
        receive(actor=round_.east, case_id=received.pk, expected_version=None, at=round_.later())
    assert "已于 2026年3月16日 09:00 受理" in sentence(refused.value)
    with scope(SYSTEM):
        assert CaseStage.objects.get(case=received).received_at == first


def test_the_page_asks_to_mend_by_the_newest_text_of_the_notice(
    round_: cases.Round, received: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A corrigendum gave firms 20 days instead of 10 after the case was opened."""
    change = Corrigendum("更正一", "照顾企业", (Change("readings.mending_days", 20),))
    with scope(round_.city):
        issue_corrigendum(
            actor=round_.city, notice_id=round_.batch.notice_id, corrigendum=change, at=round_.at
        )
    monkeypatch.setattr("django.utils.timezone.now", lambda: round_.at + timedelta(minutes=1))
    east: Client = signed_in(round_.east)
    answer = east.post(
        f"/office/cases/{received.pk}/return/",
        {"version": received.version, "comment": "请补充审计报告。", "marks": ["revenue:2025"]},
    )
    assert answer.status_code == 302
    with scope(SYSTEM):
        assert Correction.objects.get(case=received).asked_by == parse_moment("2026-04-05 24:00")
