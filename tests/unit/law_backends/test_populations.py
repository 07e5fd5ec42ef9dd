"""A population is checked once, so that no engine computes on what it cannot hold; facts become its rows."""

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest
from tests.unit.law.firms import AS_OF, WAN, YEAR, firm, patent
from tests.unit.law_backends.firms_at_random import firms, frame

from tidu.law.backends.judged import judge_population
from tidu.law.backends.layout import Layout
from tidu.law.backends.population import Population, PopulationError
from tidu.law.expressions import Span
from tidu.law.expressions.tree import FactValue, symbol_of
from tidu.law.industries import industries
from tidu.law.sizes import SizeClass, size
from tidu.law.standards import StandardError, load

INNOVATIVE, GIANT = load("2022-innovative"), load("2026-little-giant")
LAYOUT = Layout.of(INNOVATIVE)


def test_a_row_holds_stated_values_as_they_are_and_null_for_what_is_missing() -> None:
    row = LAYOUT.row(firm(rd_expense={}))
    assert (row["year"], row["as_of"]) == (YEAR, AS_OF)
    assert (row["revenue.0"], row["main_revenue.1"]) == (10_000 * WAN, 8_000 * WAN)
    assert row["rd_expense.0"] is None
    assert (row["industry_code"], row["not_on_abnormal_lists"]) == ("3515", "yes")


def test_a_table_enters_as_what_is_counted_over_it_at_least_and_at_most() -> None:
    unclear = patent(related=None)
    row = LAYOUT.row(firm(intellectual_property=[patent(), unclear]))
    assert (row["class_one.least"], row["class_one.most"]) == (1, 2)
    assert "intellectual_property" not in row


def test_a_table_that_was_not_filled_in_counts_nothing_for_certain() -> None:
    row = LAYOUT.row(firm(intellectual_property=None))
    assert row["class_one.least"] == 0
    assert row["class_one.most"] == INNOVATIVE.vocabulary.derived["class_one"].at_most


def test_the_interpreter_reads_a_row_back_as_the_facts_it_came_from() -> None:
    facts = firm(intellectual_property=[patent(), patent(related=None)])
    view = LAYOUT.view(LAYOUT.row(facts), INNOVATIVE.vocabulary)
    derived = INNOVATIVE.vocabulary.derived["class_one"]
    assert view.see(FactValue(symbol_of(derived))) == Span(1, 2)
    assert view.facts.known("revenue", YEAR) == 10_000 * WAN


def test_a_definition_of_a_standards_own_has_a_column_of_its_own() -> None:
    names = {column.name for column in Layout.of(INNOVATIVE, GIANT).columns}
    (own,) = {name for name in names if name.startswith("class_one@") and name.endswith(".least")}
    assert {"class_one.least", own} <= names


def test_one_population_serves_every_standard_that_it_was_made_for() -> None:
    bought = patent(obtained="transferred", transferred_on=date(2020, 1, 1))
    facts = [firm(), firm(intellectual_property=[bought])]
    both = Population.of_facts(facts, INNOVATIVE, GIANT)
    for standard in (INNOVATIVE, GIANT):
        alone = Population.of_facts(facts, standard)
        assert judge_population(both, standard).results.equals(judge_population(alone, standard).results)


def test_a_standard_that_the_population_was_not_made_for_is_refused() -> None:
    with pytest.raises(PopulationError, match="not made for 2026-little-giant: there is no column"):
        judge_population(Population.of_facts([firm()], INNOVATIVE), GIANT)


def test_a_population_is_read_back_from_its_file(tmp_path: Path) -> None:
    population = Population.of_facts([firm(), firm(revenue={}, strategic_industry=None)], INNOVATIVE)
    population.frame.with_columns(beyond=1).write_parquet(tmp_path / "population.parquet")
    again = Population.from_parquet(tmp_path / "population.parquet", INNOVATIVE)
    assert again.frame.equals(population.frame)


def test_columns_beyond_the_layout_are_kept() -> None:
    population = Population.of(frame(firms(INNOVATIVE, 3, seed=1)), INNOVATIVE)
    assert population.frame["firm"].to_list() == [0, 1, 2]


@pytest.mark.parametrize(
    ("column", "values", "complaint"),
    [
        ("revenue.0", [10**15 + 1], r"revenue.0: outside 0 to 1000000000000000 \(1 rows\)"),
        ("revenue.0", [-1], "revenue.0: outside 0"),
        ("revenue.0", [1.0], "revenue.0 is Float64"),
        ("revenue.0", [2**63], "revenue.0: conversion from `u64` to `i64` failed"),
        ("industry_code", ["351"], "industry_code: not four digits"),
        ("strategic_industry", ["未知"], "strategic_industry: conversion"),
        ("not_on_abnormal_lists", [True], "not_on_abnormal_lists is Boolean"),
        ("class_one.most", [-1], "class_one.most: outside"),
        ("class_one.least", [None], "class_one: not a span"),
        ("year", [None], "year: missing"),
        ("as_of", ["2026-03-01"], "as_of is String"),
    ],
)
def test_what_the_vocabulary_does_not_allow_is_refused(
    column: str, values: list[Any], complaint: str
) -> None:
    good = Population.of_facts([firm()], INNOVATIVE).frame
    with pytest.raises(PopulationError, match=complaint):
        Population.of(good.with_columns(pl.Series(column, values)), INNOVATIVE)


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    good = Population.of_facts([firm()], INNOVATIVE).frame
    turned = good.with_columns(pl.Series("class_one.least", [2]), pl.Series("class_one.most", [1]))
    with pytest.raises(PopulationError, match="class_one: not a span"):
        Population.of(turned, INNOVATIVE)


def test_a_column_that_is_not_there_is_named() -> None:
    good = Population.of_facts([firm()], INNOVATIVE).frame
    with pytest.raises(PopulationError, match=r"there is no column revenue\.0"):
        Population.of(good.drop("revenue.0"), INNOVATIVE)


def test_every_industry_has_the_size_classes_that_the_interpreter_finds() -> None:
    chance, codes = Random(300), [code for code in industries() if len(code) == 4]
    firms_of_each = [
        firm(industry_code=code, employees=_near(chance, 300), revenue=_near(chance, 2_000 * WAN))
        for code in [*codes, *(f"{code}9" for code in industries() if len(code) == 3), "9999", "0000"]
    ]
    results = Population.of_facts(firms_of_each, INNOVATIVE).frame
    for facts, row in zip(firms_of_each, results.iter_rows(named=True), strict=True):
        found = size(facts.text("industry_code"), *(facts.number(name, YEAR) for name in MEASURES))
        possible = {one: one in found.possible if found.possible else None for one in SizeClass}
        assert {one: row[f"enterprise_size.{one}"] for one in SizeClass} == possible, facts


MEASURES = ("employees", "revenue", "total_assets")


def _near(chance: Random, limit: int) -> dict[int, int]:
    """A measure of the last year, beside common limits, or not known."""
    if chance.random() < 0.2:
        return {}
    return {YEAR: limit * chance.choice((1, 2, 10, 20)) // 10 + chance.choice((-1, 0, 1))}


def test_nobody_is_judged_without_complaint() -> None:
    assert judge_population(Population.of_facts([], INNOVATIVE), INNOVATIVE).results.height == 0


def test_standards_that_define_a_fact_differently_have_no_common_layout() -> None:
    other = load("2022-innovative")
    body = {**other.body, "vocabulary": {**other.body["vocabulary"]}}
    body["vocabulary"]["facts"] = [
        {**fact, "at_most": 5} if fact["id"] == "revenue" else fact for fact in body["vocabulary"]["facts"]
    ]
    with pytest.raises(StandardError, match=r"revenue\.0 is defined differently elsewhere"):
        Layout.of(other, type(other).from_body(body))
