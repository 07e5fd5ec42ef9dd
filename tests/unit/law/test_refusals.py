"""Refusals carry codes and values; the sentence is made at the edge."""

import re
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

import tidu.law
from tidu.law.amounts import format_money, format_share
from tidu.law.answers import ALLOWED, Answer
from tidu.law.refusals import Refused, say, sentence, sentences
from tidu.law.relations import relations


def test_a_refusal_keeps_its_code_field_and_values() -> None:
    refused = Refused("count_unreadable", field="employees", label="从业人员数", value="三", unit="人")
    assert (refused.code, refused.field) == ("count_unreadable", "employees")
    assert sentence(refused) == "从业人员数“三”不是整数。请填写以“人”为单位的整数，例如 35。"


def test_a_code_without_sentence_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        sentence(Refused("unheard_of"))


def test_the_formats_of_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        sentences(), "trial", "{amount:money}，{count:number}，{day:day}，{at:minute}，{end:end}，{names}"
    )
    values = {
        "amount": 123_450_000,
        "count": 12_345,
        "day": date(2026, 3, 1),
        "at": datetime(2026, 3, 31, 16, 5, tzinfo=UTC),
        "end": datetime(2026, 3, 31, 16, 0, tzinfo=UTC),
        "names": ["甲", "乙"],
    }
    assert (
        say("trial", values)
        == "123.45 万元，12,345，2026年3月1日，2026年4月1日 00:05，2026年3月31日 24:00，甲、乙"
    )


def test_every_code_of_the_kernel_has_a_sentence() -> None:
    """The codes of facts, checks and what keeps a result open; `{kind}_…` stands for each number."""
    source = "\n".join(path.read_text() for path in Path(str(tidu.law.__path__[0])).rglob("*.py"))
    refused = set(re.findall(r'Refused\(\s*"(\w+)"', source))
    found = set(re.findall(r'Finding\([^"]*"\w+", [^,{]*, "(\w+)", ', source))
    reasons = {f"open_{code}" for code in re.findall(r'Reason\(\s*"(\w+)"', source)}
    numbers = {f"{kind}_{end}" for kind in ("money", "count", "share") for end in ("unreadable", "too_fine")}
    codes = refused | found | reasons | numbers | {relation.code for relation in relations()}
    assert len(codes) > 40
    assert sorted(codes - set(sentences())) == []


def test_an_answer_is_true_or_says_why() -> None:
    assert ALLOWED
    refused = Answer(False, "本批次尚未开始。")
    assert not refused
    assert refused.reason == "本批次尚未开始。"


@pytest.mark.parametrize(
    ("fen", "shown"),
    [
        (0, "0.00"),
        (1, "0.000001"),
        (123_450_000, "123.45"),
        (1_234_567_800_000, "1,234,567.80"),
        (-500_000, "-0.50"),
    ],
)
def test_money_is_shown_exactly(fen: int, shown: str) -> None:
    assert format_money(fen) == shown


@pytest.mark.parametrize(
    ("share", "beside", "shown"),
    [
        (Fraction(3, 100), None, "3%"),
        (Fraction(241, 10_000), None, "2.41%"),
        (Fraction(1, 3), None, "33.33%"),
        (Fraction(-1, 3), None, "-33.33%"),
        (Fraction(2, 3), None, "66.67%"),
        (Fraction(-1, 10**9), None, "0%"),
        (Fraction(29_999_999, 10**9), Fraction(3, 100), "2.9999999%"),
        (Fraction(30_000_001, 10**9), Fraction(3, 100), "3.0000001%"),
        (Fraction(29_964, 10**6), Fraction(3, 100), "2.996%"),
        (Fraction(3, 100), Fraction(3, 100), "3%"),
        (Fraction(12, 1), None, "1,200%"),
    ],
)
def test_a_share_never_looks_equal_to_a_limit_it_misses(
    share: Fraction, beside: Fraction | None, shown: str
) -> None:
    assert format_share(share, () if beside is None else (beside,)) == shown
