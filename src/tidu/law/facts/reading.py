"""Reading one entry of the vocabulary from its TOML table, with every mistake named."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from tidu.law import plain
from tidu.law.facts.definitions import YES_NO, Derived, Evidence, Fact, FactKind, Section
from tidu.law.refusals import Refused, sentence

Entry = TypeVar("Entry", Fact, Derived, Evidence, Section)

MONEY_BOUND = 10**15
"""分: ten trillion yuan, more than any enterprise has."""
COUNT_BOUND = 10**7
SHARE_BOUND = 10**6
SCORE_BOUND = 100_00
"""Scores are out of a hundred."""
TEXT_BOUND = 200
ROWS_BOUND = 500

_MOST = {
    FactKind.MONEY: MONEY_BOUND,
    FactKind.COUNT: COUNT_BOUND,
    FactKind.SHARE: SHARE_BOUND,
    FactKind.SCORE: SCORE_BOUND,
    FactKind.TEXT: TEXT_BOUND,
    FactKind.TABLE: ROWS_BOUND,
}

_LABEL = re.compile(r"[A-Za-z\u2160-\u216b\u4e00-\u9fff《][A-Za-z0-9\u2160-\u216b\u4e00-\u9fff《》]*")
_WORDS_OF_RULES = ("非", "属于", "不属于", "截至日", "上年末")


class VocabularyError(ValueError):
    """A file of the vocabulary says something impossible; the message says which and what."""


def read_fact(raw: Mapping[str, Any]) -> Fact:
    """A Fact from its table. VocabularyError if a key, kind or label is wrong."""
    fact = _complete(_read(Fact, raw))
    check_label(fact.id, fact.label)
    if (fact.kind is FactKind.TABLE) != bool(fact.columns):
        raise VocabularyError(f"{fact.id}: a table, and only a table, has columns")
    if fact.kind.has_options != bool(fact.options):
        raise VocabularyError(f"{fact.id}: a choice or judgement, and only these, has options")
    return fact


def read_derived(raw: Mapping[str, Any]) -> Derived:
    """A Derived fact from its table. VocabularyError if something is wrong with it."""
    derived = _read(Derived, raw)
    check_label(derived.id, derived.label)
    if sum(map(bool, (derived.table, derived.since, derived.by))) != 1:
        raise VocabularyError(
            f"{derived.id}: give one of a table with a rule, a day to count from, a named rule"
        )
    least, most = _bounds(derived.kind, derived.at_least, derived.at_most)
    return replace(derived, at_least=least, at_most=most)


def read_evidence(raw: Mapping[str, Any]) -> Evidence:
    """An Evidence from its table."""
    return _read(Evidence, raw)


def read_section(raw: Mapping[str, Any]) -> Section:
    """A Section from its table."""
    return _read(Section, raw)


def check_label(entry_id: str, label: str) -> None:
    """A label must be readable as one word of a rule. VocabularyError if it is not."""
    if not _LABEL.fullmatch(label) or "且" in label or "或" in label:
        raise VocabularyError(f"{entry_id}: label {label!r} cannot be written in a rule")
    if label.startswith(_WORDS_OF_RULES):
        raise VocabularyError(f"{entry_id}: label {label!r} begins with a word of the rule language")


def _read(shape: type[Entry], raw: Mapping[str, Any]) -> Entry:
    try:
        return plain.read(shape, raw)
    except Refused as refused:
        raise VocabularyError(f"{raw.get('id', raw)}: {sentence(refused)}") from refused


def _complete(fact: Fact) -> Fact:
    """The fact with what its kind implies: bounds, 是 and 否 for a judgement, and so its columns."""
    least, most = _bounds(fact.kind, fact.at_least, fact.at_most)
    options = YES_NO if fact.kind is FactKind.JUDGEMENT and not fact.options else fact.options
    columns = tuple(_complete(column) for column in fact.columns)
    for column in columns:
        check_label(f"{fact.id}.{column.id}", column.label)
    return replace(fact, at_least=least, at_most=most, options=options, columns=columns)


def _bounds(kind: FactKind, least: int | None, most: int | None) -> tuple[int | None, int | None]:
    usual = _MOST.get(kind)
    if usual is None:
        return least, most
    return 0 if least is None else least, usual if most is None else most
