"""What a row of a table can say of a case: one function per name that a design may use.

Facts and the verdict are those of the last submission, which is what the office decided on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tidu.applications.contents import standard_of
from tidu.applications.models import Case
from tidu.documents.tables import Cell, Column, Money, Row
from tidu.law.calendars import legal_day
from tidu.law.facts import FactKind, Facts, format_value
from tidu.law.industries import classify
from tidu.titles.queries import last_day

OUTCOMES = {"met": "符合", "unmet": "不符合", "open": "待补充"}


@dataclass(frozen=True)
class Submitted:
    """One case of a table: its place, what it said, and the opinion of the office that sends it on."""

    position: int
    case: Case
    body: Mapping[str, Any]
    opinion: str = ""

    @property
    def facts(self) -> Facts | None:
        """What the firm stated; None for a case whose submission is not there to be read."""
        return Facts.from_json(self.body["facts"], standard_of(self.case).vocabulary) if self.body else None


def row_of(columns: Sequence[Column], submitted: Submitted) -> Row:
    """The row that these columns ask for. KeyError for a column that nobody knows how to fill."""
    facts = submitted.facts
    return {column.key: _cell(column, submitted, facts) for column in columns}


def _cell(column: Column, submitted: Submitted, facts: Facts | None) -> Cell:
    if column.value == "fact":
        return _fact(column, facts) if facts else None
    if column.value == "indicator":
        return _indicator(column.of, submitted.body)
    if column.value in FROM_FACTS:
        return FROM_FACTS[column.value](facts) if facts else None
    return FROM_CASE[column.value](submitted)


def _fact(column: Column, facts: Facts) -> Cell:
    fact = facts.vocabulary.facts.get(column.of)
    if fact is None:
        return None
    value = facts.known(fact.id, facts.year - column.years_back if fact.per_year else None)
    if fact.kind is FactKind.MONEY and isinstance(value, int):
        return Money(value)
    if fact.kind is FactKind.COUNT and isinstance(value, int):
        return value
    return value if isinstance(value, date) else format_value(fact, value)


def _indicator(indicator_id: str, body: Mapping[str, Any]) -> Cell:
    indicators = body["verdict"]["indicators"] if body else []
    return next((str(each["value"]) for each in indicators if each["id"] == indicator_id), None)


def _industry(facts: Facts) -> Cell:
    code = facts.text("industry_code")
    found = classify(code) if code else None
    return f"{code} {found.name}" if found else code


def _products(facts: Facts) -> Cell:
    return "、".join(str(row["name"]) for row in facts.rows("main_products") or () if row.get("name"))


def _score(submitted: Submitted) -> Cell:
    least, most = submitted.case.score_least, submitted.case.score_most
    if least is None or most is None:
        return None
    return int(least) if least == most else f"{least:g}～{most:g}"


def _submitted_on(submitted: Submitted) -> Cell:
    at = submitted.case.submitted_at
    return None if at is None else legal_day(at)


def _previous_batch(submitted: Submitted) -> Cell:
    title = submitted.case.title
    return title.batch_label if title else None


def _previous_until(submitted: Submitted) -> Cell:
    title = submitted.case.title
    return last_day(title) if title else None


FROM_CASE: Mapping[str, Callable[[Submitted], Cell]] = {
    "position": lambda one: one.position,
    "firm_name": lambda one: one.case.firm.name,
    "uscc": lambda one: one.case.firm.uscc,
    "area_name": lambda one: one.case.firm.area.name,
    "kind": lambda one: one.case.get_kind_display(),
    "case_number": lambda one: one.case.number,
    "submitted_on": _submitted_on,
    "score": _score,
    "verdict": lambda one: OUTCOMES.get(one.case.verdict, ""),
    "direct_route": lambda one: one.case.direct_route,
    "opinion": lambda one: one.opinion,
    "previous_batch": _previous_batch,
    "previous_until": _previous_until,
}
FROM_FACTS: Mapping[str, Callable[[Facts], Cell]] = {"industry": _industry, "main_products": _products}
