"""What if a limit were another one, and what would a frozen firm be under another standard.

Neither writes anything: a trial is a standard like any other, marked as a trial in every verdict; a replay is
a verdict of today on facts as they were frozen.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tidu.law.facts import Fact, FactKind, Facts, Key, Vocabulary, value_from_json
from tidu.law.facts.definitions import JSON
from tidu.law.standards.bodies import text_of_document
from tidu.law.standards.overlays import overlaid
from tidu.law.standards.standard import Standard
from tidu.law.standards.verdicts import Verdict


def what_if(standard: Standard, name: str, changes: Mapping[str, Any]) -> Standard:
    """The standard with the changes of an overlay, as a file of the rulebook would state them.

    `{"clause": [{"id": "score_total", "rule": "评价得分 >= 70分"}]}` moves a pass line. Its verdicts say
    `试算：<name>`. StandardError if the changes make no standard.
    """
    marks = {
        "id": f"{standard.id}+{name}",
        "title": f"{standard.title}（试算：{name}）",
        "unconfirmed": True,
        "unconfirmed_words": f"试算：{name}",
    }
    document = overlaid(standard.body["document"], {**changes, **marks})
    return Standard.of(text_of_document(document, standard.vocabulary))


@dataclass(frozen=True)
class Replay:
    """The verdict on a frozen snapshot. `left_out` are values that this standard reads in another shape.

    They are missing from its view of the firm, never guessed: an option that it does not know, a cell of
    another kind, one number where it reads one for each year.
    """

    verdict: Verdict
    left_out: tuple[Key, ...]


def replay(standard: Standard, snapshot: Mapping[str, JSON]) -> Replay:
    """Judge a frozen snapshot of facts under any version of any standard.

    Facts that the standard does not speak of are passed over. ValueError if it is no snapshot of facts.
    """
    as_of = snapshot.get("as_of")
    empty = Facts.from_json({**snapshot, "values": {}}, standard.vocabulary)
    found: dict[Key, Any] = {}
    left_out: list[Key] = []
    for key, stored in _known(snapshot["values"], standard.vocabulary):
        value, is_whole = _readable(standard.vocabulary.fact(key[0]), key, stored, empty)
        if value is not None:
            found[key] = value
        if not is_whole:
            left_out.append(key)
    day = date.fromisoformat(as_of) if as_of else None
    facts = Facts.of(found, year=snapshot["year"], as_of=day, vocabulary=standard.vocabulary)
    return Replay(standard.judge(facts), tuple(left_out))


def _known(values: Mapping[str, JSON], vocabulary: Vocabulary) -> Iterator[tuple[Key, JSON]]:
    for fact_id, slots in values.items():
        if fact_id in vocabulary.facts:
            for slot, stored in slots.items():
                yield (fact_id, None if slot == "now" else int(slot)), stored


def _readable(fact: Fact, key: Key, stored: JSON, empty: Facts) -> tuple[Any, bool]:
    """What the vocabulary can read of a stored value, and whether that is all of it."""
    if fact.per_year is (key[1] is None):
        return None, False
    if fact.kind is not FactKind.TABLE:
        value = _read(fact, key, stored, empty)
        return value, value is not None
    if not isinstance(stored, list):
        return None, False
    columns = {column.id: column for column in fact.columns}
    rows: list[dict[str, Any]] = []
    is_whole = True
    for row in stored:
        if not isinstance(row, Mapping):
            return None, False
        rows.append({})
        for name in columns.keys() & row.keys():
            cell = _read(fact, key, [{name: row[name]}], empty)
            is_whole = is_whole and cell is not None
            rows[-1] |= cell[0] if cell else {}
    return rows, is_whole


def _read(fact: Fact, key: Key, stored: JSON, empty: Facts) -> Any:
    """The value, None if it is not of the fact's kind."""
    try:
        return empty.with_value(*key, value_from_json(fact, stored)).known(*key)
    except (TypeError, ValueError):
        return None
