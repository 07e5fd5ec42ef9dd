"""What a rule is read against: values that may be open, and why they are."""

from datetime import date
from typing import NamedTuple, Protocol, TypeAlias

from tidu.law.expressions.numbers import FactValue, Slot

Truth: TypeAlias = bool | None


class Span(NamedTuple):
    """A whole number known to lie between two limits, both included."""

    low: int
    high: int

    @property
    def is_exact(self) -> bool:
        return self.low == self.high


class Reason(NamedTuple):
    """Why something is open. `open_<code>` has a sentence; the rest says what is meant.

    `fact_missing`, `judgement_pending`: `fact` in `period`.
    `cell_missing`: `column` in the row numbered `row` (from 1) of the table `fact`.
    `denominator_not_positive`: `fact` in `period` is not above zero.
    `as_of_missing`: no day is given to count terms from.
    `industry_code_unknown`, `size_not_covered`: the size class cannot be told.
    """

    code: str
    fact: str = ""
    period: int | None = None
    row: int | None = None
    column: str = ""


Seen: TypeAlias = Span | frozenset[str] | bool | date | None
"""A value as a rule sees it: numbers as spans, choices as the options still possible."""


class View(Protocol):
    """The facts that a rule is read against: a firm's, or one row of a table.

    A value stands at its slot, where compiled rules look; `see` is the same for who has the value.
    """

    @property
    def as_of(self) -> date | None: ...
    @property
    def year(self) -> int: ...
    def __getitem__(self, slot: Slot, /) -> Seen: ...
    def see(self, value: FactValue) -> Seen: ...
    def why(self, value: FactValue) -> tuple[Reason, ...]: ...
