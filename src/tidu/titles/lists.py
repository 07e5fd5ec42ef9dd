"""A list of titles from earlier announcements: read cell by cell, checked as a whole, nothing written here.

What is wrong is said with its row and column, as the list shows them; the database is read by `problems_of`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from tidu.enterprises.models import Firm
from tidu.enterprises.queries import firms_by_uscc
from tidu.law.calendars import legal_day, parse_day
from tidu.law.identity import check_credit_code
from tidu.law.refusals import Refused, sentence
from tidu.law.secrecy import refuse_marks
from tidu.titles.enums import TitleKind
from tidu.titles.models import Title
from tidu.titles.queries import in_force_of, last_day

Cell = str | float | bool | date | datetime | time | timedelta | None

MOST_ROWS = 500
"""Of one list; a longer one is cut into several by whoever enters it."""

COLUMNS: Mapping[str, str] = {
    "uscc": "统一社会信用代码",
    "name": "企业名称",
    "kind": "称号",
    "announcement": "公告文号",
    "announced_on": "公告日期",
    "batch_code": "认定批次代码",
    "batch_label": "认定批次",
    "valid_from": "有效期起",
    "valid_until": "有效期止",
}
"""The columns of a list in their order, by the field of `Row` that each fills."""

LONGEST = {"name": 120, "announcement": 80, "batch_code": 80, "batch_label": 120}


@dataclass(frozen=True)
class Row:
    """One title of the list; `number` counts rows as the spreadsheet does, `valid_until` is the last day."""

    number: int
    uscc: str
    name: str
    kind: TitleKind
    announcement: str
    announced_on: date
    batch_code: str
    batch_label: str
    valid_from: date
    valid_until: date


@dataclass(frozen=True)
class Problem:
    """What is wrong with a cell, or with the list as a whole (row 0)."""

    row: int
    column: str
    sentence: str


def read_list(cells: Sequence[Sequence[Cell]]) -> tuple[list[Row], list[Problem]]:
    """The rows of a sheet whose first row names the columns; empty rows are passed over.

    Refused("title_list_columns"), ("title_list_empty"), ("title_list_too_long").
    """
    heads = [_text(cell) for cell in cells[0]] if cells else []
    missing = [head for head in COLUMNS.values() if head not in heads]
    if missing:
        raise Refused("title_list_columns", field="file", missing=missing, columns=list(COLUMNS.values()))
    filled = [(number, row) for number, row in enumerate(cells[1:], start=2) if any(map(_text, row))]
    if not filled:
        raise Refused("title_list_empty", field="file")
    if len(filled) > MOST_ROWS:
        raise Refused("title_list_too_long", field="file", count=len(filled), most=MOST_ROWS)
    places = {field: heads.index(head) for field, head in COLUMNS.items()}
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, row in filled:
        said = {field: row[at] for field, at in places.items() if at < len(row)}
        problems += _read_row(number, said, rows)
    return rows, problems


def problems_of(rows: Sequence[Row], *, at: datetime) -> list[Problem]:
    """What the register has against rows that read well, and rows that contradict each other; two queries."""
    firms = firms_by_uscc({row.uscc for row in rows})
    held: dict[tuple[str, str], list[Title]] = {}
    for title in in_force_of(firms.values()):
        held.setdefault((title.firm.uscc, title.kind), []).append(title)
    found: list[Problem] = []
    before: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        same = before.setdefault((row.uscc, row.kind), [])
        reasons = _against(row, firms.get(row.uscc), held.get((row.uscc, row.kind), []), same, at)
        found += [_problem(row.number, reason) for reason in reasons]
        same.append(row)
    return found


def _read_row(number: int, said: Mapping[str, Cell], rows: list[Row]) -> list[Problem]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for field, head in COLUMNS.items():
        try:
            values[field] = READ.get(field, _plain)(field, said.get(field))
        except Refused as refused:
            problems.append(Problem(number, head, sentence(refused)))
    if not problems:
        rows.append(Row(number, **values))
    return problems


def _against(
    row: Row, firm: Firm | None, held: Sequence[Title], before: Sequence[Row], at: datetime
) -> Iterator[Refused]:
    yield from _firm_reasons(row, firm)
    if row.announced_on > legal_day(at):
        days = {"value": row.announced_on, "today": legal_day(at)}
        yield Refused("title_announced_in_future", field="announced_on", **days)
    if row.valid_until < row.valid_from:
        days = {"start": row.valid_from, "end": row.valid_until}
        yield Refused("title_validity_backwards", field="valid_until", **days)
        return
    for title in held:
        if _meet(row, title.validity.lower, last_day(title)):
            yield _overlap(row, title)
    for other in before:
        if _meet(row, other.valid_from, other.valid_until):
            yield Refused("title_twice_in_list", field="valid_from", kind=row.kind.label, row=other.number)


def _firm_reasons(row: Row, firm: Firm | None) -> Iterator[Refused]:
    if firm is None:
        yield Refused("title_firm_not_registered", field="uscc", value=row.uscc)
    elif firm.name != row.name:
        yield Refused("title_firm_of_another_name", field="name", value=row.name, registered=firm.name)


def _overlap(row: Row, title: Title) -> Refused:
    return Refused(
        "title_overlaps",
        field="valid_from",
        firm=row.name,
        kind=row.kind.label,
        start=title.validity.lower,
        end=last_day(title),
        announcement=title.announcement,
    )


def _meet(row: Row, first: date, last: date) -> bool:
    return row.valid_from <= last and first <= row.valid_until


def _problem(number: int, refused: Refused) -> Problem:
    return Problem(number, COLUMNS.get(refused.field or "", ""), sentence(refused))


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _plain(field: str, cell: Cell) -> str:
    text, label, most = _text(cell), COLUMNS[field], LONGEST.get(field, 120)
    if not text:
        raise Refused("title_cell_missing", field=field, label=label)
    if len(text) > most:
        raise Refused("title_cell_too_long", field=field, label=label, most=most, length=len(text))
    refuse_marks(text, place="text", field=field, label=label)
    return text


def _code(field: str, cell: Cell) -> str:
    return check_credit_code(_plain(field, cell), demonstration=True)


def _kind(field: str, cell: Cell) -> TitleKind:
    text = _plain(field, cell)
    kinds = {kind.label: kind for kind in TitleKind}
    if text not in kinds:
        raise Refused("title_kind_unreadable", field=field, value=text, kinds=list(kinds))
    return kinds[text]


def _day(field: str, cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, date) else parse_day(_plain(field, cell))


READ: Mapping[str, Callable[[str, Cell], Any]] = {
    "uscc": _code,
    "kind": _kind,
    "announced_on": _day,
    "valid_from": _day,
    "valid_until": _day,
}
