"""Reading firms from .xlsx, .csv and .json, row by row."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from python_calamine import CalamineError, CalamineWorkbook

from tidu.law.facts import FactKind, Facts, Row
from tidu.law.sheets import (
    FIRMS,
    NAME,
    Cell,
    Heading,
    Problem,
    facts_of_row,
    firm_columns,
    list_columns,
    read_lists,
)
from tidu.law.standards import Standard, Verdict


class UnreadableFile(ValueError):
    """A file that holds no firms; the message says so in Chinese."""


@dataclass(frozen=True)
class Question:
    """By which standard, for which 上年, with terms counted to which day."""

    standard: Standard
    year: int
    as_of: date


@dataclass(frozen=True)
class Judged:
    """One firm: its row as it stood, the cells of it that could not be read, and the verdict."""

    row: int
    name: str
    cells: Sequence[Cell]
    problems: Sequence[Problem]
    verdict: Verdict


FirmRow: TypeAlias = tuple[int, Sequence[Cell], Facts, str, list[Problem]]
"""The number of the row, its cells, the facts read from them, the firm's name, and what could not be read."""


@dataclass
class Firms:
    """The firms of one file. `headers` and `problems` are those found so far."""

    question: Question
    rows: Iterator[FirmRow]
    headers: Sequence[Cell] = ()
    problems: list[Problem] = field(default_factory=list)

    def judged(self) -> Iterator[Judged]:
        """Every firm with its verdict, in the order of the file."""
        for number, cells, facts, name, problems in self.rows:
            self.problems += problems
            yield Judged(number, name, cells, problems, self.question.standard.judge(facts))


def read_firms(path: Path, question: Question) -> Firms:
    """The firms of a file, by its suffix; .json holds snapshots of facts, one or a list.

    UnreadableFile if it cannot be opened as what its suffix says.
    """
    match path.suffix.lower():
        case ".json":
            return Firms(question, iter(_snapshots(path, question)))
        case ".csv":
            return _csv(path, question)
        case _:
            return _workbook(path, question)


def _snapshots(path: Path, question: Question) -> list[FirmRow]:
    rows: list[FirmRow] = []
    try:
        read: Any = json.loads(path.read_text(encoding="utf-8"))
        for number, body in enumerate(read if isinstance(read, list) else [read], start=1):
            facts = Facts.from_json(body, question.standard.vocabulary)
            rows.append((number, (), facts, facts.text(NAME) or "", []))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableFile(f"{path} 不是企业事实的快照（tidu.facts/1）：{error}") from error
    return rows


def _csv(path: Path, question: Question) -> Firms:
    def lines() -> Iterator[Sequence[Cell]]:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from csv.reader(file)

    return _rows(question, lines(), {}, [])


def _workbook(path: Path, question: Question) -> Firms:
    try:
        book = CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError) as error:
        raise UnreadableFile(f"{path} 不能作为电子表格打开：{error}") from error
    names = book.sheet_names
    vocabulary = question.standard.vocabulary
    lists: dict[str, Mapping[str, Sequence[Row]]] = {}
    problems: list[Problem] = []
    for need in question.standard.needed_facts():
        if need.fact.kind is not FactKind.TABLE or need.fact.label not in names:
            continue
        rows = _lines(book, need.fact.label)
        heading = Heading(need.fact.label, next(rows, ()), list_columns(need.fact, vocabulary))
        found, wrong = read_lists(heading, rows)
        lists[need.fact.id] = found
        problems += wrong
    sheet = FIRMS if FIRMS in names else names[0]
    return _rows(question, _lines(book, sheet), lists, problems)


def _lines(book: CalamineWorkbook, sheet: str) -> Iterator[Sequence[Cell]]:
    yield from book.get_sheet_by_name(sheet).iter_rows()


def _rows(
    question: Question,
    lines: Iterator[Sequence[Cell]],
    lists: Mapping[str, Mapping[str, Sequence[Row]]],
    problems: list[Problem],
) -> Firms:
    headers = next(lines, ())
    heading = Heading(FIRMS, headers, firm_columns(question.standard, question.year))

    def firms() -> Iterator[FirmRow]:
        for number, cells in enumerate(lines, start=2):
            if not any(cell not in (None, "") for cell in cells):
                continue
            found, wrong = heading.read(number, cells)
            facts = facts_of_row(
                found, lists, standard=question.standard, year=question.year, as_of=question.as_of
            )
            yield number, cells, facts, facts.text(NAME) or "", wrong

    return Firms(question, firms(), headers, [*problems, *heading.problems])
