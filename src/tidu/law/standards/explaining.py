"""From what was found to a verdict that can be shown: values, limits, gaps, evidence."""

from collections.abc import Iterable, Iterator

from tidu.law.expressions import Condition, Reason, Trace
from tidu.law.expressions.tree import AllOf, AnyOf, Comparison, FactValue, Leaf, Negation, facts_in
from tidu.law.facts import Facts
from tidu.law.firm import FirmView
from tidu.law.standards.changes import reaching_changes
from tidu.law.standards.definition import Shape, StandardText
from tidu.law.standards.judging import ClauseFinding, IndicatorFinding, judge_view
from tidu.law.standards.reading import TOTAL_SCORE
from tidu.law.standards.results import (
    BandResult,
    Check,
    ClauseResult,
    DimensionResult,
    IndicatorResult,
    Input,
    NextBand,
    OpenPoint,
    Outcome,
    Step,
)
from tidu.law.standards.verdicts import Verdict
from tidu.law.standards.wording import (
    change_sentence,
    fact_label,
    leaf_words,
    measure_text,
    reason_sentence,
    seen_text,
)


def explain(text: StandardText, facts: Facts) -> Verdict:
    """Judge the facts and put the findings into words."""
    view = FirmView(facts, text.vocabulary)
    judged = judge_view(text, view)
    words = _Explainer(text, view)
    return Verdict(
        standard=text,
        facts=facts,
        outcome=Outcome.of(judged.root.truth),
        root=words.clause(judged.root),
        dimensions=tuple(
            DimensionResult(d.id, d.label, judged.scores[d.id], _full_of(text, d.id)) for d in text.dimensions
        ),
        points=judged.scores[TOTAL_SCORE],
        view=view,
        judged=judged,
        word_indicators=lambda: tuple(words.indicator(found) for found in judged.indicators),
    )


def _full_of(text: StandardText, dimension_id: str) -> int:
    return sum(i.full for i in text.indicators if i.dimension == dimension_id)


class _Explainer:
    """Puts what was found about one firm into words; what is read twice is worded once."""

    def __init__(self, text: StandardText, view: FirmView) -> None:
        self._text = text
        self._view = view
        self._worded: dict[tuple[str, int | None], Input] = {}
        self._said: dict[Reason, OpenPoint] = {}

    def clause(self, found: ClauseFinding) -> ClauseResult:
        """The clause with its checks or its parts."""
        clause = found.clause
        proof = self._text.proofs[f"clause.{clause.id}"]
        return ClauseResult(
            id=clause.id,
            label=clause.label,
            rule=clause.rule,
            joins=clause.joins,
            outcome=Outcome.of(found.truth),
            citation=clause.citation,
            checks=tuple(self._checks(found.traced)) if found.traced else (),
            parts=tuple(self.clause(part) for part in found.parts),
            open_points=self._open_points(found.reasons),
            evidence=proof.evidence,
            rests_on_judgement=proof.rests_on_judgement,
        )

    def indicator(self, found: IndicatorFinding) -> IndicatorResult:
        """The indicator with its bands, its value and what would gain points."""
        indicator = found.indicator
        proof = self._text.proofs[f"indicator.{indicator.id}"]
        is_sum = indicator.shape is Shape.SUM
        shown = measure_text(indicator.measure, self._view, indicator.limits) if indicator.measure else ""
        return IndicatorResult(
            id=indicator.id,
            label=indicator.label,
            dimension=indicator.dimension,
            full=indicator.full,
            points=found.points,
            value=shown,
            measure=indicator.measure_text,
            citation=indicator.citation,
            bands=_items(found) if is_sum else _bands(found),
            shape=indicator.shape,
            next_band=self._next_item(found) if is_sum else self._next_band(found),
            inputs=self._inputs(indicator.values),
            open_points=self._open_points(found.reasons),
            evidence=proof.evidence,
            rests_on_judgement=proof.rests_on_judgement,
        )

    def _checks(self, traced: Trace) -> Iterator[Check]:
        """The comparisons of a rule, in the order of its text."""
        condition = traced.condition
        if isinstance(condition, (AllOf, AnyOf, Negation)):
            for part in traced.parts:
                yield from self._checks(part)
            return
        text, value, operator, threshold = leaf_words(condition, self._view)
        yield Check(
            text=text,
            outcome=Outcome.of(traced.truth),
            value=value,
            operator=operator,
            threshold=threshold,
            inputs=self._inputs(_values_of(condition)),
            steps=() if traced.truth else self._steps(condition, "即符合。"),
        )

    def _next_item(self, found: IndicatorFinding) -> NextBand | None:
        """The first item of a sum that does not count yet and could be brought about."""
        low, full = found.points.low, found.indicator.full
        for item, truth in zip(found.indicator.bands, found.truths, strict=True):
            points = min(full, low + item.points)
            if item.condition is None or points == low or truth:
                continue
            end = f"即满足“{item.text}”，得 {points} 分（增加 {points - low} 分）。"
            steps = self._steps(item.condition, end)
            if steps:
                return NextBand(points, points - low, item.text, steps)
        return None

    def _next_band(self, found: IndicatorFinding) -> NextBand | None:
        """The nearest better band above what is certain, and the single changes that reach it."""
        low = found.points.low
        for band in reversed(found.indicator.bands):
            if band.points > low and band.condition is not None:
                gain = band.points - low
                end = f"即达“{band.text}”一档，得 {band.points} 分（增加 {gain} 分）。"
                return NextBand(band.points, gain, band.text, self._steps(band.condition, end))
        return None

    def _steps(self, condition: Condition, end: str) -> tuple[Step, ...]:
        vocabulary = self._view.vocabulary
        return tuple(
            Step(change, f"{change_sentence(change, vocabulary)}{end}")
            for change in reaching_changes(condition, self._view)
        )

    def _inputs(self, values: Iterable[FactValue]) -> tuple[Input, ...]:
        """The facts read, in the order of the rule, scores left out."""
        known = self._view.vocabulary.ids
        return tuple(self._input(value) for value in values if value.symbol.id in known)

    def _input(self, value: FactValue) -> Input:
        key = (value.symbol.id, value.years_back)
        if key not in self._worded:
            period = self._view.period(value)
            label = fact_label(value.symbol.label, period)
            self._worded[key] = Input(value.symbol.id, period, label, seen_text(value, self._view.see(value)))
        return self._worded[key]

    def _open_points(self, reasons: Iterable[Reason]) -> tuple[OpenPoint, ...]:
        return tuple(self._open_point(reason) for reason in reasons)

    def _open_point(self, reason: Reason) -> OpenPoint:
        if reason not in self._said:
            self._said[reason] = OpenPoint(reason, reason_sentence(reason, self._view.vocabulary))
        return self._said[reason]


def _values_of(leaf: Leaf) -> tuple[FactValue, ...]:
    return leaf.apart.values if isinstance(leaf, Comparison) else facts_in(leaf)


def _bands(found: IndicatorFinding) -> tuple[BandResult, ...]:
    """Each band: it counts (met), is still possible (open), or is passed over (unmet)."""
    results = []
    decided = False
    for band, truth in zip(found.indicator.bands, found.truths, strict=True):
        counts = Outcome.UNMET if decided or truth is False else Outcome.OPEN
        if counts is Outcome.OPEN and found.points.is_exact and band.points == found.points.low:
            counts = Outcome.MET
        results.append(BandResult(band.points, band.text, counts))
        decided = decided or truth is True
    return tuple(results)


def _items(found: IndicatorFinding) -> tuple[BandResult, ...]:
    """Each item of a sum: it counts, is still possible, or does not."""
    pairs = zip(found.indicator.bands, found.truths, strict=True)
    return tuple(BandResult(item.points, item.text, Outcome.of(truth)) for item, truth in pairs)
