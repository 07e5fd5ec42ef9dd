"""A public draw as an office writes it down before, and its numbers afterwards."""

from datetime import date

import pytest

from tidu.law.refusals import Refused
from tidu.panels.lottery import drawn_numbers, number_forms, refuse_early
from tidu.proof.draw import NumberForm, PublicDraw

LOTTO = (NumberForm(5, 1, 35), NumberForm(2, 1, 12))
DIGITS = (NumberForm(3, 0, 9, repeats=True),)


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("35选5 + 12选2", LOTTO),
        ("35 选 5＋1-12选2", LOTTO),
        ("0-9选3可重复", DIGITS),
        ("0至9 选 3 可重复", DIGITS),
    ],
)
def test_what_a_draw_brings(text: str, forms: tuple[NumberForm, ...]) -> None:
    assert number_forms(text) == forms


@pytest.mark.parametrize(
    "text", ["", "35", "5选35", "选5", "35选0", "9-1选3可重复", "35选5 + ", "三十五选五"]
)
def test_what_cannot_be_such_a_draw_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="lottery_form_unreadable"):
        number_forms(text)


def test_numbers_that_cannot_repeat_have_one_order_whoever_types_them() -> None:
    assert {drawn_numbers(text, LOTTO) for text in ("3 11 17 22 28+9,12", "28、3、11、17、22 ＋ 12、9")} == {
        ((3, 11, 17, 22, 28), (9, 12))
    }
    assert drawn_numbers("7、0、7", DIGITS) == ((7, 0, 7),)


@pytest.mark.parametrize("text", ["", "3、x", "3、-1", "9999999", "3、11+"])
def test_what_are_no_numbers_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="lottery_numbers_unreadable"):
        drawn_numbers(text, LOTTO)


def test_nobody_types_its_numbers_before_its_day() -> None:
    lottery = PublicDraw("示例体彩 第26135期", "2026-12-01", LOTTO)
    with pytest.raises(Refused, match="lottery_not_yet_drawn"):
        refuse_early(lottery, date(2026, 11, 30))
    refuse_early(lottery, date(2026, 12, 1))
    refuse_early(None, date(2026, 11, 30))
