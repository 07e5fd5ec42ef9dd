"""A named public draw (公开摇奖) as an office writes it: what numbers it brings, later the numbers. Pure."""

import re
from collections.abc import Iterator
from datetime import date

from tidu.law.refusals import Refused
from tidu.proof.draw import NumberForm, PublicDraw

_FORM = re.compile(r"(?:(\d{1,6})[-—–至~～])?(\d{1,6})选(\d{1,3})(可重复)?")
_PARTS = re.compile(r"[、，,\s]+")


def number_forms(text: str) -> tuple[NumberForm, ...]:
    """What a draw brings, as “35选5 + 12选2” or “0-9选3可重复”: of 1 to 35 five, none twice.

    Refused("lottery_form_unreadable").
    """
    return tuple(_forms(text))


def _forms(text: str) -> Iterator[NumberForm]:
    for part in _groups(text):
        found = _FORM.fullmatch("".join(part.split()))
        lowest, highest, count = (int(one or 1) for one in found.groups()[:3]) if found else (0, 0, 0)
        repeats = bool(found and found[4])
        if lowest >= highest or not count or (not repeats and count > highest - lowest + 1):
            raise Refused("lottery_form_unreadable", field="lottery_numbers", value=part.strip()[:40])
        yield NumberForm(count, lowest, highest, repeats)


def drawn_numbers(text: str, forms: tuple[NumberForm, ...]) -> tuple[tuple[int, ...], ...]:
    """The numbers as announced, as “28、3、11、17、22 + 9、12”: ascending but where they may repeat.

    Refused("lottery_numbers_unreadable"). Whether they are possible is the kernel's to say.
    """
    groups = [tuple(_numbers(part)) for part in _groups(text)]
    return tuple(
        group if number < len(forms) and forms[number].repeats else tuple(sorted(group))
        for number, group in enumerate(groups)
    )


def refuse_early(lottery: PublicDraw | None, on: date) -> None:
    """Nobody knows its numbers before its day. Refused("lottery_not_yet_drawn")."""
    if lottery is not None and on < date.fromisoformat(lottery.date):
        raise Refused(
            "lottery_not_yet_drawn", field="lottery", name=lottery.name, on=date.fromisoformat(lottery.date)
        )


def _numbers(part: str) -> Iterator[int]:
    for one in _PARTS.split(part.strip()):
        if not (one.isascii() and one.isdecimal() and len(one) <= 6):
            raise Refused("lottery_numbers_unreadable", field="lottery", value=one[:40])
        yield int(one)


def _groups(text: str) -> list[str]:
    return text.replace("＋", "+").split("+")
