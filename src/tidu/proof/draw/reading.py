"""From JSON back to the parts of a draw. KeyError, TypeError or ValueError for what has another shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from .choosing import Arrival
from .events import Event
from .freezing import draw_input
from .inputs import (
    Candidate,
    Case,
    Division,
    DrawInput,
    Field,
    LinkChain,
    NumberForm,
    PublicDraw,
    Replaces,
    SeedPlan,
    as_json,
)
from .panels import Drawn, Panel, Seat, Substitutes
from .seeds import Reveals, WitnessReveal

Fields = Mapping[str, Any]


def input_from(document: Fields) -> DrawInput:
    """A frozen input, checked; raises :class:`~.refusal.DrawRefused`."""
    one, other = (LinkChain(**each) for each in document["chains"])
    read = {
        "candidates": tuple(_candidate(each) for each in document["candidates"]),
        "divisions": tuple(_division(each) for each in document["divisions"]),
        "cases": tuple(case_from(each) for each in document["cases"]),
        "clashes": tuple((one, other) for one, other in document["clashes"]),
        "seed": _seed_plan(document["seed"]),
        "chains": (one, other),
        "replaces": None if document["replaces"] is None else Replaces(**document["replaces"]),
    }
    return draw_input(**{**document, **read})


def _candidate(fields: Fields) -> Candidate:
    read = {name: tuple(fields[name]) for name in ("apart", "avoids")}
    return Candidate(**{**fields, **read, "fields": tuple(Field(**each) for each in fields["fields"])})


def _division(fields: Fields) -> Division:
    return Division(**{**fields, "sectors": tuple(fields["sectors"]), "seats": dict(fields["seats"])})


def case_from(fields: Fields) -> Case:
    """A case as it stands in an input or an arrival."""
    return Case(**{**fields, "tokens": tuple(fields["tokens"]), "conflicts": tuple(fields["conflicts"])})


def _seed_plan(fields: Fields) -> SeedPlan:
    plan = fields["public_draw"]
    if plan is not None:
        plan = PublicDraw(**{**plan, "numbers": tuple(NumberForm(**each) for each in plan["numbers"])})
    return SeedPlan(**{**fields, "witnesses": tuple(fields["witnesses"]), "public_draw": plan})


def reveals_document(reveals: Reveals) -> dict[str, Any]:
    """What was revealed, as JSON."""
    document: dict[str, Any] = as_json(reveals)
    return document


def reveals_from(document: Fields) -> Reveals:
    """What was revealed."""
    numbers = document["public_draw"]
    read = {
        "witnesses": tuple(WitnessReveal(**each) for each in document["witnesses"]),
        "public_draw": None if numbers is None else tuple(tuple(group) for group in numbers),
    }
    return Reveals(**{**document, **read})


def drawn_document(drawn: Drawn) -> dict[str, Any]:
    """The result of the first lottery, as JSON."""
    document: dict[str, Any] = as_json(drawn)
    return document


def drawn_from(document: Fields) -> Drawn:
    """The result of the first lottery."""
    panels = (
        Panel(**{**each, "members": tuple(Seat(**seat) for seat in each["members"])})
        for each in document["panels"]
    )
    orders = (Substitutes(**{**each, "order": tuple(each["order"])}) for each in document["substitutes"])
    return Drawn(tuple(panels), tuple(orders), dict(document["tries"]))


def arrivals_from(documents: Sequence[Fields]) -> list[Arrival]:
    """The cases of a dispatch."""
    return [Arrival(**{**each, "case": case_from(each["case"])}) for each in documents]


def moment_from(text: str) -> datetime:
    """A moment of an event."""
    return datetime.fromisoformat(text)


def event_from(fields: Fields, algorithm: str) -> Event:
    """An event that is shown in full."""
    return Event(fields["event"], bytes.fromhex(fields["salt"]), algorithm)
