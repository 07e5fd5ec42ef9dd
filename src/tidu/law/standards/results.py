"""The parts of what was found: comparisons, values, changes, bands, points.

What decides is an object (an outcome, a number, a change); the Chinese words for it are found when somebody
reads them, and kept: so these objects are not frozen, though nobody changes them. `SHOWN` names what of an
object its JSON shows, in this order.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, NamedTuple

from tidu.law.expressions import Compiled, Reason, Span, Truth, known_value
from tidu.law.expressions.tree import Comparison, Constant, FactValue, Leaf
from tidu.law.facts import Vocabulary
from tidu.law.firm import FirmView
from tidu.law.once import found_once
from tidu.law.standards.changes import Change
from tidu.law.standards.wording import (
    change_sentence,
    fact_label,
    leaf_words,
    operator_of,
    reason_sentence,
    seen_text,
)


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


@dataclass(eq=False)
class OpenPoint:
    """One thing that keeps a result open, with its Chinese sentence."""

    SHOWN: ClassVar = ("reason", "sentence")

    reason: Reason
    vocabulary: Vocabulary

    @found_once
    def sentence(self) -> str:
        return reason_sentence(self.reason, self.vocabulary)


@dataclass(eq=False)
class Input:
    """One value that a rule read: the fact with its year, and the value on screen (未填 if missing)."""

    SHOWN: ClassVar = ("fact", "period", "label", "value")

    read: FactValue
    view: FirmView

    @property
    def fact(self) -> str:
        return self.read.symbol.id

    @property
    def period(self) -> int | None:
        return self.view.period(self.read)

    @found_once
    def label(self) -> str:
        return fact_label(self.read.symbol.label, self.period)

    @found_once
    def value(self) -> str:
        return seen_text(self.read, self.view.see(self.read))


@dataclass(eq=False)
class Step:
    """What one change of one fact would do: close a gap, or gain points. `end` says what comes of it."""

    SHOWN: ClassVar = ("change", "sentence")

    change: Change
    vocabulary: Vocabulary
    end: str

    @found_once
    def sentence(self) -> str:
        return f"{change_sentence(self.change, self.vocabulary)}{self.end}"


@dataclass(eq=False)
class Check:
    """One comparison of a clause: what was found, how it is compared, with what.

    `number` is exact and `value` how it is written; `steps` are what would make it hold.
    """

    SHOWN: ClassVar = ("text", "outcome", "value", "operator", "threshold", "inputs", "steps")

    rule: Compiled
    outcome: Outcome
    steps: tuple[Step, ...]
    view: FirmView
    inputs_of: Callable[[Compiled], tuple[Input, ...]]

    @found_once
    def inputs(self) -> tuple[Input, ...]:
        """The facts that it reads."""
        return self.inputs_of(self.rule)

    @property
    def operator(self) -> str:
        return operator_of(self.leaf)

    @property
    def leaf(self) -> Leaf:
        return self.rule.leaf

    @property
    def number(self) -> Fraction | None:
        """The number found, None where it is open or no number is compared."""
        return self.rule.measure(self.view)

    @property
    def limit(self) -> Fraction | None:
        """The number that it is compared with, None as for `number`."""
        condition = self.rule.condition
        if not isinstance(condition, Comparison):
            return None
        right = condition.right
        return right.value if isinstance(right, Constant) else known_value(right, self.view)

    @property
    def text(self) -> str:
        """The comparison as the rule writes it."""
        return self._words[0]

    @property
    def value(self) -> str:
        """What was found, 未填 where it is open; empty for a day."""
        return self._words[1]

    @property
    def threshold(self) -> str:
        """What it is compared with."""
        return self._words[2]

    @found_once
    def _words(self) -> tuple[str, str, str]:
        return leaf_words(self.leaf, self.view)


class BandResult(NamedTuple):
    """A band or an item of a sum; `outcome` is met for what counts, open for what is still possible."""

    points: int
    text: str
    outcome: Outcome


class NextBand(NamedTuple):
    """The next better band, what it gains, and the single changes that reach it."""

    points: int
    gain: int
    text: str
    steps: tuple[Step, ...]


class DimensionResult(NamedTuple):
    """A dimension's points [low, high] out of `full`."""

    id: str
    label: str
    points: Span
    full: int
