"""《中小企业划型标准规定》 for everybody: the limits of each industry, as the file states them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tidu.law.amounts import format_count
from tidu.law.rulebook import read_toml

FILE = "sizes-2011-300"
CLASSES = (("大型", "medium_limit"), ("中型", "medium"), ("小型", "small"))
MEASURES = {"employees": ("从业人员", "人"), "revenue": ("营业收入", "万元"), "assets": ("资产总额", "万元")}


@dataclass(frozen=True)
class Industry:
    """One industry with its codes and, for each class but the smallest, every limit to reach."""

    label: str
    codes: str
    limits: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Sizes:
    """The whole instrument."""

    title: str
    number: str
    industries: tuple[Industry, ...]
    not_covered: str


@cache
def sizes() -> Sizes:
    """The limits as the file states them."""
    raw = read_toml("standards", FILE)
    return Sizes(
        title=raw["title"],
        number=raw["number"],
        industries=tuple(_industry(one) for one in raw["industry"]),
        not_covered="、".join(raw["not_covered"]["codes"]),
    )


def _industry(raw: Mapping[str, Any]) -> Industry:
    limits = tuple((label, _limits(raw["measures"], raw[key])) for label, key in CLASSES)
    return Industry(raw["label"], "、".join(raw["codes"]), limits)


def _limits(measures: list[str], numbers: list[int]) -> tuple[str, ...]:
    pairs = zip(measures, numbers, strict=True)
    return tuple(
        f"{MEASURES[name][0]} ≥ {format_count(number)} {MEASURES[name][1]}" for name, number in pairs
    )
