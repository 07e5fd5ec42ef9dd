"""A standard as steps: points of indicators, scores, rules, joined clauses, each from columns before it.

A step says everything that its result depends on and nothing else, so two steps that are equal, over the same
columns, give the same answers: that is how a trial with one changed limit recomputes one clause.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from tidu.law.backends.layout import LEAST, MOST, derived_name, stated_name
from tidu.law.expressions.tree import Condition, FactValue
from tidu.law.facts import Vocabulary
from tidu.law.standards.definition import Clause, Indicator, Joins, Shape, StandardText
from tidu.law.standards.reading import TOTAL_SCORE, score_id

OUTCOME = "outcome"


@dataclass(frozen=True)
class Read:
    """Where one value stands: in a column, between two, or (an answer of several) in one column each."""

    least: str
    most: str
    options: tuple[str, ...] = ()

    @property
    def is_exact(self) -> bool:
        return self.least == self.most

    @property
    def columns(self) -> tuple[str, ...]:
        if self.options:
            return tuple(self.option(option) for option in self.options)
        return tuple(dict.fromkeys((self.least, self.most)))

    def option(self, option_id: str) -> str:
        """The column that says whether this answer is possible."""
        return f"{self.least}.{option_id}"


Reads: TypeAlias = tuple[tuple[FactValue, Read], ...]


@dataclass(frozen=True)
class Points:
    """The points of one indicator, between `name.least` and `name.most`."""

    name: str
    shape: Shape
    full: int
    bands: tuple[tuple[int, Condition | None], ...]
    reads: Reads

    @property
    def makes(self) -> tuple[str, ...]:
        return (self.name + LEAST, self.name + MOST)

    @property
    def needs(self) -> tuple[str, ...]:
        return _columns(self.reads)


@dataclass(frozen=True)
class Total:
    """The points of several indicators together."""

    name: str
    members: tuple[str, ...]

    @property
    def makes(self) -> tuple[str, ...]:
        return (self.name + LEAST, self.name + MOST)

    @property
    def needs(self) -> tuple[str, ...]:
        return tuple(member + end for member in self.members for end in (LEAST, MOST))


@dataclass(frozen=True)
class Rule:
    """A clause with a rule of its own: met, unmet or open."""

    name: str
    condition: Condition
    reads: Reads

    @property
    def makes(self) -> tuple[str, ...]:
        return (self.name,)

    @property
    def needs(self) -> tuple[str, ...]:
        return _columns(self.reads)


@dataclass(frozen=True)
class Joined:
    """A clause of other clauses, or the outcome, which is its one part."""

    name: str
    joins: Joins
    parts: tuple[str, ...]

    @property
    def makes(self) -> tuple[str, ...]:
        return (self.name,)

    @property
    def needs(self) -> tuple[str, ...]:
        return self.parts


Step: TypeAlias = Points | Total | Rule | Joined


@dataclass(frozen=True)
class Plan:
    """The steps of one standard in layers; a step needs columns of the population and of layers before."""

    standard: StandardText
    layers: tuple[tuple[Step, ...], ...]

    @property
    def steps(self) -> Iterator[Step]:
        for layer in self.layers:
            yield from layer

    @cached_property
    def results(self) -> tuple[str, ...]:
        """Every column that the plan makes, the outcome first."""
        made = [name for step in self.steps for name in step.makes]
        return (OUTCOME, *(name for name in made if name != OUTCOME))

    def touched_since(self, before: "Plan") -> frozenset[str]:
        """The columns that differ from another plan's or depend on one that does."""
        known = {step.name: step for step in before.steps}
        touched: set[str] = set()
        for step in self.steps:
            if known.get(step.name) != step or touched.intersection(step.needs):
                touched.update(step.makes)
        return frozenset(touched)


def plan_of(text: StandardText) -> Plan:
    """The steps of a standard."""
    points = tuple(_points(indicator, text.vocabulary) for indicator in text.indicators)
    members = {TOTAL_SCORE: tuple(step.name for step in points)}
    for dimension in text.dimensions:
        of_it = (i for i in text.indicators if i.dimension == dimension.id)
        members[score_id(dimension.id)] = tuple(_indicator_name(i) for i in of_it)
    totals = tuple(Total(name, names) for name, names in members.items())
    rules = tuple(
        Rule(clause_name(clause.id), clause.condition, _reads(clause.values, text.vocabulary))
        for clause in text.root
        if clause.condition is not None
    )
    outcome = Joined(OUTCOME, "all", (clause_name(text.root.id),))
    layers: tuple[tuple[Step, ...], ...] = (points, totals, rules, *_joined(text.root), (outcome,))
    return Plan(text, tuple(layer for layer in layers if layer))


def clause_name(clause_id: str) -> str:
    """The column of a clause."""
    return f"clause.{clause_id}"


def _indicator_name(indicator: Indicator) -> str:
    return f"indicator.{indicator.id}"


def _points(indicator: Indicator, vocabulary: Vocabulary) -> Points:
    bands = tuple((band.points, band.condition) for band in indicator.bands)
    reads = _reads(indicator.values, vocabulary)
    return Points(_indicator_name(indicator), indicator.shape, indicator.full, bands, reads)


def _joined(root: Clause) -> Iterator[tuple[Joined, ...]]:
    """Joined clauses, those of rules alone first."""
    heights: dict[int, list[Joined]] = {}

    def height(clause: Clause) -> int:
        if clause.condition is not None:
            return 0
        own = 1 + max(height(part) for part in clause.parts)
        parts = tuple(clause_name(part.id) for part in clause.parts)
        heights.setdefault(own, []).append(Joined(clause_name(clause.id), clause.joins, parts))
        return own

    height(root)
    yield from (tuple(heights[level]) for level in sorted(heights))


def _reads(values: tuple[FactValue, ...], vocabulary: Vocabulary) -> Reads:
    return tuple((value, read_of(value, vocabulary)) for value in values)


def read_of(value: FactValue, vocabulary: Vocabulary) -> Read:
    """Where a value stands in a population that has been derived."""
    name = value.symbol.id
    derived = vocabulary.derived.get(name)
    if name in vocabulary.facts:
        column = stated_name(name, value.years_back)
        return Read(column, column)
    if derived is None or derived.table:
        column = derived_name(derived) if derived else name
        return Read(column + LEAST, column + MOST)
    column = derived_name(derived)
    return Read(column, column, tuple(option.id for option in derived.options))


def _columns(reads: Reads) -> tuple[str, ...]:
    return tuple(dict.fromkeys(column for _, read in reads for column in read.columns))
