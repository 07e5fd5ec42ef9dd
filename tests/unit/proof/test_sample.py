"""A sample: rounded up, at least one, and the same again for whoever draws it again."""

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidu.proof.documents import document_breaks
from tidu.proof.sample import draw, sample_document, sample_size

CASES = [f"示例-2026Q1-{number:04}" for number in range(1, 31)]
DRAW = draw(CASES, rate_percent="10", seed="2026-04-10 开奖号码 03 11 17 22 28 33 09")
PURPOSE = {"office": "示例一区工信局", "batch": "2026 年第一季度", "stage": "区级审核"}
RECORD = sample_document(DRAW, purpose=PURPOSE)


@pytest.mark.parametrize(
    ("population", "rate", "size"),
    [(30, "10", 3), (31, "10", 4), (1, "0.01", 1), (7, "100", 7), (1000, "0.1", 1), (1001, "0.1", 2)],
)
def test_the_size_is_rounded_up_and_at_least_one(population: int, rate: str, size: int) -> None:
    assert sample_size(population, Fraction(rate)) == size


@pytest.mark.parametrize(("population", "rate"), [(0, "10"), (30, "0"), (30, "-5"), (30, "100.01")])
def test_nothing_is_drawn_of_nobody_or_at_no_rate(population: int, rate: str) -> None:
    with pytest.raises(ValueError, match="%"):
        sample_size(population, Fraction(rate))


def test_this_draw_is_the_same_on_every_machine() -> None:
    assert DRAW.drawn == ("示例-2026Q1-0028", "示例-2026Q1-0016", "示例-2026Q1-0005")


@given(st.permutations(CASES))
def test_the_order_in_which_the_names_come_does_not_matter(names: list[str]) -> None:
    assert draw([*names, names[0]], rate_percent="10", seed=DRAW.seed) == DRAW


@given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_another_seed_is_another_draw(one: str, other: str) -> None:
    first, second = (draw(CASES, rate_percent="100", seed=seed) for seed in (one, other))
    assert (first.drawn == second.drawn) == (one == other)


def test_a_name_more_changes_the_whole_draw() -> None:
    larger = draw([*CASES, "示例-2026Q1-9999"], rate_percent="10", seed=DRAW.seed)
    assert larger.drawn != DRAW.drawn


def test_the_record_holds_after_a_round_through_a_file() -> None:
    assert document_breaks(json.loads(json.dumps(RECORD))) == []


@pytest.mark.parametrize(
    ("field", "value", "whats"),
    [
        ("population", [*reversed(CASES)], ["population_order"]),
        ("population", CASES[:-1], ["population", "drawn"]),
        ("population_digest", "0" * 64, ["population"]),
        ("seed", "another", ["drawn"]),
        ("rate_percent", "20", ["drawn"]),
        ("drawn", list(replace(DRAW, drawn=DRAW.drawn[1:]).drawn), ["drawn"]),
        ("drawn", sorted(DRAW.drawn), ["drawn"]),
    ],
)
def test_an_altered_record_is_found_out(field: str, value: Any, whats: list[str]) -> None:
    assert [found.what for found in document_breaks({**RECORD, field: value})] == whats
