"""相应称号自动失效: a title lapses by itself, once, and is never deleted."""

from datetime import date, timedelta

import pytest
from tests.flows.titles.announcing import enter, grant_for
from tests.scene import AT

from tidu.database.scope import PUBLIC, SYSTEM, Actor, scope
from tidu.enterprises.models import Firm
from tidu.law.calendars import start_of
from tidu.law.refusals import Refused, sentence
from tidu.offices.models import Office
from tidu.records.queries import timeline
from tidu.titles.actions import lapse
from tidu.titles.enums import TitleStatus
from tidu.titles.models import Title
from tidu.titles.queries import held, standing

pytestmark = pytest.mark.django_db

ON = date(2026, 4, 1)
THEN = start_of(ON)
REASON = "未按期申请复核，称号自动失效"


@pytest.fixture
def title(registrar: Actor, firm: Firm, province: Office) -> Title:
    return enter(registrar, firm, province)


def test_a_lapsed_title_no_longer_counts_from_the_day_it_lapses(title: Title, firm: Firm) -> None:
    lapsed = lapse(actor=SYSTEM, title_id=title.pk, on=ON, reason=REASON, at=THEN)
    assert (lapsed.status, lapsed.ended_on, lapsed.end_reason) == (TitleStatus.LAPSED, ON, REASON)
    with scope(PUBLIC):
        assert held(firm, at=THEN) == []
        assert held(firm, at=THEN - timedelta(seconds=1)) == [title]
    assert standing(lapsed, at=THEN) == "自动失效"
    assert standing(lapsed, at=THEN - timedelta(seconds=1)) == "有效"


def test_lapsing_twice_is_one_lapse(title: Title) -> None:
    lapse(actor=SYSTEM, title_id=title.pk, on=ON, reason=REASON, at=THEN)
    again = lapse(
        actor=SYSTEM, title_id=title.pk, on=date(2026, 4, 2), reason="另一理由", at=THEN + timedelta(days=1)
    )
    assert (again.ended_on, again.end_reason) == (ON, REASON)
    with scope(PUBLIC):
        assert [entry.verb for entry in timeline(title.chain)] == ["enter_existing_title", "lapse"]


def test_a_title_does_not_lapse_before_its_day(title: Title) -> None:
    with pytest.raises(Refused) as refused:
        lapse(actor=SYSTEM, title_id=title.pk, on=ON, reason=REASON, at=THEN - timedelta(seconds=1))
    assert "晚于今天（2026年3月31日）" in sentence(refused.value)


def test_nobody_lapses_a_title_by_hand(title: Title, registrar: Actor) -> None:
    with pytest.raises(Refused) as refused:
        lapse(actor=registrar, title_id=title.pk, on=ON, reason=REASON, at=THEN)
    assert "自动失效由系统按通知登记" in sentence(refused.value)


def test_a_firm_whose_title_lapsed_may_be_granted_one_for_the_same_days(
    title: Title, firm: Firm, province: Office
) -> None:
    lapse(actor=SYSTEM, title_id=title.pk, on=date(2026, 1, 5), reason=REASON, at=AT)
    assert grant_for("26001", firm, province, valid_from=date(2026, 1, 5)).validity.lower == date(2026, 1, 5)
