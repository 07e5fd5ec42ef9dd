"""Overlays: a file that changes named values of a base standard, and nothing else."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tidu.law.rulebook import read_toml
from tidu.law.standards.bands import StandardError

_LISTS_BY_ID = ("clause", "dimension", "indicator", "derived")


def read_document(standard_id: str) -> dict[str, Any]:
    """The whole document of a standard, its overlay applied; days become text.

    KeyError if there is no such standard, StandardError if its base leads in a circle.
    """
    return _document(standard_id, ())


def overlaid(base: Mapping[str, Any], overlay: Mapping[str, Any]) -> dict[str, Any]:
    """The base with the overlay's values in their place.

    Tables merge; entries of lists merge by id, and new ids join at the end;
    everything else is replaced.
    """
    merged = dict(base)
    for key, value in overlay.items():
        if key in _LISTS_BY_ID:
            merged[key] = _entries(base.get(key, []), value)
        elif isinstance(value, Mapping) and isinstance(base.get(key), Mapping):
            merged[key] = {**base[key], **value}
        else:
            merged[key] = value
    return merged


def _entries(base: list[dict[str, Any]], overlay: list[dict[str, Any]]) -> list[dict[str, Any]]:
    merged = {entry["id"]: entry for entry in base}
    for entry in overlay:
        old = merged.get(entry["id"], {})
        replaced = {"rule", "all", "any"} if {"rule", "all", "any"} & set(entry) else set()
        kept = {key: value for key, value in old.items() if key not in replaced}
        merged[entry["id"]] = {**kept, **entry}
    return list(merged.values())


def _document(standard_id: str, above: tuple[str, ...]) -> dict[str, Any]:
    if standard_id in above:
        raise StandardError(f"{standard_id} is an overlay of itself")
    try:
        own = _plain(read_toml("standards", standard_id))
    except FileNotFoundError:
        raise KeyError(standard_id) from None
    base_id = own.pop("base", None)
    if own.get("id") != standard_id:
        raise StandardError(f"the file {standard_id}.toml says that it is {own.get('id')}")
    return overlaid(_document(base_id, (*above, standard_id)), own) if base_id else own


def _plain(value: Any) -> Any:
    """The same with days as ISO text, so that a document is JSON."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
