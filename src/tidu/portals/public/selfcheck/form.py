"""The form of a self-check: sections of fields, years side by side, lists row by row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tidu.law.checks import Finding
from tidu.law.facts import Fact, FactKind
from tidu.law.standards import Need, Standard
from tidu.portals.parts.fields import Field, field_of
from tidu.portals.public.selfcheck.reading import MOST_ROWS, Read, Typed, columns_read, name_of
from tidu.portals.public.standards.article import source_of

BLANK_ROWS = 1
MORE_ROWS = 3
"""So many blank rows a list begins with, and so many are added at a time."""


@dataclass(frozen=True)
class YearRow:
    """One fact over the years: a field for each, None where that year is not asked."""

    fact: Fact
    cells: Sequence[tuple[int, Field | None]]


@dataclass(frozen=True)
class Listing:
    """A list: its rows of fields, whether it is said to be empty, and what is wrong with it."""

    fact: Fact
    rows: Sequence[Sequence[Field]]
    is_none: bool
    errors: Sequence[str]

    @property
    def may_grow(self) -> bool:
        return len(self.rows) < MOST_ROWS


@dataclass(frozen=True)
class Section:
    """One section of the form: single facts, facts by year, lists."""

    label: str
    intro: str
    fields: Sequence[Field]
    years: Sequence[int]
    year_rows: Sequence[YearRow]
    listings: Sequence[Listing]


def form_of(
    standard: Standard,
    typed: Typed,
    read: Read,
    checks: Sequence[Finding] = (),
    *,
    grows: str = "",
) -> tuple[Section, ...]:
    """The whole form with what was typed; `grows` names a list that gets further blank rows."""
    page = _Page(standard, typed, read, checks, grows)
    return tuple(page.sections())


class _Page:
    def __init__(
        self, standard: Standard, typed: Typed, read: Read, checks: Sequence[Finding], grows: str
    ) -> None:
        self._standard = standard
        self._typed = typed
        self._errors: Mapping[str, Sequence[str]] = read.errors
        self._secrets = read.secrets
        self._year = read.facts.year
        self._checks = checks
        self._grows = grows

    def sections(self) -> Iterator[Section]:
        """The sections that the standard needs, in the vocabulary's order."""
        for section in self._standard.vocabulary.sections.values():
            needs = [n for n in self._standard.needed_facts() if n.fact.section == section.id]
            if needs:
                yield self._section(section.label, section.intro, needs)

    def _section(self, label: str, intro: str, needs: Sequence[Need]) -> Section:
        by_year = [need for need in needs if need.fact.per_year]
        backs = sorted({back for need in by_year for back in need.years_back})
        years = [self._year - back for back in backs]
        return Section(
            label=label,
            intro=intro,
            fields=[self._once(need) for need in needs if not need.fact.per_year and not _is_list(need.fact)],
            years=years,
            year_rows=[self._year_row(need, years) for need in by_year],
            listings=[self._listing(n.fact) for n in needs if _is_list(n.fact)],
        )

    def _year_row(self, need: Need, years: Sequence[int]) -> YearRow:
        asked = {self._year - back for back in need.years_back}
        return YearRow(
            need.fact,
            [(year, self._field(need.fact, year, bare=True) if year in asked else None) for year in years],
        )

    def _once(self, need: Need) -> Field:
        return replace(self._field(need.fact), source=source_of(need, self._standard))

    def _field(self, fact: Fact, period: int | None = None, *, bare: bool = False) -> Field:
        name = name_of(fact, period)
        label = f"{fact.label}（{period}年）" if period else fact.label
        made = field_of(
            fact,
            self._shown(name),
            name=name,
            required=False,
            bare=bare,
            error="".join(self._errors.get(name, ())) or self._said(name, "block"),
            warning=self._said(name, "warn"),
        )
        return replace(made, label=label)

    def _shown(self, name: str) -> str:
        """What was typed; what carries a secrecy mark is not shown again."""
        return "" if name in self._secrets else self._typed.text(name)

    def _listing(self, table: Fact) -> Listing:
        columns = columns_read(self._standard, table)
        typed = [] if table.id in self._secrets else self._typed.rows(table, columns)
        blank: dict[str, str] = {}
        more = MORE_ROWS if self._grows == table.id else 0 if typed else BLANK_ROWS
        rows = [*typed, *[blank] * min(more, MOST_ROWS - len(typed))]
        return Listing(
            table,
            [
                [self._cell(table, number, column, row.get(column.id, "")) for column in columns]
                for number, row in enumerate(rows, start=1)
            ],
            self._typed.is_none(table),
            (*self._errors.get(table.id, ()), *self._said_of_rows(table)),
        )

    def _cell(self, table: Fact, number: int, column: Fact, text: str) -> Field:
        name = f"{table.id}.{number}.{column.id}"
        return field_of(column, text, name=name, required=False, help=column.help or column.definition)

    def _said(self, name: str, level: str) -> str:
        return "".join(one.sentence() for one in self._checks if one.level == level and one.field == name)

    def _said_of_rows(self, table: Fact) -> Iterator[str]:
        begins = f"{table.id}."
        return (one.sentence() for one in self._checks if one.field.startswith(begins))


def _is_list(fact: Fact) -> bool:
    return fact.kind is FactKind.TABLE
