"""How time is written: Beijing time on screen, and what is left until a deadline."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from tidu.law.refusals import BEIJING

Style = Literal["minute", "second", "short", "day", "clock", "end"]
Urgency = Literal["calm", "soon", "now", "past"]

SOON = timedelta(days=7)
NOW = timedelta(days=3)


def write_moment(at: datetime, style: Style = "minute") -> str:
    """`at` in Beijing time. `end` writes midnight as 24:00 of the day before, as notices do."""
    local = at.astimezone(BEIJING)
    if style == "end":
        return _write_end(local)
    if style == "short":
        return f"{local.month}月{local.day}日 {local:%H:%M}"
    if style == "day":
        return write_day(local.date())
    return local.strftime(
        {"minute": "%Y-%m-%d %H:%M", "second": "%Y-%m-%d %H:%M:%S", "clock": "%H:%M:%S"}[style]
    )


def _write_end(local: datetime) -> str:
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        day, clock = local.date() - timedelta(days=1), "24:00"
    else:
        day, clock = local.date(), f"{local:%H:%M}"
    return f"{write_day(day)} {clock}"


def write_day(day: date, *, short: bool = False) -> str:
    """`2026年3月6日`, or `3月6日`."""
    year = "" if short else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


@dataclass(frozen=True)
class Left:
    """What is left until a deadline, in words and in urgency."""

    text: str
    urgency: Urgency


def time_left(deadline: datetime, now: datetime) -> Left:
    """`剩 2 天 13 小时`. The deadline itself is already past: windows are half-open."""
    left = deadline - now
    if left <= timedelta(0):
        return Left(f"已过 {_write_span(-left)}", "past")
    urgency: Urgency = "now" if left <= NOW else "soon" if left <= SOON else "calm"
    return Left(f"剩 {_write_span(left)}", urgency)


def _write_span(span: timedelta) -> str:
    hours, minutes = span.seconds // 3600, span.seconds % 3600 // 60
    if span.days >= SOON.days:
        return f"{span.days} 天"
    if span.days:
        return f"{span.days} 天 {hours} 小时"
    if hours:
        return f"{hours} 小时 {minutes} 分"
    return f"{minutes} 分" if minutes else "不到 1 分"
