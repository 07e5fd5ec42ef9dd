"""What an auditor asks of a draw: everybody's chance and load, the spread, what conflicts did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .choosing import Choice, choices
from .events import Event
from .inputs import DrawInput
from .panels import Drawn
from .reading import arrivals_from
from .standing import Standing


@dataclass(frozen=True, slots=True)
class ExpertFigures:
    """``chance``: seats, and candidates for them, where he was drawn; ``cases`` came while he sat."""

    id: str
    division: str
    field: str
    chance: tuple[int, int]
    panel: str | None
    load_before: int
    cases: int


@dataclass(frozen=True, slots=True)
class PanelFigures:
    """A panel's cases now, and how many more it may take."""

    id: str
    division: str
    cases: int
    room: int


@dataclass(frozen=True, slots=True)
class Fairness:
    """Figures of one draw up to now.

    ``spread``: by division, the most cases of a panel less the fewest. ``avoided``: how often a panel was
    left out of a dispatch for a conflict. ``forced``: dispatches with one panel to choose from. ``among``:
    how many dispatches chose among so many panels. ``not_drawn``: candidates who suited no place or had
    as many cases as the cap allows.
    """

    experts: tuple[ExpertFigures, ...]
    panels: tuple[PanelFigures, ...]
    spread: Mapping[str, int]
    dispatched: int
    avoided: int
    forced: int
    again: int
    withdrawn: int
    among: Mapping[int, int]
    not_drawn: tuple[str, ...]


def fairness(frozen: DrawInput, seed: bytes, drawn: Drawn, events: Sequence[Event]) -> Fairness:
    """The figures of a draw that holds; check the record first."""
    standing = Standing.begin(frozen, seed, drawn)
    made: list[Choice] = []
    borne: Counter[str] = Counter()
    again = withdrawn = 0
    for event in events:
        document = event.document
        if document["kind"] == "dispatch":
            made += _choices(standing, document)
            again += sum(each["case"]["id"] in standing.where for each in document["arrivals"])
            for name in document["panels"]:
                borne.update(standing.panels[name].experts)
        withdrawn += document["kind"] == "withdrawal"
        standing.apply(document, event.digest)
    experts = _experts(frozen, drawn, standing, borne)
    return Fairness(
        experts=experts,
        panels=tuple(
            PanelFigures(each.id, each.division, each.load, each.room) for each in standing.panels.values()
        ),
        spread=_spread(standing),
        dispatched=len(made),
        avoided=sum(choice.conflicts for choice in made),
        forced=sum(choice.among == 1 for choice in made),
        again=again,
        withdrawn=withdrawn,
        among=dict(sorted(Counter(choice.among for choice in made).items())),
        not_drawn=tuple(sorted({each.id for each in frozen.candidates} - {each.id for each in experts})),
    )


def _choices(standing: Standing, document: Mapping[str, Any]) -> list[Choice]:
    one, other = document["links"]
    return choices(standing, arrivals_from(document["arrivals"]), (one, other))


def _experts(
    frozen: DrawInput, drawn: Drawn, standing: Standing, borne: Mapping[str, int]
) -> tuple[ExpertFigures, ...]:
    before = {each.id: each.load for each in frozen.candidates}
    places: dict[tuple[str, str], list[str]] = {}
    for panel in drawn.panels:
        for seat in panel.members:
            places.setdefault((panel.division, seat.field), []).append(seat.expert)
    seats = {place: len(names) for place, names in places.items()}
    for rest in drawn.substitutes:
        places.setdefault((rest.division, rest.field), []).extend(rest.order)
    now = {name: panel.id for panel in standing.panels.values() for name in panel.experts}
    found = [
        ExpertFigures(
            name,
            division,
            field,
            (seats[division, field], len(names)),
            now.get(name),
            before[name],
            borne.get(name, 0),
        )
        for (division, field), names in places.items()
        for name in names
    ]
    return tuple(sorted(found, key=lambda each: each.id))


def _spread(standing: Standing) -> dict[str, int]:
    loads: dict[str, list[int]] = {}
    for panel in standing.panels.values():
        loads.setdefault(panel.division, []).append(panel.load)
    return {division: max(each) - min(each) for division, each in loads.items()}
