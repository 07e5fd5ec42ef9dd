"""Lists as Excel workbooks, written row by row to disk so that a long one stays light."""

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import xlsxwriter
from django.http import FileResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Row = TypeVar("Row")


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column: its head, what it says of a row, and its width in characters."""

    head: str
    of: Callable[[Row], Any]
    width: int = 14


def workbook(name: str, columns: Sequence[Column[Row]], rows: Iterable[Row]) -> FileResponse:
    """The rows as a workbook to be saved under `name`. Text stays text, even where it begins with `=`."""
    target = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 (closed by the response)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        head = book.add_format({"bold": True, "bg_color": "#EEF2F8", "bottom": 1})
        sheet = book.add_worksheet(name[:31])
        sheet.freeze_panes(1, 0)
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width)
            sheet.write_string(0, number, column.head, head)
        for line, row in enumerate(rows, start=1):
            for number, column in enumerate(columns):
                _write(sheet, line, number, column.of(row))
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def _write(sheet: Any, line: int, number: int, value: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        sheet.write_number(line, number, value)
    else:
        sheet.write_string(line, number, str(value))
