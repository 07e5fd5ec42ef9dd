"""The workbook in which firms are put to a standard: the sheet to fill, or one firm's, filled.

`tidu.law.sheets` says which columns there are; reading them back stands there too.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

from tidu.law.facts import Fact, FactKind, Facts, Scalar, format_number, format_value
from tidu.law.facts.drafts import NONE_STATED
from tidu.law.identity import demonstration_code
from tidu.law.sheets import FIRMS, KEY, LISTED, NAME, Column, firm_columns, list_columns
from tidu.law.standards import Standard

LAST_ROW = 1_048_575
"""So far down a template checks what is typed: to the end of the sheet."""
CONCLUSION, MEANING = "结论", "填写说明"
TITLE_LENGTH, MESSAGE_LENGTH, OPTIONS_LENGTH = 32, 255, 255
"""What a spreadsheet program takes as the title and text of a hint, and as a list of options."""


def write_template(target: Path | BinaryIO, standard: Standard, year: int) -> None:
    """The sheets to fill: firms, one sheet per list, and what each column means; `year` is 上年."""
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        _Sheets(book, standard, year).write({})


def write_firm(target: Path | BinaryIO, standard: Standard, facts: Facts, said: Iterable[str]) -> None:
    """One firm as the template would hold it, with the verdict's sentences on a sheet of their own.

    Its credit code is an invented one, which only ties its lists to it.
    """
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        _Sheets(book, standard, facts.year).write(_cells_of(facts))
        sheet = book.add_worksheet(CONCLUSION)
        sheet.set_column(0, 0, 120, book.add_format({"text_wrap": True}))
        for row, line in enumerate(said):
            sheet.write_string(row, 0, line)


def made_for_line(standard: Standard) -> str:
    """How a template says which standard it was made for: the first cell of 填写说明."""
    return f"标准：{standard.title}"


def _cells_of(facts: Facts) -> dict[str, list[dict[Any, Any]]]:
    """The rows of every sheet by the id of its list, the firm's own under no name; cells by their keys."""
    found: dict[str, list[dict[Any, Any]]] = {"": [dict(facts.values_by_key)]}
    for (fact_id, _), value in facts.items():
        if isinstance(value, tuple):
            found[fact_id] = [dict(row) for row in value]
    return found


class _Sheets:
    """The sheets of one standard in one workbook."""

    def __init__(self, book: xlsxwriter.Workbook, standard: Standard, year: int) -> None:
        self._book = book
        self._standard = standard
        self._columns = firm_columns(standard, year)
        self._head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._text = book.add_format({"num_format": "@"})

    def write(self, rows: dict[str, list[dict[Any, Any]]]) -> None:
        """All sheets; `rows` are the values of the firm (under no name) and of its lists, by their keys."""
        sheet = self._sheet(FIRMS, self._columns)
        for number, values in enumerate(rows.get("", ()), start=1):
            for index, column in enumerate(self._columns):
                self._cell(sheet, number, index, column.fact, _of_firm(column, values))
        for need in self._standard.needed_facts():
            if need.fact.kind is FactKind.TABLE:
                self._list(need.fact, rows.get(need.fact.id, ()))
        self._meanings()

    def _list(self, table: Fact, rows: Sequence[dict[Any, Any]]) -> None:
        columns = list_columns(table, self._standard.vocabulary)
        sheet = self._sheet(table.label, columns)
        for number, values in enumerate(rows, start=1):
            self._cell(sheet, number, 0, columns[0].fact, demonstration_code(0))
            for index, column in enumerate(columns[1:], start=1):
                self._cell(sheet, number, index, column.fact, values.get(column.fact.id))

    def _sheet(self, name: str, columns: Sequence[Column]) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, 22, None if _is_amount(column.fact) else self._text)
            sheet.write_string(0, index, column.header, self._head)
            sheet.data_validation(1, index, LAST_ROW, index, _checked(column))
        return sheet

    def _cell(self, sheet: Any, row: int, index: int, fact: Fact, value: Scalar | None) -> None:
        if value is None:
            return
        text = value if fact.kind is FactKind.TABLE else format_value(fact, value)
        if fact.kind is FactKind.SHARE:
            text = f"{text}%"
        plain = str(text).replace(",", "")
        # A number stays a number where a spreadsheet holds it exactly; else it stays the text that it is.
        if _is_amount(fact) and Decimal(repr(float(plain))) == Decimal(plain):
            sheet.write_number(row, index, float(plain))
        else:
            sheet.write_string(row, index, str(text), self._text)

    def _meanings(self) -> None:
        sheet = self._book.add_worksheet(MEANING)
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, 1, 100, self._book.add_format({"text_wrap": True}))
        lines = [(made_for_line(self._standard), self._standard.instrument.note)]
        lines += [(column.header, meaning(column.fact)) for column in self._columns]
        for row, line in enumerate(lines):
            sheet.write_row(row, 0, line)


def meaning(fact: Fact) -> str:
    """What to fill in, in one text: the definition and, where there are any, the answers."""
    if fact.kind is FactKind.TABLE:
        return f"{fact.definition}有的逐行填在工作表“{fact.label}”；没有的填“无”；不清楚的留空。"
    options = "、".join(option.label for option in fact.options)
    said = fact.definition or fact.help
    return f"{said}{f'可填：{options}。' if options else ''}"


def _of_firm(column: Column, values: dict[Any, Any]) -> Any:
    """One cell of the firm's own row; a list is told by 有 or 无."""
    if column.fact.id == KEY:
        return demonstration_code(0)
    if column.fact.id == NAME:
        return None
    value = values.get((column.fact.id, column.period))
    if isinstance(value, tuple):
        return LISTED if value else NONE_STATED
    return value


def _checked(column: Column) -> dict[str, Any]:
    """What the spreadsheet program checks and says at a cell.

    It only warns, since other units (亿元) and other ways to write a day are read as well.
    """
    fact = column.fact
    hint = {"input_title": column.header[:TITLE_LENGTH], "input_message": _hint(fact)}
    if labels := _labels(fact):
        return {"validate": "list", "source": labels, "error_type": "warning", **hint}
    if _is_amount(fact) and fact.at_least is not None and fact.at_most is not None:
        return {
            "validate": "integer" if fact.kind is FactKind.COUNT else "decimal",
            "criteria": "between",
            "minimum": _shown(fact, fact.at_least),
            "maximum": _shown(fact, fact.at_most),
            "error_type": "warning",
            **hint,
        }
    return {"validate": "any", **hint}


def _is_amount(fact: Fact) -> bool:
    """Whether it stands there as a number. A share is a text: as a number, 10% is kept as 0.1."""
    return fact.kind.is_number and fact.kind is not FactKind.SHARE


def _hint(fact: Fact) -> str:
    ways = {FactKind.DATE: "写作 2021-06-30。", FactKind.SHARE: "写作 12.5%。"}
    words = f"{meaning(fact)}{ways.get(fact.kind, '')}"
    return words[:MESSAGE_LENGTH]


def _shown(fact: Fact, number: int) -> float:
    """A bound in the unit that is typed."""
    return float(format_number(fact.kind, number).replace(",", ""))


def _labels(fact: Fact) -> list[str]:
    """The answers to choose from; more than a drop-down list holds stand in the explanation only."""
    if fact.kind is FactKind.TABLE:
        return [LISTED, NONE_STATED]
    if fact.kind is FactKind.FLAG:
        return ["是", "否"]
    labels = [option.label for option in fact.options]
    return labels if sum(map(len, labels)) + len(labels) <= OPTIONS_LENGTH else []
