"""A form in order, to be read, printed or retyped: labels and values, nothing to fill."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tidu.law.facts import Fact, FactKind, Facts, Value, format_value
from tidu.law.standards import FormField, FormSection, Standard


@dataclass(frozen=True)
class Entry:
    """One value: `text` is shown, `copied` goes to the clipboard (a number without separators)."""

    label: str
    text: str
    unit: str
    copied: str


@dataclass(frozen=True)
class Grid:
    """A table: a line of heads, and lines of values to copy."""

    label: str
    heads: Sequence[str]
    lines: Sequence[tuple[str, Sequence[Entry]]]
    is_none: bool = False


@dataclass(frozen=True)
class Part:
    """A section: single values, then grids (years, lists)."""

    label: str
    entries: Sequence[Entry]
    grids: Sequence[Grid]


def sheet_of(standard: Standard, facts: Facts) -> list[Part]:
    """All sections of the form with what the facts say."""
    return [_part(section, facts) for section in standard.form()]


def _part(section: FormSection, facts: Facts) -> Part:
    single = [f for f in section.fields if not f.fact.per_year and f.fact.kind is not FactKind.TABLE]
    return Part(
        label=section.section.label,
        entries=[_entry(f.fact, f.fact.label, facts.known(f.fact.id)) for f in single],
        grids=[*_years(section, facts), *_lists(section, facts)],
    )


def _years(section: FormSection, facts: Facts) -> Iterator[Grid]:
    yearly = [field for field in section.fields if field.fact.per_year]
    if not yearly:
        return
    years = sorted({facts.year - back for field in yearly for back in field.years_back})
    yield Grid(
        "各年度数据",
        [f"{year}年" for year in years],
        [(_label(field), [_of_year(field, year, facts) for year in years]) for field in yearly],
    )


def _label(field: FormField) -> str:
    fact = field.fact
    return f"{fact.label}（{fact.unit}）" if fact.unit else fact.label


def _of_year(field: FormField, year: int, facts: Facts) -> Entry:
    return _entry(field.fact, f"{year}年{field.fact.label}", facts.known(field.fact.id, year))


def _lists(section: FormSection, facts: Facts) -> Iterator[Grid]:
    for field in section.fields:
        fact = field.fact
        if fact.kind is not FactKind.TABLE:
            continue
        rows = facts.rows(fact.id)
        lines = [
            (str(number), [_entry(column, column.label, row.get(column.id)) for column in fact.columns])
            for number, row in enumerate(rows or (), start=1)
        ]
        yield Grid(fact.label, [_label_of(column) for column in fact.columns], lines, rows == ())


def _label_of(column: Fact) -> str:
    return f"{column.label}（{column.unit}）" if column.unit else column.label


def _entry(fact: Fact, label: str, value: Value | None) -> Entry:
    text = format_value(fact, value)
    return Entry(label, text, fact.unit, text.replace(",", "") if fact.kind.is_number else text)
