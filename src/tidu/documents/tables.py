"""Tables whose columns are data: `rulebook/documents/<id>.toml` says what stands in which order.

The notices name their tables and keep the columns to themselves. What we put there is a guess, marked
本系统理解, and whoever has seen the real annex edits the file.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from tidu.documents.produced import CSV, XLSX, Document, file_name
from tidu.law import plain
from tidu.law.amounts import FEN_PER_WAN
from tidu.law.rulebook import read_toml

SAMPLE = "样张：内容虚构，不作任何用途。"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t")
_SHEET_NAME_LIMIT = 31


@dataclass(frozen=True)
class Column:
    """A column: its head, which value of a row it shows, and its width in characters.

    `value` is a name that the table's room fills, or "fact" or "indicator" with `of` naming which,
    `years_back` years before 上年.
    """

    label: str
    value: str
    width: int = 14
    of: str = ""
    years_back: int = 0

    @property
    def key(self) -> str:
        """Under which name a row holds the value."""
        return f"{self.value}:{self.of}:{self.years_back}" if self.of else self.value


@dataclass(frozen=True)
class TableForm:
    """A table as designed; `note` says below it what of it is ours. Without a title its list brings one."""

    columns: tuple[Column, ...]
    title: str = ""
    note: str = ""


@dataclass(frozen=True)
class Money:
    """An amount in 分 that a table shows in 万元."""

    fen: int


Cell = str | int | date | Money | None
Row = Mapping[str, Cell]


@cache
def table_form(form_id: str) -> TableForm:
    """The design in the rulebook. FileNotFoundError if there is none."""
    return plain.read(TableForm, read_toml("documents", form_id))


@dataclass(frozen=True)
class Sheet:
    """A filled table: its title, lines that say whose it is, and its rows."""

    form: TableForm
    title: str
    heading: Sequence[str]
    rows: Sequence[Row]
    sample: bool = False

    @property
    def notes(self) -> list[str]:
        """What stands below the rows."""
        return [note for note in (SAMPLE if self.sample else "", self.form.note) if note]

    def as_workbook(self) -> Document:
        """As an Excel workbook that prints on landscape A4 with its head on every page."""
        target = BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(target, options) as book:
            _write(book, self)
        return Document(file_name(self.title, suffix="xlsx"), XLSX, target.getvalue())

    def as_csv(self) -> Document:
        """As text with commas, which Excel opens as it is: rows only, no title."""
        target = StringIO(newline="")
        writer = csv.writer(target)
        writer.writerow([column.label for column in self.form.columns])
        for row in self.rows:
            writer.writerow([_plain(row.get(column.key)) for column in self.form.columns])
        return Document(file_name(self.title, suffix="csv"), CSV, target.getvalue().encode("utf-8-sig"))


def _plain(cell: Cell) -> str:
    """A cell as text; a text that a spreadsheet would take for a formula is kept from being one."""
    if cell is None:
        return ""
    if isinstance(cell, Money):
        return str(_wan(cell))
    if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS):
        return f"'{cell}"
    return str(cell)


def _wan(money: Money) -> float:
    return money.fen / FEN_PER_WAN


def _write(book: Any, sheet: Sheet) -> None:
    page, columns = book.add_worksheet("名单"[:_SHEET_NAME_LIMIT]), sheet.form.columns
    styles = _Styles(book)
    last = len(columns) - 1
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer("&C第 &P 页，共 &N 页")
    page.merge_range(0, 0, 0, last, sheet.title, styles.title)
    page.set_row(0, 30)
    for line, words in enumerate(sheet.heading, start=1):
        page.merge_range(line, 0, line, last, words, styles.words)
    head = len(sheet.heading) + 1
    for number, column in enumerate(columns):
        page.set_column(number, number, column.width)
        page.write_string(head, number, column.label, styles.head)
    page.freeze_panes(head + 1, 0)
    page.repeat_rows(head)
    for line, row in enumerate(sheet.rows, start=head + 1):
        for number, column in enumerate(columns):
            styles.write(page, line, number, row.get(column.key))
    for line, note in enumerate(sheet.notes, start=head + 1 + len(sheet.rows)):
        page.merge_range(line, 0, line, last, note, styles.words)


class _Styles:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        font = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
        cell = {**font, "border": 1, "text_wrap": True}
        self.title = book.add_format({**font, "font_size": 16, "bold": True, "align": "center"})
        self.words = book.add_format({**font, "text_wrap": True})
        self.head = book.add_format({**cell, "bold": True, "align": "center", "bg_color": "#EEF2F8"})
        self.text = book.add_format({**cell, "num_format": "@"})
        self.count = book.add_format({**cell, "num_format": "#,##0"})
        self.money = book.add_format({**cell, "num_format": "#,##0.00####"})
        self.day = book.add_format({**cell, "num_format": "yyyy-mm-dd", "align": "center"})

    def write(self, page: Any, line: int, number: int, cell: Cell) -> None:
        """One cell by its kind; missing stays empty and is never 0."""
        if cell is None or cell == "":
            page.write_blank(line, number, None, self.text)
        elif isinstance(cell, Money):
            page.write_number(line, number, _wan(cell), self.money)
        elif isinstance(cell, date):
            page.write_datetime(line, number, cell, self.day)
        elif isinstance(cell, int):
            page.write_number(line, number, cell, self.count)
        else:
            page.write_string(line, number, cell, self.text)
