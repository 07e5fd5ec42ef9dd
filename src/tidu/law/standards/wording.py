"""The Chinese words of a verdict: values beside their limits, gaps, what is missing."""

from collections.abc import Iterable
from fractions import Fraction

from tidu.law.amounts import format_count, format_money, format_share
from tidu.law.expressions import Reason, Span, known_value
from tidu.law.expressions.tree import (
    MONEY,
    PURE,
    Comparison,
    Constant,
    DayComparison,
    Dimension,
    FactValue,
    Growth,
    Leaf,
    Membership,
    Moment,
    Number,
    Ratio,
)
from tidu.law.expressions.views import Seen
from tidu.law.facts import FactKind, Vocabulary, format_number
from tidu.law.firm import FirmView
from tidu.law.refusals import say
from tidu.law.standards.changes import Change

NOT_STATED = "未填"


def number_text(value: Fraction, dimension: Dimension, beside: Iterable[Fraction] = ()) -> str:
    """A number with its unit, so written that it never looks equal to a limit it does not equal."""
    if dimension == PURE:
        return format_share(value, beside)
    if value.denominator != 1:
        return str(value)
    if dimension == MONEY:
        return f"{format_money(value.numerator)} 万元"
    unit = dimension[0][0] if len(dimension) == 1 else ""
    return f"{format_count(value.numerator)} {unit}".strip()


def measure_text(number: Number, view: FirmView, beside: Iterable[Fraction] = ()) -> str:
    """The value of a number for this firm; a span where it is not exact, 未填 where it is open."""
    if isinstance(number, FactValue):
        return seen_text(number, view.see(number))
    value = known_value(number, view)
    return NOT_STATED if value is None else number_text(value, number.dimension, beside)


def seen_text(value: FactValue, seen: Seen) -> str:
    """A value as rules see it, on screen."""
    symbol = value.symbol
    if isinstance(seen, Span):
        unit = f" {symbol.unit}" if symbol.unit and symbol.kind is not FactKind.SHARE else symbol.unit
        low, high = (format_number(symbol.kind, number) for number in (seen.low, seen.high))
        if seen.is_exact:
            return f"{low}{unit}"
        return f"至少 {low}{unit}" if seen.high == symbol.at_most else f"{low}～{high}{unit}"
    if isinstance(seen, frozenset):
        return " 或 ".join(option.label for option in symbol.options if option.id in seen)
    if isinstance(seen, bool):
        return "是" if seen else "否"
    return NOT_STATED if seen is None else seen.isoformat()


def operator_of(leaf: Leaf) -> str:
    """How one comparison compares."""
    if isinstance(leaf, (Comparison, DayComparison)):
        return leaf.operator
    if isinstance(leaf, Membership):
        return "不属于" if leaf.negated else "属于"
    return "="


def leaf_words(leaf: Leaf, view: FirmView) -> tuple[str, str, str]:
    """(text, value, threshold) of one comparison."""
    if isinstance(leaf, Comparison):
        limit = known_value(leaf.right, view)
        beside = () if limit is None else (limit,)
        threshold = leaf.right.text if isinstance(leaf.right, Constant) else measure_text(leaf.right, view)
        value = measure_text(leaf.left, view, beside)
        return f"{text_of(leaf.left)} {leaf.operator} {threshold}", value, threshold
    if isinstance(leaf, DayComparison):
        threshold = _moment_text(leaf.right)
        return f"{_moment_text(leaf.left)} {leaf.operator} {threshold}", "", threshold
    label, value = leaf.fact.symbol.label, seen_text(leaf.fact, view.see(leaf.fact))
    if isinstance(leaf, Membership):
        labels = {option.id: option.label for option in leaf.fact.symbol.options}
        options = "、".join(labels[option] for option in leaf.options)
        return f"{label} {operator_of(leaf)} {options}", value, options
    return label, value, "是"


def text_of(number: Number) -> str:
    """A number as a rule writes it."""
    if isinstance(number, (Constant, Growth)):
        return number.text
    if isinstance(number, FactValue):
        back = number.years_back
        return number.symbol.label + ("" if back is None else f"[{'上' * (back + 1)}年]")
    if isinstance(number, Ratio):
        return f"{_factor(number.numerator)} / {_factor(number.denominator)}"
    sign = {"Sum": "+", "Difference": "-", "Product": "*"}[type(number).__name__]
    return f"{text_of(number.left)} {sign} {text_of(number.right)}"


def fact_label(label: str, period: int | None) -> str:
    """`2025年研发费用总额`, or the label alone for a fact of now."""
    return label if period is None else f"{period}年{label}"


def reason_sentence(reason: Reason, vocabulary: Vocabulary) -> str:
    """Why something is open."""
    fact = vocabulary.facts.get(reason.fact)
    values: dict[str, object] = {
        "row": reason.row,
        "label": fact_label(fact.label if fact else "", reason.period),
    }
    if fact and reason.column:
        values["column"] = fact.column(reason.column).label
    return say(f"open_{reason.code}", values)


def change_sentence(change: Change, vocabulary: Vocabulary) -> str:
    """`2025年研发费用总额再增加 35.40 万元（由 122.10 万元到 157.50 万元）`, without a full stop."""
    label = fact_label(change.label, change.period)
    if isinstance(change.after, bool):
        return f"{label}为“是”"
    if isinstance(change.after, tuple):
        fact = vocabulary.fact(change.fact)
        options = "、".join(f"“{fact.option(option).label}”" for option in change.after)
        verb = "经认定为" if fact.kind is FactKind.JUDGEMENT else "为"
        return f"{label}{verb}{options}{'之一' if len(change.after) > 1 else ''}"
    after = _with_unit(change, change.after)
    if change.before is None:
        return f"{label}{'不低于' if change.rises else '不高于'} {after}"
    verb = "再增加" if change.rises else "再减少"
    before, distance = (_with_unit(change, number) for number in (change.before, change.distance))
    return f"{label}{verb} {distance}（由 {before}到 {after}）"


def _with_unit(change: Change, number: int) -> str:
    unit = change.unit if change.kind is FactKind.SHARE else f" {change.unit}"
    return f"{format_number(change.kind, number)}{unit}".strip()


def _factor(number: Number) -> str:
    return text_of(number) if isinstance(number, (Constant, FactValue, Growth)) else f"({text_of(number)})"


def _moment_text(moment: Moment) -> str:
    base = moment.base.symbol.label if isinstance(moment.base, FactValue) else str(moment.base)
    if not moment.months:
        return base
    sign, size = ("+", moment.months) if moment.months > 0 else ("-", -moment.months)
    return f"{base} {sign} {size // 12}年" if size % 12 == 0 else f"{base} {sign} {size}个月"
