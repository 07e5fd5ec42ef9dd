"""A draw gives no panel less than its notice asks for; more is always right."""

from dataclasses import replace

import pytest

from tidu.law import notices
from tidu.law.calendars import Counting, parse_moment
from tidu.law.notices import PanelTerms, opinion_deadline, panel_terms
from tidu.law.refusals import Refused, sentence
from tidu.panels.drawing import due_from, due_of_substitute
from tidu.panels.models import Draw, Hand
from tidu.panels.terms import days_given, short_of_terms
from tidu.proof.draw import Division

ASKED = PanelTerms(panels=3, experts=5, industry=2, finance=2)
ENOUGH = Division("甲", panels=3, seats={"industry": 2, "finance": 2, "technology": 1})


def test_what_the_notice_of_the_invented_province_asks_for_is_enough() -> None:
    terms = panel_terms(notices.load("shili-2026-specialised"))
    seats = {"industry": terms.industry + 1, "finance": terms.finance}
    assert not list(short_of_terms([Division("甲", terms.panels, seats)], terms))


@pytest.mark.parametrize(
    "division",
    [ENOUGH, replace(ENOUGH, panels=4), replace(ENOUGH, seats={"industry": 4, "finance": 3})],
)
def test_as_much_and_more_is_enough(division: Division) -> None:
    assert not list(short_of_terms([division], ASKED))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"panels": 2}, "共 2 个评审组，通知要求不少于 3 组"),
        ({"seats": {"industry": 1, "finance": 4}}, "组别“甲”每组产业专家 1 人，通知要求不少于 2 人"),
        ({"seats": {"industry": 4, "finance": 1}}, "组别“甲”每组财务专家 1 人，通知要求不少于 2 人"),
        ({"seats": {"industry": 2, "finance": 2}}, "组别“甲”每组共 4 名专家，通知要求不少于 5 名"),
    ],
)
def test_each_thing_in_which_it_falls_short_is_named(changes: dict[str, object], said: str) -> None:
    (refused,) = short_of_terms([replace(ENOUGH, **changes)], ASKED)  # type: ignore[arg-type]
    assert said in sentence(refused)


def test_panels_count_over_all_divisions_and_experts_in_each() -> None:
    small = replace(ENOUGH, id="乙", panels=2, seats={"industry": 2, "finance": 2})
    (refused,) = short_of_terms([replace(ENOUGH, panels=2), small], ASKED)
    assert refused.values["division"] == "乙"


def test_experts_have_as_long_as_the_notice_says_or_less_and_never_longer() -> None:
    assert (days_given(None, ASKED), days_given(10, ASKED), days_given(3, ASKED)) == (10, 10, 3)
    with pytest.raises(Refused, match="panel_days_beyond_notice") as refused:
        days_given(11, ASKED)
    assert "评审期限 11 日，通知规定专家在 10 日内提交意见" in sentence(refused.value)


@pytest.mark.parametrize(
    ("given", "days", "counting", "until"),
    [
        ("2026-04-27 09:00", 10, "calendar", "2026-05-07 24:00"),
        ("2026-04-27 00:00", 1, "calendar", "2026-04-28 24:00"),
        ("2026-04-26 24:00", 1, "calendar", "2026-04-28 24:00"),
        ("2026-04-30 17:59", 2, "working", "2026-05-07 24:00"),
    ],
)
def test_the_time_begins_on_the_day_after_dispatch_and_ends_at_midnight(
    given: str, days: int, counting: Counting, until: str
) -> None:
    """民法典第二百零一条；工作日跳过五一假期."""
    assert opinion_deadline(parse_moment(given), days, counting) == parse_moment(until)


def test_a_seat_is_filled_even_where_the_working_days_to_come_are_not_on_file() -> None:
    draw = Draw(days=7, counting="working")
    hand = Hand(due_at=parse_moment("2026-12-29 24:00"))
    with pytest.raises(Refused, match="calendar_year_unknown"):
        due_from(draw, parse_moment("2026-12-25 09:00"))
    assert due_of_substitute(draw, hand, parse_moment("2026-12-25 09:00")) == parse_moment("2027-01-01 24:00")
    assert due_of_substitute(draw, hand, parse_moment("2026-12-01 09:00")) == parse_moment("2026-12-10 24:00")
