"""The typed tree of a rule. Every backend reads this and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from tidu.law.expressions.numbers import (
    MONEY,
    MONEY_UNIT,
    PURE,
    Constant,
    Difference,
    Dimension,
    FactValue,
    Growth,
    Number,
    Product,
    Ratio,
    Sum,
    Symbol,
    Symbols,
    symbol_of,
)
from tidu.law.expressions.polynomials import Apart, apart_of

__all__ = [
    "MONEY",
    "MONEY_UNIT",
    "PURE",
    "AllOf",
    "AnyOf",
    "Comparison",
    "Condition",
    "Constant",
    "DayComparison",
    "DayName",
    "Difference",
    "Dimension",
    "FactValue",
    "Growth",
    "Leaf",
    "Membership",
    "Moment",
    "Negation",
    "Node",
    "Number",
    "Operator",
    "Product",
    "Ratio",
    "Stated",
    "Sum",
    "Symbol",
    "Symbols",
    "children",
    "comparisons_in",
    "facts_in",
    "symbol_of",
    "walk",
]


class Operator(StrEnum):
    """A comparison says itself whether it includes the number (以上 does, 超过 does not)."""

    AT_LEAST = ">="
    ABOVE = ">"
    AT_MOST = "<="
    BELOW = "<"
    EQUAL = "="
    NOT_EQUAL = "!="


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

    @cached_property
    def apart(self) -> Apart:
        """Both sides multiplied out: how far the left is above the right, as a polynomial of the facts."""
        return apart_of(self.left, self.right)


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

    @cached_property
    def ids(self) -> frozenset[str]:
        """The options as a set."""
        return frozenset(self.options)


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


def comparisons_in(condition: Condition) -> Iterator[Comparison]:
    """Every comparison of numbers in the condition."""
    match condition:
        case Comparison():
            yield condition
        case AllOf() | AnyOf():
            for part in condition.parts:
                yield from comparisons_in(part)
        case Negation():
            yield from comparisons_in(condition.part)
        case _:
            pass


def facts_in(node: Node) -> tuple[FactValue, ...]:
    """Every fact that the tree reads, once, in the order of the text."""
    return tuple(dict.fromkeys(n for n in walk(node) if isinstance(n, FactValue)))
