"""Writing the sheet to fill, and the conclusions beside the rows."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import xlsxwriter

from tidu.cli.checking.reading import Firms, Judged, Question
from tidu.law.facts import FactKind
from tidu.law.sheets import FIRMS, Column, firm_columns, list_columns, typed
from tidu.law.standards import Outcome, Verdict

CONCLUSIONS = ("结论", "得分至少", "得分至多", "不符合的条件", "待补充", "最省力的一项", "表中问题")
OPTIONS_ROWS = 5_000
"""So far down a template offers the options of a choice."""


def write_template(path: Path, question: Question) -> None:
    """The sheets to fill: firms, one sheet per list, and what each column means."""
    standard = question.standard
    with xlsxwriter.Workbook(path) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@"})
        columns = firm_columns(standard, question.year)
        _sheet(book, FIRMS, columns, head, text)
        tables = [n.fact for n in standard.needed_facts() if n.fact.kind is FactKind.TABLE]
        for table in tables:
            _sheet(book, table.label, list_columns(table, standard.vocabulary), head, text)
        meaning = book.add_worksheet("填写说明")
        meaning.set_column(0, 0, 40)
        meaning.set_column(1, 1, 100)
        lines = [(f"标准：{standard.title}", standard.instrument.note)]
        lines += [(column.header, _meaning(column)) for column in columns]
        for row, line in enumerate(lines):
            meaning.write_row(row, 0, line)


def write_results(path: Path, firms: Firms, judged: Iterable[Judged]) -> int:
    """The rows as they stood with the conclusions beside them; how many there were."""
    rows = _beside(firms, judged)
    return _csv(path, rows) if path.suffix.lower() == ".csv" else _workbook(path.with_suffix(".xlsx"), rows)


def _beside(firms: Firms, judged: Iterable[Judged]) -> Iterator[Sequence[str]]:
    headers = [typed(header) for header in firms.headers] or ["企业名称"]
    yield [*headers, *CONCLUSIONS]
    for one in judged:
        cells = [typed(cell) for cell in one.cells] or [one.name]
        padded = cells + [""] * (len(headers) - len(cells))
        yield [*padded, *_conclusion(one.verdict), "；".join(map(str, one.problems))]


def _conclusion(verdict: Verdict) -> list[str]:
    words = f"（{verdict.unconfirmed_words}）" if verdict.unconfirmed_words else ""
    scored = [str(verdict.points.low), str(verdict.points.high)] if verdict.full else ["", ""]
    failing = [c.label for c in verdict.root if c.rule and c.outcome is Outcome.UNMET]
    turning = verdict.turning[:1]
    return [
        f"{verdict.outcome.label}{words}",
        *scored,
        "；".join(failing) if verdict.outcome is Outcome.UNMET else "",
        "；".join(point.sentence for point in verdict.open_points),
        turning[0].sentence if turning else "",
    ]


def _csv(path: Path, rows: Iterator[Sequence[str]]) -> int:
    count = -1
    # The mark at the beginning lets spreadsheet programs read Chinese.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        for row in rows:
            writer.writerow([_harmless(cell) for cell in row])
            count += 1
    return count


def _workbook(path: Path, rows: Iterator[Sequence[str]]) -> int:
    count = -1
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet(FIRMS)
        sheet.freeze_panes(1, 1)
        for number, row in enumerate(rows):
            for index, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, index, cell)
            count += 1
    return count


def _harmless(cell: str) -> str:
    """A text that a spreadsheet program would take for a formula stays a text."""
    is_formula = cell[:1] in ("=", "@", "\t", "\r") or (cell[:1] in ("+", "-") and not _is_number(cell))
    return f"'{cell}" if is_formula else cell


def _is_number(cell: str) -> bool:
    return cell[1:].replace(",", "").replace(".", "", 1).isdecimal()


def _sheet(
    book: xlsxwriter.Workbook,
    name: str,
    columns: Sequence[Column],
    head: xlsxwriter.format.Format,
    text: xlsxwriter.format.Format,
) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, 22, None if column.fact.kind.is_number else text)
        sheet.write_string(0, index, column.header, head)
        choices = _choices(column)
        if choices:
            rule = {"validate": "list", "source": choices, "error_type": "warning"}
            sheet.data_validation(1, index, OPTIONS_ROWS, index, rule)


def _choices(column: Column) -> list[str]:
    if column.fact.kind is FactKind.TABLE:
        return ["有", "无"]
    if column.fact.kind is FactKind.FLAG:
        return ["是", "否"]
    labels = [option.label for option in column.fact.options]
    # A drop-down list holds 255 characters; longer ones stand in the explanation only.
    return labels if sum(map(len, labels)) + len(labels) <= 255 else []


def _meaning(column: Column) -> str:
    fact = column.fact
    if fact.kind is FactKind.TABLE:
        return f"{fact.definition}有的逐行填在工作表“{fact.label}”；没有的填“无”；不清楚的留空。"
    options = "、".join(option.label for option in fact.options)
    return f"{fact.definition}{f'可填：{options}。' if options else ''}"
