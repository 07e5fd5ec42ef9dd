"""Firms in a table: one row each, a column per value that a standard needs; further sheets for lists.

The first sheet is called 企业. A list of a firm (知识产权清单) has a sheet of its own
whose rows name the firm by its 统一社会信用代码; on the first sheet its column says 无
where there is nothing to list, and is empty where the firm has said nothing.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from difflib import get_close_matches

from tidu.law.facts import Fact, FactKind, Facts, Row, Scalar, Value, Vocabulary, parse_value
from tidu.law.facts.drafts import NONE_STATED
from tidu.law.refusals import Refused, sentence
from tidu.law.standards import Standard

FIRMS = "企业"
KEY = "credit_code"
NAME = "enterprise_name"
LISTED = "有"

Cell = str | int | float | bool | date | datetime | time | timedelta | None
"""What a reader of spreadsheets gives for one cell."""


@dataclass(frozen=True, eq=False)
class Column:
    """One column: the fact (or column of a list) it holds, and the fiscal year for what is stated by year.

    It is itself and equals no other: the values of a row are found by it.
    """

    header: str
    fact: Fact
    period: int | None = None


@dataclass(frozen=True)
class Place:
    """Where something is wrong, as spreadsheets number: row 1 is the header, columns are letters."""

    sheet: str
    row: int
    column: str

    def __str__(self) -> str:
        return f"工作表“{self.sheet}”第 {self.row} 行 {self.column} 列"


@dataclass(frozen=True)
class Problem:
    """A cell or header that could not be used, and why."""

    place: Place
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}：{self.sentence}"


def firm_columns(standard: Standard, year: int) -> tuple[Column, ...]:
    """The first sheet: name and code, then every value that the standard needs."""
    vocabulary = standard.vocabulary
    named = [vocabulary.facts[name] for name in (NAME, KEY) if name in vocabulary.facts]
    columns = [Column(fact.label, fact) for fact in named]
    for need in standard.needed_facts():
        for _, period in need.keys(year):
            columns.append(Column(header_of(need.fact, period), need.fact, period))
    return tuple(columns)


def list_columns(table: Fact, vocabulary: Vocabulary) -> tuple[Column, ...]:
    """The sheet of a list: the firm's code, then the list's own columns."""
    own = (Column(header_of(column), column) for column in table.columns)
    return (Column(vocabulary.fact(KEY).label, vocabulary.fact(KEY)), *own)


def header_of(fact: Fact, period: int | None = None) -> str:
    """`2025年营业收入总额（万元）`."""
    unit = f"（{fact.unit}）" if fact.unit else ""
    return f"{period}年{fact.label}{unit}" if period else f"{fact.label}{unit}"


def letter(index: int) -> str:
    """The name of a column by its place: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


class Heading:
    """The header row of a sheet, matched to what can stand there."""

    def __init__(self, sheet: str, headers: Sequence[Cell], columns: Sequence[Column]) -> None:
        self.sheet = sheet
        self.width = len(headers)
        self.problems: list[Problem] = []
        known = {_halves(column.header)[0]: column for column in columns}
        self.columns: dict[int, Column] = {}
        for index, header in enumerate(headers):
            text = typed(header)
            if text:
                self._match(index, text, known)

    def _match(self, index: int, text: str, known: Mapping[str, Column]) -> None:
        name, _ = _halves(text)
        column = known.get(name)
        if column is None:
            near = get_close_matches(name, list(known), n=1, cutoff=0.6)
            hint = f"，是否为“{known[near[0]].header}”" if near else ""
            self._say(index, Refused("sheet_column_unknown", value=text, hint=hint))
        elif not _is_in_unit(text, column.fact):
            self._say(index, Refused("sheet_column_unit", value=text, unit=column.fact.unit))
        elif column in self.columns.values():
            self._say(index, Refused("sheet_column_repeated", value=text))
        else:
            self.columns[index] = column

    def _say(self, index: int, refused: Refused) -> None:
        self.problems.append(self._problem(1, index, refused))

    def _problem(self, number: int, index: int, refused: Refused) -> Problem:
        return Problem(Place(self.sheet, number, letter(index)), sentence(refused))

    def place_of(self, fact_id: str) -> int | None:
        """Where the column of a fact stands, None if it is not there."""
        return next((index for index, column in self.columns.items() if column.fact.id == fact_id), None)

    def read(self, number: int, cells: Sequence[Cell]) -> tuple[dict[Column, Scalar | str], list[Problem]]:
        """The values of one row (numbered as in the sheet), and the cells that could not be read."""
        found: dict[Column, Scalar | str] = {}
        problems = []
        for index, column in self.columns.items():
            try:
                value = _value(column.fact, cells[index] if index < len(cells) else None)
            except Refused as refused:
                problems.append(self._problem(number, index, refused))
                continue
            if value is not None:
                found[column] = value
        if any(typed(cell) for cell in cells[self.width :]):
            too_long = Refused("sheet_row_too_long", count=len(cells) - self.width)
            problems.append(self._problem(number, self.width, too_long))
        return found, problems

    def contradicted(
        self, number: int, found: Mapping[Column, Scalar | str], lists: Mapping[str, Sequence[Row]]
    ) -> list[Problem]:
        """Lists of which the row says that there is nothing, though the firm has rows on their sheets."""
        return [
            self._problem(
                number, index, Refused("sheet_list_not_empty", label=column.header, count=len(rows))
            )
            for index, column in self.columns.items()
            if (rows := lists.get(column.fact.id)) and found.get(column) == NONE_STATED
        ]


def _value(fact: Fact, cell: Cell) -> Scalar | str | None:
    """What a cell says: a value, or of a list that there is one or none. Refused if it cannot be read."""
    text = typed(cell)
    if fact.kind is FactKind.TABLE:
        if text not in ("", LISTED, NONE_STATED):
            raise Refused("sheet_list_word", label=fact.label, value=text[:20])
        return text or None
    # Spreadsheet programs keep 10% as 0.1, and a reader of cells is not told how it is shown.
    if fact.kind is FactKind.SHARE and isinstance(cell, (int, float)) and 0 < cell <= 1:
        raise Refused("sheet_share_as_fraction", label=fact.label, value=text)
    return parse_value(fact, text)


def read_lists(
    heading: Heading, rows: Iterable[Sequence[Cell]]
) -> tuple[dict[str, list[Row]], list[Problem]]:
    """The rows of a list by the firm's code. A row without a code is a problem."""
    lists: dict[str, list[Row]] = {}
    problems = list(heading.problems)
    key_at = heading.place_of(KEY)
    for number, cells in enumerate(rows, start=2):
        found, wrong = heading.read(number, cells)
        problems += wrong
        values = {column.fact.id: value for column, value in found.items()}
        code = values.pop(KEY, None)
        if code is None:
            is_blank = key_at is None or key_at >= len(cells) or not typed(cells[key_at])
            if values and is_blank:
                refused = Refused("sheet_row_of_nobody")
                problems.append(Problem(Place(heading.sheet, number, letter(key_at or 0)), sentence(refused)))
            continue
        lists.setdefault(str(code), []).append(values)
    return lists, problems


def facts_of_row(
    found: Mapping[Column, Scalar | str],
    lists: Mapping[str, Mapping[str, Sequence[Row]]],
    *,
    standard: Standard,
    year: int,
    as_of: date,
) -> Facts:
    """The facts of one firm: its row, and its rows on the sheets of lists (by list, then by code)."""
    stated: dict[tuple[str, int | None], Value | Sequence[Row]] = {}
    code = next((str(value) for column, value in found.items() if column.fact.id == KEY), "")
    for column, value in found.items():
        if column.fact.kind is not FactKind.TABLE:
            stated[column.fact.id, column.period] = value
        elif value == NONE_STATED:
            stated[column.fact.id, None] = ()
    for table, by_code in lists.items():
        if by_code.get(code):
            stated[table, None] = tuple(by_code[code])
    return Facts.of(stated, year=year, as_of=as_of, vocabulary=standard.vocabulary)


def typed(cell: Cell) -> str:
    """A cell as a person would type it: no float's tail, days as ISO text."""
    match cell:
        case None:
            return ""
        case bool():
            return "是" if cell else "否"
        case float():
            return format(Decimal(repr(cell)).normalize(), "f")
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case _:
            return str(cell).strip()


def _is_in_unit(header: str, fact: Fact) -> bool:
    """Whether a header names no unit or that of the fact: under （元） nothing is read as 万元."""
    said = _halves(header)[1]
    if not said or not fact.kind.is_number or not fact.unit:
        return True
    parts = re.split("[:,、;/]", said.removeprefix("人民币"))
    return unicodedata.normalize("NFKC", fact.unit) in parts


def _halves(header: str) -> tuple[str, str]:
    """A header before its bracket and in it, without blanks, full width or line breaks."""
    name, _, said = "".join(unicodedata.normalize("NFKC", header).split()).partition("(")
    return name, said.partition(")")[0]
