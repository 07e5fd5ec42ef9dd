"""Beijing time and what is left until a deadline."""

from datetime import UTC, datetime, timedelta

import pytest

from tidu.portals.parts.moments import Left, time_left, write_moment

MIDNIGHT = datetime(2026, 3, 31, 16, tzinfo=UTC)


def test_end_at_midnight_is_24_of_the_day_before() -> None:
    assert write_moment(MIDNIGHT, "end") == "2026年3月31日 24:00"


def test_end_by_day_is_itself() -> None:
    assert write_moment(MIDNIGHT - timedelta(hours=6), "end") == "2026年3月31日 18:00"


@pytest.mark.parametrize(
    ("style", "written"),
    [
        ("minute", "2026-04-01 00:00"),
        ("second", "2026-04-01 00:00:00"),
        ("short", "4月1日 00:00"),
        ("day", "2026年4月1日"),
        ("clock", "00:00:00"),
    ],
)
def test_moment_in_beijing(style: str, written: str) -> None:
    assert write_moment(MIDNIGHT, style) == written  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("left", "shown"),
    [
        (timedelta(days=40), Left("剩 40 天", "calm")),
        (timedelta(days=7, seconds=1), Left("剩 7 天", "calm")),
        (timedelta(days=7), Left("剩 7 天", "soon")),
        (timedelta(days=3, minutes=1), Left("剩 3 天 0 小时", "soon")),
        (timedelta(days=3), Left("剩 3 天 0 小时", "now")),
        (timedelta(hours=1, minutes=59), Left("剩 1 小时 59 分", "now")),
        (timedelta(seconds=1), Left("剩 不到 1 分", "now")),
        (timedelta(0), Left("已过 不到 1 分", "past")),
        (timedelta(hours=-30), Left("已过 1 天 6 小时", "past")),
    ],
)
def test_time_left_in_words_and_urgency(left: timedelta, shown: Left) -> None:
    assert time_left(MIDNIGHT, MIDNIGHT - left) == shown
