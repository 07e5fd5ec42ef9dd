"""Legal time: days in Beijing, windows, working days and periods counted in days.

A moment is an aware datetime, kept in UTC. "24:00" of a day is the next midnight,
and every end is half-open: what arrives at that very moment is late. Which days
are worked is known from the State Council's yearly notices; a year whose notice
is not on file is refused with a sentence, never guessed.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta
from functools import cache
from typing import Literal

import chinese_calendar

from tidu.law.refusals import BEIJING, Refused
from tidu.law.rulebook import read_toml, toml_stems

Counting = Literal["calendar", "working"]

DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1900, 2199
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2}) (\d{2}):(\d{2})")
_QUARTER = re.compile(r"(\d{4})Q([1-4])")


def legal_day(at: datetime) -> date:
    """The day in Beijing on which a moment falls."""
    return at.astimezone(BEIJING).date()


def start_of(day: date) -> datetime:
    """00:00 of a legal day. Refused("day_beyond_calendars")."""
    _check_year(day)
    return _midnight(day)


def end_of(day: date) -> datetime:
    """24:00 of a legal day: the midnight with which the next one begins. Refused("day_beyond_calendars")."""
    _check_year(day)
    return _midnight(day + DAY)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BEIJING).astimezone(UTC)


def _check_year(day: date) -> None:
    """A year mistyped far away would end beyond what a moment can say."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refused("day_beyond_calendars", value=day, first=FIRST_YEAR, last=LAST_YEAR)


def parse_day(text: str) -> date:
    """A day written 2026-03-31. Refused("day_unreadable")."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise Refused("day_unreadable", value=text) from None


def parse_moment(text: str) -> datetime:
    """A moment in Beijing written 2026-03-31 24:00, to the minute. Refused("moment_unreadable")."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise Refused("moment_unreadable", value=text)
    day, hour, minute = parse_day(match[1]), int(match[2]), int(match[3])
    if minute > 59 or hour * 60 + minute > 24 * 60:
        raise Refused("moment_unreadable", value=text)
    return start_of(day) + timedelta(hours=hour, minutes=minute)


def format_moment(at: datetime, *, ends: bool = False) -> str:
    """A moment as the notices write it; an end at midnight is 24:00 of the day before."""
    local = at.astimezone(BEIJING)
    if ends and local.time() == time():
        return f"{local.date() - DAY} 24:00"
    return f"{local:%Y-%m-%d %H:%M}"


@dataclass(frozen=True)
class Window:
    """When something may be done: from `opens`, up to but not including `closes`."""

    opens: datetime
    closes: datetime

    def __post_init__(self) -> None:
        if self.closes <= self.opens:
            raise Refused("window_ends_before_it_opens", opens=self.opens, closes=self.closes)

    def __contains__(self, at: datetime) -> bool:
        return self.opens <= at < self.closes


def quarter_window(quarter: str) -> Window:
    """The window of a quarter written 2026Q1: first day 00:00 to last day 24:00."""
    match = _QUARTER.fullmatch(quarter)
    if match is None:
        raise Refused("quarter_unreadable", value=quarter)
    year, number = int(match[1]), int(match[2])
    first = date(year, 3 * number - 2, 1)
    after = date(year + number // 4, 3 * number % 12 + 1, 1)
    return Window(start_of(first), start_of(after))


def quarter_of(at: datetime) -> str:
    """The quarter in which a moment falls, written 2026Q1."""
    day = legal_day(at)
    return f"{day.year}Q{(day.month + 2) // 3}"


def shift_quarter(quarter: str, count: int) -> str:
    """The quarter `count` quarters later (earlier if negative)."""
    year, number = (int(part) for part in quarter.split("Q"))
    index = year * 4 + number - 1 + count
    return f"{index // 4}Q{index % 4 + 1}"


def hours_left(until: datetime, *, at: datetime) -> int:
    """Whole hours before a moment; 0 within the last hour, negative once it has passed.

    >>> hours_left(start_of(date(2026, 1, 2)), at=start_of(date(2026, 1, 1)))
    24
    """
    return (until - at) // timedelta(hours=1)


def is_working_day(day: date) -> bool:
    """Whether offices work on a day. Refused("calendar_year_unknown") for a year not on file."""
    table = _installed.get(day.year) or _own_calendars().get(day.year)
    if table is not None:
        return table(day)
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        raise Refused("calendar_year_unknown", year=day.year) from None


def add_days(day: date, count: int, counting: Counting) -> date:
    """The day `count` days after `day`, which itself is not counted.

    民法典第二百零一条: the day on which a period begins is not part of it.
    """
    if counting == "calendar":
        return day + count * DAY
    while count > 0:
        day += DAY
        if is_working_day(day):
            count -= 1
    return day


def months_after(day: date, months: int) -> date:
    """The same day `months` months later, or that month's last day if it has none.

    民法典第二百零二条. Beyond what a calendar of four digits holds, its first or last day:
    9999-12-31 is written where something holds for good.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return date.min if year < MINYEAR else date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def within_days(after: datetime, count: int, counting: Counting) -> datetime:
    """When "within `count` days after" a half-open end is over: 24:00 of the last of these days.

    `after` is the end of a window or a quarter, that is the midnight at which the
    first day of the period begins; a later moment of a day lets the period begin
    with the next day.
    """
    last_before = legal_day(after - timedelta(microseconds=1))
    return end_of(add_days(last_before, count, counting))


def before_day(day: date, *, includes_day: bool) -> datetime:
    """When "before (前) a day" is over: with the day itself, or before it begins."""
    return end_of(day) if includes_day else start_of(day)


_installed: dict[int, Callable[[date], bool]] = {}


def install_calendars(tables: Mapping[int, Mapping[str, object]]) -> None:
    """Let these years' tables stand before those of the rulebook; called once, when a process starts.

    Refused("calendar_malformed").
    """
    read = {year: read_calendar(table) for year, table in tables.items()}
    _installed.clear()
    _installed.update(read)


@cache
def _own_calendars() -> Mapping[int, Callable[[date], bool]]:
    """Years on file in rulebook/calendars: for each, whether a day is worked."""
    return {int(stem): read_calendar(read_toml("calendars", stem)) for stem in toml_stems("calendars")}


def read_calendar(table: Mapping[str, object]) -> Callable[[date], bool]:
    """The rule of one year's table: `rest_days` and `working_days` over the week's rhythm.

    Refused("calendar_malformed") if a day is not of that year or stands in both lists.
    """
    year = table.get("year")
    rest, worked = (_days_of(table, name) for name in ("rest_days", "working_days"))
    if rest & worked or any(day.year != year for day in rest | worked):
        raise Refused("calendar_malformed", year=year)
    return lambda day: day in worked or (day.weekday() < 5 and day not in rest)


def _days_of(table: Mapping[str, object], name: str) -> frozenset[date]:
    listed = table.get(name, [])
    if not isinstance(listed, list):
        raise Refused("calendar_malformed", year=table.get("year"))
    return frozenset(parse_day(str(day)) for day in listed)
