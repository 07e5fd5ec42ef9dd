"""Derived facts: counted or summed over the rows of a table, or told by another instrument.

A row counts for certain, perhaps, or not; so a count is a span. A table that
was never filled in leaves its count between what is certain and its bound.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from tidu.law.expressions import Condition, Reason, Span, Symbol, parse_condition, symbol_of, trace, truth_of
from tidu.law.expressions.tree import FactValue
from tidu.law.expressions.views import Seen
from tidu.law.facts import Derived, Fact, FactKind, Facts, Row, Scalar, Vocabulary, VocabularyError
from tidu.law.sizes import size


@dataclass(frozen=True)
class Found:
    """The value of a derived fact and, where it is not exact, why."""

    seen: Seen
    reasons: tuple[Reason, ...] = ()


def derive(derived: Derived, facts: Facts, vocabulary: Vocabulary) -> Found:
    """The value of one derived fact for these facts, by the definitions of the vocabulary."""
    if derived.by:
        return _RULES[derived.by](facts)
    if derived.since:
        return _years_since(derived.since, facts)
    return _over_rows(derived, facts, vocabulary.fact(derived.table))


@cache
def row_condition(where: str, table: Fact) -> Condition:
    """The tree of a rule over the columns of a table. RuleError if it is wrong."""
    return parse_condition(where, _column_symbols(table))


def check_derived(vocabulary: Vocabulary, derived: Derived) -> None:
    """RuleError or VocabularyError if a derived fact could never be computed."""
    if derived.by:
        if derived.by not in _RULES:
            raise VocabularyError(f"{derived.id}: there is no rule {derived.by}")
        return
    if derived.since:
        return
    table = vocabulary.fact(derived.table)
    row_condition(derived.where, table)
    if derived.sum_of and derived.sum_of not in {c.id for c in table.columns if c.kind.is_number}:
        raise VocabularyError(f"{derived.id}: {table.label} has no number {derived.sum_of}")


@cache
def _column_symbols(table: Fact) -> Mapping[str, Symbol]:
    return MappingProxyType({column.label: symbol_of(column) for column in table.columns})


def _over_rows(derived: Derived, facts: Facts, table: Fact) -> Found:
    """The span of a count or a sum, with what is added to it."""
    most = derived.at_most or 0
    low, high, reasons = 0, 0, list[Reason]()
    for fact_id in derived.plus:
        added = facts.number(fact_id)
        low, high = (low, most) if added is None else (low + added, high + added)
        reasons += [Reason("fact_missing", fact_id)] if added is None else []
    rows = facts.rows(derived.table)
    if rows is None:
        return Found(Span(low, most), (Reason("fact_missing", derived.table), *reasons))
    condition = row_condition(derived.where, table)
    for number, row in enumerate(rows, start=1):
        view = RowView(table, number, row, facts.year, facts.as_of)
        truth = truth_of(condition, view)
        if truth is False:
            continue
        one = _amount(derived, view, most)
        low += one.low if truth else 0
        high += one.high
        reasons += [] if truth else trace(condition, view).reasons
        reasons += [] if one.is_exact else [view.missing_cell(derived.sum_of)]
    return Found(Span(low, max(low, min(high, most))), tuple(dict.fromkeys(reasons)))


def _years_since(fact_id: str, facts: Facts) -> Found:
    """Whole years to the end of 上年, both days counted: from 1 January 2024 to the end of 2025 are two."""
    began = facts.known(fact_id)
    if not isinstance(began, date):
        return Found(None, (Reason("fact_missing", fact_id),))
    # The year that begins on 1 January is whole at the end of 31 December; any other day ends a year later.
    whole = facts.year - began.year + (1 if (began.month, began.day) == (1, 1) else 0)
    return Found(Span(max(whole, 0), max(whole, 0)))


def _amount(derived: Derived, view: "RowView", most: int) -> Span:
    """What one row adds: 1 to a count, its amount to a sum, anything if the amount is missing."""
    if not derived.sum_of:
        return Span(1, 1)
    amount = view.row.get(derived.sum_of)
    return Span(amount, amount) if type(amount) is int else Span(0, most)


@dataclass(frozen=True)
class RowView:
    """One row of a table, as the rule language sees it."""

    table: Fact
    number: int
    row: Row
    year: int
    as_of: date | None

    def see(self, value: FactValue) -> Seen:
        return seen_scalar(self.row.get(value.symbol.id), value.symbol.kind)

    def why(self, value: FactValue) -> tuple[Reason, ...]:
        return (self.missing_cell(value.symbol.id),)

    def missing_cell(self, column_id: str) -> Reason:
        return Reason("cell_missing", self.table.id, None, self.number, column_id)


def seen_scalar(value: Scalar | None, kind: FactKind) -> Seen:
    """A stated value as a rule sees it; None if it is missing."""
    if value is None:
        return None
    if kind.has_options:
        return frozenset((str(value),))
    if isinstance(value, (bool, date)):
        return value
    return Span(value, value) if isinstance(value, int) else None


def _size(facts: Facts) -> Found:
    """企业规模 of 上年; several classes where a measure is missing."""
    code = facts.text("industry_code")
    employees, revenue, assets = (
        facts.number(name, facts.year) for name in ("employees", "revenue", "total_assets")
    )
    verdict = size(code, employees, revenue, assets)
    if not verdict.is_covered:
        return Found(None, (Reason("size_not_covered", "industry_code"),))
    if code is not None and verdict.classified is None:
        return Found(None, (Reason("industry_code_unknown", "industry_code"),))
    reasons = tuple(_missing_measure(name, facts.year) for name in verdict.missing)
    return Found(frozenset(verdict.possible) or None, reasons)


def _missing_measure(name: str, year: int) -> Reason:
    if name == "industry_code":
        return Reason("fact_missing", name)
    return Reason("fact_missing", "total_assets" if name == "assets" else name, year)


_RULES: Mapping[str, Callable[[Facts], Found]] = MappingProxyType({"sizes-2011-300": _size})
