"""The typed tree of a rule. Every backend reads this and nothing else.

Numbers carry a dimension, so that money is never compared with people, and the
unit scale, so that all arithmetic is on integers. Nodes are immutable and equal
when they say the same.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from tidu.law.facts import SCORE_SCALE, SHARE_SCALE, Derived, Fact, FactKind, Option

Dimension: TypeAlias = tuple[tuple[str, int], ...]
"""Base units with their powers, sorted: people are (("人", 1),), a ratio ()."""

PURE: Dimension = ()
MONEY_UNIT = "金额"
"""Not 分, which is also what points are counted in."""
MONEY: Dimension = ((MONEY_UNIT, 1),)


class Operator(StrEnum):
    """A comparison says itself whether it includes the number (以上 does, 超过 does not)."""

    AT_LEAST = ">="
    ABOVE = ">"
    AT_MOST = "<="
    BELOW = "<"
    EQUAL = "="
    NOT_EQUAL = "!="

    @property
    def mirrored(self) -> "Operator":
        """The operator that says the same with both sides exchanged."""
        return _MIRRORED.get(self, self)

    @property
    def opposite(self) -> "Operator":
        """The operator that holds exactly when this one does not."""
        return _OPPOSITE[self]


_MIRRORED = {
    Operator.AT_LEAST: Operator.AT_MOST,
    Operator.AT_MOST: Operator.AT_LEAST,
    Operator.ABOVE: Operator.BELOW,
    Operator.BELOW: Operator.ABOVE,
}
_OPPOSITE = {
    Operator.AT_LEAST: Operator.BELOW,
    Operator.BELOW: Operator.AT_LEAST,
    Operator.AT_MOST: Operator.ABOVE,
    Operator.ABOVE: Operator.AT_MOST,
    Operator.EQUAL: Operator.NOT_EQUAL,
    Operator.NOT_EQUAL: Operator.EQUAL,
}


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
        entry.at_least, entry.at_most, entry.options,
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


class DayName(StrEnum):
    """Days that a rule may name without a fact."""

    AS_OF = "截至日"
    YEAR_END = "上年末"


@dataclass(frozen=True)
class Moment:
    """A day: a date fact, a named day or a written date, moved by whole months."""

    base: FactValue | DayName | date
    months: int = 0


@dataclass(frozen=True)
class Comparison:
    left: Number
    operator: Operator
    right: Number


@dataclass(frozen=True)
class DayComparison:
    left: Moment
    operator: Operator
    right: Moment


@dataclass(frozen=True)
class Membership:
    """A choice or judgement is (or, negated, is not) one of some options, by their ids."""

    fact: FactValue
    options: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True)
class Stated:
    """A flag is set, or a judgement of 是 or 否 is 是."""

    fact: FactValue


@dataclass(frozen=True)
class AllOf:
    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class AnyOf:
    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Negation:
    part: "Condition"


Leaf: TypeAlias = Comparison | DayComparison | Membership | Stated
Condition: TypeAlias = Leaf | AllOf | AnyOf | Negation
Node: TypeAlias = Condition | Number | Moment


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below a node."""
    match node:
        case AllOf() | AnyOf():
            found: tuple[Node, ...] = node.parts
        case Negation():
            found = (node.part,)
        case Ratio():
            found = (node.numerator, node.denominator)
        case Growth():
            found = (node.last, node.first)
        case Membership() | Stated():
            found = (node.fact,)
        case Moment():
            found = (node.base,) if isinstance(node.base, FactValue) else ()
        case Constant() | FactValue():
            found = ()
        case _:
            found = (node.left, node.right)
    return found


def walk(node: Node) -> Iterator[Node]:
    """The node and all nodes below it, parents first."""
    yield node
    for child in children(node):
        yield from walk(child)


def facts_in(node: Node) -> tuple[FactValue, ...]:
    """Every fact that the tree reads, once, in the order of the text."""
    return tuple(dict.fromkeys(n for n in walk(node) if isinstance(n, FactValue)))
