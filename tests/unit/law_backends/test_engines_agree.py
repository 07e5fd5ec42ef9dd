"""Polars, DuckDB and the interpreter say the same of every firm, column by column."""

from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from tests.conformance.cases import Expected, cases_of, standards_with_cases
from tests.unit.law_backends.firms_at_random import Found, firms, frame, judged_alone

from tidu.law.backends.duckdb_engine import judge_file
from tidu.law.backends.judged import judge_population
from tidu.law.backends.layout import Layout
from tidu.law.backends.population import Population
from tidu.law.backends.steps import plan_of
from tidu.law.standards import Standard, load, standard_ids

UNCHANGED = {
    "2022-innovative-liaoning": "2022-innovative",
    "liaoning-specialised": "2022-specialised",
    "xinjiang-specialised": "2022-specialised",
}
"""Overlays that so far change no rule of their base."""
FIRMS, ALONE = 1_500, 250
"""So many firms for both engines, of which so many for the interpreter, which takes them one by one."""


def by_duckdb(population: pl.DataFrame, standard: Standard, folder: Path) -> list[Found]:
    """What DuckDB says of a frame that has the column `firm`, by way of Parquet files."""
    population.write_parquet(folder / "population.parquet")
    judge_file(folder / "population.parquet", standard, folder / "results.parquet", keep=["firm"])
    return pl.read_parquet(folder / "results.parquet").sort("firm").drop("firm").to_dicts()


def by_polars(population: Population, standard: Standard) -> list[Found]:
    return judge_population(population, standard).results.to_dicts()


@pytest.mark.parametrize("standard_id", [one for one in standard_ids() if one not in UNCHANGED])
def test_engines_say_of_every_firm_what_the_interpreter_says(standard_id: str, tmp_path: Path) -> None:
    standard = load(standard_id)
    rows = firms(standard, FIRMS, seed=len(standard_id))
    table = frame(rows)
    in_columns = by_polars(Population.of(table, standard), standard)
    assert by_duckdb(table, standard, tmp_path) == in_columns
    layout = Layout.of(standard)
    assert [judged_alone(standard, layout, row) for row in rows[:ALONE]] == in_columns[:ALONE]
    said = {truth for found in in_columns for name, truth in found.items() if name.startswith("clause.")}
    assert said == {True, False, None}


@pytest.mark.parametrize(("overlay", "base"), UNCHANGED.items())
def test_an_overlay_that_changes_no_rule_asks_the_same_of_every_firm(overlay: str, base: str) -> None:
    assert plan_of(load(overlay)).layers == plan_of(load(base)).layers


@pytest.mark.parametrize("standard_id", standards_with_cases())
def test_every_case_written_by_hand_comes_out_in_every_engine(standard_id: str, tmp_path: Path) -> None:
    standard, cases = load(standard_id), cases_of(standard_id)
    population = Population.of_facts([case.facts for case in cases], standard)
    expected = [_columns(standard, case.expect) for case in cases]
    in_columns = by_polars(population, standard)
    assert [_these(found, wanted) for found, wanted in zip(in_columns, expected, strict=True)] == expected
    assert by_duckdb(population.frame.with_row_index("firm"), standard, tmp_path) == in_columns


def _columns(standard: Standard, expect: Any) -> Found:
    """What a case expects, in the columns of the results."""
    found: Found = {}
    for name, expected in expect.items():
        if isinstance(expected, str):
            column = name if name == "outcome" else f"clause.{name}"
            found[column] = {"符合": True, "不符合": False, "待补充": None}[expected]
        else:
            found |= _span(_scored(standard, name), expected)
    return found


def _scored(standard: Standard, name: str) -> str:
    if name == "score":
        return name
    return f"score.{name}" if name in {d.id for d in standard.dimensions} else f"indicator.{name}"


def _span(name: str, expected: Expected) -> Found:
    low, high = expected if isinstance(expected, list) else (expected, expected)
    assert isinstance(low, int)
    assert isinstance(high, int)
    return {f"{name}.least": low, f"{name}.most": high}


def _these(found: Found, wanted: Found) -> Found:
    return {name: found[name] for name in wanted}


def test_what_overflows_ends_in_an_error_of_duckdb_and_never_in_an_answer(tmp_path: Path) -> None:
    standard = load("2022-specialised")
    row = firms(standard, 1, seed=1)[0] | {f"main_revenue.{back}": 2**62 for back in range(3)}
    frame([row]).write_parquet(tmp_path / "population.parquet")
    with pytest.raises(duckdb.OutOfRangeException):
        judge_file(tmp_path / "population.parquet", standard, tmp_path / "results.parquet")
