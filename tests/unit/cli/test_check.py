"""``./tidu check``: the template, firms from workbook, CSV and snapshots, and what is said of wrong cells."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import load_workbook
from tests.conformance.cases import cases_of

from tidu.__main__ import main
from tidu.cli import check
from tidu.cli.checking import judging
from tidu.documents.firm_sheets import write_firm
from tidu.law.facts import FactKind, Facts, format_value
from tidu.law.sheets import FIRMS, firm_columns, letter, list_columns
from tidu.law.standards import load

STANDARD = load("2022-specialised")
FACTS = cases_of("2022-specialised")[0].facts
DAY = ["--year", "2025", "--as-of", "2026-03-01"]
CODE = "91990000MA00000A0X"


def firm_row(code: str = CODE, **changed: Any) -> dict[str, Any]:
    """The firm of the conformance cases as a row of the first sheet, by header."""
    row: dict[str, Any] = {}
    for column in firm_columns(STANDARD, 2025):
        value = FACTS.known(column.fact.id, column.period)
        if column.fact.kind is FactKind.TABLE:
            row[column.header] = "有" if value else "无"
        else:
            row[column.header] = format_value(column.fact, value)
    return row | {"企业名称": "示例企业", "统一社会信用代码": code} | changed


def list_rows(label: str, code: str = CODE) -> list[list[str]]:
    """The sheet of one list with the firm's rows."""
    table = next(n.fact for n in STANDARD.needed_facts() if n.fact.label == label)
    columns = list_columns(table, STANDARD.vocabulary)
    rows = FACTS.rows(table.id) or ()
    cells = [
        [code, *(format_value(column.fact, row.get(column.fact.id)) for column in columns[1:])]
        for row in rows
    ]
    return [[column.header for column in columns], *cells]


def workbook(path: Path, rows: list[dict[str, Any]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(FIRMS)
        sheet.write_row(0, 0, list(rows[0]))
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, list(row.values()))
        for label in ("知识产权清单", "研发机构清单"):
            lists = book.add_worksheet(label)
            for number, cells in enumerate(list_rows(label)):
                lists.write_row(number, 0, cells)
    return path


def conclusions(path: Path) -> list[dict[str, Any]]:
    sheet = load_workbook(path)[FIRMS]
    headers, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, headers), row, strict=True)) for row in rows]


def test_the_template_asks_what_the_standard_needs(tmp_path: Path) -> None:
    template = tmp_path / "空表.xlsx"
    assert main(["check", "--template", str(template), *DAY]) == 0
    book = load_workbook(template)
    headers = [cell.value for cell in book[FIRMS][1]]
    assert headers[:2] == ["企业名称", "统一社会信用代码"]
    assert "2025年营业收入总额（万元）" in headers
    assert "2023年主营业务收入总额（万元）" in headers
    assert "知识产权清单" in book.sheetnames
    assert "填写说明" in book.sheetnames


def test_a_workbook_gets_its_conclusions_beside_the_rows(tmp_path: Path) -> None:
    poor = firm_row("91990000MA00000B0X", 企业名称="另一企业", **{"2025年研发费用总额（万元）": "99"})
    path = workbook(tmp_path / "企业表.xlsx", [firm_row(), poor])
    assert main(["check", str(path), *DAY]) == 0
    good, bad = conclusions(tmp_path / "企业表-结论.xlsx")
    assert (good["企业名称"], good["结论"], good["得分至少"], good["得分至多"]) == (
        "示例企业",
        "符合",
        "60",
        "75",
    )
    assert bad["结论"] == "不符合"
    assert "上年度研发费用总额不低于100万元" in bad["不符合的条件"]
    assert bad["待补充"] is None or "特色" not in bad["待补充"]


def test_the_conclusion_is_that_of_the_law(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workbook(tmp_path / "企业表.xlsx", [firm_row()])
    assert main(["check", str(path), "--json", *DAY]) == 0
    told = capsys.readouterr()
    assert "用的是缺省的“专精特新中小企业认定标准”" in told.err
    assert "（2022-specialised），该标准自 2026-04-01 起停用" in told.err
    assert "--standard 编号" in told.err
    said = json.loads(told.out)
    judged = STANDARD.judge(FACTS).as_json()
    assert said["indicators"] == judged["indicators"]
    assert said["outcome"] == judged["outcome"]


def test_unknown_columns_and_bad_cells_are_named_by_sheet_row_and_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = firm_row(**{"2025年研发费用总额（万元）": "三百五十", "2025年营业收入（万元）": "1"})
    path = workbook(tmp_path / "企业表.xlsx", [row])
    assert main(["check", str(path), *DAY]) == 1
    headers = list(row)
    unknown = letter(headers.index("2025年营业收入（万元）"))
    bad = letter(headers.index("2025年研发费用总额（万元）"))
    said = capsys.readouterr().err
    assert (
        f"工作表“企业”第 1 行 {unknown} 列：“2025年营业收入（万元）”不是本标准的栏目，是否为“2025年" in said
    )
    assert f"工作表“企业”第 2 行 {bad} 列：研发费用总额“三百五十”不是金额。" in said
    (result,) = conclusions(tmp_path / "企业表-结论.xlsx")
    assert result["结论"] == "待补充"
    assert f"第 2 行 {bad} 列" in result["表中问题"]


def test_a_list_row_of_nobody_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workbook(tmp_path / "企业表.xlsx", [firm_row()])
    book = load_workbook(path)
    book["知识产权清单"]["A2"] = None
    book.save(path)
    assert main(["check", str(path), *DAY]) == 1
    assert "工作表“知识产权清单”第 2 行 A 列：没有填统一社会信用代码" in capsys.readouterr().err


def test_a_csv_says_none_for_lists_and_keeps_what_is_not_said_open(tmp_path: Path) -> None:
    row = firm_row(知识产权清单="无", 研发机构清单="", 企业名称="=1+1")
    path = tmp_path / "企业表.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([list(row), list(row.values())])
    assert main(["check", str(path), *DAY]) == 0
    with (tmp_path / "企业表-结论.csv").open(encoding="utf-8-sig", newline="") as file:
        (result,) = csv.DictReader(file)
    assert result["企业名称"] == "'=1+1"
    assert (result["结论"], result["待补充"]) == ("待补充", result["待补充"])
    assert "研发机构清单未填。" in result["待补充"]
    assert "。；" not in result["待补充"]
    assert "知识产权清单未填。" not in result["待补充"]


def test_snapshots_are_judged_and_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "快照.json"
    path.write_text(json.dumps([FACTS.to_json()]), encoding="utf-8")
    assert main(["check", str(path), "--explain", "--standard", "xinjiang-specialised", *DAY]) == 0
    assert "结论：符合（按63号推定）。" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "content"), [("x.json", "[1]"), ("x.json", "{"), ("x.xlsx", "not a workbook"), ("x.xls", "")]
)
def test_a_file_that_is_something_else_is_refused_in_a_sentence(
    name: str, content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_text(content)
    assert main(["check", str(path)]) == 2
    assert str(path) in capsys.readouterr().err


def test_a_standard_or_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "没有.xlsx")]) == 2
    assert "找不到文件" in capsys.readouterr().err
    assert main(["check", "x.xlsx", "--standard", "2099"]) == 2
    assert "2022-specialised" in capsys.readouterr().err


def csv_table(path: Path, rows: list[dict[str, Any]], encoding: str = "utf-8-sig") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([list(rows[0]), *(list(row.values()) for row in rows)])
    return path


def plain_row(number: int, **changed: Any) -> dict[str, Any]:
    return firm_row(
        f"91990000MA{number:07d}X", 企业名称=f"第{number}家", 知识产权清单="无", 研发机构清单="无", **changed
    )


def test_several_processes_say_the_same_in_the_same_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(judging, "PIECE", 2)
    wrong = {"2025年研发费用总额（万元）": "三百"}
    rows = [plain_row(number, **(wrong if number == 4 else {})) for number in range(1, 10)]
    path = csv_table(tmp_path / "企业表.csv", rows)
    written, said = [], []
    for processes in ("1", "2"):
        assert main(["check", str(path), "--processes", processes, *DAY]) == 1
        written.append((tmp_path / "企业表-结论.csv").read_bytes())
        said.append(capsys.readouterr().err)
    assert written[0] == written[1]
    assert said[0] == said[1] != ""
    with (tmp_path / "企业表-结论.csv").open(encoding="utf-8-sig", newline="") as file:
        results = list(csv.DictReader(file))
    assert [one["企业名称"] for one in results] == [f"第{number}家" for number in range(1, 10)]
    assert [number for number, one in enumerate(results, start=1) if one["表中问题"]] == [4]


def test_the_gap_of_what_fails_stands_beside_the_row(tmp_path: Path) -> None:
    csv_table(tmp_path / "企业表.csv", [plain_row(1, **{"2025年研发费用总额（万元）": "99"})])
    assert main(["check", str(tmp_path / "企业表.csv"), *DAY]) == 0
    with (tmp_path / "企业表-结论.csv").open(encoding="utf-8-sig", newline="") as file:
        (result,) = csv.DictReader(file)
    assert "2025年研发费用总额再增加 1.00 万元（由 99.00 万元到 100.00 万元）即符合。" in result["差距"]


def test_a_table_saved_by_an_office_program_in_its_own_encoding_is_read(tmp_path: Path) -> None:
    path = csv_table(tmp_path / "企业表.csv", [plain_row(1)], encoding="gb18030")
    assert main(["check", str(path), *DAY]) == 0


def test_many_wrong_cells_are_counted_rather_than_all_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "MOST_NAMED", 2)
    rows = [plain_row(number, **{"2025年研发费用总额（万元）": "多"}) for number in (1, 2, 3)]
    assert main(["check", str(csv_table(tmp_path / "企业表.csv", rows)), *DAY]) == 1
    said = capsys.readouterr().err
    assert said.count("工作表“企业”") == 2
    assert "另有 1 处读不出的单元格，见结论表“表中问题”一栏。" in said


def test_the_template_explains_and_checks_every_cell(tmp_path: Path) -> None:
    template = tmp_path / "空表.xlsx"
    assert main(["check", "--template", str(template), "--standard", "2026-little-giant", *DAY]) == 0
    sheet = load_workbook(template)[FIRMS]
    headers = {cell.value: cell.column_letter for cell in sheet[1]}
    rules = {
        str(one.sqref).split(":")[0].rstrip("0123456789"): one
        for one in sheet.data_validations.dataValidation
    }
    revenue = rules[headers["2025年营业收入总额（万元）"]]
    assert (revenue.type, revenue.formula1, revenue.errorStyle) == ("decimal", "0.0", "warning")
    assert "利润表" in revenue.prompt
    assert rules[headers["小巨人产业领域"]].formula1.startswith('"工业六基,')
    assert {letter_ for letter_, one in rules.items() if not one.prompt} == set()


def test_columns_are_lettered_as_spreadsheets_do() -> None:
    assert [letter(index) for index in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip


def test_a_sheet_made_for_another_standard_is_not_judged_by_this_one_unsaid(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet, asked = tmp_path / "自测.xlsx", date(2026, 3, 1)
    facts = Facts.of({"revenue": {2025: 525_000_000}}, year=2025, as_of=asked)
    write_firm(sheet, load("2022-innovative"), facts, ["结论"])
    assert main(["check", str(sheet), *DAY]) == 1
    wrong = capsys.readouterr().err
    assert "按“创新型中小企业评价标准”的空表填的，现在按“专精特新中小企业认定标准”判定" in wrong
    assert "--standard 2022-innovative" in wrong
    assert main(["check", str(sheet), "--standard", "2022-innovative", *DAY]) == 0
    assert capsys.readouterr().err == ""
