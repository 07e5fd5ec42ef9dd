"""What a visitor typed, read by the law's own rules. Nothing of it outlives the request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tidu.law.derivation import row_condition
from tidu.law.expressions.tree import facts_in
from tidu.law.facts import Fact, FactKind, Facts, Key, read_draft, refuse_secrets, value_from_json
from tidu.law.refusals import Refused, sentence
from tidu.law.standards import Standard

MOST_ROWS = 60
"""A list holds so many rows here; who has more puts them into the table of `./tidu check`."""
LONGEST = 400
"""Characters of one field."""


@dataclass(frozen=True)
class Typed:
    """What was typed, by the names of the fields."""

    values: Mapping[str, str]

    def text(self, name: str) -> str:
        return self.values.get(name, "").strip()[:LONGEST]

    def is_none(self, table: Fact) -> bool:
        """Whether the visitor said that there is nothing to list."""
        return bool(self.text(f"{table.id}.none"))

    def count(self, table: Fact) -> int:
        """How many rows the page showed for a list."""
        text = self.text(f"{table.id}.rows")
        return min(int(text), MOST_ROWS) if text.isdecimal() and text.isascii() else 0

    def rows(self, table: Fact, columns: Sequence[Fact]) -> list[dict[str, str]]:
        """The rows of a list as typed, blank ones among them, so that numbers stay those of the page."""
        return [
            {column.id: self.text(f"{table.id}.{number}.{column.id}") for column in columns}
            for number in range(1, self.count(table) + 1)
        ]


@dataclass(frozen=True)
class Read:
    """The facts, by the names of their fields what could not be read and why, and what is not shown again."""

    facts: Facts
    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    secrets: frozenset[str] = frozenset()


def name_of(fact: Fact, period: int | None = None) -> str:
    """The name of a field: `revenue.2025`, or the id alone for a fact of now."""
    return fact.id if period is None else f"{fact.id}.{period}"


def columns_read(standard: Standard, table: Fact) -> tuple[Fact, ...]:
    """The columns of a list that the standard reads: the self-check asks no others, such as names."""
    used = {entry["id"] for entry in standard.body["vocabulary"]["derived"]}
    ids: set[str] = set()
    for derived in (standard.vocabulary.derived[name] for name in used):
        if derived.table == table.id:
            ids |= {value.symbol.id for value in facts_in(row_condition(derived.where, table))}
            ids |= {derived.sum_of} - {""}
    return tuple(column for column in table.columns if column.id in ids)


def read(standard: Standard, typed: Typed, *, year: int, today: date) -> Read:
    """Everything that was typed; `year` is 上年, terms are counted to `today`."""
    stated: dict[Key, object] = {}
    errors: dict[str, list[str]] = {}
    secrets: set[str] = set()
    for need in standard.needed_facts():
        for _, period in need.keys(year):
            name = name_of(need.fact, period)
            try:
                value, wrong = _value(standard, need.fact, typed, name, today)
            except Refused as secret:
                value, wrong = None, (secret,)
                secrets.add(name)
            if wrong:
                errors[name] = [sentence(refused) for refused in wrong]
            if value is not None:
                stated[need.fact.id, period] = value_from_json(need.fact, value)
    facts = Facts.of(stated, year=year, as_of=today, vocabulary=standard.vocabulary)
    return Read(facts, errors, frozenset(secrets))


def _value(
    standard: Standard, fact: Fact, typed: Typed, name: str, today: date
) -> tuple[object, Sequence[Refused]]:
    """One value as it is stored, or what is wrong with it. Refused if it carries a secrecy mark."""
    if fact.kind is not FactKind.TABLE:
        refuse_secrets(fact, typed.text(name))
        draft = read_draft(fact, typed.text(name), today=today)
        return draft.value, draft.findings
    rows = typed.rows(fact, columns_read(standard, fact))
    refuse_secrets(fact, rows)
    if not any(any(row.values()) for row in rows):
        return ([] if typed.is_none(fact) else None), ()
    draft = read_draft(fact, rows, today=today)
    return draft.value, draft.findings
