"""Writing the conclusions beside the rows."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import xlsxwriter

from tidu.cli.checking.judging import CONCLUSIONS, Said
from tidu.law.sheets import FIRMS, Cell, typed


def write_results(path: Path, headers: Sequence[Cell], said: Iterable[Said]) -> int:
    """The rows as they stood with the conclusions beside them; how many there were."""
    rows = _beside(headers, said)
    return _csv(path, rows) if path.suffix.lower() == ".csv" else _workbook(path.with_suffix(".xlsx"), rows)


def _beside(headers: Sequence[Cell], said: Iterable[Said]) -> Iterator[Sequence[str]]:
    names = [typed(header) for header in headers] or ["企业名称"]
    yield [*names, *CONCLUSIONS]
    for one in said:
        cells = list(one.cells) or [one.name]
        yield [*cells, *[""] * (len(names) - len(cells)), *one.conclusion]


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
