"""Tables by design: their columns are data, missing is never 0, and nothing becomes a formula."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from tidu.documents.produced import file_name
from tidu.documents.rows import FROM_CASE, FROM_FACTS
from tidu.documents.tables import Column, Money, Sheet, TableForm, table_form
from tidu.law.facts import load_vocabulary
from tidu.law.rulebook import toml_stems
from tidu.law.standards import load

DESIGNS = [stem for stem in toml_stems("documents") if stem.endswith(("-table", "-list"))]
FORM = TableForm(
    columns=(
        Column("企业名称", "firm_name", 30),
        Column("营业收入（万元）", "fact", of="revenue"),
        Column("日期", "day"),
    ),
    note="本系统理解：表样未公开。",
)


def sheet(*rows: dict[str, Any], **changes: Any) -> Sheet:
    return replace(Sheet(FORM, "推荐情况汇总表", ["报送单位：示例东区"], rows), **changes)


def written(made: Sheet) -> list[list[Any]]:
    """The cells of the workbook as a spreadsheet reads them."""
    page = load_workbook(BytesIO(made.as_workbook().content)).worksheets[0]
    return [list(row) for row in page.iter_rows(values_only=True)]


def test_title_heading_head_rows_and_notes_stand_in_this_order() -> None:
    row = {"firm_name": "示例企业", "fact:revenue:0": Money(123_450_000), "day": date(2026, 3, 31)}
    cells = written(sheet(row, sample=True))
    assert [line[0] for line in cells] == [
        "推荐情况汇总表",
        "报送单位：示例东区",
        "企业名称",
        "示例企业",
        "样张：内容虚构，不作任何用途。",
        "本系统理解：表样未公开。",
    ]
    assert cells[3][1] == 123.45
    assert cells[3][2].date() == date(2026, 3, 31)


def test_missing_stays_empty_and_is_never_zero() -> None:
    cells = written(sheet({"firm_name": "示例企业", "fact:revenue:0": None, "day": None}))
    assert cells[3] == ["示例企业", None, None]
    assert written(sheet({"firm_name": "示例企业", "fact:revenue:0": Money(0)}))[3][1] == 0


def test_head_of_the_table_stands_on_every_printed_page() -> None:
    page = load_workbook(BytesIO(sheet({"firm_name": "示例企业"}).as_workbook().content)).worksheets[0]
    assert page.print_title_rows == "$3:$3"
    assert page.page_setup.orientation == "landscape"


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+8", "-8"])
def test_text_never_becomes_a_formula(text: str) -> None:
    made = sheet({"firm_name": text})
    page = load_workbook(BytesIO(made.as_workbook().content)).worksheets[0]
    assert (page["A4"].data_type, page["A4"].value) == ("s", text)
    assert made.as_csv().content.decode("utf-8-sig").splitlines()[1].startswith(f"'{text}")


def test_text_with_commas_holds_the_rows_alone() -> None:
    made = sheet({"firm_name": "甲,乙", "fact:revenue:0": Money(100), "day": date(2026, 1, 2)}).as_csv()
    lines = made.content.decode("utf-8-sig").splitlines()
    assert lines == ["企业名称,营业收入（万元）,日期", '"甲,乙",0.0001,2026-01-02']
    assert made.name == "推荐情况汇总表.csv"


@pytest.mark.parametrize("design", DESIGNS)
def test_every_column_of_the_rulebook_can_be_filled(design: str) -> None:
    facts, indicators = load_vocabulary().facts, {each.id for each in load("2022-innovative").indicators}
    published = {"status", "valid_from"}
    for column in table_form(design).columns:
        if column.value == "fact":
            assert column.of in facts
        elif column.value == "indicator":
            assert column.of in indicators
        else:
            assert column.value in {*FROM_CASE, *FROM_FACTS, *published}


@pytest.mark.parametrize(
    "design", ["recommendation-table", "re-review-table", "specialised-recommendation-table", "proposed-list"]
)
def test_tables_that_the_notice_only_names_say_that_their_columns_are_ours(design: str) -> None:
    assert table_form(design).note.startswith("本系统理解：")


def test_file_name_holds_nothing_that_a_file_system_refuses() -> None:
    assert file_name("关于“推荐”/第一批", "", "甲 乙", suffix="pdf") == "关于“推荐”第一批-甲乙.pdf"
    assert len(file_name("长" * 300, suffix="xlsx")) == 85
