"""省级集中公告: cleared and reported, credit looked up once more; frozen, public, and the titles begin."""

import hashlib
import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests import cases
from tests.flows.publicity.publishing import ANNOUNCEMENT, announced, period_over, publish
from tests.plugins.beginnings import beginning

from tidu.applications.enums import CaseStatus
from tidu.applications.models import Case
from tidu.database.scope import PUBLIC, scope
from tidu.inspections.actions import Found, Visit, draw_sample, record_inspection
from tidu.inspections.enums import InspectionResult, InspectionStatus
from tidu.inspections.queries import planned_inspections
from tidu.law.calendars import legal_day
from tidu.law.refusals import Refused, sentence
from tidu.publicity.actions import announce, close_list
from tidu.publicity.queries import (
    announcement_by_token,
    announcement_document,
    announcement_entries,
    announcement_of,
    announcements,
)
from tidu.records.queries import timeline


@beginning
def reported(opened_round: cases.Round, waiting: list[Case]) -> list[Case]:
    """Listed without objection, reported for filing, credit looked up by the province."""
    publicity = publish(opened_round, waiting)
    opened_round.at = period_over(publicity)
    close_list(actor=opened_round.city, list_id=publicity.pk, at=opened_round.at)
    cases.to_announcement(opened_round, waiting)
    return waiting


def test_the_announcement_recognises_every_firm_on_it(round_: cases.Round, reported: list[Case]) -> None:
    found = announced(round_, reported)
    assert {cases.again(case).status for case in reported} == {CaseStatus.RECOGNISED}
    with scope(PUBLIC):
        shown = announcement_by_token(found.token)
        assert (shown.number, shown.office.name, shown.firms) == (
            ANNOUNCEMENT.number,
            "示例省工业和信息化厅",
            2,
        )
        assert [entry.uscc for entry in announcement_entries(shown)] == sorted(
            case.firm.uscc for case in reported
        )
        assert announcement_of(reported[0].pk) == found


def test_the_published_bytes_are_those_of_the_digest(round_: cases.Round, reported: list[Case]) -> None:
    found = announced(round_, reported)
    with scope(PUBLIC):
        content = announcement_document(found.token)
        (entry,) = timeline(found.chain)
    assert hashlib.sha256(content).hexdigest() == found.digest == entry.snapshot_id
    assert json.loads(content)["number"] == ANNOUNCEMENT.number


def test_each_cases_chain_says_by_which_announcement(round_: cases.Round, reported: list[Case]) -> None:
    found = announced(round_, reported)
    with scope(round_.firms[1]):
        entry = timeline(reported[0].chain).last()
        assert entry is not None
        assert {name: entry.content[name] for name in ("announcement", "number", "valid_from", "to")} == {
            "announcement": found.token,
            "number": ANNOUNCEMENT.number,
            "valid_from": found.announced_on.isoformat(),
            "to": "recognised",
        }


def test_titles_are_valid_from_the_day_of_the_announcement_unless_it_says_otherwise(
    round_: cases.Round, reported: list[Case]
) -> None:
    today = legal_day(round_.at)
    first = announced(round_, reported[:1])
    second = announced(round_, reported[1:], number="示省工信公告〔2026〕8号", valid_from=date(2027, 1, 1))
    assert (first.valid_from, second.valid_from) == (today, date(2027, 1, 1))


def test_credit_is_looked_up_once_more(round_: cases.Round, reported: list[Case]) -> None:
    round_.later(timedelta(days=11))
    with pytest.raises(Refused) as refused:
        announced(round_, reported)
    assert refused.value.code == "credit_check_too_old"
    for case in reported:
        cases.checked(round_, round_.province, case)
    assert announced(round_, reported).digest


def test_an_announcement_that_does_not_hold_is_refused(
    round_: cases.Round, reported: list[Case], subtests: pytest.Subtests
) -> None:
    text = replace(ANNOUNCEMENT, announced_on=legal_day(round_.at), scan_id=cases.scan(round_.province))
    refusals: tuple[tuple[dict[str, Any], str], ...] = (
        ({"number": " "}, "announcement_without_number"),
        ({"title": ""}, "announcement_without_title"),
        ({"announced_on": date(2026, 3, 26)}, "announcement_in_future"),
        ({"valid_from": date(2026, 3, 24)}, "announcement_valid_too_early"),
        ({"valid_from": date(2028, 1, 1)}, "announcement_valid_too_late"),
        ({"announced_on": date(2001, 1, 1)}, "paper_dated_before_arrival"),
        ({"scan_id": 999_999}, "file_not_yours"),
    )
    for changes, code in refusals:
        with subtests.test(code):
            with pytest.raises(Refused) as refused:
                announce(
                    actor=round_.province,
                    batch_id=round_.batch.pk,
                    case_versions=cases.seen(reported),
                    text=replace(text, **changes),
                    at=round_.at,
                )
            assert refused.value.code == code
    assert {cases.again(case).status for case in reported} == {CaseStatus.PASSED}


def test_the_procedure_asks_for_the_scanned_letter(round_: cases.Round, reported: list[Case]) -> None:
    with pytest.raises(Refused) as refused:
        announce(
            actor=round_.province,
            batch_id=round_.batch.pk,
            case_versions=cases.seen(reported),
            text=replace(ANNOUNCEMENT, announced_on=legal_day(round_.at)),
            at=round_.at,
        )
    assert "正式文件扫描件" in sentence(refused.value)


def test_a_number_is_used_once(round_: cases.Round, reported: list[Case]) -> None:
    announced(round_, reported[:1])
    with pytest.raises(Refused) as refused:
        announced(round_, reported[1:])
    assert refused.value.code == "announcement_number_taken"


def test_one_case_that_moved_keeps_the_whole_announcement_back(
    round_: cases.Round, reported: list[Case]
) -> None:
    text = replace(ANNOUNCEMENT, announced_on=legal_day(round_.at), scan_id=cases.scan(round_.province))
    stale = {case_id: (version or 0) - 1 for case_id, version in cases.seen(reported[1:]).items()}
    with pytest.raises(Refused) as refused:
        announce(
            actor=round_.province,
            batch_id=round_.batch.pk,
            case_versions={**cases.seen(reported[:1]), **stale},
            text=text,
            at=round_.at,
        )
    assert (refused.value.code, refused.value.values["number"]) == ("case_moved", reported[1].number)
    assert cases.again(reported[0]).status == CaseStatus.PASSED
    with scope(PUBLIC):
        assert not announcements()


@pytest.mark.parametrize("who", ["city", "clerk"])
def test_only_who_signs_at_the_province_announces(
    round_: cases.Round, reported: list[Case], who: str
) -> None:
    actors = {"city": round_.city, "clerk": replace(round_.province, roles=frozenset({"clerk"}))}
    text = replace(ANNOUNCEMENT, announced_on=legal_day(round_.at), scan_id=cases.scan(actors[who]))
    with pytest.raises(Refused) as refused:
        announce(
            actor=actors[who],
            batch_id=round_.batch.pk,
            case_versions=cases.seen(reported),
            text=text,
            at=round_.at,
        )
    assert refused.value.code == {"city": "act_not_allowed", "clerk": "announcement_not_allowed"}[who]


def test_announced_firms_are_looked_at_by_sample_afterwards(
    round_: cases.Round, reported: list[Case]
) -> None:
    """省工信厅适时对已公告企业进行实地抽查: it holds nothing up, and is drawn again the next year."""
    announced(round_, reported)

    def drawn() -> int:
        return draw_sample(
            actor=round_.province,
            batch_id=round_.batch.pk,
            stage="province-announce",
            rate_percent="50",
            at=round_.at,
        ).population_count

    assert drawn() == 2
    with pytest.raises(Refused) as refused:
        drawn()
    assert refused.value.code == "sample_of_nobody"
    with scope(round_.province):
        (planned,) = planned_inspections(round_.province)
    seen = Found(item="生产经营", stated="正常", seen="正常", is_consistent=True)
    visit = Visit(
        visited_on=legal_day(round_.at),
        inspectors=("企业处处长", "企业处科员"),
        result=InspectionResult.CONSISTENT,
        findings=(seen,),
    )
    done = record_inspection(actor=round_.province, case_id=planned.case_id, visit=visit, at=round_.at)
    assert (done.pk, done.status) == (planned.pk, InspectionStatus.DONE)
    round_.later(timedelta(days=365))
    assert drawn() == 2


@pytest.mark.parametrize("firms", [1, 2])
def test_announcements_are_read_in_a_constant_number_of_queries(
    round_: cases.Round, reported: list[Case], firms: int, django_assert_num_queries: Any
) -> None:
    found = announced(round_, reported[:firms])
    with scope(PUBLIC):
        with django_assert_num_queries(1):
            assert [(one.office.name, one.batch.notice.title, one.firms) for one in announcements()]
        with django_assert_num_queries(1):
            assert len([entry.firm_name for entry in announcement_entries(found)]) == firms
        assert list(announcements(search=reported[0].firm.uscc)) == [found]
