"""What a standard consists of, once its file is read, checked and frozen."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Literal

from tidu.law.expressions import Compiled, Condition, Number, compiled
from tidu.law.expressions.tree import AllOf, Comparison, Constant, FactValue, facts_in
from tidu.law.facts import FactKind, Vocabulary
from tidu.law.facts.definitions import JSON

Joins = Literal["all", "any", ""]


class Certainty(StrEnum):
    """How well a value is founded."""

    OFFICIAL = "official"
    SECOND_HAND = "second-hand"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return {"official": "正式文本", "second-hand": "二手来源", "unknown": "来源不明"}[self.value]


@dataclass(frozen=True)
class Citation:
    """Where a value stands, and how certain that is."""

    text: str
    certainty: Certainty


@dataclass(frozen=True)
class Instrument:
    """The document that a standard is taken from."""

    name: str
    number: str
    annex: str
    issuer: str
    note: str = ""


@dataclass(frozen=True)
class Upkeep:
    """How long the title holds, and by which day of each year (`05-31`) its firm updates its data.

    What the instrument says; a notice may say otherwise and then prevails.
    """

    years: int
    update_by: str

    @property
    def update_words(self) -> str:
        """The day as it is read: 5月31日."""
        month, day = self.update_by.split("-")
        return f"{int(month)}月{int(day)}日"


@dataclass(frozen=True)
class Clause:
    """One condition: a rule of its own, or all or any of the clauses below it.

    `reading` is what the instrument leaves open and the rule had to settle (本系统理解).
    """

    id: str
    label: str
    citation: Citation
    rule: str = ""
    condition: Condition | None = None
    joins: Joins = ""
    parts: tuple["Clause", ...] = ()
    reading: str = ""

    @cached_property
    def compiled(self) -> Compiled | None:
        """Its own rule, ready to be read for firm after firm."""
        return compiled(self.condition) if self.condition else None

    @cached_property
    def values(self) -> tuple[FactValue, ...]:
        """The values that its own rule reads."""
        return facts_in(self.condition) if self.condition else ()

    @cached_property
    def names(self) -> frozenset[str]:
        """The ids of what its own rule reads, scores among them."""
        return frozenset(value.symbol.id for value in self.values)

    def __iter__(self) -> Iterator["Clause"]:
        """The clause and all clauses below it, parents first."""
        yield self
        for part in self.parts:
            yield from part


class Shape(StrEnum):
    """How an indicator gives its points."""

    BANDS = "bands"
    """The first band that holds counts."""
    SUM = "sum"
    """Every band that holds counts, together at most the full points."""
    AWAITED = "awaited"
    """A province sets it and has not told us how: anything from nothing to the full points."""


@dataclass(frozen=True)
class Band:
    """Points for a condition; no condition always holds."""

    points: int
    text: str
    condition: Condition | None

    @cached_property
    def compiled(self) -> Compiled:
        """Its condition, ready to be read for firm after firm."""
        return compiled(self.condition or AllOf(()))


@dataclass(frozen=True)
class Indicator:
    """One scored indicator: bands from the highest points to the lowest, or items that add up.

    `measure` is the number shown beside the bands; where the bands have rules of
    their own it decides nothing. `reading` is as with a clause.
    """

    id: str
    label: str
    dimension: str
    full: int
    citation: Citation
    bands: tuple[Band, ...]
    shape: Shape = Shape.BANDS
    measure_text: str = ""
    measure: Number | None = None
    reading: str = ""

    @cached_property
    def values(self) -> tuple[FactValue, ...]:
        """The values that its bands read, once each."""
        read = (value for band in self.bands if band.condition for value in facts_in(band.condition))
        return tuple(dict.fromkeys(read))

    @cached_property
    def names(self) -> frozenset[str]:
        """The ids of what its bands read."""
        return frozenset(value.symbol.id for value in self.values)

    @cached_property
    def limits(self) -> tuple[Fraction, ...]:
        """The numbers that its measure is compared with."""
        comparisons = (band.condition for band in self.bands if isinstance(band.condition, Comparison))
        return tuple(c.right.value for c in comparisons if isinstance(c.right, Constant))


@dataclass(frozen=True)
class Dimension:
    """A group of indicators with a score of its own, written in rules as `<label>得分`.

    `full`, where the file says it, is what its indicators must add up to.
    """

    id: str
    label: str
    full: int | None = None


@dataclass(frozen=True)
class FormPlan:
    """What the form asks besides what judging needs."""

    years: int = 1
    also: tuple[str, ...] = ()
    also_evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proof:
    """The kinds of paper that prove what a rule reads, and whether a named person decides part of it."""

    evidence: tuple[str, ...]
    rests_on_judgement: bool


@dataclass(frozen=True, eq=False)
class StandardText:
    """A standard as read: immutable, and identified by the digest of its whole content."""

    id: str
    title: str
    confers: str
    short: str
    jurisdiction: str
    applications: tuple[str, ...]
    effective: date | None
    ended: date | None
    instrument: Instrument
    unconfirmed: bool
    unconfirmed_words: str
    root: Clause
    dimensions: tuple[Dimension, ...]
    indicators: tuple[Indicator, ...]
    form_plan: FormPlan
    upkeep: Upkeep | None
    vocabulary: Vocabulary
    body: Mapping[str, JSON]
    digest: str

    @cached_property
    def proofs(self) -> Mapping[str, "Proof"]:
        """What proves each clause and indicator, by `clause.<id>` and `indicator.<id>`."""
        found = {f"clause.{clause.id}": self._proof(clause.values) for clause in self.root}
        return found | {f"indicator.{one.id}": self._proof(one.values) for one in self.indicators}

    def _proof(self, values: Iterable[FactValue]) -> "Proof":
        ids: dict[str, None] = {}
        for value in values:
            derived = self.vocabulary.derived.get(value.symbol.id)
            ids |= dict.fromkeys(derived.sources if derived else (value.symbol.id,))
        facts = [self.vocabulary.facts[name] for name in ids if name in self.vocabulary.facts]
        papers = dict.fromkeys(paper for fact in facts for paper in fact.evidence)
        return Proof(tuple(papers), any(fact.kind is FactKind.JUDGEMENT for fact in facts))

    @property
    def full(self) -> int:
        """The most points that the indicators give together."""
        return sum(indicator.full for indicator in self.indicators)

    def clause(self, clause_id: str) -> Clause:
        """The clause with this id. KeyError if there is none."""
        return {clause.id: clause for clause in self.root}[clause_id]

    def indicator(self, indicator_id: str) -> Indicator:
        """The indicator with this id. KeyError if there is none."""
        return {indicator.id: indicator for indicator in self.indicators}[indicator_id]
