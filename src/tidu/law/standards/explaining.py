"""From what was found to a verdict that can be shown: values, limits, gaps, evidence."""

from collections.abc import Iterable

from tidu.law.expressions import Condition, Reason, Trace
from tidu.law.expressions.tree import AllOf, AnyOf, FactValue, Negation, facts_in
from tidu.law.facts import Fact, FactKind, Facts
from tidu.law.firm import FirmView
from tidu.law.standards.changes import reaching_changes
from tidu.law.standards.definition import Shape, StandardText
from tidu.law.standards.judging import ClauseFinding, IndicatorFinding, judge_view
from tidu.law.standards.reading import TOTAL_SCORE
from tidu.law.standards.verdicts import (
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
    Verdict,
)
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
    return Verdict(
        standard=text,
        facts=facts,
        outcome=Outcome.of(judged.root.truth),
        root=_clause(judged.root, view),
        indicators=tuple(_indicator(found, view) for found in judged.indicators),
        dimensions=tuple(
            DimensionResult(d.id, d.label, judged.scores[d.id], _full_of(text, d.id)) for d in text.dimensions
        ),
        points=judged.scores[TOTAL_SCORE],
    )


def _full_of(text: StandardText, dimension_id: str) -> int:
    return sum(i.full for i in text.indicators if i.dimension == dimension_id)


def _clause(found: ClauseFinding, view: FirmView) -> ClauseResult:
    clause = found.clause
    stated = _stated_facts(clause.values, view)
    return ClauseResult(
        id=clause.id,
        label=clause.label,
        rule=clause.rule,
        joins=clause.joins,
        outcome=Outcome.of(found.truth),
        citation=clause.citation,
        checks=tuple(_checks(found.traced, view)) if found.traced else (),
        parts=tuple(_clause(part, view) for part in found.parts),
        open_points=_open_points(found.reasons, view),
        evidence=_evidence(stated),
        rests_on_judgement=any(fact.kind is FactKind.JUDGEMENT for fact in stated),
    )


def _checks(traced: Trace, view: FirmView) -> Iterable[Check]:
    """The comparisons of a rule, in the order of its text."""
    condition = traced.condition
    if isinstance(condition, (AllOf, AnyOf, Negation)):
        for part in traced.parts:
            yield from _checks(part, view)
        return
    text, value, operator, threshold = leaf_words(condition, view)
    yield Check(
        text=text,
        outcome=Outcome.of(traced.truth),
        value=value,
        operator=operator,
        threshold=threshold,
        inputs=_inputs(facts_in(condition), view),
        steps=() if traced.truth else _steps(condition, view, "即符合。"),
    )


def _indicator(found: IndicatorFinding, view: FirmView) -> IndicatorResult:
    indicator = found.indicator
    stated = _stated_facts(indicator.values, view)
    shown = measure_text(indicator.measure, view, indicator.limits) if indicator.measure else ""
    return IndicatorResult(
        id=indicator.id,
        label=indicator.label,
        dimension=indicator.dimension,
        full=indicator.full,
        points=found.points,
        value=shown,
        measure=indicator.measure_text,
        citation=indicator.citation,
        bands=_items(found) if indicator.shape is Shape.SUM else _bands(found),
        shape=indicator.shape,
        next_band=_next_band(found, view),
        inputs=_inputs(indicator.values, view),
        open_points=_open_points(found.reasons, view),
        evidence=_evidence(stated),
        rests_on_judgement=any(fact.kind is FactKind.JUDGEMENT for fact in stated),
    )


def _bands(found: IndicatorFinding) -> tuple[BandResult, ...]:
    """Each band: it counts (met), is still possible (open), or is passed over (unmet)."""
    results = []
    decided = False
    for band, traced in zip(found.indicator.bands, found.traces, strict=True):
        truth = traced.truth if traced else True
        counts = Outcome.UNMET if decided or truth is False else Outcome.OPEN
        if counts is Outcome.OPEN and found.points.is_exact and band.points == found.points.low:
            counts = Outcome.MET
        results.append(BandResult(band.points, band.text, counts))
        decided = decided or truth is True
    return tuple(results)


def _items(found: IndicatorFinding) -> tuple[BandResult, ...]:
    """Each item of a sum: it counts, is still possible, or does not."""
    truths = [traced.truth if traced else None for traced in found.traces]
    return tuple(
        BandResult(item.points, item.text, Outcome.of(truth))
        for item, truth in zip(found.indicator.bands, truths, strict=True)
    )


def _next_item(found: IndicatorFinding, view: FirmView) -> NextBand | None:
    """The first item that does not count yet and could be brought about."""
    low, full = found.points.low, found.indicator.full
    for item, traced in zip(found.indicator.bands, found.traces, strict=True):
        points = min(full, low + item.points)
        if item.condition is None or points == low or (traced and traced.truth):
            continue
        end = f"即满足“{item.text}”，得 {points} 分（增加 {points - low} 分）。"
        steps = _steps(item.condition, view, end)
        if steps:
            return NextBand(points, points - low, item.text, steps)
    return None


def _next_band(found: IndicatorFinding, view: FirmView) -> NextBand | None:
    """The cheapest better band: the nearest above what is certain that one change reaches."""
    if found.indicator.shape is Shape.SUM:
        return _next_item(found, view)
    low = found.points.low
    for band in reversed(found.indicator.bands):
        if band.points > low and band.condition is not None:
            gain = band.points - low
            end = f"即达“{band.text}”一档，得 {band.points} 分（增加 {gain} 分）。"
            return NextBand(band.points, gain, band.text, _steps(band.condition, view, end))
    return None


def _steps(condition: Condition, view: FirmView, end: str) -> tuple[Step, ...]:
    return tuple(
        Step(change, f"{change_sentence(change, view.vocabulary)}{end}")
        for change in reaching_changes(condition, view)
    )


def _inputs(values: Iterable[FactValue], view: FirmView) -> tuple[Input, ...]:
    """The facts read, in the order of the rule, scores left out."""
    known = {*view.vocabulary.facts, *view.vocabulary.derived}
    return tuple(
        Input(
            value.symbol.id,
            view.period(value),
            fact_label(value.symbol.label, view.period(value)),
            seen_text(value, view.see(value)),
        )
        for value in values
        if value.symbol.id in known
    )


def _stated_facts(values: Iterable[FactValue], view: FirmView) -> tuple[Fact, ...]:
    """The stated facts behind these values."""
    ids: dict[str, None] = {}
    for value in values:
        derived = view.vocabulary.derived.get(value.symbol.id)
        ids |= dict.fromkeys(derived.sources if derived else (value.symbol.id,))
    return tuple(view.vocabulary.facts[name] for name in ids if name in view.vocabulary.facts)


def _evidence(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(paper for fact in facts for paper in fact.evidence))


def _open_points(reasons: Iterable[Reason], view: FirmView) -> tuple[OpenPoint, ...]:
    return tuple(OpenPoint(reason, reason_sentence(reason, view.vocabulary)) for reason in reasons)
