"""What was found, ready to be shown: clause by clause, indicator by indicator, with its Chinese sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tidu.law.expressions import Reason, Span, Truth
from tidu.law.standards.changes import Change
from tidu.law.standards.definition import Citation, Shape


class Outcome(StrEnum):
    """符合, 不符合 or 待补充."""

    MET = "met"
    UNMET = "unmet"
    OPEN = "open"

    @property
    def label(self) -> str:
        return {"met": "符合", "unmet": "不符合", "open": "待补充"}[self.value]

    @staticmethod
    def of(truth: Truth) -> "Outcome":
        if truth is None:
            return Outcome.OPEN
        return Outcome.MET if truth else Outcome.UNMET


@dataclass(frozen=True)
class OpenPoint:
    """One thing that keeps a result open, with its Chinese sentence."""

    reason: Reason
    sentence: str


@dataclass(frozen=True)
class Input:
    """One value that a rule read: the fact with its year, and the value on screen (未填 if missing)."""

    fact: str
    period: int | None
    label: str
    value: str


@dataclass(frozen=True)
class Step:
    """What one change of one fact would do: close a gap, or gain points."""

    change: Change
    sentence: str


@dataclass(frozen=True)
class Check:
    """One comparison of a clause: what was found, how it is compared, with what."""

    text: str
    outcome: Outcome
    value: str
    operator: str
    threshold: str
    inputs: tuple[Input, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class ClauseResult:
    """A clause: its checks if it has a rule of its own, else its parts.

    `joins` says whether all or any of the parts are needed. `rests_on_judgement`
    marks what a named person decides.
    """

    id: str
    label: str
    rule: str
    joins: str
    outcome: Outcome
    citation: Citation
    checks: tuple[Check, ...]
    parts: tuple["ClauseResult", ...]
    open_points: tuple[OpenPoint, ...]
    evidence: tuple[str, ...]
    rests_on_judgement: bool

    def __iter__(self) -> Iterator["ClauseResult"]:
        """The clause and all clauses below it, parents first."""
        yield self
        for part in self.parts:
            yield from part

    def rules(self, *, counts: bool = True) -> Iterator[tuple["ClauseResult", bool]]:
        """The clauses with a rule of their own, and whether each counts.

        Where any one part suffices and one is met, the others are not held against the firm.
        """
        if self.rule:
            yield self, counts
        for part in self.parts:
            is_spared = self.joins == "any" and part.outcome is not self.outcome
            yield from part.rules(counts=counts and not is_spared)


@dataclass(frozen=True)
class BandResult:
    """A band or an item of a sum; `outcome` is met for what counts, open for what is still possible."""

    points: int
    text: str
    outcome: Outcome


@dataclass(frozen=True)
class NextBand:
    """The next better band, what it gains, and the single changes that reach it."""

    points: int
    gain: int
    text: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class IndicatorResult:
    """An indicator with its points [low, high]; `value` is the measure on screen, if it has one.

    `shape` tells whether the first of `bands` that holds counts, all that hold, or whether
    a province has still to say what counts.
    """

    id: str
    label: str
    dimension: str
    full: int
    points: Span
    value: str
    measure: str
    citation: Citation
    bands: tuple[BandResult, ...]
    next_band: NextBand | None
    inputs: tuple[Input, ...]
    open_points: tuple[OpenPoint, ...]
    evidence: tuple[str, ...]
    rests_on_judgement: bool
    shape: Shape = Shape.BANDS


@dataclass(frozen=True)
class DimensionResult:
    """A dimension's points [low, high] out of `full`."""

    id: str
    label: str
    points: Span
    full: int
