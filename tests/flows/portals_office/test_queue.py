"""The queue: by deadline, filtered by the address, in a constant number of queries."""

import io

import openpyxl
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests import cases, scene
from tests.flows.portals_office.desk import officer, source, words

from tidu.applications.actions import receive, return_for_mending
from tidu.applications.models import Case
from tidu.offices.enums import Role

QUEUE = "/office/queue/"
QUERIES = 15
"""Of one page of the queue, however long it is; session and login included."""


@pytest.fixture
def east(round_: cases.Round) -> Client:
    return officer(scene.EAST)


def test_queue_of_one_case_takes_its_queries(
    round_: cases.Round, east: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cases.submitted(round_)
    takes_its_queries(east, 1, django_assert_num_queries)


def test_queue_takes_as_many_queries_for_fifty_cases_as_for_one(
    fifty_cases: list[Case], east: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    takes_its_queries(east, len(fifty_cases), django_assert_num_queries)


def takes_its_queries(east: Client, count: int, queries: DjangoAssertNumQueries) -> None:
    east.get(QUEUE)

    with queries(QUERIES):
        page = east.get(QUEUE)

    assert f"共 {count} 件" in words(page)


def test_queue_shows_what_lies_with_this_office_and_nothing_of_the_next(
    round_: cases.Round, east: Client
) -> None:
    cases.submitted(round_, 1)
    cases.submitted(round_, 2, area_code=scene.WEST)

    page = words(east.get(QUEUE))

    assert "示例第1精密制造有限公司" in page
    assert "示例第2精密制造有限公司" not in page


def test_case_that_waits_for_its_firm_stands_in_its_own_tab(round_: cases.Round, east: Client) -> None:
    case = _asked_to_mend(round_)

    assert "没有待办" in words(east.get(QUEUE))
    assert "没有符合条件的案件" in words(east.get(f"{QUEUE}?q={case.number}")), "looked for, not done"
    assert case.number in words(east.get(f"{QUEUE}?tab=waiting"))


def test_case_that_went_on_to_the_city_stays_in_sight(round_: cases.Round) -> None:
    case = cases.passed(round_, round_.east, cases.submitted(round_))
    cases.recommended(round_, round_.east, [case])
    east = officer(scene.EAST)

    assert case.number not in words(east.get(QUEUE))
    assert case.number in words(east.get(f"{QUEUE}?tab=all"))


@pytest.mark.parametrize("search", ["第2精密", "91990000"])
def test_search_is_by_name_and_by_code(round_: cases.Round, east: Client, search: str) -> None:
    first, second = cases.submitted(round_, 1), cases.submitted(round_, 2)

    page = words(east.get(QUEUE, {"q": search}))

    assert second.number in page
    assert (first.number in page) is (search == "91990000")


def test_search_by_number_finds_one(round_: cases.Round, east: Client) -> None:
    first, second = cases.submitted(round_, 1), cases.submitted(round_, 2)

    page = words(east.get(QUEUE, {"q": second.number}))

    assert second.number in page
    assert first.firm.name not in page


def test_filters_stand_in_the_address_and_go_along_into_the_case(round_: cases.Round, east: Client) -> None:
    case = cases.submitted(round_)

    page = source(east.get(f"{QUEUE}?batch={round_.batch.pk}&kind=new&stage=county-review"))

    kept = f"batch%3D{round_.batch.pk}%26stage%3Dcounty-review%26kind%3Dnew"
    assert f'href="/office/cases/{case.pk}/?queue={kept}"' in page


def test_nonsense_in_the_address_is_no_error(round_: cases.Round, east: Client) -> None:
    cases.submitted(round_)

    page = east.get(f"{QUEUE}?tab=nobody&batch=x&page=9999&stage=%2F")

    assert page.status_code == 200


def test_deadline_is_shown_with_what_being_late_means_and_whose_reading_it_is(
    round_: cases.Round, east: Client
) -> None:
    cases.submitted(round_)

    page = source(east.get(QUEUE))

    assert "2026年4月10日 24:00" in page
    assert "逾期可办，记为逾期" in page
    assert "本系统理解" in page


def test_acts_on_many_are_offered_once_batch_and_stage_are_chosen(round_: cases.Round, east: Client) -> None:
    case = cases.passed(round_, round_.east, cases.submitted(round_))

    whole, chosen = east.get(QUEUE), east.get(f"{QUEUE}?batch={round_.batch.pk}&stage=county-recommend")

    assert "批量审核通过…" in source(whole)
    assert "批量推荐" not in source(whole)
    assert "批量审核通过…" not in source(chosen)
    assert f'name="case" value="{case.pk}"' in source(chosen)
    assert f"/office/batches/{round_.batch.pk}/stages/county-recommend/" in source(chosen)


def test_export_holds_the_whole_list_as_numbers_and_text(round_: cases.Round, east: Client) -> None:
    written = {cases.submitted(round_, number).number for number in (1, 2, 3)}

    answer = east.get(f"{QUEUE}export/")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer))).active

    assert sheet is not None
    rows = list(sheet.values)
    assert rows[0][:3] == ("案号", "企业名称", "统一社会信用代码")
    assert {row[0] for row in rows[1:]} == written


def test_next_case_is_the_one_that_follows_in_the_same_queue(round_: cases.Round, east: Client) -> None:
    first, second = cases.submitted(round_, 1), cases.submitted(round_, 2)
    words_of_queue = f"batch={round_.batch.pk}"

    answer = east.get(f"/office/cases/{first.pk}/next/", {"queue": words_of_queue})

    assert answer.headers["Location"] == f"/office/cases/{second.pk}/?queue=batch%3D{round_.batch.pk}"


def test_next_leads_back_to_the_list_when_nothing_is_left(round_: cases.Round) -> None:
    case = cases.passed(round_, round_.east, cases.submitted(round_))
    cases.recommended(round_, round_.east, [case])

    assert officer(scene.EAST).get(f"/office/cases/{case.pk}/next/").headers["Location"] == QUEUE


def test_auditor_reads_the_queue_and_is_offered_no_act(round_: cases.Round) -> None:
    case = cases.passed(round_, round_.east, cases.submitted(round_))
    auditor = officer(scene.EAST, Role.AUDITOR)

    page = auditor.get(f"{QUEUE}?batch={round_.batch.pk}&stage=county-recommend")

    assert case.number in words(page)
    assert "只读" in words(page)
    assert 'name="case"' not in source(page)


def _asked_to_mend(round_: cases.Round) -> Case:
    case = cases.submitted(round_)
    receive(actor=round_.east, case_id=case.pk, expected_version=None, at=round_.at)
    return return_for_mending(
        actor=round_.east,
        case_id=case.pk,
        expected_version=None,
        comment="请核对营业收入。",
        fields=["revenue"],
        evidence=[],
        at=round_.at,
    )
