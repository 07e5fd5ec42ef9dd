"""Judging: points as intervals, clauses as met, unmet or open, and the outcome of both.

Why something is open is found when somebody asks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tidu.law.expressions import Reason, Span, Truth
from tidu.law.firm import FirmView
from tidu.law.standards.definition import Band, Clause, Indicator, Shape, StandardText
from tidu.law.standards.reading import TOTAL_SCORE, score_id


class IndicatorFinding(NamedTuple):
    """The points that an indicator gives at least and at most, and how its bands stand.

    `truths` follow the bands; below a band that holds nothing is asked and None stands.
    """

    indicator: Indicator
    points: Span
    truths: tuple[Truth, ...]

    def reasons(self, view: FirmView) -> tuple[Reason, ...]:
        """Why it is open: what keeps each band open that could still count, or an item of a sum."""
        if self.indicator.shape is Shape.AWAITED:
            return (Reason("indicator_awaited"),)
        if self.points.is_exact and self.indicator.shape is Shape.SUM:
            return ()
        return _once(reason for band in self._open_bands() for reason in band.compiled.why(view))

    def _open_bands(self) -> Iterable[Band]:
        """The bands that are open, down to the first that surely holds."""
        for band, truth in zip(self.indicator.bands, self.truths, strict=True):
            if truth is None:
                yield band
            elif truth and self.indicator.shape is Shape.BANDS:
                return


class ClauseFinding(NamedTuple):
    """A clause with its truth, and those of its parts if it has no rule of its own."""

    clause: Clause
    truth: Truth
    parts: tuple["ClauseFinding", ...] = ()


@dataclass(frozen=True, eq=False)
class Judgement:
    """Everything found about one firm under one standard."""

    root: ClauseFinding
    indicators: tuple[IndicatorFinding, ...]
    scores: dict[str, Span]


def judge_view(text: StandardText, view: FirmView) -> Judgement:
    """Judge the facts that the view shows. The view also learns the scores."""
    indicators = tuple([IndicatorFinding(one, *standing(one, view)) for one in text.indicators])
    members: dict[str, list[IndicatorFinding]] = {dimension.id: [] for dimension in text.dimensions}
    for found in indicators:
        members[found.indicator.dimension].append(found)
    scores = {TOTAL_SCORE: _add_score(view, TOTAL_SCORE, indicators)}
    for name, of_dimension in members.items():
        scores[name] = _add_score(view, score_id(name), of_dimension)
    return Judgement(_clause(text.root, view), indicators, scores)


def standing(indicator: Indicator, view: FirmView) -> tuple[Span, tuple[Truth, ...]]:
    """The points of one indicator for the facts that the view shows, and how its bands stand."""
    if indicator.shape is Shape.AWAITED:
        return Span(0, indicator.full), ()
    return _summed(indicator, view) if indicator.shape is Shape.SUM else _banded(indicator, view)


def _summed(indicator: Indicator, view: FirmView) -> tuple[Span, tuple[Truth, ...]]:
    """Every item that holds counts, together at most the full points."""
    truths = tuple([item.compiled.truth(view) for item in indicator.bands])
    low = high = 0
    for item, truth in zip(indicator.bands, truths, strict=True):
        low += item.points if truth else 0
        high += 0 if truth is False else item.points
    return Span(min(low, indicator.full), min(high, indicator.full)), truths


def _banded(indicator: Indicator, view: FirmView) -> tuple[Span, tuple[Truth, ...]]:
    """The first band that holds counts; a band is possible until one above it surely holds.

    Points fall from band to band, and the last always holds.
    """
    truths: list[Truth] = []
    possible: list[int] = []
    for band in indicator.bands:
        truth = band.compiled.truth(view)
        truths.append(truth)
        if truth is not False:
            possible.append(band.points)
        if truth:
            break
    truths += [None] * (len(indicator.bands) - len(truths))
    return Span(possible[-1], possible[0]), tuple(truths)


def _add_score(view: FirmView, name: str, members: Sequence[IndicatorFinding]) -> Span:
    """The sum of the members' points, which rules may read from now on."""
    low = high = 0
    for found in members:
        low += found.points.low
        high += found.points.high

    def why(view: FirmView) -> tuple[Reason, ...]:
        # The view is given: were it held here, it would hold itself, and only the garbage collector free it.
        open_members = (found for found in members if not found.points.is_exact)
        return _once(reason for found in open_members for reason in found.reasons(view))

    span = Span(low, high)
    view.add_score(name, span, why)
    return span


def _clause(clause: Clause, view: FirmView) -> ClauseFinding:
    if clause.compiled is not None:
        return ClauseFinding(clause, clause.compiled.truth(view))
    parts = tuple([_clause(part, view) for part in clause.parts])
    deciding = clause.joins == "any"
    truths = [part.truth for part in parts]
    if deciding in truths:
        return ClauseFinding(clause, deciding, parts)
    return ClauseFinding(clause, None if None in truths else not deciding, parts)


def _once(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(dict.fromkeys(reasons))
