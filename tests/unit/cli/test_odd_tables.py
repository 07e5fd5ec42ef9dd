"""``./tidu check`` on tables as they come: other units, shifted rows, lists that contradict a row."""

import csv
import json
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook
from tests.unit.law.firms import firm

from tidu.__main__ import main
from tidu.cli.checking.judging import CONCLUSIONS, conclusion
from tidu.documents.firm_sheets import write_firm
from tidu.law.facts import Facts
from tidu.law.sheets import FIRMS, Cell, Heading, firm_columns, list_columns
from tidu.law.standards import load

INNOVATIVE = load("2022-innovative")
LITTLE_GIANT = load("2026-little-giant-2026")
COLUMNS = firm_columns(INNOVATIVE, 2025)
REVENUE = "2025年营业收入总额（万元）"
HEADERS = ["企业名称", "统一社会信用代码", REVENUE, "知识产权清单"]
ONE, OTHER, NOWHERE = "91990000MA00000A0X", "91990000MA00000B0X", "91990000MA00000C0X"
ASKED = ["--standard", "2022-innovative", "--year", "2025", "--as-of", "2026-03-01"]


def table(path: Path, *rows: list[str]) -> Path:
    path.write_text("".join(f"{','.join(row)}\n" for row in rows), encoding="utf-8")
    return path


def workbook(path: Path, **sheets: list[list[Cell]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


@pytest.mark.parametrize(
    "header",
    [REVENUE, "2025年营业收入总额", "2025年营业收入总额\n(万元)", "2025年营业收入总额（人民币万元，合并）"],
)
def test_a_header_may_be_written_in_several_ways(header: str) -> None:
    (column,) = Heading(FIRMS, [header], COLUMNS).columns.values()
    assert column.header == REVENUE


@pytest.mark.parametrize("unit", ["元", "亿元", "百万元", "美元"])
def test_a_column_in_another_unit_is_not_read_as_if_it_were_in_ours(unit: str) -> None:
    heading = Heading(FIRMS, [f"2025年营业收入总额（{unit}）"], COLUMNS)
    assert heading.columns == {}
    assert "写的单位不是“万元”，这一列没有参与判定" in str(heading.problems[0])


def test_a_share_that_a_spreadsheet_keeps_as_a_fraction_is_asked_about() -> None:
    """10 % typed into a cell of numbers is kept as 0.1, which would be read as a tenth of a percent."""
    (share,) = (c for c in firm_columns(LITTLE_GIANT, 2025) if c.fact.id == "domestic_share")
    heading = Heading(FIRMS, [share.header], [share])
    for fraction in (0.1, 1.0):
        found, (problem,) = heading.read(2, [fraction])
        assert found == {}
        assert "表格程序把 10% 存为 0.1" in str(problem)
    plain: list[tuple[Cell, int]] = [("0.1%", 1_000), ("10%", 100_000), (10.0, 100_000)]
    for cell, read in plain:
        assert heading.read(2, [cell]) == ({share: read}, [])


def test_a_saved_share_is_read_back(tmp_path: Path) -> None:
    facts = Facts.of({"domestic_share": 5_000}, year=2025, vocabulary=LITTLE_GIANT.vocabulary)
    write_firm(tmp_path / "x.xlsx", LITTLE_GIANT, facts, [])
    header, cells = load_workbook(tmp_path / "x.xlsx")[FIRMS].iter_rows(values_only=True)
    found, problems = Heading(FIRMS, header, firm_columns(LITTLE_GIANT, 2025)).read(2, cells)
    assert problems == []
    assert {column.fact.id: value for column, value in found.items()}["domestic_share"] == 5_000


def test_a_row_shifted_by_a_comma_is_named_and_its_conclusion_stays_in_its_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table(tmp_path / "表.csv", HEADERS, ["甲", ONE, "1", "234", "无"])
    assert main(["check", str(path), *ASKED]) == 1
    assert "第 2 行 E 列：这一行比列名多出 1 格，前面各格可能错位" in capsys.readouterr().err
    with (tmp_path / "表-结论.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["结论"] == "待补充"


def test_what_a_row_says_of_a_list_agrees_with_the_sheet_of_the_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (ip,) = (n.fact for n in INNOVATIVE.needed_facts() if n.fact.id == "intellectual_property")
    head: list[Cell] = [column.header for column in list_columns(ip, INNOVATIVE.vocabulary)]
    firms: list[list[Cell]] = [[*HEADERS], ["甲", ONE, 1, "三项"], ["乙", OTHER, 1, "无"]]
    lists: list[list[Cell]] = [head, [OTHER, "发明专利"], [NOWHERE, "发明专利"], ["short", "发明专利"]]
    path = workbook(tmp_path / "表.xlsx", **{FIRMS: firms, "知识产权清单": lists})
    assert main(["check", str(path), *ASKED]) == 1
    said = capsys.readouterr().err
    assert "第 2 行 D 列：知识产权清单“三项”无法识别" in said
    assert "第 3 行 D 列：填了“无”，工作表“知识产权清单”里却有这家企业的 1 行" in said
    assert f"工作表“知识产权清单”：有 1 行写的统一社会信用代码“{NOWHERE}”不在“企业”表中" in said
    assert "第 4 行 A 列：统一社会信用代码“short”的写法不对" in said
    assert "没有填统一社会信用代码" not in said


def test_a_sheet_by_nearly_the_name_of_a_list_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    firms: list[list[Cell]] = [[*HEADERS], ["甲", ONE, 1, "有"]]
    other: list[list[Cell]] = [["发明专利"]]
    path = workbook(tmp_path / "表.xlsx", **{FIRMS: firms, "知识产权": other, "备注": other})
    assert main(["check", str(path), *ASKED]) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert "工作表“知识产权”第 1 行 A 列：这张工作表没有参与判定，是否应名为“知识产权清单”？" in said[0]


@pytest.mark.parametrize(
    ("name", "rows", "said"),
    [
        ("表.csv", [["某市企业表"], HEADERS, ["甲", ONE, "1", "无"]], "第 1 行没有本标准的栏目名"),
        ("表.csv", [HEADERS, ['"甲', ONE, "1", "无"], ["乙", OTHER, "1", "无"]], "不是逗号分隔的文本"),
        ("表.json", [["[" * 100_000]], "不是 JSON"),
        ("表.json", [['{"schema":"tidu.facts/1"', '"year":0', '"values":{}}']], "not a year: 0"),
    ],
)  # fmt: skip
def test_a_table_that_would_be_misread_is_refused(
    name: str, rows: list[list[str]], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(table(tmp_path / name, *rows)), *ASKED]) == 2
    assert said in capsys.readouterr().err


def test_an_alternative_that_another_spares_is_not_held_against_the_firm() -> None:
    """Who has the points needs none of the direct routes, whatever else fails."""
    verdict = INNOVATIVE.judge(firm(not_on_abnormal_lists="no"))
    said = dict(zip(CONCLUSIONS, conclusion(verdict), strict=False))
    assert said["不符合的条件"] == "未被列入经营异常名录或严重失信主体名单"
    assert said["差距"] == ""
    lines = verdict.sentences()
    assert "未被列入经营异常名录或严重失信主体名单：不符合（63号 总则）。" in lines
    assert "近三年内获得过国家级、省级科技奖励：不符合（63号 附件1 直通1；非必须）。" in lines
    without_points = INNOVATIVE.judge(firm(rd_expense={2025: 0}, intellectual_property=[]))
    said = dict(zip(CONCLUSIONS, conclusion(without_points), strict=False))
    assert "评价得分60分以上" in said["不符合的条件"]
    assert "近三年内获得过国家级、省级科技奖励" in said["不符合的条件"]


def test_nothing_is_written_over_the_table_itself_or_a_filled_template(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table(tmp_path / "表.csv", HEADERS, ["甲", ONE, "1", "无"])
    before = path.read_bytes()
    assert main(["check", str(path), "--output", str(path), *ASKED]) == 2
    assert main(["check", "--template", str(path), *ASKED]) == 2
    assert path.read_bytes() == before
    said = capsys.readouterr().err
    assert "结论表不能写在原表" in said
    assert "已经有了，不覆盖" in said


def test_the_conclusions_of_snapshots_are_where_it_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "快照.json"
    body = json.dumps(Facts.of({}, year=2025).to_json())
    path.write_text(body, encoding="utf-8-sig")
    assert main(["check", str(path), *ASKED]) == 0
    assert str(tmp_path / "快照-结论.xlsx") in capsys.readouterr().out
    assert (tmp_path / "快照-结论.xlsx").is_file()
    assert main(["check", str(path), "--output", str(tmp_path / "没有" / "x.xlsx"), *ASKED]) == 2
    assert "写不出" in capsys.readouterr().err


def test_a_year_is_four_digits(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["check", "表.csv", "--year", "25"])
    assert "“25”不是年份" in capsys.readouterr().err
