"""Writing the conclusions beside the rows."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from tidu.cli.checking.judging import CONCLUSIONS, Said
from tidu.law.sheets import FIRMS, Cell, typed


class UnwritableFile(ValueError):
    """A place where the conclusions cannot stand; the message says so in Chinese."""


def place_of_results(path: Path, wanted: str | None) -> Path:
    """Where the conclusions go: a .csv or .xlsx, beside the table that was read if nothing is wanted.

    UnwritableFile if there is no such folder, or if that is the table itself, which is still being read
    while they are written.
    """
    target = Path(wanted) if wanted else path.with_name(f"{path.stem}-结论{path.suffix}")
    if target.suffix.lower() != ".csv":
        target = target.with_suffix(".xlsx")
    if not target.parent.is_dir():
        raise UnwritableFile(f"写不出 {target}：没有这个文件夹。请换一个位置。")
    if target.exists() and target.samefile(path):
        raise UnwritableFile(f"结论表不能写在原表 {path} 上。请换一个文件名。")
    return target


def write_results(path: Path, headers: Sequence[Cell], said: Iterable[Said]) -> int:
    """The rows as they stood with the conclusions beside them; how many there were.

    UnwritableFile if they cannot stand there.
    """
    rows = _beside(headers, said)
    with writing(path):
        return _csv(path, rows) if path.suffix.lower() == ".csv" else _workbook(path, rows)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """UnwritableFile if the file cannot be written, such as one that is open in a spreadsheet program."""
    try:
        yield
    except (OSError, XlsxWriterException) as error:
        raise UnwritableFile(f"写不出 {path}：{error}。请关闭已打开的同名文件，或换一个位置。") from error


def _beside(headers: Sequence[Cell], said: Iterable[Said]) -> Iterator[Sequence[str]]:
    names = [typed(header) for header in headers] or ["企业名称"]
    yield [*names, *CONCLUSIONS]
    for one in said:
        cells = list(one.cells[: len(names)]) or [one.name]
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
