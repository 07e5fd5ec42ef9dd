"""National identity numbers are recognised however they are typed, and nothing else is taken for one."""

import pytest

from tidu.law.identity import demonstration_code
from tidu.law.personal import HIDDEN, hide, hide_in

NUMBER = "21020319900307001X"


@pytest.mark.parametrize(
    "typed", [NUMBER, NUMBER.lower(), "210203 19900307 001X", "210203-1990-03-07-0011", "210203199003070011"]
)
def test_a_number_is_hidden_wherever_it_stands(typed: str) -> None:
    assert hide(f"法定代表人（{typed}）签字") == f"法定代表人（{HIDDEN}）签字"


@pytest.mark.parametrize(
    "text",
    [
        *(demonstration_code(number) for number in range(200)),
        "91210200MA0XXXXX1X",
        "21020319901307001X",
        "21020319900332001X",
        "21020318900307001X",
        "12102031990030700112",
        "0411-83686040",
        "2600101-000012",
        "9bde1144f172ee2830b48936046562bcf8c70cc874ae37a0d182507a8642d7e3",
    ],
)
def test_what_is_none_stays(text: str) -> None:
    assert hide(text) == text


def test_it_is_hidden_in_every_text_of_a_body() -> None:
    body = {"a": [{"b": f"见{NUMBER}"}, 1, None, True], NUMBER: "键"}
    assert hide_in(body) == {"a": [{"b": f"见{HIDDEN}"}, 1, None, True], HIDDEN: "键"}


def test_a_body_without_any_is_the_same() -> None:
    body = {"a": ["文字", 1, {"b": None}], "c": False}
    assert hide_in(body) == body
