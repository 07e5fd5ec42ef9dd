"""Canonical bytes: the one spelling of a JSON value that may be hashed.

The rules, few enough to be rewritten in any language:

* objects, arrays, strings, integers, ``true``, ``false`` and ``null``; fractions are refused,
  since two programs seldom agree on how to write one (amounts are integers of 分);
* integers fit 64 bits;
* strings are Unicode in normalisation form C and hold no lone surrogate;
* object keys are strings, unique after normalisation, sorted by code point;
* no white space between tokens; UTF-8; only ``"``, ``\\`` and characters below U+0020 are
  escaped (as ``\\n``, ``\\t``, ``\\r``, ``\\b``, ``\\f`` or ``\\u00xx``);
* a date is written ``2026-02-02``; a moment is written in UTC with six decimals of a second,
  ``2026-02-01T16:00:00.000000Z``.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeAlias

JSON: TypeAlias = "bool | int | str | date | Sequence[JSON] | Mapping[str, JSON] | None"
"""What may be hashed. A ``datetime`` is a ``date`` and must be aware."""

MAXIMUM_DEPTH = 64
_INTEGERS = range(-(2**63), 2**63)


class NotCanonical(ValueError):
    """The value or the bytes cannot be, or are not, in canonical form; ``path`` says where."""

    def __init__(self, reason: str, path: str = "$") -> None:
        super().__init__(f"{path}: {reason}")
        self.reason = reason
        self.path = path

    def below(self, step: str) -> NotCanonical:
        """The same, seen from the value that holds this one under ``step``.

        The path grows on the way out, so that what is in order pays nothing for it.
        """
        return NotCanonical(self.reason, f"${step}{self.path[1:]}")


def canonical_bytes(value: JSON) -> bytes:
    """The canonical bytes of ``value``; raises :class:`NotCanonical` for what has none."""
    plain = _plain(value, MAXIMUM_DEPTH)
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def parse_canonical(data: bytes) -> Any:
    """Read canonical bytes back; raises :class:`NotCanonical` unless they are canonical."""
    try:
        value = json.loads(
            data.decode("utf-8"),
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
            object_pairs_hook=_unique_pairs,
        )
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise NotCanonical(f"not JSON in UTF-8: {error}") from error
    if canonical_bytes(value) != data:
        raise NotCanonical("another spelling of the same value")
    return value


def moment_text(moment: datetime) -> str:
    """A moment as canonical text, in UTC; a naive one is refused."""
    if moment.tzinfo is None:
        raise NotCanonical("a moment without a time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")


def _plain(value: object, depth: int) -> Any:
    if depth == 0:
        raise NotCanonical(f"nested deeper than {MAXIMUM_DEPTH}")
    if isinstance(value, str | int) or value is None:  # most values by far
        return _scalar(value)
    if isinstance(value, dict | Mapping):
        return _object(value, depth)
    if isinstance(value, list | tuple):
        return _array(value, depth)
    return _scalar(value)


def _scalar(value: object) -> Any:
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return _integer(value)
    if isinstance(value, date):
        return moment_text(value) if isinstance(value, datetime) else value.isoformat()
    raise NotCanonical(f"a {type(value).__name__} has no canonical form")


def _integer(value: int) -> int:
    number = int(value)
    if number not in _INTEGERS:
        raise NotCanonical("an integer beyond 64 bits")
    return number


def _array(value: Sequence[object], depth: int) -> list[Any]:
    plain = []
    for n, item in enumerate(value):
        try:
            plain.append(_plain(item, depth - 1))
        except NotCanonical as error:
            raise error.below(f"[{n}]") from None
    return plain


def _object(value: Mapping[Any, object], depth: int) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise NotCanonical(f"a key that is a {type(key).__name__}")
        name = _text(key)
        if name in plain:
            raise NotCanonical(f"the key {name!r} twice")
        try:
            plain[name] = _plain(item, depth - 1)
        except NotCanonical as error:
            raise error.below(f".{name}") from None
    return plain


def _text(value: str) -> str:
    text = str.__str__(value)
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonical("a lone surrogate") from error
    return unicodedata.normalize("NFC", text)


def _unique_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    unique = dict(pairs)
    if len(unique) != len(pairs):
        raise NotCanonical("a key twice")
    return unique


def _refuse_number(text: str) -> Any:
    raise NotCanonical(f"the number {text} is not an integer")
