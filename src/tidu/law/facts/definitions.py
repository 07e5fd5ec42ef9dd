"""What a fact is: the entries of the vocabulary, as read from `rulebook/facts`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

JSON = Any
"""A value that the json module writes and reads unchanged."""

Improves = Literal["up", "down", ""]


class FactKind(StrEnum):
    """The kinds of fact, and the Python value that holds each."""

    MONEY = "money"  # int, in 分
    COUNT = "count"  # int, in the fact's unit
    SHARE = "share"  # int, in millionths: 3 % is 30_000
    SCORE = "score"  # int, in hundredths of a point that another body gives: 60.5 分 is 6_050
    DATE = "date"  # datetime.date
    FLAG = "flag"  # bool
    CHOICE = "choice"  # str, the id of an option
    JUDGEMENT = "judgement"  # str, the id of an option, decided by a named person
    TEXT = "text"  # str
    TABLE = "table"  # tuple of rows, each a mapping from column id to value

    @property
    def is_number(self) -> bool:
        return self in _NUMBERS

    @property
    def has_options(self) -> bool:
        return self in (FactKind.CHOICE, FactKind.JUDGEMENT)


_NUMBERS = frozenset((FactKind.MONEY, FactKind.COUNT, FactKind.SHARE, FactKind.SCORE))


@dataclass(frozen=True)
class Option:
    """One answer of a choice or a judgement: a stable id and its Chinese label."""

    id: str
    label: str
    note: str = ""


YES_NO = (Option("yes", "是"), Option("no", "否"))


@dataclass(frozen=True)
class Fact:
    """One fact that a firm states, a person judges or a register proves.

    A column of a table is a Fact as well (never by year, with no section).
    `at_least` and `at_most` bound numbers in the inner unit (分, millionths, hundredths);
    for a text `at_most` is the number of characters. Of a column, `required_if`
    is a rule over the row that makes it required, and `unique` forbids the same
    value in two rows. `improves` is the
    direction in which a firm may sensibly strive; it decides which changes an
    explanation proposes and never what a rule says.
    """

    id: str
    label: str
    kind: FactKind
    unit: str = ""
    per_year: bool = False
    definition: str = ""
    source: str = ""
    help: str = ""
    section: str = ""
    evidence: tuple[str, ...] = ()
    at_least: int | None = None
    at_most: int | None = None
    options: tuple[Option, ...] = ()
    columns: tuple["Fact", ...] = ()
    pattern: str = ""
    pattern_words: str = ""
    required: bool = True
    required_if: str = ""
    unique: bool = False
    may_be_future: bool = False
    improves: Improves = ""

    def __hash__(self) -> int:
        return hash(self.id)

    def column(self, column_id: str) -> "Fact":
        """The column of a table by its id. KeyError if there is none."""
        return self._columns[column_id]

    def option(self, option_id: str) -> Option:
        """The option by its id. KeyError if there is none."""
        return self._options[option_id]

    @cached_property
    def _columns(self) -> Mapping[str, "Fact"]:
        return MappingProxyType({column.id: column for column in self.columns})

    @cached_property
    def _options(self) -> Mapping[str, Option]:
        return MappingProxyType({option.id: option for option in self.options})


@dataclass(frozen=True)
class Derived:
    """A fact computed from the rows of a table, or by a named rule of another instrument.

    With `table`, it counts the rows for which the rule text `where` holds, or
    sums their column `sum_of`; `plus` names facts whose numbers are added. With
    `since`, it is the whole years from that day to the end of 上年, both days
    counted. With `by`, a function of `law.derivation` answers (the size class).
    """

    id: str
    label: str
    kind: FactKind
    unit: str = ""
    definition: str = ""
    source: str = ""
    certainty: str = ""
    table: str = ""
    where: str = ""
    sum_of: str = ""
    plus: tuple[str, ...] = ()
    since: str = ""
    by: str = ""
    uses: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    at_least: int | None = None
    at_most: int | None = None
    improves: Improves = "up"

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The ids of the stated facts that it is computed from."""
        named = (self.table, *self.plus, self.since, *self.uses)
        return tuple(name for name in named if name)


@dataclass(frozen=True)
class Evidence:
    """One kind of paper that proves facts. `issued_by` says whose paper it is."""

    id: str
    label: str
    note: str = ""
    source: str = ""


@dataclass(frozen=True)
class Section:
    """One section of a form generated from a standard."""

    id: str
    label: str
    intro: str = ""
