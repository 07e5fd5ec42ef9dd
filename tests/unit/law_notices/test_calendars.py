"""Legal time: what 24:00 means, working days, and periods counted in days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidu.law.calendars import (
    Window,
    add_days,
    before_day,
    end_of,
    format_moment,
    hours_left,
    install_calendars,
    is_working_day,
    legal_day,
    months_after,
    parse_day,
    parse_moment,
    quarter_of,
    quarter_window,
    read_calendar,
    shift_quarter,
    start_of,
    within_days,
)
from tidu.law.refusals import Refused, sentence

days = st.dates(date(2000, 1, 1), date(2100, 12, 31))
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda at: at.replace(second=0, microsecond=0)
)


def test_24_o_clock_is_the_next_midnight_in_beijing() -> None:
    assert parse_moment("2026-03-31 24:00") == datetime(2026, 3, 31, 16, 0, tzinfo=UTC)
    assert parse_moment("2026-03-31 24:00") == parse_moment("2026-04-01 00:00")
    assert format_moment(parse_moment("2026-03-31 24:00")) == "2026-04-01 00:00"


@pytest.mark.parametrize(
    "text", ["2026-03-31 24:01", "2026-03-31 25:00", "2026-03-31 23:60", "2026-03-31", "31.3.2026 10:00", ""]
)
def test_a_moment_that_is_none_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_moment(text)
    assert refused.value.code == "moment_unreadable"
    assert f"“{text}”" in sentence(refused.value)


def test_a_day_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Refused, match="day_unreadable"):
        parse_moment("2026-02-30 08:00")


@given(moments, st.booleans())
def test_a_moment_written_is_the_moment_read(at: datetime, ends: bool) -> None:
    assert parse_moment(format_moment(at, ends=ends)) == at


@given(days)
def test_the_end_of_a_day_is_written_24_o_clock_of_that_day(day: date) -> None:
    assert format_moment(end_of(day), ends=True) == f"{day} 24:00"


@given(days)
def test_a_legal_day_begins_at_16_o_clock_utc_of_the_day_before(day: date) -> None:
    assert legal_day(start_of(day)) == day
    assert legal_day(end_of(day) - timedelta(microseconds=1)) == day
    assert legal_day(end_of(day)) == day + timedelta(days=1)


def test_a_window_is_closed_at_the_second_at_which_it_closes() -> None:
    window = quarter_window("2026Q1")
    assert parse_moment("2026-01-01 00:00") in window
    assert parse_moment("2026-01-01 00:00") - timedelta(seconds=1) not in window
    assert parse_moment("2026-03-31 24:00") - timedelta(seconds=1) in window
    assert parse_moment("2026-03-31 24:00") not in window


def test_a_window_that_closes_before_it_opens_is_refused() -> None:
    at = parse_moment("2026-01-01 00:00")
    with pytest.raises(Refused, match="window_ends_before_it_opens"):
        Window(at, at)


@given(days)
def test_each_day_lies_in_the_window_of_its_own_quarter_only(day: date) -> None:
    quarter = quarter_of(start_of(day))
    assert start_of(day) in quarter_window(quarter)
    assert start_of(day) not in quarter_window(shift_quarter(quarter, 1))
    assert start_of(day) not in quarter_window(shift_quarter(quarter, -1))


@given(st.integers(-40, 40))
def test_quarters_follow_each_other_without_a_gap(count: int) -> None:
    quarter = shift_quarter("2026Q1", count)
    assert quarter_window(quarter).closes == quarter_window(shift_quarter(quarter, 1)).opens


@pytest.mark.parametrize("text", ["2026Q5", "2026Q0", "26Q1", "2026-1"])
def test_a_quarter_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="quarter_unreadable"):
        quarter_window(text)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2026-10-01", False),  # 国庆节
        ("2026-10-09", True),  # an ordinary Friday
        ("2026-10-10", True),  # a Saturday worked in exchange
        ("2026-10-11", False),  # an ordinary Sunday
    ],
)
def test_working_days_follow_the_state_councils_notice(day: str, worked: bool) -> None:
    assert is_working_day(parse_day(day)) is worked


def test_working_days_of_a_year_not_on_file_are_refused_and_not_guessed() -> None:
    with pytest.raises(Refused) as refused:
        is_working_day(date(2099, 6, 1))
    assert refused.value.code == "calendar_year_unknown"
    assert sentence(refused.value).startswith("2099年的法定节假日和调休安排尚未录入")


def test_calendar_days_need_no_calendar() -> None:
    assert add_days(date(2099, 6, 1), 10, "calendar") == date(2099, 6, 11)


def test_a_calendar_of_our_own_says_which_days_are_worked() -> None:
    works = read_calendar({"year": 2031, "rest_days": ["2031-01-01"], "working_days": ["2031-01-05"]})
    assert [works(date(2031, 1, day)) for day in range(1, 7)] == [False, True, True, False, True, True]


def test_an_installed_calendar_makes_its_year_known_and_no_other() -> None:
    try:
        install_calendars({2098: {"year": 2098, "rest_days": ["2098-01-01"]}})
        assert [is_working_day(date(2098, 1, day)) for day in (1, 2)] == [False, True]
        assert add_days(date(2098, 1, 1), 1, "working") == date(2098, 1, 2)
        with pytest.raises(Refused, match="calendar_year_unknown"):
            is_working_day(date(2099, 1, 1))
    finally:
        install_calendars({})
    with pytest.raises(Refused, match="calendar_year_unknown"):
        is_working_day(date(2098, 1, 1))


@pytest.mark.parametrize(
    "table",
    [
        {"year": 2031, "rest_days": ["2032-01-01"]},
        {"year": 2031, "rest_days": ["2031-01-01", "2032-01-01"]},
        {"year": 2031, "rest_days": ["2031-01-01"], "working_days": ["2031-01-01"]},
        {"year": 2031, "rest_days": "2031-01-01"},
        {"rest_days": ["2031-01-01"]},
    ],
)
def test_a_calendar_that_contradicts_itself_is_refused(table: dict[str, object]) -> None:
    with pytest.raises(Refused, match="calendar_malformed"):
        read_calendar(table)


def test_the_day_on_which_a_period_begins_is_not_counted() -> None:
    assert add_days(date(2026, 4, 1), 1, "calendar") == date(2026, 4, 2)
    assert add_days(date(2026, 4, 2), 1, "working") == date(2026, 4, 3)
    # 清明节 4 to 6 April 2026
    assert add_days(date(2026, 4, 3), 1, "working") == date(2026, 4, 7)


@given(days.filter(lambda day: 2005 <= day.year <= 2025), st.integers(1, 30))
def test_working_days_end_on_a_working_day_with_so_many_in_between(day: date, count: int) -> None:
    last = add_days(day, count, "working")
    between = [day + timedelta(days=i) for i in range(1, (last - day).days + 1)]
    assert is_working_day(last)
    assert sum(map(is_working_day, between)) == count


def test_within_ten_days_after_a_quarter_ends_with_the_tenth_day() -> None:
    closes = quarter_window("2026Q1").closes
    assert format_moment(within_days(closes, 10, "calendar"), ends=True) == "2026-04-10 24:00"
    assert format_moment(within_days(closes, 10, "working"), ends=True) == "2026-04-15 24:00"


def test_within_days_after_a_moment_of_a_day_begins_with_the_next_day() -> None:
    noon = parse_moment("2026-04-01 12:00")
    assert format_moment(within_days(noon, 10, "calendar"), ends=True) == "2026-04-11 24:00"
    first = start_of(date(2026, 4, 1)) + timedelta(microseconds=1)
    assert within_days(first, 10, "calendar") == within_days(noon, 10, "calendar")


def test_a_day_is_of_a_year_that_the_calendars_hold() -> None:
    assert end_of(date(1900, 1, 1)) < start_of(date(2199, 12, 31))
    for day in (date(1899, 12, 31), date(2200, 1, 1)):
        with pytest.raises(Refused, match="day_beyond_calendars"):
            start_of(day)


def test_before_a_day_with_and_without_that_day() -> None:
    assert before_day(date(2026, 5, 31), includes_day=True) == parse_moment("2026-05-31 24:00")
    assert before_day(date(2026, 5, 31), includes_day=False) == parse_moment("2026-05-31 00:00")


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-12-15", 36, "2029-12-15"),
        ("2026-10-31", 2, "2026-12-31"),
    ],
)
def test_months_end_on_the_same_day_or_the_months_last(day: str, months: int, then: str) -> None:
    assert months_after(parse_day(day), months) == parse_day(then)


def test_hours_left_are_whole_hours_and_negative_once_over() -> None:
    until = parse_moment("2026-04-10 24:00")
    assert hours_left(until, at=parse_moment("2026-04-10 00:00")) == 24
    assert hours_left(until, at=until - timedelta(minutes=59)) == 0
    assert hours_left(until, at=until + timedelta(seconds=1)) == -1


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1899, 12, 31), date(2200, 1, 1), date(9999, 12, 31)])
def test_a_year_mistyped_far_away_is_refused_and_overflows_nothing(day: date) -> None:
    for moment_of in (start_of, end_of):
        with pytest.raises(Refused) as refused:
            moment_of(day)
        assert "1900 年至 2199 年" in sentence(refused.value)
