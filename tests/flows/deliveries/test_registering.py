"""收件登记: what arrives on paper is counted against what the notice asks, and the case is told."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests import cases, papers
from tests.papers import ALL, AUDIT, BOUND

from tidu.applications.models import Case, CasePapers
from tidu.database.scope import Actor, scope
from tidu.deliveries.actions import Brought, correct_papers, correct_parcel, register_parcel
from tidu.deliveries.enums import Manner, PrintMatch
from tidu.deliveries.models import Parcel, Receipt
from tidu.deliveries.queries import find_cases, receipts_in
from tidu.law.calendars import parse_moment
from tidu.law.notices import Change, Corrigendum
from tidu.law.notices.papers import Counted
from tidu.law.refusals import Refused, sentence
from tidu.programmes.actions import issue_corrigendum
from tidu.records.queries import timeline
from tidu.records.verification import verify_chain

pytestmark = pytest.mark.django_db


def standing(actor: Actor, case: Case) -> tuple[str, str]:
    with scope(actor):
        found = CasePapers.objects.get(case=case, office_id=actor.office_id or 0)
        return found.get_state_display(), found.lacking


def refusal_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return sentence(refused.value)


def last_entry(actor: Actor, case: Case) -> tuple[str, dict[str, object]]:
    with scope(actor):
        entry = list(timeline(case.chain))[-1]
        return entry.verb, entry.content


# ------------------------------------------------------------------ 份数


def test_two_bound_copies_and_the_original_apart_are_everything(round_: cases.Round, case: Case) -> None:
    papers.counted(round_, papers.arrived(round_), case)
    assert standing(round_.city, case) == ("已收齐", "")
    verb, said = last_entry(round_.city, case)
    assert (verb, said["papers"], said["parcel"], said["late"]) == (
        "receive_papers",
        "complete",
        "SF1000000001",
        False,
    )


def test_one_copy_of_two_is_not_all(round_: cases.Round, case: Case) -> None:
    papers.counted(round_, papers.arrived(round_), case, Brought({**ALL, BOUND.id: Counted(1)}))
    assert standing(round_.city, case) == ("不齐", "自评表和佐证材料（胶装成册）：应交 2 份，收到 1 份")


def test_a_case_may_come_in_several_parcels(round_: cases.Round, case: Case) -> None:
    first, second = papers.arrived(round_), papers.arrived(round_, "SF1000000002")
    papers.counted(round_, first, case, Brought({BOUND.id: Counted(1)}))
    papers.counted(round_, second, case, Brought({BOUND.id: Counted(1), AUDIT.id: ALL[AUDIT.id]}))
    assert standing(round_.city, case) == ("已收齐", "")


def test_a_parcel_holds_many_cases(round_: cases.Round, case: Case) -> None:
    parcel, others = papers.arrived(round_), [cases.submitted(round_, number) for number in (2, 3)]
    for one in (case, *others):
        papers.counted(round_, parcel, one)
    with scope(round_.city):
        assert [receipt.case_id for receipt in receipts_in(parcel)] == [case.pk, *(o.pk for o in others)]


@pytest.mark.parametrize(
    ("audit", "why"),
    [
        (Counted(1), "不是原件"),
        (Counted(1, is_original=True), "没有单独放置"),
        (Counted(1, is_original=True, is_apart=True, defects="缺第3页"), "缺第3页"),
    ],
)
def test_an_audit_report_counts_as_an_original_apart_and_whole(
    round_: cases.Round, case: Case, audit: Counted, why: str
) -> None:
    papers.counted(round_, papers.arrived(round_), case, Brought({**ALL, AUDIT.id: audit}))
    words = f"审计报告原件：应交 1 份，收到 1 份，其中 1 份不合要求（{why}）"
    assert standing(round_.city, case) == ("不齐", words)


def test_each_office_counts_what_it_has(round_: cases.Round, case: Case) -> None:
    with_east = papers.arrived(
        round_, at_office=round_.east, source_office_id=None, source_firm_id=case.firm_id
    )
    papers.counted(round_, with_east, case, at_office=round_.east)
    papers.counted(round_, papers.arrived(round_), case, Brought({BOUND.id: Counted(2)}))
    assert standing(round_.east, case) == ("已收齐", "")
    assert standing(round_.city, case) == ("不齐", "审计报告原件：应交 1 份，未收到")


def test_a_notice_without_paper_takes_none(db: None) -> None:
    round_ = cases.open_round()
    case, parcel = cases.submitted(round_), papers.arrived(round_)
    with pytest.raises(Refused, match="papers_not_asked") as refused:
        papers.counted(round_, parcel, case)
    assert "没有要求企业提交纸质材料" in refusal_of(refused)


@pytest.mark.parametrize(
    ("brought", "code"),
    [
        (Brought({}), "receipt_without_paper"),
        (Brought({"recommendation-letter": Counted(1)}), "paper_not_asked"),
        (Brought({BOUND.id: Counted(0)}), "paper_copies_unreadable"),
        (Brought({BOUND.id: Counted(100)}), "paper_copies_unreadable"),
        (Brought(ALL, pages=0), "receipt_pages_unreadable"),
    ],
)
def test_what_cannot_be_counted_is_refused(
    round_: cases.Round, case: Case, brought: Brought, code: str
) -> None:
    parcel = papers.arrived(round_)
    with pytest.raises(Refused, match=code):
        papers.counted(round_, parcel, case, brought)
    with scope(round_.city):
        assert not Receipt.objects.exists()


# ------------------------------------------------------------------ 期限

LAST_MOMENT = parse_moment("2026-04-10 23:59")
TOO_LATE = parse_moment("2026-04-11 00:00")


def deliver(round_: cases.Round, case: Case, received_at: datetime) -> Receipt:
    round_.at = received_at + timedelta(hours=9)
    return papers.counted(round_, papers.arrived(round_, received_at=received_at), case)


def test_paper_of_the_last_day_is_in_time_however_late_it_is_entered(round_: cases.Round, case: Case) -> None:
    receipt = deliver(round_, case, LAST_MOMENT)
    assert (receipt.is_late, receipt.is_refused) == (False, False)
    assert standing(round_.city, case) == ("已收齐", "")


def test_after_a_hard_deadline_paper_is_registered_and_not_accepted(round_: cases.Round, case: Case) -> None:
    receipt = deliver(round_, case, TOO_LATE)
    assert (receipt.is_late, receipt.is_refused) == (True, True)
    assert receipt.rule.startswith("请各区市县（先导区）中小企业主管部门于每季度结束后10日内完成")
    state, lacking = standing(round_.city, case)
    assert state == "未收到"
    assert lacking.startswith("自评表和佐证材料（胶装成册）：应交 2 份，未收到")
    assert last_entry(round_.city, case)[1]["refused"] is True


def test_after_a_soft_deadline_paper_is_late_and_counts(db: None) -> None:
    round_ = papers.open_round("soft")
    case = cases.submitted(round_)
    receipt = deliver(round_, case, TOO_LATE)
    assert (receipt.is_late, receipt.is_refused) == (True, False)
    assert standing(round_.city, case) == ("已收齐", "")


def test_the_sending_district_itself_has_no_deadline_for_what_it_collects(
    round_: cases.Round, case: Case
) -> None:
    round_.at = TOO_LATE + timedelta(hours=1)
    parcel = papers.arrived(round_, at_office=round_.east, source_office_id=None, source_firm_id=case.firm_id)
    receipt = papers.counted(round_, parcel, case, at_office=round_.east)
    assert (receipt.due_at, receipt.is_late) == (None, False)


# ------------------------------------------------------------------ 版本核对


def test_a_print_of_the_last_submission_matches(round_: cases.Round, case: Case) -> None:
    code = papers.code_of(case)
    typed = f" {code.lower().replace('-', '－')} "
    with scope(round_.city):
        found = find_cases(round_.city, typed)
    assert [one.pk for one in found.cases] == [case.pk]
    receipt = papers.counted(round_, papers.arrived(round_), case, Brought(ALL, code=typed, pages=42))
    assert (receipt.match, receipt.round, receipt.pages) == (PrintMatch.LAST, 1, 42)
    assert standing(round_.city, case) == ("已收齐", "")


def test_a_print_of_an_older_round_is_told(round_: cases.Round, case: Case) -> None:
    code = papers.code_of(case, 1)
    with scope(round_.east):
        Case.objects.filter(pk=case.pk).update(round=2)
    receipt = papers.counted(round_, papers.arrived(round_), case, Brought(ALL, code=code))
    assert (receipt.match, receipt.round) == (PrintMatch.OLDER, 1)
    words = "申报表打印件是以前提交的版本：应按最后一次提交重新打印"
    assert standing(round_.city, case) == ("不齐", words)
    papers.counted(
        round_,
        papers.arrived(round_, "SF1000000002"),
        case,
        Brought({BOUND.id: Counted(2)}, code=papers.code_of(case, 2)),
    )
    assert standing(round_.city, case) == ("已收齐", "")


def test_a_print_of_another_case_is_told_without_saying_which(round_: cases.Round, case: Case) -> None:
    other = cases.submitted(round_, 2)
    receipt = papers.counted(round_, papers.arrived(round_), case, Brought(ALL, code=papers.code_of(other)))
    assert (receipt.match, receipt.round) == (PrintMatch.OTHER, None)
    assert standing(round_.city, case)[0] == "不齐"
    assert other.number not in str(last_entry(round_.city, case))


def test_a_code_of_a_case_that_the_office_may_not_read_is_of_nothing(round_: cases.Round, case: Case) -> None:
    western = cases.submitted(round_, 2, area_code="shili-west")
    code = papers.code_of(western)
    parcel = papers.arrived(round_, at_office=round_.east, source_office_id=None, source_firm_id=case.firm_id)
    receipt = papers.counted(round_, parcel, case, Brought(ALL, code=code), at_office=round_.east)
    assert receipt.match == PrintMatch.UNKNOWN
    with scope(round_.east):
        assert find_cases(round_.east, code).cases == ()
        assert find_cases(round_.east, western.number).cases == ()


# ------------------------------------------------------------------ 快递单号


def test_a_number_is_registered_once_at_an_office(round_: cases.Round) -> None:
    first = papers.arrived(round_)
    with pytest.raises(Refused, match="parcel_number_taken") as refused:
        papers.arrived(round_, " sf1000000001 ")
    assert refused.value.values["parcel"] == first.pk
    assert "请打开已登记的这一件" in refusal_of(refused)
    assert papers.arrived(round_, at_office=round_.province).number == first.number


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": "12"}, "parcel_number_unreadable"),
        ({"number": "单号不清楚的"}, "parcel_number_unreadable"),
        ({"courier": " "}, "parcel_without_courier"),
        ({"source_office_id": None}, "parcel_source_unclear"),
        ({"source_office_id": 0}, "parcel_source_unknown"),
        ({"received_at": cases.SUBMITTED + timedelta(minutes=1)}, "parcel_in_future"),
    ],
)
def test_a_parcel_says_how_and_from_whom_it_came(
    round_: cases.Round, changes: dict[str, object], code: str
) -> None:
    text = replace(papers.parcel_text(round_), **changes)  # type: ignore[arg-type]
    with pytest.raises(Refused, match=code):
        register_parcel(actor=round_.city, text=text, at=round_.at)


def test_what_is_handed_in_needs_no_number(round_: cases.Round) -> None:
    for _ in range(2):
        parcel = papers.arrived(round_, "", manner=Manner.BY_HAND)
    assert (parcel.courier, parcel.number) == ("", "")


# ------------------------------------------------------------------ 更正


def test_a_count_is_corrected_by_a_new_row(round_: cases.Round, case: Case) -> None:
    parcel = papers.arrived(round_)
    wrong = papers.counted(round_, parcel, case)
    correct_papers(
        actor=round_.city,
        receipt_id=wrong.pk,
        brought=Brought({**ALL, BOUND.id: Counted(1)}),
        reason="数错一份",
        at=round_.later(),
    )
    assert standing(round_.city, case)[0] == "不齐"
    assert last_entry(round_.city, case)[0] == "correct_papers"
    with scope(round_.city):
        assert Receipt.objects.filter(case=case).count() == 2
        assert [receipt.reason for receipt in receipts_in(parcel)] == ["数错一份"]
        with pytest.raises(Refused, match="receipt_corrected_before"):
            correct_papers(
                actor=round_.city, receipt_id=wrong.pk, brought=Brought(ALL), reason="再改", at=round_.at
            )


def test_what_was_entered_for_the_wrong_case_is_struck_out(round_: cases.Round, case: Case) -> None:
    parcel = papers.arrived(round_)
    wrong = papers.counted(round_, parcel, case)
    correct_papers(
        actor=round_.city, receipt_id=wrong.pk, brought=Brought(), reason="登记到了别家", at=round_.later()
    )
    assert standing(round_.city, case)[0] == "未收到"


def test_a_parcel_is_corrected_with_everything_in_it(round_: cases.Round, case: Case) -> None:
    other = cases.submitted(round_, 2)
    round_.at = TOO_LATE + timedelta(hours=9)
    wrong = papers.arrived(round_, "SF9999999999", received_at=TOO_LATE)
    for one in (case, other):
        papers.counted(round_, wrong, one)
    assert standing(round_.city, case)[0] == "未收到"
    right = correct_parcel(
        actor=round_.city,
        parcel_id=wrong.pk,
        text=papers.parcel_text(round_, "SF1000000001", received_at=LAST_MOMENT),
        reason="单号和收到时间看错",
        at=round_.later(),
    )
    assert [standing(round_.city, one)[0] for one in (case, other)] == ["已收齐", "已收齐"]
    with scope(round_.city):
        assert receipts_in(wrong).count() == 0
        assert receipts_in(right).count() == 2
        assert Parcel.objects.get(pk=wrong.pk).corrected_at == round_.at
        assert [entry.verb for entry in timeline(right.chain)] == ["receive_parcel", "correct_parcel"]
        assert verify_chain(right.chain) == verify_chain(case.chain) == []
    with pytest.raises(Refused, match="parcel_corrected_before"):
        papers.counted(round_, wrong, case)
    assert papers.arrived(round_, "SF9999999999").pk != wrong.pk


def test_nothing_is_corrected_without_a_reason(round_: cases.Round, case: Case) -> None:
    parcel = papers.arrived(round_)
    receipt = papers.counted(round_, parcel, case)
    with pytest.raises(Refused, match="correction_without_reason"):
        correct_papers(
            actor=round_.city, receipt_id=receipt.pk, brought=Brought(ALL), reason=" ", at=round_.at
        )
    with pytest.raises(Refused, match="correction_without_reason"):
        correct_parcel(
            actor=round_.city,
            parcel_id=parcel.pk,
            text=papers.parcel_text(round_),
            reason="",
            at=round_.at,
        )


def test_a_case_is_entered_once_per_parcel(round_: cases.Round, case: Case) -> None:
    parcel = papers.arrived(round_)
    papers.counted(round_, parcel, case)
    with pytest.raises(Refused, match="receipt_twice") as refused:
        papers.counted(round_, parcel, case)
    assert "另有补交请登记新的收件" in refusal_of(refused)


def test_another_offices_parcel_is_not_written_in(round_: cases.Round, case: Case) -> None:
    parcel = papers.arrived(round_)
    receipt = papers.counted(round_, parcel, case)
    with pytest.raises(Refused, match="parcel_unknown"):
        papers.counted(round_, parcel, case, at_office=round_.east)
    with pytest.raises(Refused, match="receipt_unknown"):
        correct_papers(
            actor=round_.province, receipt_id=receipt.pk, brought=Brought(ALL), reason="改", at=round_.at
        )


def test_a_corrigendum_gives_paper_more_time(round_: cases.Round, case: Case) -> None:
    change = Change("batches.2026-1.moved.county-recommend", "2026-04-20 24:00")
    corrigendum = Corrigendum("示工信更正〔2026〕1号", "给各区留足时间。", (change,))
    issue_corrigendum(
        actor=round_.city, notice_id=round_.batch.notice_id, corrigendum=corrigendum, at=round_.at
    )
    receipt = deliver(round_, case, TOO_LATE)
    assert (receipt.is_late, receipt.is_refused) == (False, False)
