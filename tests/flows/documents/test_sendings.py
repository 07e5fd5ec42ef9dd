"""推荐、复核情况汇总表, 拟公告名单 and the draft of the letter, from the cases that are sent on."""

from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.journeys.city import City
from tests.plugins.beginnings import beginning

from tidu.applications.enums import LetterKind
from tidu.applications.models import Case, Letter
from tidu.applications.queries import waiting_at
from tidu.applications.queries.contents import letter_and_cases
from tidu.database.scope import SYSTEM, scope
from tidu.documents.letters import letter_as_word, letter_paragraphs
from tidu.documents.sendings import Sending, papers_made, table_of
from tidu.documents.tables import Sheet
from tidu.law.refusals import Refused
from tidu.offices.queries import office_by_id

pytestmark = pytest.mark.django_db
MORNING = "2026-03-02 09:00"


@pytest.fixture
def city(opened_city: City) -> City:
    return opened_city


@beginning
def passed(opened_city: City) -> list[Case]:
    """Two applications that the eastern district has reviewed."""
    cases = [opened_city.apply(number, 1, MORNING) for number in (1, 2)]
    return [opened_city.review(opened_city.east, case, MORNING) for case in cases]


def waiting(city: City) -> Sending:
    """What the eastern district is about to recommend."""
    batch = city.batches[0]
    with scope(city.east):
        cases = waiting_at(city.east, batch_id=batch.pk, stage="county-recommend").select_related("title")
        own = office_by_id(city.east.office_id or 0)
        return Sending(own, batch, LetterKind.RECOMMEND, list(cases))


def table(sending: Sending, paper: str) -> Sheet:
    """One of the tables that the notice asks for with this sending."""
    return table_of(sending, next(one for one in papers_made(sending) if one.id == paper))


def cells(sheet: Sheet) -> list[dict[str, Any]]:
    """The rows of the workbook by their heads."""
    page = load_workbook(BytesIO(sheet.as_workbook().content)).worksheets[0]
    lines = list(page.iter_rows(values_only=True))
    heads = lines[3]
    return [dict(zip(heads, line, strict=True)) for line in lines[4 : 4 + len(sheet.rows)]]


def test_table_holds_each_firm_with_what_it_stated_and_scored(city: City, passed: list[Case]) -> None:
    with scope(city.east):
        rows = cells(table(waiting(city), "recommendation-table"))
    assert [row["统一社会信用代码"] for row in rows] == [case.firm.uscc for case in passed]
    first = rows[0]
    assert first["序号"] == 1
    assert first["属地"] == "示例东区"
    assert first["主导产品"] == "智能输送装备"
    assert first["所属行业"].startswith("3434 ")
    assert first["上年营业收入（万元）"] > first["上年主营业务收入（万元）"] > 0
    assert first["研发费用占比"].endswith("%")
    assert first["评价得分"] >= 60
    assert first["审核意见"] == "符合条件"


def test_tables_part_new_applications_from_re_reviews(city: City, passed: list[Case]) -> None:
    with scope(city.east):
        sending = waiting(city)
        assert [paper.id for paper in papers_made(sending)] == ["recommendation-table", "re-review-table"]
        assert cells(table(sending, "re-review-table")) == []
        assert len(cells(table(sending, "recommendation-table"))) == 2
        reported = Sending(
            office_by_id(city.bureau.office_id or 0), sending.batch, LetterKind.REPORT, sending.cases
        )
        assert [paper.id for paper in papers_made(reported)] == ["announcement-list"]
        assert len(cells(table(reported, "announcement-list"))) == 2


def test_table_of_a_letter_names_its_number_and_day(city: City, passed: list[Case]) -> None:
    city.recommend(city.east, passed, MORNING)
    with scope(city.east):
        letter, cases = letter_and_cases(city.east, Letter.objects.get().pk)
        sheet = table(Sending.of(letter, cases), "recommendation-table")
    assert "文号：示工信〔2026〕1号" in sheet.heading[0]
    assert "2026年3月2日" in sheet.heading[0]
    assert len(cells(sheet)) == 2


def test_letter_of_another_office_is_not_found(city: City, passed: list[Case]) -> None:
    city.recommend(city.east, passed, MORNING)
    with scope(SYSTEM):
        letter_id = Letter.objects.get().pk
    with scope(city.west), pytest.raises(Refused, match="letter_unknown"):
        letter_and_cases(city.west, letter_id)


def test_draft_of_the_letter_counts_the_firms_and_leaves_room_for_number_and_seal(
    city: City, passed: list[Case]
) -> None:
    words = [paragraph.text for paragraph in letter_paragraphs(waiting(city))]
    assert words[1] == "关于推荐2026年度第一批创新型中小企业的函"
    assert words[2].startswith("（文号：")
    assert words[3] == "示例市工业和信息化局："
    assert "申报企业 2 家符合规定条件" in words[5]
    assert words[6] == "附件：1.创新型中小企业推荐情况汇总表"
    assert words[7].endswith("（公章）")


def test_draft_can_be_edited_as_a_word_document(city: City, passed: list[Case]) -> None:
    made = letter_as_word(waiting(city))
    assert made.name == "关于推荐2026年度第一批创新型中小企业的函.docx"
    assert made.content[:2] == b"PK"


def test_table_takes_the_same_queries_for_one_case_and_many(city: City, passed: list[Case]) -> None:
    def queries_of(sending: Sending) -> int:
        with scope(city.east), CaptureQueriesContext(connection) as caught:
            table(sending, "recommendation-table")
        return len(caught)

    both = waiting(city)
    one = Sending(both.office, both.batch, both.kind, both.cases[:1])
    assert queries_of(both) == queries_of(one)
