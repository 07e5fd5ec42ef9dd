"""The layout of a population: one row per firm, one column per value that the rules of some standards read.

| column | holds |
|---|---|
| `year` | 上年 of the row: the fiscal year from which years are counted back |
| `as_of` | the legal day up to which terms are counted |
| `revenue.0`, `revenue.1` | a fact by year: of 上年, of 上上年 |
| `niche_since` | a fact of now |
| `class_one.least`, `class_one.most` | what is counted or summed over a table: at least and at most so much |
| `class_one@1f3a9c20.least` | the same by a standard's own definition, which differs from the vocabulary's |

Amounts are whole 分, shares millionths, scores hundredths, as in `Facts`; choices and judgements are the ids
of their options. Null is missing and never means zero or no. What follows from other columns (whole years
since a day, the size class) is not part of the layout: each engine derives it.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import TypeAlias

from tidu.law.derivation import derive
from tidu.law.expressions import Span
from tidu.law.expressions.tree import FactValue
from tidu.law.facts import Derived, Fact, FactKind, Facts, Scalar, Vocabulary, load_vocabulary
from tidu.law.firm import FirmView
from tidu.law.standards.bands import StandardError
from tidu.law.standards.definition import StandardText

YEAR, AS_OF = "year", "as_of"
LEAST, MOST = ".least", ".most"

Cell: TypeAlias = Scalar | None
FirmRow: TypeAlias = Mapping[str, Cell]


@dataclass(frozen=True)
class Column:
    """One column: numbers lie within the bounds, choices and judgements are among the options."""

    name: str
    kind: FactKind
    at_least: int | None = None
    at_most: int | None = None
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stated:
    """A stated fact, of now or so many years back."""

    fact: Fact
    years_back: int | None

    @property
    def name(self) -> str:
        return self.fact.id if self.years_back is None else f"{self.fact.id}.{self.years_back}"

    def columns(self) -> Iterator[Column]:
        fact = self.fact
        is_number = fact.kind.is_number
        yield Column(
            self.name,
            fact.kind,
            fact.at_least if is_number else None,
            fact.at_most if is_number else None,
            tuple(option.id for option in fact.options),
        )


@dataclass(frozen=True)
class Counted:
    """A count or a sum over the rows of a table, as a vocabulary defines it."""

    derived: Derived
    vocabulary: Vocabulary

    @property
    def name(self) -> str:
        return derived_name(self.derived)

    def columns(self) -> Iterator[Column]:
        for end in (LEAST, MOST):
            yield Column(self.name + end, self.derived.kind, self.derived.at_least, self.derived.at_most)


@dataclass(frozen=True)
class Layout:
    """The columns that some standards need together; a frame that has them serves each of these standards."""

    stated: Mapping[str, Stated]
    counted: Mapping[str, Counted]

    @classmethod
    def of(cls, *standards: StandardText) -> "Layout":
        """The columns for all these standards. StandardError if two of them define a fact differently."""
        stated: dict[str, Stated] = {}
        counted: dict[str, Counted] = {}
        for text in standards:
            for value in values_read(text):
                for entry in _stored(value, text.vocabulary):
                    if isinstance(entry, Counted):
                        counted.setdefault(entry.name, entry)
                    elif tuple(stated.setdefault(entry.name, entry).columns()) != tuple(entry.columns()):
                        raise StandardError(f"{text.id}: {entry.name} is defined differently elsewhere")
        return cls(MappingProxyType(stated), MappingProxyType(counted))

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Every column but the day and the year."""
        entries: tuple[Stated | Counted, ...] = (*self.stated.values(), *self.counted.values())
        return tuple(column for entry in entries for column in entry.columns())

    def row(self, facts: Facts) -> dict[str, Cell]:
        """The row of one firm: stated values as they are, tables as what is counted over them."""
        row: dict[str, Cell] = {YEAR: facts.year, AS_OF: facts.as_of}
        for name, entry in self.stated.items():
            period = None if entry.years_back is None else facts.year - entry.years_back
            found = facts.known(entry.fact.id, period)
            row[name] = None if isinstance(found, tuple) else found
        for name, counted in self.counted.items():
            seen = derive(counted.derived, facts, counted.vocabulary).seen
            span = seen if isinstance(seen, Span) else None
            row[name + LEAST] = span.low if span else None
            row[name + MOST] = span.high if span else None
        return row

    def view(self, row: FirmRow, vocabulary: Vocabulary) -> FirmView:
        """The row as the interpreter reads it, in the words of one standard's vocabulary."""
        year, as_of = row[YEAR], row[AS_OF]
        if not isinstance(year, int) or not (as_of is None or isinstance(as_of, date)):
            raise TypeError(f"not a year and a day: {year!r}, {as_of!r}")
        stated = {
            (entry.fact.id, None if entry.years_back is None else year - entry.years_back): row[name]
            for name, entry in self.stated.items()
            if entry.fact.id in vocabulary.facts
        }
        view = FirmView(Facts.of(stated, year=year, as_of=as_of, vocabulary=vocabulary), vocabulary)
        for derived in vocabulary.derived.values():
            name = derived_name(derived)
            if name in self.counted:
                view = view.with_derived(derived.id, _span(row[name + LEAST], row[name + MOST]))
        return view


def values_read(text: StandardText) -> Iterator[FactValue]:
    """Every value that a clause or a band reads, scores left out."""
    known = text.vocabulary.ids
    for owner in (*text.root, *text.indicators):
        yield from (value for value in owner.values if value.symbol.id in known)


def stated_name(fact_id: str, years_back: int | None) -> str:
    """The column of a stated fact."""
    return fact_id if years_back is None else f"{fact_id}.{years_back}"


def derived_name(derived: Derived) -> str:
    """The name of a derived fact: its id, with a mark of its definition if that is not the vocabulary's."""
    common = load_vocabulary().derived.get(derived.id)
    if common is not None and _definition(common) == _definition(derived):
        return derived.id
    return f"{derived.id}@{hashlib.sha256(_definition(derived).encode()).hexdigest()[:8]}"


def _definition(derived: Derived) -> str:
    """What decides the value of a derived fact, and nothing of how it is described."""
    parts = (derived.table, " ".join(derived.where.split()), derived.sum_of, derived.plus, derived.since)
    return repr((*parts, derived.by, derived.at_most))


def _stored(value: FactValue, vocabulary: Vocabulary) -> Iterator[Stated | Counted]:
    """The entries behind a value: itself, or what it is derived from."""
    derived = vocabulary.derived.get(value.symbol.id)
    if derived is None:
        yield Stated(vocabulary.fact(value.symbol.id), value.years_back)
    elif derived.table:
        yield Counted(derived, vocabulary)
    else:
        for fact_id in derived.sources:
            fact = vocabulary.fact(fact_id)
            yield Stated(fact, 0 if fact.per_year else None)


def _span(least: Cell, most: Cell) -> Span | None:
    if isinstance(least, int) and isinstance(most, int):
        return Span(least, most)
    return None
