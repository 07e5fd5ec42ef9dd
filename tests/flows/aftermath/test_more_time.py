"""A corrigendum after the close: titles that lapsed only because of it come back, by an act of their own."""

from datetime import date, timedelta

import pytest
from tests import cases
from tests.flows.aftermath.holding import Holder, hold
from tests.flows.titles.announcing import grant_for
from tests.plugins.beginnings import beginning

from tidu.aftermath.actions import follow_all, lapse_unrenewed
from tidu.applications.actions import receive, refuse
from tidu.database.scope import PUBLIC, SYSTEM, scope
from tidu.law import notices
from tidu.law.calendars import parse_moment
from tidu.messages.models import Message
from tidu.programmes.actions import issue_corrigendum
from tidu.records.queries import timeline
from tidu.titles.enums import TitleStatus
from tidu.titles.models import Title

pytestmark = pytest.mark.django_db

CLOSED = parse_moment("2026-03-31 24:00")
NEXT_MORNING = parse_moment("2026-04-01 09:00")


@beginning
def holder(opened_round: cases.Round) -> Holder:
    """Its title ran out on 14 March; the first batch, which calls it, closes on the 31st."""
    return hold(opened_round, until=date(2026, 3, 14))


def extend(round_: cases.Round, closes: str = "2026-04-10 24:00") -> None:
    change = notices.Change("batches.2026-1.closes", closes)
    issue_corrigendum(
        actor=round_.city,
        notice_id=round_.batch.notice_id,
        corrigendum=notices.Corrigendum("示工信更正〔2026〕2号", "平台三月末停机。", (change,)),
        at=NEXT_MORNING,
    )
    follow_all(NEXT_MORNING)


def verbs(title: Title) -> list[str]:
    with scope(PUBLIC):
        return [entry.verb for entry in timeline(title.chain)]


def test_a_title_that_lapsed_at_the_close_comes_back_and_is_re_reviewed(
    round_: cases.Round, holder: Holder
) -> None:
    assert lapse_unrenewed(at=CLOSED) == [holder.title]
    extend(round_)
    assert holder.standing() == (TitleStatus.IN_FORCE, None, "")
    assert verbs(holder.title) == ["enter_existing_title", "lapse", "restore"]
    round_.at = NEXT_MORNING
    assert cases.submitted_by(round_, holder.actor, kind="re_review").title == holder.title


def test_its_holder_is_told_why_and_what_to_do(round_: cases.Round, holder: Holder) -> None:
    lapse_unrenewed(at=CLOSED)
    extend(round_)
    with scope(SYSTEM):
        message = Message.objects.get(firm_id=holder.actor.firm_id or 0, entry__verb="restore")
    assert message.needs_action
    assert "更正（示工信更正〔2026〕2号）延长了复核申请时间" in message.body
    assert "有效期仍为 2023年5月1日 至 2026年3月14日" in message.body


def test_it_lapses_again_when_the_time_given_is_over(round_: cases.Round, holder: Holder) -> None:
    lapse_unrenewed(at=CLOSED)
    extend(round_)
    assert lapse_unrenewed(at=parse_moment("2026-04-10 23:59")) == []
    assert lapse_unrenewed(at=parse_moment("2026-04-10 24:00")) == [holder.title]
    assert holder.standing()[1] == date(2026, 4, 11)


def test_time_that_is_over_already_brings_nothing_back(round_: cases.Round, holder: Holder) -> None:
    lapse_unrenewed(at=CLOSED)
    extend(round_, "2026-04-01 08:00")
    assert holder.standing()[0] == TitleStatus.LAPSED


def test_a_title_that_failed_its_re_review_stays_ended(round_: cases.Round, holder: Holder) -> None:
    case = cases.submitted_by(round_, holder.actor, kind="re_review")
    receive(actor=round_.east, case_id=case.pk, expected_version=None, at=round_.at)
    refuse(
        actor=round_.east, case_id=case.pk, expected_version=None, comment="不再符合标准。", at=round_.later()
    )
    follow_all(round_.at)
    extend(round_)
    assert holder.standing()[2] == "未通过复核，称号自动失效"


def test_a_firm_that_was_granted_another_title_since_keeps_that_one(
    round_: cases.Round, holder: Holder
) -> None:
    lapse_unrenewed(at=CLOSED)
    with scope(SYSTEM):
        title = Title.objects.select_related("firm", "announced_by").get(pk=holder.title.pk)
    grant_for("26001", title.firm, title.announced_by, valid_from=date(2026, 3, 10))
    extend(round_)
    assert holder.standing()[0] == TitleStatus.LAPSED


def test_following_twice_restores_once(round_: cases.Round, holder: Holder) -> None:
    lapse_unrenewed(at=CLOSED)
    extend(round_)
    follow_all(NEXT_MORNING + timedelta(hours=1))
    assert verbs(holder.title).count("restore") == 1
