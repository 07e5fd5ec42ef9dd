"""Relations that must hold between stated facts: `rulebook/facts/checks.toml`.

A relation fails only when it certainly does not hold, never when something is
missing. It is read once for every year stated, or for every row of its table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Literal

from tidu.law.derivation import RowView, row_condition
from tidu.law.expressions import Compiled, Condition, View, compiled, parse_condition, symbol_of
from tidu.law.expressions.tree import facts_in
from tidu.law.facts import Facts, Vocabulary, load_vocabulary
from tidu.law.firm import FirmView
from tidu.law.rulebook import read_toml

Level = Literal["block", "warn"]


@dataclass(frozen=True)
class Relation:
    """One relation, with the field it marks and the code of its sentence."""

    id: str
    level: Level
    field: str
    code: str
    shows: tuple[str, ...]
    condition: Condition
    table: str = ""

    @cached_property
    def compiled(self) -> Compiled:
        """Its rule, ready to be read for firm after firm."""
        return compiled(self.condition)

    @cached_property
    def reads(self) -> frozenset[str]:
        """The ids of the facts, or of the columns of the table, that it compares."""
        return frozenset(value.symbol.id for value in facts_in(self.condition))


@dataclass(frozen=True)
class Failure:
    """A relation that fails for a fiscal year, or for a row of its table (from 1)."""

    relation: Relation
    year: int | None = None
    row: int | None = None


def failures(facts: Facts) -> Iterator[Failure]:
    """Every relation that certainly does not hold. One that speaks of what the vocabulary lacks is mute."""
    for relation in relations():
        if not relation.table and not relation.reads <= facts.vocabulary.ids:
            continue
        yield from _failing_rows(relation, facts) if relation.table else _failing_years(relation, facts)


def contradicts(view: View, fact_id: str, vocabulary: Vocabulary) -> bool:
    """Whether a blocking relation that reads this fact of 上年 certainly fails."""
    relations = (one for one in _blocking(fact_id) if one.reads <= vocabulary.ids)
    return any(one.compiled.truth(view) is False for one in relations)


@cache
def _blocking(fact_id: str) -> tuple[Relation, ...]:
    """The blocking relations between facts that read this one."""
    return tuple(
        one for one in relations() if one.level == "block" and not one.table and fact_id in one.reads
    )


@cache
def facts_related() -> frozenset[str]:
    """The ids of the stated facts that some blocking relation between facts reads."""
    return frozenset(
        name for one in relations() if one.level == "block" and not one.table for name in one.reads
    )


@cache
def relations() -> tuple[Relation, ...]:
    """The relations of the rulebook. RuleError if one cannot be read."""
    return tuple(_relation(raw) for raw in read_toml("facts", "checks")["check"])


def _relation(raw: dict[str, Any]) -> Relation:
    vocabulary = load_vocabulary()
    table = raw.get("table", "")
    if table:
        condition = row_condition(raw["rule"], vocabulary.fact(table))
    else:
        symbols = {label: symbol_of(entry) for label, entry in vocabulary.by_label.items()}
        condition = parse_condition(raw["rule"], symbols)
    shows = tuple(raw["shows"])
    return Relation(raw["id"], raw["level"], raw["field"], raw["code"], shows, condition, table)


def _failing_years(relation: Relation, facts: Facts) -> Iterator[Failure]:
    for year in sorted({period for _, period in facts if period is not None}, reverse=True):
        view = FirmView(facts.seen_from(year), facts.vocabulary)
        if relation.compiled.truth(view) is False:
            yield Failure(relation, year=year)


def _failing_rows(relation: Relation, facts: Facts) -> Iterator[Failure]:
    rows = facts.rows(relation.table)
    table = facts.vocabulary.facts.get(relation.table)
    if table is None or rows is None:
        return
    for number, row in enumerate(rows, start=1):
        view = RowView(table, number, row, facts.year, facts.as_of)
        if relation.compiled.truth(view) is False:
            yield Failure(relation, row=number)
