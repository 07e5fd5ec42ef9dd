"""The seed: committed by all before anybody reveals, and never from the office alone."""

from dataclasses import replace
from typing import Any

import pytest

from tidu.proof import draw

from .scene import LOTTERY, NUMBERS, SECRET, commitments, frozen_input, reveals

FROZEN = frozen_input()
COMMITTED = commitments(FROZEN)
SHOWN = reveals(FROZEN)
FIRST, SECOND = SHOWN.witnesses


def test_the_seed_is_the_same_on_every_machine() -> None:
    first = "602bfc97ef03cfd2963c02cc42bc0eece0fe8e05f7e77f8b619475fd5d67fc86"
    assert draw.seed(FROZEN, COMMITTED, SHOWN).hex() == first


@pytest.mark.parametrize(
    "change",
    [
        {"public_draw": ((3, 11, 17, 22, 28), (9, 11))},
        {"ledger_root": "0" * 64},
        {"witnesses": (FIRST, replace(SECOND, number="18151624"))},
    ],
)
def test_every_part_changes_the_seed(change: dict[str, Any]) -> None:
    shown = replace(SHOWN, **change)
    committed = draw.commitment(FROZEN)
    again = {
        each.name: draw.witness_commitment(committed, each.name, each.number, bytes.fromhex(each.salt))
        for each in shown.witnesses
    }
    assert draw.seed(FROZEN, again, shown) != draw.seed(FROZEN, COMMITTED, SHOWN)


WRONG: dict[str, tuple[str, dict[str, Any]]] = {
    "another secret": ("secret", {"secret": (b"x" * 32).hex()}),
    "a secret that could be tried out": ("secret_short", {"secret": "00" * 15}),
    "a witness who is silent": ("witness", {"witnesses": (FIRST,)}),
    "a witness too many": ("witness", {"witnesses": (*SHOWN.witnesses, replace(FIRST, name="路人"))}),
    "witnesses in another order": ("witness", {"witnesses": (SECOND, FIRST)}),
    "another number": ("witness", {"witnesses": (replace(FIRST, number="7"), SECOND)}),
    "another salt": ("witness", {"witnesses": (replace(FIRST, salt="00"), SECOND)}),
    "no numbers": ("public_draw", {"public_draw": None}),
    "a group too few": ("public_draw", {"public_draw": NUMBERS[:1]}),
    "a number too few": ("public_draw", {"public_draw": ((3, 11, 17, 22), (9, 12))}),
    "a number out of range": ("public_draw", {"public_draw": ((3, 11, 17, 22, 36), (9, 12))}),
    "a number twice": ("public_draw", {"public_draw": ((3, 11, 17, 22, 22), (9, 12))}),
    "the same numbers in another order": ("public_draw", {"public_draw": ((11, 3, 17, 22, 28), (9, 12))}),
    "no root": ("ledger_root", {"ledger_root": None}),
    "a root that is none": ("ledger_root", {"ledger_root": "root"}),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_reveal_that_does_not_hold_is_refused(name: str) -> None:
    rule, change = WRONG[name]
    with pytest.raises(draw.DrawRefused) as refused:
        draw.seed(FROZEN, COMMITTED, replace(SHOWN, **change))
    assert refused.value.rule == rule


def test_what_was_not_planned_is_not_mixed_in() -> None:
    """Otherwise the office could look for numbers that suit it."""
    plain = frozen_input(seed=replace(FROZEN.seed, public_draw=None, ledger_root=False))
    for change in ({"public_draw": NUMBERS}, {"ledger_root": "0" * 64}, {"ledger_root": "x"}):
        with pytest.raises(draw.DrawRefused):
            draw.seed(plain, commitments(plain), replace(reveals(plain), **change))


def test_a_commitment_is_bound_to_the_input_and_to_the_name() -> None:
    committed = draw.commitment(FROZEN)
    mine = draw.witness_commitment(committed, "公证处", "7", b"salt")
    assert draw.witness_commitment("0" * 64, "公证处", "7", b"salt") != mine
    assert draw.witness_commitment(committed, "纪检组", "7", b"salt") != mine


def test_numbers_may_repeat_where_the_draw_lets_them() -> None:
    digits = replace(LOTTERY, numbers=(draw.NumberForm(3, 0, 9, repeats=True),))
    draw.check_numbers(digits, ((7, 7, 0),))
    with pytest.raises(draw.DrawRefused, match="不在 0 至 9 之间"):
        draw.check_numbers(digits, ((7, 7, 10),))


def test_another_secret_has_another_commitment() -> None:
    assert draw.secret_commitment(SECRET) != draw.secret_commitment(SECRET + b"!")
