"""退回补正而逾期未补正: the case ends, or its office is reminded, as the notice reads."""

from datetime import datetime, timedelta

import pytest
from tests import cases, rounds
from tests.plugins.beginnings import beginning

from tidu.aftermath.actions import follow_all, lapse_unmended
from tidu.applications.actions import lapse_unmended as lapse
from tidu.applications.actions import receive, refuse, resubmit, return_for_mending
from tidu.applications.enums import CaseStatus
from tidu.applications.models import Case
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.law import notices
from tidu.law.calendars import parse_moment
from tidu.law.refusals import Refused, sentence
from tidu.messages.models import Message
from tidu.programmes.actions import issue_corrigendum
from tidu.records.queries import timeline

pytestmark = pytest.mark.django_db

TENTH_DAY = parse_moment("2026-03-26 24:00")
"""Ten days (mending_days) after 16 March, the day of the request not counted."""
SECOND = timedelta(seconds=1)


@beginning
def hard() -> cases.Round:
    """A round whose notice ends what is not mended in time (本批次终止)."""
    return cases.open_round(rounds.with_reading(rounds.notice_of_shili(), "mending_mode", "hard"))


def returned(round_: cases.Round, asked_by: datetime | None = None) -> Case:
    case = cases.submitted(round_)
    receive(actor=round_.east, case_id=case.pk, expected_version=None, at=round_.at)
    return return_for_mending(
        actor=round_.east,
        case_id=case.pk,
        expected_version=None,
        comment="研发费用与审计报告不一致。",
        fields=["rd_expense"],
        evidence=[],
        at=round_.at,
        asked_by=asked_by,
    )


def told(verb: str, to: str) -> list[Message]:
    with scope(SYSTEM):
        return list(Message.objects.filter(entry__verb=verb, **{f"{to}__isnull": False}))


def mend(round_: cases.Round, case: Case, at: datetime) -> Case:
    return resubmit(actor=round_.firms[1], case_id=case.pk, expected_version=None, declared=True, at=at)


def test_without_a_day_of_its_own_a_request_waits_as_long_as_the_notice_reads(round_: cases.Round) -> None:
    case = returned(round_)
    with scope(SYSTEM):
        assert case.corrections.get().asked_by == TENTH_DAY


def test_a_time_that_has_passed_cannot_be_asked_for(round_: cases.Round) -> None:
    with pytest.raises(Refused) as refused:
        returned(round_, asked_by=round_.at)
    assert sentence(refused.value) == (
        "补正期限 2026年3月16日 09:00 已经过去（现在是 2026年3月16日 09:00）："
        "请填写今后的时间，或不填，按通知规定的天数计算。"
    )


def test_where_the_notice_is_hard_the_case_ends_with_the_last_second(hard: cases.Round) -> None:
    case = returned(hard)
    assert lapse_unmended(at=TENTH_DAY - SECOND) == []
    assert [one.pk for one in lapse_unmended(at=TENTH_DAY)] == [case.pk]
    now = cases.again(case)
    assert (now.status, now.lapsed_at, now.office) == (CaseStatus.LAPSED, TENTH_DAY, None)
    with scope(SYSTEM):
        entry = timeline(case.chain).last()
        assert entry is not None
        assert (entry.verb, entry.actor_kind) == ("lapse", "system")
        assert case.corrections.get().answered_at == TENTH_DAY
    follow_all(TENTH_DAY)
    (message,) = told("lapse", "firm")
    assert message.body == (
        "补正期限 2026年3月26日 24:00 已过，未收到补正，本件于 2026年3月27日 00:00 终止。"
        "可在以后的批次另行申报，原填内容可以带入。"
    )


def test_it_ends_once_however_often_the_timer_runs(hard: cases.Round) -> None:
    returned(hard)
    assert len(lapse_unmended(at=TENTH_DAY)) == 1
    assert lapse_unmended(at=TENTH_DAY + SECOND) == []


def test_what_arrives_too_late_is_not_taken_even_before_the_timer_has_run(hard: cases.Round) -> None:
    case = returned(hard)
    with pytest.raises(Refused) as refused:
        mend(hard, case, TENTH_DAY)
    assert sentence(refused.value) == (
        f"案件 {case.number} 的补正期限 2026年3月26日 24:00 已过，2026年3月27日 00:00 到达的补正不再接收"
        "（过期不予受理）：可在以后的批次另行申报，原填内容可以带入。"
    )


def test_what_arrives_in_the_last_second_is_looked_at(hard: cases.Round) -> None:
    case = returned(hard)
    with pytest.raises(Refused, match="case_incomplete"):
        mend(hard, case, TENTH_DAY - SECOND)


def test_no_corrigendum_is_harsher_once_a_batch_has_opened(round_: cases.Round) -> None:
    case = returned(round_)
    change = notices.Change("readings.mending_mode", "hard")
    harsher = notices.Corrigendum("示工信更正〔2026〕1号", "逾期未补正的，本批次终止。", (change,))
    with pytest.raises(Refused, match="corrigendum_shortens"):
        issue_corrigendum(
            actor=round_.city, notice_id=round_.batch.notice_id, corrigendum=harsher, at=round_.at
        )
    with pytest.raises(Refused, match="mending_not_over"):
        lapse(actor=SYSTEM, case_id=case.pk, at=TENTH_DAY)


def test_only_the_system_ends_a_case(hard: cases.Round) -> None:
    case = returned(hard)
    for actor in (hard.east, hard.firms[1]):
        with pytest.raises(Refused, match="act_not_allowed"):
            lapse(actor=actor, case_id=case.pk, at=TENTH_DAY)


def test_where_the_notice_is_soft_the_office_is_reminded_once(round_: cases.Round) -> None:
    case = returned(round_)
    follow_all(round_.at)
    assert lapse_unmended(at=TENTH_DAY - SECOND) == []
    assert told("return_for_mending", "office") == []
    for _ in range(2):
        assert lapse_unmended(at=TENTH_DAY) == []
    (message,) = told("return_for_mending", "office")
    assert message.office_id == round_.east.office_id
    assert message.needs_action
    assert message.subject == f"逾期未补正：示例第1精密制造有限公司（{case.number}）"
    assert message.body == (
        "示例第1精密制造有限公司应于 2026年3月26日 24:00 前补正（2026年3月16日 09:00 退回），"
        "至今没有重新提交。可以继续等待，也可以作出不予通过的决定；本单位办理期限不变：2026年4月10日 24:00。"
    )
    assert cases.again(case).status == CaseStatus.RETURNED


def refused(east: Actor, case: Case, at: datetime) -> Case:
    return refuse(actor=east, case_id=case.pk, expected_version=None, comment="逾期未补正。", at=at)


def test_the_office_waits_until_the_time_is_over_and_may_refuse_then(round_: cases.Round) -> None:
    case = returned(round_)
    with pytest.raises(Refused) as too_early:
        refused(round_.east, case, TENTH_DAY - SECOND)
    assert sentence(too_early.value) == (
        f"案件 {case.number} 正在等待企业补正，期限为 2026年3月26日 24:00："
        "期限届满后仍未补正的，才能作出不予通过的决定。"
    )
    assert refused(round_.east, case, TENTH_DAY).status == CaseStatus.NOT_RECOGNISED
    with scope(SYSTEM):
        assert case.corrections.get().answered_at == TENTH_DAY
    assert lapse_unmended(at=TENTH_DAY + SECOND) == []
