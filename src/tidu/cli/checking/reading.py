"""Reading firms from .xlsx, .csv and .json, row by row, without judging or even understanding them."""

import codecs
import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from tidu.documents.firm_sheets import MEANING, made_for_line
from tidu.law.facts import FactKind, Row
from tidu.law.refusals import Refused, sentence
from tidu.law.sheets import (
    FIRMS,
    KEY,
    Cell,
    Heading,
    Place,
    Problem,
    firm_columns,
    letter,
    list_columns,
    read_lists,
    typed,
)
from tidu.law.standards import Standard, load, standard_ids

PIECE = 1 << 20
ENCODINGS = ("utf-8-sig", "gb18030")
"""What spreadsheet programs save a .csv in."""


class UnreadableFile(ValueError):
    """A file that holds no firms; the message says so in Chinese."""


@dataclass(frozen=True)
class Question:
    """By which standard, for which 上年, with terms counted to which day."""

    standard_id: str
    year: int
    as_of: date

    @property
    def standard(self) -> Standard:
        return load(self.standard_id)

    def heading(self, headers: Sequence[Cell]) -> Heading:
        """The first sheet's headers matched to the standard's columns."""
        return Heading(FIRMS, headers, firm_columns(self.standard, self.year))


@dataclass(frozen=True)
class FirmRow:
    """One firm as it stands in the file: its cells and its rows on other sheets, or its snapshot."""

    number: int
    cells: Sequence[Cell] = ()
    lists: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    snapshot: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Table:
    """The firms of one file. `problems` are those of its headers and of its lists.

    `unclaimed` says, once all rows are read, which rows of lists name no firm of the table.
    """

    question: Question
    headers: Sequence[Cell]
    rows: Iterator[FirmRow]
    problems: Sequence[Problem]
    unclaimed: Callable[[], Sequence[str]] = tuple


def read_table(path: Path, question: Question) -> Table:
    """The firms of a file, by its suffix; .json holds snapshots of facts, one or a list.

    UnreadableFile if it cannot be opened as what its suffix says; also while its rows are read.
    """
    match path.suffix.lower():
        case ".json":
            return Table(question, (), iter(_snapshots(path)), ())
        case ".csv":
            return _table(question, _csv_lines(path), {}, ())
        case _:
            return _workbook(path, question)


def _snapshots(path: Path) -> list[FirmRow]:
    try:
        read: Any = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"{path} 不是 JSON：{error}") from error
    bodies = read if isinstance(read, list) else [read]
    for body in bodies:
        if not isinstance(body, dict) or body.get("schema") != "tidu.facts/1":
            raise UnreadableFile(f"{path} 不是企业事实的快照（tidu.facts/1）。")
    return [FirmRow(number, snapshot=body) for number, body in enumerate(bodies, start=1)]


def _csv_lines(path: Path) -> Iterator[Sequence[Cell]]:
    encoding = _encoding(path)
    try:
        with path.open(encoding=encoding, newline="") as file:
            yield from csv.reader(file, strict=True)
    except csv.Error as error:
        raise UnreadableFile(f"{path} 不是逗号分隔的文本：{error}。") from error


def _encoding(path: Path) -> str:
    """The first encoding that the whole file can be read in. UnreadableFile if there is none."""
    for name in ENCODINGS:
        decoder = codecs.getincrementaldecoder(name)()
        try:
            with path.open("rb") as file:
                while piece := file.read(PIECE):
                    decoder.decode(piece)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return name
    raise UnreadableFile(f"{path} 的文字编码无法识别，请另存为 UTF-8 的 CSV。")


def _workbook(path: Path, question: Question) -> Table:
    try:
        book = CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError) as error:
        raise UnreadableFile(f"{path} 不能作为电子表格打开：{error}") from error
    names = book.sheet_names
    vocabulary = question.standard.vocabulary
    lists: dict[str, Mapping[str, Sequence[Row]]] = {}
    tables = [need.fact for need in question.standard.needed_facts() if need.fact.kind is FactKind.TABLE]
    problems = _misnamed(names, [table.label for table in tables if table.label not in names])
    problems += _of_another_standard(book, question.standard)
    for table in tables:
        if table.label not in names:
            continue
        rows = _lines(book, table.label)
        heading = Heading(table.label, next(rows, ()), list_columns(table, vocabulary))
        found, wrong = read_lists(heading, rows)
        lists[table.id] = found
        problems += wrong
    return _table(question, _lines(book, FIRMS if FIRMS in names else names[0]), lists, problems)


def _misnamed(names: Sequence[str], absent: Sequence[str]) -> list[Problem]:
    """Sheets that seem to be lists by another name, of which nothing is read."""
    found = []
    for name in names:
        if name != FIRMS and (near := get_close_matches(name.strip(), absent, n=1, cutoff=0.6)):
            refused = Refused("sheet_misnamed", value=near[0])
            found.append(Problem(Place(name, 1, letter(0)), sentence(refused)))
    return found


def _of_another_standard(book: CalamineWorkbook, standard: Standard) -> list[Problem]:
    """A template says which standard it was made for: judging its firms by another one is named."""
    if MEANING not in book.sheet_names:
        return []
    said = str(next(iter(next(_lines(book, MEANING), ())), ""))
    made_for = next((one for one in standard_ids() if said == made_for_line(load(one))), standard.id)
    if made_for == standard.id:
        return []
    refused = Refused(
        "sheet_of_another_standard", value=load(made_for).title, by=standard.title, option=made_for
    )
    return [Problem(Place(MEANING, 1, letter(0)), sentence(refused))]


def _lines(book: CalamineWorkbook, sheet: str) -> Iterator[Sequence[Cell]]:
    yield from book.get_sheet_by_name(sheet).iter_rows()


def _table(
    question: Question,
    lines: Iterator[Sequence[Cell]],
    lists: Mapping[str, Mapping[str, Sequence[Row]]],
    problems: Sequence[Problem],
) -> Table:
    headers = next(lines, ())
    heading = question.heading(headers)
    if headers and not heading.columns:
        raise UnreadableFile("第 1 行没有本标准的栏目名。请按模板把列名放在第 1 行，标题、空行移到别处。")
    code_at = heading.place_of(KEY)
    claimed: set[str] = set()

    def rows() -> Iterator[FirmRow]:
        for number, cells in enumerate(lines, start=2):
            if any(cell not in (None, "") for cell in cells):
                code = "" if code_at is None or code_at >= len(cells) else typed(cells[code_at])
                own = {table: by_code[code] for table, by_code in lists.items() if code in by_code}
                if own:
                    claimed.add(code)
                yield FirmRow(number, cells, own)

    def unclaimed() -> Sequence[str]:
        labels = {table: question.standard.vocabulary.fact(table).label for table in lists}
        return [
            f"工作表“{labels[table]}”："
            + sentence(Refused("sheet_row_of_no_firm", value=code, count=len(found)))
            for table, by_code in lists.items()
            for code, found in by_code.items()
            if code not in claimed
        ]

    return Table(question, headers, rows(), (*problems, *heading.problems), unclaimed)
