"""Overlays: a file that changes named values of a base standard, and nothing else."""

from collections.abc import Collection, Mapping
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
    `drops` names entries to leave out; everything else is replaced. StandardError
    if it drops what is not there.
    """
    merged = _without(base, overlay.get("drops", ()))
    for key, value in overlay.items():
        if key == "drops":
            continue
        if key in _LISTS_BY_ID:
            merged[key] = _entries(merged.get(key, []), value)
        elif isinstance(value, Mapping) and isinstance(base.get(key), Mapping):
            merged[key] = {**base[key], **value}
        else:
            merged[key] = value
    return merged


def _without(base: Mapping[str, Any], drops: Collection[str]) -> dict[str, Any]:
    """The base without the entries of these ids."""
    known = {entry["id"] for key in _LISTS_BY_ID for entry in base.get(key, ())}
    unknown = sorted(set(drops) - known)
    if unknown:
        raise StandardError(f"{base.get('id')} has no {unknown} to drop")
    return {
        key: [entry for entry in value if entry["id"] not in drops] if key in _LISTS_BY_ID else value
        for key, value in base.items()
    }


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
