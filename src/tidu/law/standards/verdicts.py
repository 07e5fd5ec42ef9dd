"""The verdict: the outcome and, clause by clause, what stands behind it."""

from dataclasses import dataclass, field
from datetime import date

from tidu.law.expressions import Span
from tidu.law.facts import Facts
from tidu.law.facts.definitions import JSON
from tidu.law.firm import FirmView
from tidu.law.once import found_once
from tidu.law.standards.definition import StandardText
from tidu.law.standards.explained import ClauseResult, IndicatorResult
from tidu.law.standards.explaining import Explainer
from tidu.law.standards.jsonable import jsonable
from tidu.law.standards.judging import Judgement
from tidu.law.standards.reading import TOTAL_SCORE
from tidu.law.standards.results import DimensionResult, OpenPoint, Outcome, Step
from tidu.law.standards.turning import turning_changes

VERDICT_SCHEMA = "tidu.verdict/1"


@dataclass(frozen=True, eq=False)
class Verdict:
    """What the standard says of the facts. Certain (符合, 不符合) or open with what is missing.

    It holds what was found; what explains it, and the words for that, are made when somebody reads them:
    who sorts many firms reads little of most.
    """

    standard: StandardText
    view: FirmView = field(repr=False)
    judged: Judgement = field(repr=False)

    @property
    def facts(self) -> Facts:
        return self.view.facts

    @property
    def outcome(self) -> Outcome:
        return Outcome.of(self.judged.root.truth)

    @found_once
    def root(self) -> ClauseResult:
        """The outcome's clause, with all clauses below it."""
        return ClauseResult(self.judged.root, self._explainer)

    @found_once
    def indicators(self) -> tuple[IndicatorResult, ...]:
        """Every indicator with its points, its value and what would gain more."""
        return tuple(IndicatorResult(found, self._explainer) for found in self.judged.indicators)

    @property
    def points(self) -> Span:
        """The score, at least and at most."""
        return self.judged.scores[TOTAL_SCORE]

    @found_once
    def dimensions(self) -> tuple[DimensionResult, ...]:
        """The dimensions with their scores."""
        return tuple(
            DimensionResult(one.id, one.label, self.judged.scores[one.id], self._full_of(one.id))
            for one in self.standard.dimensions
        )

    def _full_of(self, dimension_id: str) -> int:
        return sum(one.full for one in self.standard.indicators if one.dimension == dimension_id)

    @found_once
    def _explainer(self) -> Explainer:
        return Explainer(self.standard, self.view)

    @property
    def full(self) -> int:
        """The most points there are; 0 for a standard without a score."""
        return self.standard.full

    @property
    def unconfirmed_words(self) -> str:
        """`按63号推定` for an unconfirmed overlay, else empty."""
        return self.standard.unconfirmed_words if self.standard.unconfirmed else ""

    @property
    def open_points(self) -> tuple[OpenPoint, ...]:
        """What keeps the outcome open; empty if it is certain."""
        return self.root.open_points

    @property
    def as_of(self) -> date | None:
        return self.facts.as_of

    def clause(self, clause_id: str) -> ClauseResult:
        """The result of one clause. KeyError if there is none."""
        return {clause.id: clause for clause in self.root}[clause_id]

    def indicator(self, indicator_id: str) -> IndicatorResult:
        """The result of one indicator. KeyError if there is none."""
        return {indicator.id: indicator for indicator in self.indicators}[indicator_id]

    @found_once
    def turning(self) -> tuple[Step, ...]:
        """The changes of one fact that alone make it 符合, the smallest first; empty if none does."""
        if self.outcome is Outcome.MET:
            return ()
        return tuple(
            Step(change, self.view.vocabulary, "，结论即为符合。")
            for change in turning_changes(self.standard, self.view, self.judged)
        )

    def as_json(self, *, turning: bool = True) -> dict[str, JSON]:
        """The whole verdict as plain JSON, by the schema `tidu.verdict/1`.

        `turning` False leaves out what would turn it, which takes longer to find than the verdict
        itself and which facts and standard give again at any time: for what is frozen.
        """
        body: dict[str, JSON] = {
            "schema": VERDICT_SCHEMA,
            "standard": {
                "id": self.standard.id,
                "title": self.standard.title,
                "short": self.standard.short,
                "digest": self.standard.digest,
                "unconfirmed": self.unconfirmed_words,
            },
            "year": self.facts.year,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "outcome": self.outcome.value,
            "outcome_label": self.outcome.label,
            "points": {"low": self.points.low, "high": self.points.high, "full": self.full},
            "dimensions": jsonable(self.dimensions),
            "clauses": jsonable(self.root),
            "indicators": jsonable(self.indicators),
            "open_points": jsonable(self.open_points),
        }
        if turning:
            body["turning"] = jsonable(self.turning)
        return body | {"sentences": self.sentences(turning=turning)}

    def sentences(self, *, turning: bool = True) -> list[str]:
        """The verdict in Chinese: outcome and score, then what fails, what is open, what would help."""
        words = f"（{self.unconfirmed_words}）" if self.unconfirmed_words else ""
        lines = [f"结论：{self.outcome.label}{words}。"]
        if self.full:
            groups = "，".join(f"{d.label} {span_text(d.points)} 分" for d in self.dimensions)
            lines.append(f"评价得分 {span_text(self.points)} 分（满分 {self.full} 分）：{groups}。")
        lines += [_clause_line(clause, counts=counts) for clause, counts in self.root.rules()]
        lines += [f"待补充：{point.sentence}" for point in self.open_points]
        steps = (s for i in self.indicators if i.next_band for s in i.next_band.steps[:1])
        lines += [step.sentence for step in steps]
        if turning and self.outcome is not Outcome.MET:
            lines += [s.sentence for s in self.turning] or [_none_turns(len(self.open_points))]
        return lines


def _none_turns(still_open: int) -> str:
    """That no single change is enough; first that so many items have not been given yet."""
    if still_open:
        return f"还有 {still_open} 项待补充，请先补齐；目前没有哪一项单独变化就能使结论变为符合。"
    return "没有单独一项的变化能使结论变为符合。"


def _clause_line(clause: ClauseResult, *, counts: bool) -> str:
    spared = "" if counts or clause.outcome is Outcome.MET else "；非必须"
    return f"{clause.label}：{clause.outcome.label}（{clause.citation.text}{spared}）。"


def span_text(span: Span) -> str:
    """`61`, or `58～66` where it is not exact."""
    return str(span.low) if span.is_exact else f"{span.low}～{span.high}"
