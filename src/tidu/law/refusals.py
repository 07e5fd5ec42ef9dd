"""Refusals: a code with values inside, a Chinese sentence at the edge.

The sentence stands in `rulebook/sentences/<room>.toml`:

    [money_not_a_number]
    text = "{label}“{value}”不是金额：请填写以万元为单位的数字，如 1250.5。"

Its placeholders are filled by `str.format` rules with a few formats of our own:
`{most:money}` prints 分 as 万元, `{at:day}` a legal day, `{at:minute}` a moment
in Beijing time, `{closes:end}` a moment at which something ends (midnight is 24:00
of the day before), `{count:number}` groups thousands.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

from tidu.law.amounts import format_count, format_money
from tidu.law.rulebook import read_toml, toml_stems

BEIJING = ZoneInfo("Asia/Shanghai")


class Refused(Exception):
    """What an action or a validator refuses, and why.

    `code` names the rule, `field` the fact or form field that is meant (None if
    the refusal is not about one), `values` everything the sentence needs.
    """

    def __init__(self, code: str, /, *, field: str | None = None, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.values: dict[str, object] = values

    def __str__(self) -> str:
        return f"{self.code}(field={self.field!r}, {self.values!r})"


def sentence(refused: Refused) -> str:
    """The Chinese sentence for a refusal. KeyError if the code has no sentence."""
    return say(refused.code, refused.values)


def say(code: str, values: Mapping[str, object]) -> str:
    """The sentence of `code` filled with `values`. KeyError if there is none."""
    return fill(sentences()[code], values)


def fill(template: str, values: Mapping[str, object]) -> str:
    """A template filled with `values`, in the formats above. KeyError if one is lacking."""
    return _SentenceFormatter().vformat(template, (), values)


@cache
def sentences() -> dict[str, str]:
    """Every sentence of the rulebook by its code. ValueError if two files claim one code."""
    found: dict[str, str] = {}
    for stem in toml_stems("sentences"):
        for code, entry in read_toml("sentences", stem).items():
            if code in found:
                raise ValueError(f"sentence {code!r} stands in two files, one of them {stem}.toml")
            found[code] = entry["text"]
    return found


class _SentenceFormatter(Formatter):
    """`str.format` that also knows money, days and minutes."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec in _FORMATS:
            return _FORMATS[format_spec](value)
        if isinstance(value, Sequence) and not isinstance(value, str) and not format_spec:
            return "、".join(str(item) for item in value)
        return str(super().format_field(value, format_spec))


def _money(fen: int) -> str:
    return f"{format_money(fen)} 万元"


def _day(value: date | datetime) -> str:
    day = value.astimezone(BEIJING).date() if isinstance(value, datetime) else value
    return f"{day.year}年{day.month}月{day.day}日"


def _minute(value: datetime) -> str:
    local = value.astimezone(BEIJING)
    return f"{_day(local)} {local:%H:%M}"


def _end(value: datetime) -> str:
    local = value.astimezone(BEIJING)
    return f"{_day(local.date() - timedelta(days=1))} 24:00" if local.time() == time() else _minute(value)


_FORMATS: Mapping[str, Callable[[Any], str]] = {
    "money": _money,
    "number": format_count,
    "day": _day,
    "minute": _minute,
    "end": _end,
}
