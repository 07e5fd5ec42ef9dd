"""Reading one entry of the vocabulary from its TOML table, with every mistake named."""

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from tidu.law.facts.definitions import YES_NO, Derived, Evidence, Fact, FactKind, Option, Section

MONEY_BOUND = 10**15
"""分: ten trillion yuan, more than any enterprise has."""
COUNT_BOUND = 10**7
SHARE_BOUND = 10**6
TEXT_BOUND = 200
ROWS_BOUND = 500

_LABEL = re.compile(r"[A-Za-z\u2160-\u216b\u4e00-\u9fff《][A-Za-z0-9\u2160-\u216b\u4e00-\u9fff《》]*")
_WORDS_OF_RULES = ("非", "属于", "不属于", "截至日", "上年末")


class VocabularyError(ValueError):
    """A file of the vocabulary says something impossible; the message says which and what."""


def read_fact(raw: Mapping[str, Any]) -> Fact:
    """A Fact from its table. VocabularyError if a key, kind or label is wrong."""
    entry = _known_keys(raw, Fact)
    kind = _kind(entry)
    entry |= _bounds(kind, entry)
    entry["options"] = read_options(kind, entry.get("options", ()))
    entry["columns"] = tuple(read_fact(column) for column in entry.get("columns", ()))
    entry["evidence"] = tuple(entry.get("evidence", ()))
    fact = Fact(**{**entry, "kind": kind})
    check_label(fact.id, fact.label)
    if (kind is FactKind.TABLE) != bool(fact.columns):
        raise VocabularyError(f"{fact.id}: a table, and only a table, has columns")
    if kind.has_options != bool(fact.options):
        raise VocabularyError(f"{fact.id}: a choice or judgement, and only these, has options")
    return fact


def read_derived(raw: Mapping[str, Any]) -> Derived:
    """A Derived fact from its table. VocabularyError if something is wrong with it."""
    entry = _known_keys(raw, Derived)
    kind = _kind(entry)
    entry |= _bounds(kind, entry)
    for key in ("plus", "uses"):
        entry[key] = tuple(entry.get(key, ()))
    entry["options"] = read_options(kind, entry.get("options", ()))
    derived = Derived(**{**entry, "kind": kind})
    check_label(derived.id, derived.label)
    if bool(derived.table) == bool(derived.by):
        raise VocabularyError(f"{derived.id}: give either a table with a rule, or a named rule")
    return derived


def read_evidence(raw: Mapping[str, Any]) -> Evidence:
    """An Evidence from its table."""
    return Evidence(**_known_keys(raw, Evidence))


def read_section(raw: Mapping[str, Any]) -> Section:
    """A Section from its table."""
    return Section(**_known_keys(raw, Section))


def read_options(kind: FactKind, raw: Any) -> tuple[Option, ...]:
    """Options from their tables; a judgement without any is answered 是 or 否."""
    if not raw and kind is FactKind.JUDGEMENT:
        return YES_NO
    return tuple(Option(**_known_keys(option, Option)) for option in raw)


def check_label(entry_id: str, label: str) -> None:
    """A label must be readable as one word of a rule. VocabularyError if it is not."""
    if not _LABEL.fullmatch(label) or "且" in label or "或" in label:
        raise VocabularyError(f"{entry_id}: label {label!r} cannot be written in a rule")
    if label.startswith(_WORDS_OF_RULES):
        raise VocabularyError(f"{entry_id}: label {label!r} begins with a word of the rule language")


def _kind(entry: Mapping[str, Any]) -> FactKind:
    try:
        return FactKind(entry["kind"])
    except (KeyError, ValueError) as error:
        raise VocabularyError(f"{entry.get('id')}: no such kind of fact") from error


def _known_keys(raw: Mapping[str, Any], shape: type) -> dict[str, Any]:
    known = {field.name for field in fields(shape)}
    unknown = sorted(set(raw) - known)
    if unknown or "id" not in raw or "label" not in raw:
        raise VocabularyError(f"{raw.get('id', raw)}: unknown keys {unknown}, or no id or label")
    return dict(raw)


def _bounds(kind: FactKind, entry: Mapping[str, Any]) -> dict[str, int | None]:
    most = {
        FactKind.MONEY: MONEY_BOUND,
        FactKind.COUNT: COUNT_BOUND,
        FactKind.SHARE: SHARE_BOUND,
        FactKind.TEXT: TEXT_BOUND,
        FactKind.TABLE: ROWS_BOUND,
    }.get(kind)
    least = 0 if most is not None else None
    return {"at_least": entry.get("at_least", least), "at_most": entry.get("at_most", most)}
