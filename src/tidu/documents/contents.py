"""What a case says, cut into what a paper prints: pairs, years beside each other, lists. Texts only."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from tidu.law.facts import Fact, FactKind, Facts, format_value
from tidu.law.facts.values import Row
from tidu.law.industries import classify
from tidu.law.standards import FormField, FormSection

WIDE_FROM = 14
"""A label or value of more characters takes the whole line."""

Block = dict[str, Any]
Pair = dict[str, Any]


def sections_of(form: Sequence[FormSection], facts: Facts) -> list[dict[str, Any]]:
    """The form in order, each section with its blocks."""
    return [
        {"label": section.section.label, "blocks": list(_blocks(section.fields, facts))} for section in form
    ]


def _blocks(fields: Sequence[FormField], facts: Facts) -> Iterator[Block]:
    for kind, members in groupby(fields, key=_kind):
        if kind == "pairs":
            yield {"kind": kind, "rows": list(_in_rows([_pair(member.fact, facts) for member in members]))}
        elif kind == "years":
            yield _years(list(members), facts)
        else:
            yield from (_listing(member.fact, facts) for member in members)


def _kind(field: FormField) -> str:
    if field.fact.per_year:
        return "years"
    return "listing" if field.fact.kind is FactKind.TABLE else "pairs"


def _in_rows(pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    """Two short pairs share a line; a wide one, or one without a partner, has it to itself."""
    waiting: Pair | None = None
    for pair in pairs:
        if pair["wide"]:
            yield from ([waiting],) if waiting else ()
            yield [pair]
            waiting = None
        elif waiting:
            yield [waiting, pair]
            waiting = None
        else:
            waiting = pair
    if waiting:
        yield [waiting]


def _pair(fact: Fact, facts: Facts) -> Pair:
    value = _said(fact, facts, None)
    wide = len(fact.label) > WIDE_FROM or len(value) > WIDE_FROM or fact.kind is FactKind.TEXT
    return {"label": fact.label, "value": value, "wide": wide and not _is_short(fact)}


def _is_short(fact: Fact) -> bool:
    """A text of a fixed form, such as a code or a telephone, always fits."""
    return bool(fact.pattern) or 0 < (fact.at_most or 0) <= WIDE_FROM


def _years(members: Sequence[FormField], facts: Facts) -> Block:
    backs = sorted({back for member in members for back in member.years_back})
    years = [facts.year - back for back in backs]
    lines = [
        {
            "label": f"{member.fact.label}（{member.fact.unit}）" if member.fact.unit else member.fact.label,
            "values": [format_value(member.fact, facts.known(member.fact.id, year)) for year in years],
        }
        for member in members
    ]
    return {"kind": "years", "years": [str(year) for year in years], "lines": lines}


def _listing(fact: Fact, facts: Facts) -> Block:
    """The rows with the columns that any of them fills; an empty list that was stated says 无."""
    rows: Sequence[Row] = facts.rows(fact.id) or ()
    columns = [column for column in fact.columns if any(row.get(column.id) is not None for row in rows)]
    return {
        "kind": "listing",
        "label": fact.label,
        "none": facts.known(fact.id) == (),
        "heads": [f"{column.label}（{column.unit}）" if column.unit else column.label for column in columns],
        "rows": [[format_value(column, row.get(column.id)) for column in columns] for row in rows],
    }


def _said(fact: Fact, facts: Facts, period: int | None) -> str:
    value = facts.known(fact.id, period)
    text = format_value(fact, value)
    if fact.id == "industry_code" and isinstance(value, str) and (found := classify(value)):
        return f"{text} {found.name}"
    return f"{text} {fact.unit}" if text and fact.unit else text
