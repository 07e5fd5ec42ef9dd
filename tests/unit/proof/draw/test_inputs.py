"""The frozen input: one order, one commitment, and no draw that breaks a rule of Article 10."""

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidu.proof import draw

from .scene import CHAIN_SECRETS, LENGTH, LOTTERY, SECRET, case, expert, frozen_input, name_of, pool

FROZEN = frozen_input()
ONE, OTHER = FROZEN.chains
SEATS = {"industry": 1, "finance": 1}


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_the_order_in_which_the_pool_comes_does_not_matter(random: Any) -> None:
    candidates, divisions = list(pool()), list(FROZEN.divisions)
    random.shuffle(candidates)
    random.shuffle(divisions)
    again = frozen_input(candidates=tuple(candidates), divisions=tuple(divisions))
    assert draw.commitment(again) == draw.commitment(FROZEN)


def test_the_commitment_is_the_same_on_every_machine() -> None:
    assert draw.commitment(FROZEN) == "05a6d0ed72965eb4bce5c7639965b32abecf03439b482f1ac0548ec4666ae8fa"


def test_an_input_comes_back_from_its_file() -> None:
    document = json.loads(json.dumps(draw.input_document(FROZEN)))
    assert draw.input_from(document) == FROZEN


def test_nobody_stands_in_it_by_name() -> None:
    """The same employer gives the same token within a draw, and another one under another salt."""
    assert name_of("employer", "示例大学") == name_of("employer", "示例大学")
    assert draw.token(b"another salt", "employer", "示例大学") != name_of("employer", "示例大学")
    assert name_of("expert", "1") != name_of("employer", "1")


BROKEN: dict[str, tuple[str, dict[str, Any]]] = {
    "one panel only": ("panels_few", {"divisions": (draw.Division("甲", 1, SEATS),)}),
    "no finance expert": ("no_field", {"divisions": (draw.Division("甲", 2, {"industry": 3}),)}),
    "no industry expert": (
        "no_field",
        {"divisions": (draw.Division("甲", 2, {"finance": 1, "industry": 0}),)},
    ),
    "a field that is none": ("form", {"divisions": (draw.Division("甲", 2, {**SEATS, "law": 1}),)}),
    "no division": ("form", {"divisions": ()}),
    "a sector in two divisions": (
        "sector_twice",
        {"divisions": tuple(draw.Division(name, 2, SEATS, ("软件",)) for name in "甲乙")},
    ),
    "a case of no division": (
        "sector_unknown",
        {"divisions": (draw.Division("甲", 2, SEATS, ("装备制造",)),), "cases": (case(1, "软件"),)},
    ),
    "an expert twice": ("twice", {"candidates": (*pool(), pool()[0])}),
    "a case twice": ("twice", {"cases": (case(1, "软件"), case(1, "装备制造"))}),
    "a pair of strangers": ("unknown", {"clashes": (("nobody", name_of("expert", 1)),)}),
    "a case that avoids a stranger": ("unknown", {"cases": (case(1, conflicts=["nobody"]),)}),
    "the office alone": ("seed_alone", {"seed": replace(FROZEN.seed, witnesses=(), public_draw=None)}),
    "the office and the ledger alone": (
        "seed_alone",
        {"seed": draw.SeedPlan(draw.secret_commitment(SECRET), ledger_root=True)},
    ),
    "a witness twice": ("twice", {"seed": replace(FROZEN.seed, witnesses=("公证处", "公证处"))}),
    "numbers that may be known": ("public_draw_early", {"frozen_on": LOTTERY.date}),
    "a date that is none": ("form", {"frozen_on": "2026-11-31"}),
    "numbers of no form": (
        "form",
        {"seed": replace(FROZEN.seed, public_draw=replace(LOTTERY, numbers=()))},
    ),
    "both chains in one hand": ("chains_one_holder", {"chains": (ONE, replace(OTHER, holder=ONE.holder))}),
    "a chain without an anchor": ("form", {"chains": (ONE, replace(OTHER, anchor="0"))}),
    "no cap": ("form", {"cap": 0}),
    "no width": ("form", {"width_percent": 0}),
    "another mode": ("form", {"mode": "random()"}),
    "another algorithm": ("form", {"algorithm": "md5"}),
    "a redraw without a reason": ("no_reason", {"replaces": draw.Replaces("0" * 64, " ")}),
    "a redraw of nothing": ("form", {"replaces": draw.Replaces("the last one", "异议成立")}),
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_input_that_breaks_a_rule_is_refused_by_its_name(name: str) -> None:
    rule, changes = BROKEN[name]
    with pytest.raises(draw.DrawRefused) as refused:
        frozen_input(**changes)
    assert refused.value.rule == rule
    assert refused.value.sentence


def test_too_few_experts_are_named_with_the_places_that_they_must_fill_together() -> None:
    """Two finance experts also know technology: four of them cannot fill five seats of the two fields."""
    candidates = (
        *(expert(n, "industry") for n in range(9)),
        *(expert(n, "finance", "technology") for n in range(20, 24)),
    )
    with pytest.raises(draw.DrawRefused) as refused:
        frozen_input(
            candidates=candidates,
            divisions=(
                draw.Division("甲", 2, {"industry": 1, "finance": 1}, ("软件",)),
                draw.Division("乙", 3, {"industry": 1, "finance": 1}),
            ),
            clashes=(),
            cases=(),
        )
    assert refused.value.sentence == "乙组财务、甲组财务共需 5 名专家，符合且未满负荷的只有 4 名"


def test_who_has_as_many_cases_as_the_cap_allows_is_not_counted() -> None:
    busy = tuple(replace(each, load=12) if each.fields[0].field == "finance" else each for each in pool())
    with pytest.raises(draw.DrawRefused) as refused:
        frozen_input(candidates=busy)
    assert (refused.value.rule, refused.value.values["available"]) == ("short", 0)


def test_an_employer_of_too_many_is_named() -> None:
    """Three panels of two industry experts, one of seven from elsewhere: five seats for three panels."""
    candidates = (
        *(expert(n, "industry", employer="示例大学") for n in range(6)),
        expert(6, "industry"),
        *(expert(n, "finance") for n in range(10, 13)),
    )
    divisions = (draw.Division("甲", 3, {"industry": 2, "finance": 1}),)
    with pytest.raises(draw.DrawRefused) as refused:
        frozen_input(candidates=candidates, divisions=divisions, clashes=(), cases=())
    assert (refused.value.rule, refused.value.values["forced"]) == ("apart", 5)


def test_more_known_cases_than_the_panels_may_take_are_refused() -> None:
    many = tuple(case(n, "装备制造") for n in range(25))
    with pytest.raises(draw.DrawRefused) as refused:
        frozen_input(cases=many)
    assert (refused.value.rule, refused.value.values["room"]) == ("cases_cap", 24)


def test_a_link_leads_to_the_one_before_it_and_the_first_to_the_anchor() -> None:
    shown = [draw.anchor(CHAIN_SECRETS[0], LENGTH)]
    shown += [draw.link(CHAIN_SECRETS[0], LENGTH, number) for number in (1, 2, 3)]
    assert all(draw.follows(later, before) for before, later in pairwise(shown))
    assert not draw.follows(shown[2], shown[0])
    with pytest.raises(ValueError, match="of 64"):
        draw.link(CHAIN_SECRETS[0], LENGTH, LENGTH + 1)


def test_a_body_may_hand_over_a_stretch_of_its_chain_at_a_time() -> None:
    """From the tenth link come all before it, and nothing after it."""
    tenth = bytes.fromhex(draw.link(CHAIN_SECRETS[1], LENGTH, 10))
    for number in (0, 1, 9):
        assert draw.link(tenth, 10, number) == draw.link(CHAIN_SECRETS[1], LENGTH, number)
