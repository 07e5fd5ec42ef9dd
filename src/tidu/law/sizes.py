"""企业规模 by 《中小企业划型标准规定》 (工信部联企业〔2011〕300号).

A firm is of the first class, from large to small, all of whose limits it
reaches; who reaches none is micro. Limits include the number (“及以上”), so that
“以下” excludes it. What is missing leaves several classes possible, never a guess.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from tidu.law.amounts import FEN_PER_WAN, format_count, format_money
from tidu.law.industries import Classified, classify, industries
from tidu.law.rulebook import read_toml


class SizeClass(StrEnum):
    """The four classes; the value is the option id of the fact 企业规模."""

    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"
    MICRO = "micro"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    SizeClass.LARGE: "大型企业",
    SizeClass.MEDIUM: "中型企业",
    SizeClass.SMALL: "小型企业",
    SizeClass.MICRO: "微型企业",
}
_MEASURES = {"employees": "从业人员", "revenue": "营业收入", "assets": "资产总额"}
_LIMIT_KEYS = {"medium_limit": SizeClass.LARGE, "medium": SizeClass.MEDIUM, "small": SizeClass.SMALL}


@dataclass(frozen=True)
class SizeRule:
    """One of the 16 industries: the measures and, per class, the limits to reach (inner units)."""

    id: str
    label: str
    codes: tuple[str, ...]
    measures: tuple[str, ...]
    limits: tuple[tuple[SizeClass, tuple[int, ...]], ...]


@dataclass(frozen=True)
class SizeVerdict:
    """The class, or why there is none.

    `possible` holds the classes that remain; one means certain. It is empty
    when the industry is unknown (`classified` None) or when 300号 does not cover
    it (`is_covered` False). `missing` names the measures (employees, revenue,
    assets, industry_code) that keep it open.
    """

    possible: tuple[SizeClass, ...]
    missing: tuple[str, ...]
    rule: SizeRule | None
    classified: Classified | None
    code: str | None
    values: Mapping[str, int | None]

    @property
    def is_covered(self) -> bool:
        """Whether 300号 classifies the industry, as far as that is known."""
        return self.rule is not None or self.classified is None

    @property
    def explanation(self) -> str:
        """One sentence: what was compared with what, or why nothing was."""
        if self.classified is None:
            said = f"行业代码“{self.code}”不在国民经济行业分类中" if self.code else "未填所属行业代码"
            return f"{said}，不能划型。"
        if self.rule is None:
            entry = self.classified.chain[-1]
            return f"{entry.code} {entry.name} 未列入300号，不适用划型，由主管部门另行判断。"
        return _explain(self.rule, self.values, self.possible, self.classified)

    @property
    def size(self) -> SizeClass | None:
        """The class if it is certain."""
        return self.possible[0] if len(self.possible) == 1 else None

    @property
    def label(self) -> str:
        """大型企业, 中型企业, 小型企业, 微型企业, 不适用 or 待补充."""
        if not self.is_covered:
            return "不适用"
        return self.size.label if self.size else "待补充"


def size(
    industry_code: str | None,
    employees: int | None,
    revenue: int | None,
    assets: int | None = None,
) -> SizeVerdict:
    """The size class of a firm. Employees in 人, revenue and assets of 上年 in 分."""
    values = {"employees": employees, "revenue": revenue, "assets": assets}
    classified = classify(industry_code) if industry_code else None
    if classified is None:
        return SizeVerdict((), ("industry_code",), None, None, industry_code, values)
    rule = _rule_for(classified)
    if rule is None:
        return SizeVerdict((), (), None, classified, industry_code, values)
    possible = _possible(rule, values)
    missing = tuple(m for m in rule.measures if values[m] is None) if len(possible) > 1 else ()
    return SizeVerdict(possible, missing, rule, classified, industry_code, values)


@cache
def size_rules() -> tuple[SizeRule, ...]:
    """The 16 industries of 300号, in its order."""
    return tuple(_read_rule(raw) for raw in read_toml("standards", "sizes-2011-300")["industry"])


@cache
def _rules_by_code() -> Mapping[str, SizeRule | None]:
    """The rule for each code that 300号 names; None marks an industry it does not cover."""
    found: dict[str, SizeRule | None] = {code: rule for rule in size_rules() for code in rule.codes}
    not_covered = read_toml("standards", "sizes-2011-300")["not_covered"]["codes"]
    return found | dict.fromkeys(not_covered)


def rule_of(code: str) -> SizeRule | None:
    """The rule for an entry of the classification, None if 300号 does not cover it. KeyError for no entry."""
    rules, known = _rules_by_code(), industries()
    while code not in rules and known[code].parent:
        code = known[code].parent
    return rules.get(code)


@lru_cache(maxsize=4_096)
def _rule_for(classified: Classified) -> SizeRule | None:
    """The rule of the most precise code that has one."""
    rules = _rules_by_code()
    return next((rules[code] for code in classified.codes if code in rules), None)


def _read_rule(raw: Mapping[str, Any]) -> SizeRule:
    measures = tuple(raw["measures"])
    limits = tuple(
        (size_class, tuple(_inner(m, limit) for m, limit in zip(measures, raw[key], strict=True)))
        for key, size_class in _LIMIT_KEYS.items()
    )
    return SizeRule(raw["id"], raw["label"], tuple(raw["codes"]), measures, limits)


def _inner(measure: str, limit: int) -> int:
    return limit if measure == "employees" else limit * FEN_PER_WAN


def _possible(rule: SizeRule, values: Mapping[str, int | None]) -> tuple[SizeClass, ...]:
    """The classes that the missing measures leave possible, from large to micro."""
    given = [values[measure] for measure in rule.measures]
    possible = []
    for size_class, limits in rule.limits:
        reached = [
            None if value is None else value >= limit for value, limit in zip(given, limits, strict=True)
        ]
        if False in reached:
            continue
        possible.append(size_class)
        if None not in reached:
            return tuple(possible)
    return (*possible, SizeClass.MICRO)


def _explain(
    rule: SizeRule,
    values: Mapping[str, int | None],
    possible: tuple[SizeClass, ...],
    classified: Classified,
) -> str:
    """One sentence: the industry, the values, the limits that decide, the class."""
    stated = "、".join(f"{_MEASURES[m]} {_shown(m, values[m])}" for m in rule.measures)
    limits = "；".join(
        f"{size_class.label}须{'且'.join(_limit(m, x) for m, x in zip(rule.measures, xs, strict=True))}"
        for size_class, xs in rule.limits
    )
    found = possible[0].label if len(possible) == 1 else f"{'、'.join(c.label for c in possible)}之一，待补充"
    note = "" if classified.is_listed else f"（小类代码 {classified.code} 按所属中类“{classified.name}”划型）"
    return f"按300号“{rule.label}”{note}：{stated}；{limits}。结论：{found}。"


def _shown(measure: str, value: int | None) -> str:
    if value is None:
        return "未填"
    return f"{format_count(value)} 人" if measure == "employees" else f"{format_money(value)} 万元"


def _limit(measure: str, limit: int) -> str:
    number = limit if measure == "employees" else limit // FEN_PER_WAN
    return f"{_MEASURES[measure]} ≥ {number}{'人' if measure == 'employees' else '万元'}"
