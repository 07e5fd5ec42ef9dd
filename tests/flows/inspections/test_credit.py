"""未被列入经营异常名录或严重失信主体名单: looked up in both systems, anew at each stage."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests import cases

from tidu.applications.actions import LetterText, pass_review, receive, recommend
from tidu.applications.models import Case, CaseStage
from tidu.applications.queries import open_stage
from tidu.database.scope import scope
from tidu.inspections.actions import record_credit_check
from tidu.inspections.enums import CreditResult, CreditSource
from tidu.inspections.models import CreditCheck
from tidu.inspections.queries import credit_checks_of
from tidu.law.calendars import legal_day
from tidu.law.refusals import Refused, sentence
from tidu.records.queries import timeline

CHINA, PUBLICITY = CreditSource.CREDIT_CHINA, CreditSource.CREDIT_PUBLICITY
CLEAR, ABNORMAL, DISHONEST = CreditResult.CLEAR, CreditResult.ABNORMAL, CreditResult.DISHONEST


def look_up(
    round_: cases.Round, case: Case, source: CreditSource, result: CreditResult = CLEAR, **changes: Any
) -> CreditCheck:
    said: dict[str, Any] = {
        "actor": round_.east,
        "case_id": case.pk,
        "source": source,
        "checked_on": legal_day(round_.at),
        "result": result,
        "note": "" if result is CLEAR else "2026年3月2日因未按期公示年报列入",
        "at": round_.at,
    }
    return record_credit_check(**{**said, **changes})


def stage_of(round_: cases.Round, case: Case) -> CaseStage:
    with scope(round_.east):
        stage = open_stage(case)
    assert stage is not None
    return stage


def test_the_stage_is_checked_once_both_systems_were_looked_up(round_: cases.Round, case: Case) -> None:
    look_up(round_, case, CHINA)
    assert (stage_of(round_, case).credit_checked_on, stage_of(round_, case).credit_is_clear) == (None, None)
    look_up(round_, case, PUBLICITY)
    assert stage_of(round_, case).credit_is_clear is True


def test_the_day_that_counts_is_that_of_the_older_look_up(round_: cases.Round, case: Case) -> None:
    first = legal_day(round_.at)
    look_up(round_, case, CHINA)
    round_.later()
    look_up(round_, case, PUBLICITY)
    assert stage_of(round_, case).credit_checked_on == first


@pytest.mark.parametrize("result", [ABNORMAL, DISHONEST])
def test_a_record_in_one_system_keeps_the_case_from_passing(
    round_: cases.Round, case: Case, result: CreditResult
) -> None:
    look_up(round_, case, CHINA)
    look_up(round_, case, PUBLICITY, result)
    with pytest.raises(Refused) as refused:
        pass_review(
            actor=round_.east, case_id=case.pk, expected_version=None, comment="符合条件", at=round_.at
        )
    assert refused.value.code == "act_incomplete"
    assert "信用查询记录" in sentence(refused.value)


def test_a_record_taken_off_the_list_is_looked_up_again_and_lets_the_case_pass(
    round_: cases.Round, case: Case
) -> None:
    look_up(round_, case, CHINA)
    look_up(round_, case, PUBLICITY, ABNORMAL)
    assert stage_of(round_, case).credit_is_clear is False
    round_.later()
    look_up(round_, case, PUBLICITY)
    assert stage_of(round_, case).credit_is_clear is True
    pass_review(actor=round_.east, case_id=case.pk, expected_version=None, comment="已移出名录", at=round_.at)


def test_a_look_up_at_an_earlier_stage_does_not_count_at_the_next(round_: cases.Round) -> None:
    case = cases.passed(round_, round_.east, cases.submitted(round_))
    letter = LetterText("示区工信〔2026〕1号", legal_day(round_.at), cases.scan(round_.east), cases.UNDRAWN)
    recommend(
        actor=round_.east,
        batch_id=round_.batch.pk,
        case_versions={case.pk: None},
        letter=letter,
        at=round_.later(),
    )
    receive(actor=round_.city, case_id=case.pk, expected_version=None, at=round_.at)
    with pytest.raises(Refused) as refused:
        pass_review(
            actor=round_.city, case_id=case.pk, expected_version=None, comment="符合条件", at=round_.at
        )
    assert refused.value.code == "act_incomplete"


def test_a_look_up_before_the_stage_was_entered_is_refused_as_stale(round_: cases.Round, case: Case) -> None:
    entered = legal_day(stage_of(round_, case).entered_at)
    look_up(round_, case, CHINA, checked_on=entered)
    with pytest.raises(Refused) as refused:
        look_up(round_, case, CHINA, checked_on=entered - timedelta(days=1))
    assert refused.value.code == "credit_check_stale"
    assert sentence(refused.value) == (
        f"查询日期 2026年3月15日 早于案件 {case.number} 进入本环节之日（2026年3月16日）："
        "每个环节须重新查询，请查询后按当日日期登记。"
    )


def test_a_look_up_in_the_future_is_refused(round_: cases.Round, case: Case) -> None:
    with pytest.raises(Refused) as refused:
        look_up(round_, case, CHINA, checked_on=date(2026, 3, 17))
    assert refused.value.code == "credit_check_in_future"


def test_a_record_without_a_note_is_refused(round_: cases.Round, case: Case) -> None:
    with pytest.raises(Refused) as refused:
        look_up(round_, case, CHINA, ABNORMAL, note=" ")
    assert (refused.value.code, refused.value.field) == ("credit_record_without_note", "note")


def test_only_the_office_that_holds_the_case_looks_it_up(
    round_: cases.Round, case: Case, subtests: pytest.Subtests
) -> None:
    for who, actor, code in (
        ("west", round_.west, "case_unknown"),
        ("city", round_.city, "credit_check_not_allowed"),
        # an auditor reads the case, but may not even lock it
        ("auditor", replace(round_.east, kind="auditor", roles=frozenset({"auditor"})), "case_unknown"),
        ("firm", round_.firms[1], "credit_check_not_allowed"),
    ):
        with subtests.test(who):
            with pytest.raises(Refused) as refused:
                look_up(round_, case, CHINA, actor=actor)
            assert refused.value.code == code


def test_each_look_up_is_a_link_in_the_cases_chain(round_: cases.Round, case: Case) -> None:
    look_up(round_, case, CHINA)
    look_up(round_, case, PUBLICITY, ABNORMAL)
    with scope(round_.east):
        entries = [entry for entry in timeline(case.chain) if entry.verb == "record_credit_check"]
        assert [(e.content["source"], e.content["result"]) for e in entries] == [
            ("credit_china", "clear"),
            ("credit_publicity", "abnormal"),
        ]
        assert [check.source for check in credit_checks_of(case)] == [PUBLICITY, CHINA]
