"""A clause and an indicator with all that stands behind what was found, each part found when it is read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from tidu.law.expressions import Span
from tidu.law.once import found_once
from tidu.law.standards.definition import Citation, Joins, Proof, Shape
from tidu.law.standards.explaining import Explainer
from tidu.law.standards.judging import ClauseFinding, IndicatorFinding
from tidu.law.standards.results import BandResult, Check, Input, NextBand, OpenPoint, Outcome
from tidu.law.standards.wording import measure_text


@dataclass(eq=False)
class ClauseResult:
    """A clause: its checks if it has a rule of its own, else its parts.

    `joins` says whether all or any of the parts are needed. `rests_on_judgement`
    marks what a named person decides.
    """

    SHOWN: ClassVar = (
        "id", "label", "rule", "joins", "outcome", "citation", "checks", "parts", "open_points", "evidence",
        "rests_on_judgement",
    )  # fmt: skip

    found: ClauseFinding
    explainer: Explainer = field(repr=False)

    @property
    def id(self) -> str:
        return self.found.clause.id

    @property
    def label(self) -> str:
        return self.found.clause.label

    @property
    def rule(self) -> str:
        return self.found.clause.rule

    @property
    def joins(self) -> Joins:
        return self.found.clause.joins

    @property
    def outcome(self) -> Outcome:
        return Outcome.of(self.found.truth)

    @property
    def citation(self) -> Citation:
        return self.found.clause.citation

    @found_once
    def checks(self) -> tuple[Check, ...]:
        """The comparisons of its own rule, each with what would make it hold."""
        return self.explainer.checks(self.found)

    @found_once
    def parts(self) -> tuple["ClauseResult", ...]:
        return tuple([ClauseResult(part, self.explainer) for part in self.found.parts])

    @found_once
    def open_points(self) -> tuple[OpenPoint, ...]:
        """What keeps it open; empty if it is certain."""
        if self.found.truth is not None:
            return ()
        if self.found.clause.compiled:
            return self.explainer.open_points(self.found.clause.compiled.why(self.explainer.view))
        open_parts = (part for part in self.parts if part.found.truth is None)
        return tuple(dict.fromkeys(point for part in open_parts for point in part.open_points))

    @property
    def evidence(self) -> tuple[str, ...]:
        return self._proof.evidence

    @property
    def rests_on_judgement(self) -> bool:
        return self._proof.rests_on_judgement

    @property
    def _proof(self) -> Proof:
        return self.explainer.text.proofs[f"clause.{self.found.clause.id}"]

    def __iter__(self) -> Iterator["ClauseResult"]:
        """The clause and all clauses below it, parents first."""
        return iter(self._with_parts)

    @found_once
    def _with_parts(self) -> list["ClauseResult"]:
        found = [self]
        for part in self.parts:
            found.extend(part)
        return found

    def rules(self, *, counts: bool = True) -> Iterator[tuple["ClauseResult", bool]]:
        """The clauses with a rule of their own, and whether each counts.

        Where any one part suffices and one is met, the others are not held against the firm.
        """
        if self.rule:
            yield self, counts
        for part in self.parts:
            is_spared = self.joins == "any" and part.outcome is not self.outcome
            yield from part.rules(counts=counts and not is_spared)


@dataclass(eq=False)
class IndicatorResult:
    """An indicator with its points [low, high]; `value` is the measure on screen, if it has one.

    `shape` tells whether the first of `bands` that holds counts, all that hold, or whether
    a province has still to say what counts.
    """

    SHOWN: ClassVar = (
        "id", "label", "dimension", "full", "points", "value", "measure", "citation", "bands", "next_band",
        "inputs", "open_points", "evidence", "rests_on_judgement", "shape",
    )  # fmt: skip

    found: IndicatorFinding
    explainer: Explainer = field(repr=False)

    @property
    def id(self) -> str:
        return self.found.indicator.id

    @property
    def label(self) -> str:
        return self.found.indicator.label

    @property
    def dimension(self) -> str:
        return self.found.indicator.dimension

    @property
    def full(self) -> int:
        return self.found.indicator.full

    @property
    def points(self) -> Span:
        return self.found.points

    @property
    def measure(self) -> str:
        """The number that it measures, as the rule writes it."""
        return self.found.indicator.measure_text

    @property
    def citation(self) -> Citation:
        return self.found.indicator.citation

    @property
    def shape(self) -> Shape:
        return self.found.indicator.shape

    @found_once
    def value(self) -> str:
        indicator, view = self.found.indicator, self.explainer.view
        return measure_text(indicator.measure, view, indicator.limits) if indicator.measure else ""

    @found_once
    def bands(self) -> tuple[BandResult, ...]:
        return self.explainer.bands(self.found)

    @found_once
    def next_band(self) -> NextBand | None:
        """What would gain points with the least change; None if nothing does."""
        return self.explainer.next_band(self.found)

    @found_once
    def inputs(self) -> tuple[Input, ...]:
        return self.explainer.inputs(self.found.indicator.values)

    @found_once
    def open_points(self) -> tuple[OpenPoint, ...]:
        """What keeps it open."""
        return self.explainer.open_points(self.found.reasons(self.explainer.view))

    @property
    def evidence(self) -> tuple[str, ...]:
        return self._proof.evidence

    @property
    def rests_on_judgement(self) -> bool:
        return self._proof.rests_on_judgement

    @property
    def _proof(self) -> Proof:
        return self.explainer.text.proofs[f"indicator.{self.found.indicator.id}"]
