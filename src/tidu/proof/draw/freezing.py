"""Freezing an input: one order for everything without an order of its own, then every check."""

from __future__ import annotations

from typing import Any

from .checks import check_input
from .inputs import Candidate, Case, Division, DrawInput


def draw_input(**values: Any) -> DrawInput:
    """An input in its one order: everything without an order of its own is sorted, then checked.

    Raises :class:`~.refusal.DrawRefused`, also when the quotas can be seen to be beyond the pool.
    """
    frozen = DrawInput(**values)
    ordered = {name: _sorted_value(name, getattr(frozen, name)) for name in DrawInput.__slots__}
    frozen = DrawInput(**ordered)
    check_input(frozen)
    return frozen


def _sorted_value(name: str, value: Any) -> Any:
    """One part of the input in its one order."""
    if name == "candidates":
        return tuple(sorted((_sorted_candidate(each) for each in value), key=lambda each: each.id))
    if name == "cases":
        return tuple(sorted((sorted_case(each) for each in value), key=lambda each: each.id))
    if name == "divisions":
        return tuple(sorted((_sorted_division(each) for each in value), key=lambda each: each.id))
    if name == "clashes":
        return tuple(sorted({_pair(*each) for each in value}))
    return value


def _sorted_candidate(each: Candidate) -> Candidate:
    fields = tuple(sorted(set(each.fields), key=lambda field: (field.field, field.sector)))
    apart, avoids = tuple(sorted(set(each.apart))), tuple(sorted(set(each.avoids)))
    return Candidate(each.id, fields, apart, avoids, each.load)


def sorted_case(each: Case) -> Case:
    """A case with its tokens and conflicts in order."""
    tokens, conflicts = tuple(sorted(set(each.tokens))), tuple(sorted(set(each.conflicts)))
    return Case(each.id, each.sector, tokens, conflicts)


def _sorted_division(each: Division) -> Division:
    seats = {field: each.seats[field] for field in sorted(each.seats)}
    return Division(each.id, each.panels, seats, tuple(sorted(set(each.sectors))))


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
