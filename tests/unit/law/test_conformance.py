"""Every hand-written case of every standard, and that the cases leave nothing out."""

from collections.abc import Iterator
from fractions import Fraction

import pytest
from tests.conformance.cases import Case, Expected, cases_of, standards_with_cases

from tidu.law.expressions import Span, known_value
from tidu.law.expressions.interpreter import trace
from tidu.law.expressions.tree import Comparison, Constant, FactValue, Negation, walk
from tidu.law.firm import FirmView
from tidu.law.rulebook import read_toml
from tidu.law.standards import Outcome, Shape, Standard, Verdict, load, standard_ids

CASES = [case for standard in standards_with_cases() for case in cases_of(standard)]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_interpreter_judges_as_the_case_says(case: Case) -> None:
    verdict = load(case.standard).judge(case.facts)
    found = {name: _found(verdict, name, expected) for name, expected in case.expect.items()}
    assert found == {name: _written(expected) for name, expected in case.expect.items()}
    assert set(case.missing) <= {point.sentence for point in verdict.open_points}


def _found(verdict: Verdict, name: str, expected: Expected) -> Span | str:
    """What the verdict says of an id: a clause's outcome, or points."""
    if isinstance(expected, str):
        return (verdict.outcome if name == "outcome" else verdict.clause(name).outcome).label
    if name == "score":
        return verdict.points
    of = {dimension.id: dimension.points for dimension in verdict.dimensions}
    return of[name] if name in of else verdict.indicator(name).points


def _written(expected: Expected) -> Span | str:
    if isinstance(expected, str):
        return expected
    low, high = expected if isinstance(expected, list) else (expected, expected)
    return Span(low, high)


def own_entries(standard: str) -> set[str]:
    """The clauses and indicators that the standard's own file states, not those an overlay takes over."""
    file = read_toml("standards", standard)
    return {entry["id"] for part in ("clause", "indicator") for entry in file.get(part, ())}


def test_every_standard_has_cases_but_those_that_change_nothing() -> None:
    unchanged = {"2022-innovative-liaoning", "liaoning-specialised", "xinjiang-specialised"}
    assert all(not own_entries(standard) for standard in unchanged)
    assert sorted({*standards_with_cases(), *unchanged}) == sorted(standard_ids())


@pytest.mark.parametrize("standard", standards_with_cases())
def test_every_clause_was_met_unmet_and_open(standard: str) -> None:
    said: dict[str, set[str]] = {}
    for case in cases_of(standard):
        for name, expected in case.expect.items():
            if isinstance(expected, str):
                said.setdefault(name, set()).add(expected)
    own = [clause.id for clause in load(standard).root if clause.rule and clause.id in own_entries(standard)]
    assert {name: said.get(name, set()) for name in own} == {
        name: {outcome.label for outcome in Outcome} for name in own
    }


@pytest.mark.parametrize("standard", standards_with_cases())
def test_every_band_was_reached_and_every_indicator_was_open(standard: str) -> None:
    certain: dict[str, set[int]] = {}
    is_open: set[str] = set()
    for case in cases_of(standard):
        for name, expected in case.expect.items():
            if isinstance(expected, int):
                certain.setdefault(name, set()).add(expected)
            elif isinstance(expected, list):
                is_open.add(name)
    for indicator in load(standard).indicators:
        if indicator.id not in own_entries(standard):
            continue
        assert indicator.id in is_open
        if indicator.shape is Shape.BANDS:
            assert certain.get(indicator.id) == {band.points for band in indicator.bands}, indicator.id


@pytest.mark.parametrize("standard", standards_with_cases())
def test_every_limit_was_met_exactly_and_missed_by_the_least(standard: str) -> None:
    """For each comparison one case stands on the limit, and one just beside it has the other answer."""
    views = [FirmView(case.facts, load(standard).vocabulary) for case in cases_of(standard)]
    for owner, comparison in _limits(load(standard)):
        limit = comparison.right
        assert isinstance(limit, Constant)
        near: dict[bool, Fraction] = {}
        on_it = None
        for view in views:
            value = known_value(comparison.left, view)
            truth = trace(comparison, view).truth
            if value is None or truth is None:
                continue
            on_it = truth if value == limit.value else on_it
            distance = abs(value - limit.value)
            near[truth] = min(near.get(truth, distance), distance)
        assert on_it is not None, f"{owner}: no case stands exactly on {limit.text}"
        beside = near.get(not on_it)
        assert beside is not None, f"{owner}: no case on the other side of {limit.text}"
        assert beside <= _least(limit), f"{owner}: no case just beside {limit.text}"


def _limits(standard: Standard) -> Iterator[tuple[str, Comparison]]:
    """Every comparison of a measured number with a limit; the cases reach scores in their own way."""
    conditions = [(clause.id, clause.condition) for clause in standard.root]
    conditions += [(i.id, band.condition) for i in standard.indicators for band in i.bands]
    own = own_entries(standard.id)
    for owner, condition in (pair for pair in conditions if pair[0] in own):
        for node in walk(condition) if condition else ():
            assert not isinstance(node, Negation)
            if isinstance(node, Comparison) and isinstance(node.right, Constant) and not _is_score(node):
                yield owner, node


def _is_score(comparison: Comparison) -> bool:
    return isinstance(comparison.left, FactValue) and comparison.left.symbol.unit == "分"


def _least(limit: Constant) -> Fraction:
    """How near a case must come: one whole unit of a count, one in ten thousand of anything else."""
    whole = limit.dimension and limit.dimension[0][0] != "分"
    return Fraction(1) if whole else max(limit.value, Fraction(1)) / 10_000
