"""A sheet of experts: read row by row, each with what is wrong in it; nothing is written here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tidu.law.identity import check_credit_code
from tidu.law.industries import industries
from tidu.law.refusals import Refused, sentence
from tidu.law.secrecy import refuse_marks
from tidu.law.sheets import Cell, typed
from tidu.panels.enums import GONE, Field
from tidu.panels.models import Expert

COLUMNS: Mapping[str, str] = {
    "name": "姓名",
    "field": "专业类别",
    "sectors": "行业大类",
    "area": "所在地区",
    "employer": "工作单位",
    "employer_uscc": "工作单位统一社会信用代码",
    "served": "曾任职或服务的单位",
    "most_cases": "同时承担上限",
}
"""The columns in their order, by what each says."""
LONGEST = {"name": 60, "employer": 120}
MOST_ROWS = 500
MOST_CASES = 500
USUAL_CASES = 30
"""How many cases an expert takes at once where the sheet does not say."""


@dataclass(frozen=True)
class Row:
    """One expert as typed; `number` counts rows as the spreadsheet does."""

    number: int
    name: str
    field: Field
    sectors: tuple[str, ...]
    area_id: int
    employer: str
    employer_uscc: str = ""
    served: tuple[str, ...] = ()
    most_cases: int = USUAL_CASES


@dataclass(frozen=True)
class Result:
    """What became of one row: the expert it says, or everything that is wrong with it."""

    number: int
    name: str
    row: Row | None
    problems: tuple[str, ...] = ()


def read_list(cells: Sequence[Sequence[Cell]], areas: Mapping[str, int]) -> list[Result]:
    """Every row of a sheet whose first row names the columns; empty rows are passed over.

    `areas` are ids by name and by code. Refused("expert_list_columns"), ("expert_list_empty"),
    ("expert_list_too_long").
    """
    heads = [typed(cell) for cell in cells[0]] if cells else []
    missing = [head for head in COLUMNS.values() if head not in heads]
    if missing:
        raise Refused("expert_list_columns", field="file", missing=missing, columns=list(COLUMNS.values()))
    places = {name: heads.index(head) for name, head in COLUMNS.items()}
    filled = [(number, row) for number, row in enumerate(cells[1:], start=2) if any(map(typed, row))]
    if not filled:
        raise Refused("expert_list_empty", field="file")
    if len(filled) > MOST_ROWS:
        raise Refused("expert_list_too_long", field="file", count=len(filled), most=MOST_ROWS)
    return [
        read_row(number, {name: typed(row[at]) for name, at in places.items() if at < len(row)}, areas)
        for number, row in filled
    ]


def read_row(number: int, said: Mapping[str, str], areas: Mapping[str, int]) -> Result:
    """One expert from what was typed, on a sheet or in a form."""
    reading = _Reading(said, areas)
    values = {
        "name": reading.text("name"),
        "field": reading.read_field(),
        "sectors": reading.read_sectors(),
        "area_id": reading.read_area(),
        "employer": reading.text("employer"),
        "employer_uscc": reading.read_code(),
        "served": _split(said.get("served", "")),
        "most_cases": reading.read_most(),
    }
    row = None if reading.problems else Row(number, **values)  # type: ignore[arg-type]
    return Result(number, said.get("name", ""), row, tuple(reading.problems))


def against_pool(results: Sequence[Result], office_id: int) -> list[Result]:
    """The same, with what is wrong with a row beside the pool or an earlier row; one query."""
    pool = Expert.objects.filter(office_id=office_id).exclude(state__in=GONE)
    known = {(name, unit): number for name, unit, number in pool.values_list("name", "employer", "number")}
    return [_beside(result, known) for result in results]


def _beside(result: Result, known: dict[tuple[str, str], str]) -> Result:
    """The row, unless `known` has somebody of its name and unit; who was not known is from now on."""
    row = result.row
    if row is None:
        return result
    own = f"第 {row.number} 行"
    before = known.setdefault((row.name, row.employer), own)
    if before == own:
        return result
    about = {"value": row.name, "employer": row.employer, "known": before}
    refused = Refused("expert_entered_before", field="name", **about)
    return Result(row.number, row.name, None, (sentence(refused),))


class _Reading:
    """Reads what was typed of one expert and keeps what is wrong."""

    def __init__(self, said: Mapping[str, str], areas: Mapping[str, int]) -> None:
        self.said, self.areas = said, areas
        self.problems: list[str] = []

    def text(self, name: str) -> str:
        value, label = self.said.get(name, ""), COLUMNS[name]
        try:
            if not value:
                raise Refused("expert_cell_missing", field=name, label=label)
            if len(value) > LONGEST[name]:
                raise Refused("expert_cell_too_long", field=name, label=label, most=LONGEST[name])
            refuse_marks(value, place="text", field=name, label=label)
        except Refused as refused:
            self.problems.append(sentence(refused))
        return value

    def read_field(self) -> Field | None:
        text = self.said.get("field", "")
        field = _field(text)
        if field is None:
            self._wrong(Refused("expert_field_unknown", field="field", value=text, fields=Field.labels))
        return field

    def read_sectors(self) -> tuple[str, ...]:
        given = _split(self.said.get("sectors", ""))
        unknown = [code for code in given if len(code) != 2 or code not in industries()]
        field = _field(self.said.get("field", ""))
        if unknown:
            self._wrong(Refused("expert_sector_unknown", field="sectors", value=unknown[0]))
        elif field and bool(given) != (field is Field.INDUSTRY):
            self._wrong(Refused("expert_sectors_of_industry_only", field="sectors"))
        return given

    def read_area(self) -> int:
        text = self.said.get("area", "")
        if text not in self.areas:
            self._wrong(Refused("expert_area_unknown", field="area", value=text))
        return self.areas.get(text, 0)

    def read_code(self) -> str:
        text = self.said.get("employer_uscc", "")
        try:
            return check_credit_code(text, demonstration=True) if text else ""
        except Refused as refused:
            return self._wrong(refused)

    def read_most(self) -> int:
        text = self.said.get("most_cases", "") or str(USUAL_CASES)
        if text.isascii() and text.isdecimal() and 1 <= int(text) <= MOST_CASES:
            return int(text)
        self._wrong(Refused("expert_most_cases_unreadable", field="most_cases", value=text, most=MOST_CASES))
        return 0

    def _wrong(self, refused: Refused) -> str:
        self.problems.append(sentence(refused))
        return ""


def _field(text: str) -> Field | None:
    return next((field for field in Field if text in (field.value, field.label)), None)


def _split(text: str) -> tuple[str, ...]:
    """Several entries of one cell, parted by 、 or a comma; each once."""
    return tuple(dict.fromkeys(_parts(text)))


def _parts(text: str) -> Iterator[str]:
    for part in text.replace("，", "、").replace(",", "、").replace("；", "、").split("、"):
        if part.strip():
            yield part.strip()
