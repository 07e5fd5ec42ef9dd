"""Judging: points as intervals, clauses as met, unmet or open, and the outcome of both."""

from collections.abc import Iterable
from dataclasses import dataclass

from tidu.law.derivation import Found
from tidu.law.expressions import Reason, Span, Trace, Truth, trace
from tidu.law.firm import FirmView
from tidu.law.standards.definition import Clause, Indicator, Shape, StandardText
from tidu.law.standards.reading import TOTAL_SCORE, score_id


@dataclass(frozen=True)
class IndicatorFinding:
    """The points that an indicator gives at least and at most, and how its bands stand."""

    indicator: Indicator
    points: Span
    traces: tuple[Trace | None, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class ClauseFinding:
    """A clause with its truth; `traced` for a rule of its own, `parts` for a joined clause."""

    clause: Clause
    truth: Truth
    traced: Trace | None
    parts: tuple["ClauseFinding", ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Judgement:
    """Everything found about one firm under one standard."""

    root: ClauseFinding
    indicators: tuple[IndicatorFinding, ...]
    scores: dict[str, Span]


def judge_view(text: StandardText, view: FirmView) -> Judgement:
    """Judge the facts that the view shows. The view also learns the scores."""
    indicators = tuple(_indicator(indicator, view) for indicator in text.indicators)
    scores = {TOTAL_SCORE: _add_score(view, TOTAL_SCORE, indicators)}
    for dimension in text.dimensions:
        members = [found for found in indicators if found.indicator.dimension == dimension.id]
        scores[dimension.id] = _add_score(view, score_id(dimension.id), members)
    return Judgement(_clause(text.root, view), indicators, scores)


def _indicator(indicator: Indicator, view: FirmView) -> IndicatorFinding:
    if indicator.shape is Shape.AWAITED:
        span = Span(0, indicator.full)
        return IndicatorFinding(indicator, span, (), (Reason("indicator_awaited"),))
    return _summed(indicator, view) if indicator.shape is Shape.SUM else _banded(indicator, view)


def _summed(indicator: Indicator, view: FirmView) -> IndicatorFinding:
    """Every item that holds counts, together at most the full points."""
    traces = tuple(trace(item.condition, view) for item in indicator.bands if item.condition)
    pairs = tuple(zip(indicator.bands, traces, strict=True))
    low = sum(item.points for item, traced in pairs if traced.truth)
    high = sum(item.points for item, traced in pairs if traced.truth is not False)
    span = Span(min(low, indicator.full), min(high, indicator.full))
    open_parts = () if span.is_exact else (traced for _, traced in pairs if traced.truth is None)
    reasons = dict.fromkeys(reason for traced in open_parts for reason in traced.reasons)
    return IndicatorFinding(indicator, span, traces, tuple(reasons))


def _banded(indicator: Indicator, view: FirmView) -> IndicatorFinding:
    """The first band that holds counts; a band is possible until one above it surely holds."""
    possible: list[int] = []
    traces: list[Trace | None] = []
    reasons: list[Reason] = []
    decided = False
    for band in indicator.bands:
        traced = trace(band.condition, view) if band.condition else None
        traces.append(traced)
        truth = traced.truth if traced else True
        if decided or truth is False:
            continue
        possible.append(band.points)
        if traced and truth is None:
            reasons.extend(traced.reasons)
        decided = truth is True
    span = Span(min(possible), max(possible))
    return IndicatorFinding(indicator, span, tuple(traces), tuple(dict.fromkeys(reasons)))


def _add_score(view: FirmView, name: str, members: Iterable[IndicatorFinding]) -> Span:
    found = tuple(members)
    span = Span(sum(f.points.low for f in found), sum(f.points.high for f in found))
    reasons = dict.fromkeys(reason for f in found if not f.points.is_exact for reason in f.reasons)
    view.add_score(name, Found(span, tuple(reasons)))
    return span


def _clause(clause: Clause, view: FirmView) -> ClauseFinding:
    if clause.condition is not None:
        traced = trace(clause.condition, view)
        return ClauseFinding(clause, traced.truth, traced, (), traced.reasons)
    parts = tuple(_clause(part, view) for part in clause.parts)
    deciding = clause.joins == "any"
    truths = {part.truth for part in parts}
    if deciding in truths:
        return ClauseFinding(clause, deciding, None, parts, ())
    if None in truths:
        reasons = dict.fromkeys(r for part in parts if part.truth is None for r in part.reasons)
        return ClauseFinding(clause, None, None, parts, tuple(reasons))
    return ClauseFinding(clause, not deciding, None, parts, ())
