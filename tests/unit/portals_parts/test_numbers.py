"""What a form says where a number belongs: never a fault, and never more than a column can hold."""

import pytest

from tidu.portals.parts.numbers import number_said, numbers_said


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("007", 7), ("9" * 18, 10**18 - 1), ("9" * 19, 0), ("9" * 5000, 0), ("", 0), (None, 0)],
)
def test_a_number_that_no_column_could_hold_names_nothing(text: str | None, number: int) -> None:
    assert number_said(text) == number


@pytest.mark.parametrize("text", ["-1", "1.0", " 7", "７", "²", "7\n", "seven", "\x00"])
def test_what_is_no_number_is_left_out(text: str) -> None:
    assert (number_said(text), numbers_said([text, "8"])) == (0, [8])
