"""The facts of one firm at one moment: an immutable mapping that never guesses.

Keyed by (fact id, period); the period is a fiscal year or None for `now`.
`year` is 上年, the last completed fiscal year; `as_of` is the legal day at which
terms (validity, one year since a transfer) are counted. What is not there, or
is None, is missing: it is never zero, never no.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, TypeAlias, cast

from tidu.law.calendars import FIRST_YEAR, LAST_YEAR
from tidu.law.facts.definitions import JSON, Fact, FactKind
from tidu.law.facts.vocabulary import Vocabulary, load_vocabulary

Scalar: TypeAlias = int | bool | str | date
Row: TypeAlias = Mapping[str, Scalar | None]
Value: TypeAlias = Scalar | tuple[Row, ...]
Key: TypeAlias = tuple[str, int | None]

FACTS_SCHEMA = "tidu.facts/1"

_TYPES: Mapping[FactKind, type] = {
    FactKind.MONEY: int,
    FactKind.COUNT: int,
    FactKind.SHARE: int,
    FactKind.SCORE: int,
    FactKind.DATE: date,
    FactKind.FLAG: bool,
    FactKind.CHOICE: str,
    FactKind.JUDGEMENT: str,
    FactKind.TEXT: str,
}


@dataclass(frozen=True, eq=True)
class Facts(Mapping[Key, Value]):
    """Known values only; build it with `Facts.of` or `Facts.from_json`."""

    values_by_key: Mapping[Key, Value]
    year: int
    as_of: date | None = None
    vocabulary: Vocabulary = field(default_factory=load_vocabulary, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        stated: Mapping[Any, Any],
        *,
        year: int,
        as_of: date | None = None,
        vocabulary: Vocabulary | None = None,
    ) -> "Facts":
        """Facts from `{"revenue": {2025: 1, 2024: 2}, "ip": [...], ("employees", 2025): 3}`.

        Raises KeyError for an unknown fact and TypeError for a value that is not
        of its kind, so that a float can never enter.
        """
        known = vocabulary or load_vocabulary()
        found: dict[Key, Value] = {}
        for key, value in stated.items():
            for (fact_id, period), one in _spread(key, value):
                fact = known.fact(fact_id)
                if fact.per_year != (type(period) is int):
                    raise TypeError(f"{fact_id}: period {period!r} does not suit this fact")
                if one is not None:
                    found[fact_id, period] = _typed(fact, one)
        return cls(MappingProxyType(found), year, as_of, known)

    def known(self, fact_id: str, period: int | None = None) -> Value | None:
        """The value, or None if it is missing."""
        return self.values_by_key.get((fact_id, period))

    def number(self, fact_id: str, period: int | None = None) -> int | None:
        """A money, count or share, or None if it is missing."""
        value = self.known(fact_id, period)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def text(self, fact_id: str, period: int | None = None) -> str | None:
        """A text, or the option of a choice or judgement, or None if it is missing."""
        value = self.known(fact_id, period)
        return value if isinstance(value, str) else None

    def rows(self, fact_id: str) -> tuple[Row, ...] | None:
        """The rows of a table; empty if the firm said there are none, None if it said nothing."""
        value = self.known(fact_id)
        return value if isinstance(value, tuple) else None

    def with_value(self, fact_id: str, period: int | None, value: Any) -> "Facts":
        """The same facts with one value changed, added, or (None) taken away."""
        changed = dict(self.values_by_key)
        changed.pop((fact_id, period), None)
        if value is not None:
            changed[fact_id, period] = _typed(self.vocabulary.fact(fact_id), value)
        return Facts(MappingProxyType(changed), self.year, self.as_of, self.vocabulary)

    def seen_from(self, year: int) -> "Facts":
        """The same facts with another year as 上年."""
        return Facts(self.values_by_key, year, self.as_of, self.vocabulary)

    def __getitem__(self, key: Key) -> Value:
        return self.values_by_key[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self.values_by_key)

    def __len__(self) -> int:
        return len(self.values_by_key)

    def __hash__(self) -> int:
        return hash((self.year, self.as_of, len(self.values_by_key)))

    def to_json(self) -> dict[str, JSON]:
        """A plain dict for a frozen snapshot; keys in a stable order."""
        by_fact: dict[str, dict[str, JSON]] = {}
        for fact_id, period in sorted(self, key=lambda key: (key[0], key[1] or 0)):
            slot = "now" if period is None else str(period)
            by_fact.setdefault(fact_id, {})[slot] = value_to_json(self[fact_id, period])
        return {
            "schema": FACTS_SCHEMA,
            "year": self.year,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "values": by_fact,
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any], vocabulary: Vocabulary | None = None) -> "Facts":
        """The facts of a snapshot. ValueError if the schema or the year is none that is known here."""
        if body.get("schema") != FACTS_SCHEMA:
            raise ValueError(f"not a snapshot of facts: {body.get('schema')!r}")
        if type(body["year"]) is not int or not FIRST_YEAR <= body["year"] <= LAST_YEAR:
            raise ValueError(f"not a year: {body['year']!r}")
        known = vocabulary or load_vocabulary()
        stated: dict[Key, Any] = {}
        for fact_id, slots in body["values"].items():
            for slot, value in slots.items():
                period = None if slot == "now" else int(slot)
                stated[fact_id, period] = value_from_json(known.fact(fact_id), value)
        as_of = body.get("as_of")
        return cls.of(
            stated,
            year=body["year"],
            as_of=date.fromisoformat(as_of) if as_of else None,
            vocabulary=known,
        )


def _spread(key: Any, value: Any) -> Sequence[tuple[Key, Any]]:
    """The (key, value) pairs meant by one entry of `Facts.of`."""
    if not isinstance(key, str):
        return ((key, value),)
    if isinstance(value, Mapping):
        return [((key, period), one) for period, one in value.items()]
    return (((key, None), value),)


def _typed(fact: Fact, value: Any) -> Value:
    """The value if it is of the fact's kind, made immutable. TypeError otherwise."""
    if fact.kind is FactKind.TABLE:
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise TypeError(f"{fact.id}: rows expected, not {value!r}")
        return tuple(_row(fact, row) for row in value)
    return _scalar(fact, value)


def _scalar(fact: Fact, value: Any) -> Scalar:
    """One value of the fact's kind. TypeError if it is another."""
    if type(value) is not _TYPES[fact.kind]:
        raise TypeError(f"{fact.id}: {value!r} is not a {fact.kind}")
    if fact.kind.has_options and all(value != option.id for option in fact.options):
        raise TypeError(f"{fact.id}: {value!r} is not one of its options")
    return cast("Scalar", value)


def _row(table: Fact, row: Mapping[str, Any]) -> Row:
    typed: dict[str, Scalar | None] = {}
    for column_id, value in row.items():
        column = table.column(column_id)  # an unknown column is an error even when empty
        if value is not None:
            typed[column_id] = _scalar(column, value)
    return MappingProxyType(typed)


def value_to_json(value: Value) -> JSON:
    """The value as it is stored: 分 and counts as integers, a date as its ISO text, a table as its rows."""
    if isinstance(value, tuple):
        return [{k: value_to_json(v) for k, v in sorted(row.items()) if v is not None} for row in value]
    return value.isoformat() if isinstance(value, date) else value


def value_from_json(fact: Fact, value: JSON) -> Any:
    """The value that was stored, for `Facts.of`."""
    if fact.kind is FactKind.TABLE:
        return [
            {name: value_from_json(fact.column(name), cell) for name, cell in row.items()} for row in value
        ]
    if fact.kind is FactKind.DATE and isinstance(value, str):
        return date.fromisoformat(value)
    return value
