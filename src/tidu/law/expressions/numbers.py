"""The numbers of a rule: facts, constants and what is reckoned from them.

Numbers carry a dimension, so that money is never compared with people, and the
unit scale, so that all arithmetic is on integers. Nodes are immutable and equal
when they say the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from tidu.law.facts import SCORE_SCALE, SHARE_SCALE, Derived, Fact, FactKind, Option
from tidu.law.facts.definitions import Improves

Dimension: TypeAlias = tuple[tuple[str, int], ...]
"""Base units with their powers, sorted: people are (("人", 1),), a ratio ()."""

PURE: Dimension = ()
MONEY_UNIT = "金额"
"""Not 分, which is also what points are counted in."""
MONEY: Dimension = ((MONEY_UNIT, 1),)


@dataclass(frozen=True)
class Symbol:
    """What a name in a rule stands for."""

    id: str
    label: str
    kind: FactKind
    unit: str = ""
    per_year: bool = False
    at_least: int | None = None
    at_most: int | None = None
    options: tuple[Option, ...] = ()
    improves: Improves = ""

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def dimension(self) -> Dimension:
        if self.kind is FactKind.MONEY:
            return MONEY
        counted = self.kind in (FactKind.COUNT, FactKind.SCORE)
        return ((self.unit, 1),) if counted and self.unit else PURE

    @property
    def scale(self) -> int:
        """How many inner units one of the dimension's units holds."""
        return {FactKind.SHARE: SHARE_SCALE, FactKind.SCORE: SCORE_SCALE}.get(self.kind, 1)


def symbol_of(entry: Fact | Derived) -> Symbol:
    """The symbol of a fact, a column or a derived fact."""
    per_year = isinstance(entry, Fact) and entry.per_year
    return Symbol(
        entry.id, entry.label, entry.kind, entry.unit, per_year,
        entry.at_least, entry.at_most, entry.options, entry.improves,
    )  # fmt: skip


Symbols: TypeAlias = Mapping[str, Symbol]
"""Symbols by the Chinese label that a rule writes."""


@dataclass(frozen=True)
class Constant:
    """A number of the rule, in inner units: 100万元 is 100,000,000 分. `text` is as written."""

    value: Fraction
    dimension: Dimension
    text: str


@dataclass(frozen=True)
class FactValue:
    """A fact's value: `years_back` 0 is 上年, 1 上上年, None a fact of now."""

    symbol: Symbol
    years_back: int | None = None

    @property
    def dimension(self) -> Dimension:
        return self.symbol.dimension

    @cached_property
    def slot(self) -> "Slot":
        """Where the value stands among those of one firm."""
        return self.symbol.id, self.years_back


Slot: TypeAlias = tuple[str, int | None]
"""The id of a value and its `years_back`."""


@dataclass(frozen=True)
class Sum:
    left: "Number"
    right: "Number"
    dimension: Dimension


@dataclass(frozen=True)
class Difference:
    left: "Number"
    right: "Number"
    dimension: Dimension


@dataclass(frozen=True)
class Product:
    left: "Number"
    right: "Number"
    dimension: Dimension


@dataclass(frozen=True)
class Ratio:
    """Never divided: a comparison multiplies it out. Open unless the denominator is above zero."""

    numerator: "Number"
    denominator: "Number"
    dimension: Dimension


@dataclass(frozen=True)
class Growth:
    """Compound growth a year from `first` to `last`, so many years apart; a root, so never computed.

    A comparison with a limit asks instead whether `last / first` reaches the limit's power.
    Open unless `first` is above zero. `text` is as written.
    """

    last: FactValue
    first: FactValue
    years: int
    text: str
    dimension: Dimension = PURE


Number: TypeAlias = Constant | FactValue | Sum | Difference | Product | Ratio | Growth
