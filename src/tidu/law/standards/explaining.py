"""What stands behind the findings about one firm: values, limits, gaps, the next band."""

from collections.abc import Iterable

from tidu.law.expressions import Compiled, Reason
from tidu.law.expressions.numbers import Slot
from tidu.law.expressions.tree import Comparison, FactValue
from tidu.law.firm import FirmView
from tidu.law.standards.changes import reaching_changes
from tidu.law.standards.definition import Shape, StandardText
from tidu.law.standards.judging import ClauseFinding, IndicatorFinding
from tidu.law.standards.results import BandResult, Check, Input, NextBand, OpenPoint, Outcome, Step


class Explainer:
    """Explains what was found about one firm; what is read twice is worded once."""

    def __init__(self, text: StandardText, view: FirmView) -> None:
        self.text = text
        self.view = view
        self._inputs: dict[Slot, Input] = {}
        self._open_points: dict[Reason, OpenPoint] = {}

    def checks(self, found: ClauseFinding) -> tuple[Check, ...]:
        """The comparisons of a clause's own rule, in the order of its text."""
        rule = found.clause.compiled
        return tuple([self._check(leaf) for leaf in rule.leaves]) if rule else ()

    def bands(self, found: IndicatorFinding) -> tuple[BandResult, ...]:
        """The bands, or the items of a sum, and how each stands."""
        outcomes = _items(found) if found.indicator.shape is Shape.SUM else _bands(found)
        pairs = zip(found.indicator.bands, outcomes, strict=True)
        return tuple([BandResult(band.points, band.text, outcome) for band, outcome in pairs])

    def next_band(self, found: IndicatorFinding) -> NextBand | None:
        """The cheapest that would gain points, with the single changes that reach it."""
        return self._next_item(found) if found.indicator.shape is Shape.SUM else self._next_band(found)

    def inputs(self, values: Iterable[FactValue]) -> tuple[Input, ...]:
        """The facts read, in the order of the rule, scores left out."""
        known = self.view.vocabulary.ids
        return tuple([self._input(value) for value in values if value.symbol.id in known])

    def open_points(self, reasons: Iterable[Reason]) -> tuple[OpenPoint, ...]:
        """What keeps something open."""
        return tuple([self._open_point(reason) for reason in reasons])

    def _check(self, rule: Compiled) -> Check:
        truth = rule.truth(self.view)
        steps = () if truth else self._steps(rule, "即符合。")
        return Check(rule, Outcome.of(truth), steps, self.view, self._inputs_of)

    def _inputs_of(self, rule: Compiled) -> tuple[Input, ...]:
        """What a comparison reads, in the order in which it is reckoned."""
        condition = rule.condition
        return self.inputs(condition.apart.values if isinstance(condition, Comparison) else rule.values)

    def _next_item(self, found: IndicatorFinding) -> NextBand | None:
        """The first item of a sum that does not count yet and could be brought about."""
        low, full = found.points.low, found.indicator.full
        for item, truth in zip(found.indicator.bands, found.truths, strict=True):
            points = min(full, low + item.points)
            if item.condition is None or points == low or truth:
                continue
            end = f"即满足“{item.text}”，得 {points} 分（增加 {points - low} 分）。"
            steps = self._steps(item.compiled, end)
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
                return NextBand(band.points, gain, band.text, self._steps(band.compiled, end))
        return None

    def _steps(self, rule: Compiled, end: str) -> tuple[Step, ...]:
        changes = reaching_changes(rule, self.view)
        return tuple([Step(change, self.view.vocabulary, end) for change in changes])

    def _input(self, value: FactValue) -> Input:
        found = self._inputs.get(value.slot)
        if found is None:
            found = self._inputs[value.slot] = Input(value, self.view)
        return found

    def _open_point(self, reason: Reason) -> OpenPoint:
        found = self._open_points.get(reason)
        if found is None:
            found = self._open_points[reason] = OpenPoint(reason, self.view.vocabulary)
        return found


def _bands(found: IndicatorFinding) -> list[Outcome]:
    """Each band: it counts (met), is still possible (open), or is passed over (unmet)."""
    low, high = found.points
    outcomes, decided = [], False
    for band, truth in zip(found.indicator.bands, found.truths, strict=True):
        if decided or truth is False:
            outcomes.append(Outcome.UNMET)
        else:
            outcomes.append(Outcome.MET if low == high == band.points else Outcome.OPEN)
        decided = decided or truth is True
    return outcomes


def _items(found: IndicatorFinding) -> list[Outcome]:
    """Each item of a sum: it counts, is still possible, or does not."""
    return [Outcome.of(truth) for truth in found.truths]
