"""统一社会信用代码: each way of getting it wrong has its own sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from tidu.law.identity import (
    ALPHABET,
    DEMONSTRATION_PREFIX,
    check_credit_code,
    demonstration_code,
    normalise,
    organisation_check_digit,
)
from tidu.law.refusals import Refused, sentence

numbers = st.integers(0, 10**8 - 1)


@given(numbers)
def test_demonstration_codes_are_valid_in_both_check_digits(number: int) -> None:
    code = demonstration_code(number)
    assert code.startswith(DEMONSTRATION_PREFIX)
    assert uscc.is_valid(code)
    assert organisation_check_digit(code[8:16]) == code[16]
    assert check_credit_code(code, demonstration=True) == code


def test_demonstration_codes_differ_from_firm_to_firm() -> None:
    assert len({demonstration_code(number) for number in range(10_000)}) == 10_000


@pytest.mark.parametrize("number", [-1, 10**8])
def test_there_are_no_more_demonstration_codes_than_that(number: int) -> None:
    with pytest.raises(ValueError, match="no demonstration code"):
        demonstration_code(number)


def test_a_demonstration_code_is_refused_outside_the_demonstration() -> None:
    with pytest.raises(Refused) as refused:
        check_credit_code(demonstration_code(1))
    assert refused.value.code == "credit_code_demonstration"
    assert "演示专用代码" in sentence(refused.value)


def test_a_code_outside_the_demonstration_is_accepted_as_it_is() -> None:
    body = "91990100" + "00000000" + organisation_check_digit("00000000")
    code = body + uscc.calc_check_digit(body)
    assert check_credit_code(code) == code


def test_an_organisation_code_has_the_check_digit_of_its_standard() -> None:
    assert organisation_check_digit("D2143569") == "X"  # the example of GB 11714-1997


@given(numbers, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_found(number: int, place: int, character: str) -> None:
    code = demonstration_code(number)
    wrong = code[:place] + character + code[place + 1 :]
    if wrong == code:
        return
    with pytest.raises(Refused, match=r"credit_code_(check_digit|place)"):
        check_credit_code(wrong, demonstration=True)


@given(numbers)
def test_full_width_small_and_spaced_codes_are_the_same_code(number: int) -> None:
    code = demonstration_code(number)
    wide = "".join(chr(ord(character) + 0xFEE0) for character in code.lower())
    assert normalise(wide) == code
    assert normalise(f" {code[:6]} {code[6:12]}-{code[12:]}\u3000") == code


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("", "credit_code_length", "有 0 位，应为 18 位"),
        ("9199000027182818", "credit_code_length", "有 16 位，应为 18 位"),
        ("91990000271828184QQ", "credit_code_length", "有 19 位，应为 18 位"),
        ("9199000O27182818IQ", "credit_code_character", "中的 O、I 不是代码所用的字符"),
        ("919900002718281％4Q", "credit_code_character", "中的 % 不是"),
        ("91A9000027182818Q1", "credit_code_place", "前8位“91A90000”应全是数字"),
        ("91990000271828184R", "credit_code_check_digit", "校验位不符"),
    ],
)
def test_each_mistake_has_its_own_sentence(text: str, code: str, says: str) -> None:
    with pytest.raises(Refused) as refused:
        check_credit_code(text, demonstration=True)
    assert (refused.value.code, refused.value.field) == (code, "credit_code")
    assert says in sentence(refused.value)
