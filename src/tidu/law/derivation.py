"""Derived facts: counted or summed over the rows of a table, or told by another instrument.

A row counts for certain, perhaps, or not; so a count is a span. A table that
was never filled in leaves its count between what is certain and its bound.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from types import MappingProxyType
from typing import NamedTuple, TypeAlias
from weakref import WeakKeyDictionary

from tidu.law.expressions import (
    Compiled,
    Condition,
    Reason,
    Span,
    Symbol,
    compiled,
    parse_condition,
    symbol_of,
)
from tidu.law.expressions.numbers import FactValue, Slot
from tidu.law.expressions.views import Seen
from tidu.law.facts import Derived, Fact, FactKind, Facts, Row, Scalar, Vocabulary, VocabularyError
from tidu.law.sizes import size


class Found(NamedTuple):
    """The value of a derived fact and, where it is not exact, why."""

    seen: Seen
    reasons: tuple[Reason, ...] = ()


Deriver: TypeAlias = Callable[[Facts], Found]
_DERIVERS: WeakKeyDictionary[Vocabulary, dict[str, Deriver]] = WeakKeyDictionary()


def derive(derived: Derived, facts: Facts, vocabulary: Vocabulary) -> Found:
    """The value of one derived fact for these facts, by the definitions of the vocabulary."""
    return _deriver(derived, vocabulary)(facts)


def derivers(vocabulary: Vocabulary) -> Mapping[str, Deriver]:
    """What computes each derived fact of the vocabulary, made once."""
    found = _DERIVERS.get(vocabulary)
    if found is None:
        found = {name: _deriver(derived, vocabulary) for name, derived in vocabulary.derived.items()}
        _DERIVERS[vocabulary] = found
    return found


def _deriver(derived: Derived, vocabulary: Vocabulary) -> Deriver:
    if derived.by:
        return _RULES[derived.by]
    if derived.since:
        return partial(_years_since, derived.since)
    table, most = vocabulary.fact(derived.table), derived.at_most or 0
    if derived.plus:
        return lambda facts: _over_rows(derived, facts, table)
    none, unfilled = Found(Span(0, 0)), Found(Span(0, most), (Reason("fact_missing", derived.table),))
    key = (derived.table, None)

    def count(facts: Facts) -> Found:
        rows = facts.values_by_key.get(key)
        if rows:
            return _over_rows(derived, facts, table)
        return unfilled if rows is None else none

    return count


@cache
def row_condition(where: str, table: Fact) -> Condition:
    """The tree of a rule over the columns of a table. RuleError if it is wrong."""
    return parse_condition(where, _column_symbols(table))


@cache
def row_rule(where: str, table: Fact) -> Compiled:
    """The rule over the columns of a table, ready to be read for row after row."""
    return compiled(row_condition(where, table))


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
    most, rows = derived.at_most or 0, facts.rows(derived.table)
    low, high, reasons = 0, 0, list[Reason]()
    for fact_id in derived.plus:
        added = facts.number(fact_id)
        low, high = (low, most) if added is None else (low + added, high + added)
        reasons += [Reason("fact_missing", fact_id)] if added is None else []
    if rows is None:
        return Found(Span(low, most), (Reason("fact_missing", derived.table), *reasons))
    rule = row_rule(derived.where, table)
    for number, row in enumerate(rows, start=1):
        view = RowView(table, number, row, facts.year, facts.as_of)
        truth = rule.truth(view)
        if truth is False:
            continue
        one = _amount(derived, view, most)
        low += one.low if truth else 0
        high += one.high
        reasons += [] if truth else rule.why(view)
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


@dataclass
class RowView:
    """One row of a table, as the rule language sees it."""

    table: Fact
    number: int
    row: Row
    year: int
    as_of: date | None

    def __getitem__(self, slot: Slot) -> Seen:
        return seen_scalar(self.row.get(slot[0]), self.table.column(slot[0]).kind)

    def see(self, value: FactValue) -> Seen:
        return self[value.slot]

    def why(self, value: FactValue) -> tuple[Reason, ...]:
        return (self.missing_cell(value.symbol.id),)

    def missing_cell(self, column_id: str) -> Reason:
        return Reason("cell_missing", self.table.id, None, self.number, column_id)


def seen_scalar(value: Scalar | None, kind: FactKind) -> Seen:
    """A stated value as a rule sees it; None if it is missing."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Span(value, value)
    if isinstance(value, str):
        return frozenset((value,)) if kind.has_options else None
    return value


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
