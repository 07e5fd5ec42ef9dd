"""Judging: points as intervals, clauses as met, unmet or open, and the outcome of both."""

from collections.abc import Iterable
from dataclasses import dataclass

from tidu.law.derivation import Found
from tidu.law.expressions import Reason, Span, Trace, Truth, trace, truth_of
from tidu.law.firm import FirmView
from tidu.law.standards.definition import Band, Clause, Indicator, Shape, StandardText
from tidu.law.standards.reading import TOTAL_SCORE, score_id


@dataclass(frozen=True)
class IndicatorFinding:
    """The points that an indicator gives at least and at most, and how its bands stand.

    `truths` follow the bands; below a band that holds nothing is asked and None stands.
    """

    indicator: Indicator
    points: Span
    truths: tuple[Truth, ...]
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
    indicators = tuple(judge_indicator(indicator, view) for indicator in text.indicators)
    scores = {TOTAL_SCORE: _add_score(view, TOTAL_SCORE, indicators)}
    for dimension in text.dimensions:
        members = [found for found in indicators if found.indicator.dimension == dimension.id]
        scores[dimension.id] = _add_score(view, score_id(dimension.id), members)
    return Judgement(_clause(text.root, view), indicators, scores)


def judge_indicator(indicator: Indicator, view: FirmView) -> IndicatorFinding:
    """How one indicator stands for the facts that the view shows."""
    if indicator.shape is Shape.AWAITED:
        span = Span(0, indicator.full)
        return IndicatorFinding(indicator, span, (), (Reason("indicator_awaited"),))
    return _summed(indicator, view) if indicator.shape is Shape.SUM else _banded(indicator, view)


def _summed(indicator: Indicator, view: FirmView) -> IndicatorFinding:
    """Every item that holds counts, together at most the full points."""
    truths = tuple(truth_of(item.condition, view) if item.condition else True for item in indicator.bands)
    pairs = tuple(zip(indicator.bands, truths, strict=True))
    low = sum(item.points for item, truth in pairs if truth)
    high = sum(item.points for item, truth in pairs if truth is not False)
    span = Span(min(low, indicator.full), min(high, indicator.full))
    open_items = () if span.is_exact else [item for item, truth in pairs if truth is None]
    return IndicatorFinding(indicator, span, truths, _why_open(open_items, view))


def _banded(indicator: Indicator, view: FirmView) -> IndicatorFinding:
    """The first band that holds counts; a band is possible until one above it surely holds."""
    possible: list[Band] = []
    truths: list[Truth] = []
    for band in indicator.bands:
        truth = truth_of(band.condition, view) if band.condition else True
        truths.append(truth)
        if truth is not False:
            possible.append(band)
        if truth:
            break
    truths += [None] * (len(indicator.bands) - len(truths))
    points = [band.points for band in possible]
    span = Span(min(points), max(points))
    # The last possible band surely holds; those above it are open.
    return IndicatorFinding(indicator, span, tuple(truths), _why_open(possible[:-1], view))


def _why_open(bands: Iterable[Band], view: FirmView) -> tuple[Reason, ...]:
    conditions = (band.condition for band in bands if band.condition)
    return tuple(dict.fromkeys(reason for c in conditions for reason in trace(c, view).reasons))


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
