"""An expert is held against the others on the same cases; what cannot be told is nothing, not zero."""

from datetime import timedelta
from fractions import Fraction

from tidu.panels.enums import Finding
from tidu.panels.severity import Judged, Severity, severities

YES, NO, UNSURE = Finding.YES, Finding.NO, Finding.UNSURE


def judged(expert: str, case: int, *findings: Finding, hours: int = 1, first: int = 0) -> Judged:
    named = {f"q{number}": finding for number, finding in enumerate(findings, first)}
    return Judged(expert, case, named, timedelta(hours=hours))


def of(expert: str, *opinions: Judged) -> Severity:
    return severities(opinions, [expert])[expert]


def test_not_confirming_is_doubt_whether_no_or_unsure() -> None:
    assert of("甲", judged("甲", 1, YES, NO, UNSURE, YES)).share == Fraction(1, 2)


def test_who_doubts_what_the_others_confirm_is_severe() -> None:
    opinions = [judged("甲", 1, NO, YES), judged("乙", 1, YES, YES), judged("丙", 1, NO, YES)]
    found = of("甲", *opinions)
    assert (found.own_beside, found.beside, found.difference) == (
        Fraction(1, 2),
        Fraction(1, 4),
        Fraction(1, 4),
    )
    assert of("乙", *opinions).difference == Fraction(-1, 2)


def test_hard_cases_make_nobody_severe() -> None:
    """A panel that doubts everything together differs in nothing, whatever other panels confirm."""
    hard = [judged("甲", 1, NO, NO), judged("乙", 1, NO, NO)]
    easy = [judged("丙", 2, YES, YES), judged("丁", 2, YES, YES)]
    assert of("甲", *hard, *easy).difference == 0


def test_what_nobody_else_was_asked_is_compared_with_nothing() -> None:
    """A finance expert alone judges the audited amounts."""
    finance, industry = judged("甲", 1, YES, NO, NO), judged("乙", 1, YES)
    found = of("甲", finance, industry)
    assert (found.share, found.own_beside, found.beside) == (Fraction(2, 3), Fraction(0), Fraction(0))


def test_what_cannot_be_told_is_not_zero() -> None:
    nothing = of("甲", judged("乙", 1, NO))
    assert nothing == Severity(0, None, None, None, None, None, None)
    assert nothing.difference is None
    alone = of("甲", judged("甲", 1, NO))
    assert (alone.share, alone.beside, alone.difference, alone.least) == (Fraction(1), None, None, None)


def test_spread_and_time_over_his_cases() -> None:
    found = of("甲", *(judged("甲", n, *([NO] * n + [YES] * (4 - n)), hours=n * n) for n in (1, 2, 4)))
    assert (found.least, found.most, found.took) == (Fraction(1, 4), Fraction(1), timedelta(hours=4))


def test_few_cases_say_little() -> None:
    assert of("甲", *(judged("甲", n, YES) for n in range(4))).says_little
    assert not of("甲", *(judged("甲", n, YES) for n in range(5))).says_little
