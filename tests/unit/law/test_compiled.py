"""Rules made ready for firm after firm say what the reference says: the same truth, for the same reasons."""

from collections.abc import Iterator
from functools import reduce
from random import Random

import pytest
from tests.conformance.cases import cases_of, standards_with_cases

from tidu.law.derivation import RowView, row_rule
from tidu.law.expressions import Compiled, Span, View, known_value, trace
from tidu.law.expressions.tree import Comparison
from tidu.law.facts import Facts, Key
from tidu.law.firm import FirmView
from tidu.law.standards import Standard, load
from tidu.law.standards.judging import judge_view

FIRMS = 15


def firms_of(standard: Standard) -> list[Facts]:
    """The firms of some hand-written cases, on the edges of the rules; and each with a few values missing."""
    chance = Random(standard.id)
    firms = [case.facts for case in cases_of(standard.id)]
    firms = chance.sample(firms, min(FIRMS, len(firms)))
    return firms + [without(facts, chance.sample(list(facts), min(3, len(facts)))) for facts in firms]


def without(facts: Facts, keys: list[Key]) -> Facts:
    return reduce(lambda rest, key: rest.with_value(*key, None), keys, facts)


def rules_of(standard: Standard) -> list[Compiled]:
    of_clauses = [clause.compiled for clause in standard.root if clause.compiled]
    return of_clauses + [band.compiled for one in standard.indicators for band in one.bands]


def rows_of(facts: Facts, standard: Standard) -> Iterator[tuple[Compiled, RowView]]:
    """Every row beside every rule that counts it."""
    for derived in standard.vocabulary.derived.values():
        if derived.table:
            table = standard.vocabulary.fact(derived.table)
            for number, row in enumerate(facts.rows(table.id) or (), start=1):
                view = RowView(table, number, row, facts.year, facts.as_of)
                yield row_rule(derived.where, table), view


def assert_the_same(rule: Compiled, view: View) -> None:
    reference = trace(rule.condition, view)
    assert rule.truth(view) is reference.truth
    if reference.truth is None:
        assert rule.why(view) == reference.reasons
    for part in rule.parts:
        assert_the_same(part, view)
    if isinstance(rule.condition, Comparison):
        assert rule.measure(view) == known_value(rule.condition.left, view)


@pytest.mark.parametrize("standard_id", standards_with_cases())
def test_every_rule_of_every_standard_reads_as_the_interpreter_reads_it(standard_id: str) -> None:
    standard = load(standard_id)
    rules = rules_of(standard)
    for facts in firms_of(standard):
        view = FirmView(facts, standard.vocabulary)
        judge_view(standard, view)  # now it sees the scores as well
        for rule in rules:
            assert_the_same(rule, view)
        for rule, row in rows_of(facts, standard):
            assert_the_same(rule, row)


def test_a_span_on_the_left_is_certain_as_soon_as_both_ends_agree() -> None:
    standard = load("2022-specialised")
    rule = next(clause.compiled for clause in standard.root if clause.id == "score_total")
    assert rule is not None
    view = FirmView(Facts.of({}, year=2025), standard.vocabulary)
    for low, high, truth in ((60, 60, True), (60, 80, True), (59, 60, None), (0, 59, False)):
        assert rule.truth(view.with_derived("score", Span(low, high))) is truth
