"""Where a draw stands after the events so far: who sits where, what each panel has in hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .apportionment import home
from .inputs import REQUIRED, Candidate, Case, DrawInput, commitment
from .panels import Company, Drawn, Panel, Seat
from .refusal import DrawRefused


@dataclass
class PanelStanding:
    """A panel now. ``load`` cases in hand, at most ``most``; none while a required field is missing."""

    id: str
    division: str
    members: list[Seat]
    load: int = 0
    most: int = 0
    experts: frozenset[str] = frozenset()
    avoids: frozenset[str] = frozenset()

    @property
    def is_complete(self) -> bool:
        """Whether an industry and a finance expert sit on it (Article 10)."""
        return {seat.field for seat in self.members}.issuperset(REQUIRED)

    @property
    def room(self) -> int:
        """Cases that it may still take."""
        return max(0, self.most - self.load)


@dataclass
class Standing:
    """A draw in progress. It changes in place: make and apply events under one lock.

    ``where`` holds the panel of each dispatched case and ``cases`` these cases; ``declared`` the conflicts
    found later, as expert by case; ``number`` counts dispatches, ``seq`` events.
    """

    frozen: DrawInput
    seed: bytes
    panels: dict[str, PanelStanding]
    waiting: dict[tuple[str, str], list[str]]
    shown: tuple[str, str]
    previous: str
    where: dict[str, str] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    declared: dict[str, set[str]] = field(default_factory=dict)
    number: int = 0
    seq: int = 0

    def __post_init__(self) -> None:
        self.candidates: Mapping[str, Candidate] = {each.id: each for each in self.frozen.candidates}
        self.company = Company(self.candidates, self.frozen.clashes)
        self._homes: dict[str, str] = {}
        for panel in self.panels.values():
            self._count(panel)

    @classmethod
    def begin(cls, frozen: DrawInput, seed: bytes, drawn: Drawn) -> Standing:
        """Right after the first lottery."""
        one, other = frozen.chains
        return cls(
            frozen,
            seed,
            {each.id: _opened(each) for each in drawn.panels},
            {(each.division, each.field): list(each.order) for each in drawn.substitutes},
            (one.anchor, other.anchor),
            commitment(frozen),
        )

    def panels_for(self, case: Case) -> Iterator[PanelStanding]:
        """The panels of the case's division, in the order of the draw."""
        if case.sector not in self._homes:
            division = home(self.frozen, case.sector)
            if division is None:
                raise DrawRefused("sector_unknown", case=case.id, sector=case.sector)
            self._homes[case.sector] = division.id
        division_id = self._homes[case.sector]
        return (panel for panel in self.panels.values() if panel.division == division_id)

    def has_conflict(self, panel: PanelStanding, case: Case) -> bool:
        """Whether any of its members must not judge the case."""
        return (
            not panel.avoids.isdisjoint(case.tokens)
            or not panel.experts.isdisjoint(case.conflicts)
            or not panel.experts.isdisjoint(self.declared.get(case.id, ()))
        )

    def panel_of(self, expert: str) -> PanelStanding | None:
        """The panel on which he sits."""
        return next((panel for panel in self.panels.values() if expert in panel.experts), None)

    def cases_of(self, panel: PanelStanding) -> Iterable[Case]:
        """The cases that the panel has in hand."""
        return [self.cases[case] for case, name in self.where.items() if name == panel.id]

    def apply(self, document: Mapping[str, Any], digest: str) -> None:
        """Take over an event without asking how it came about."""
        kind = document["kind"]
        if kind == "dispatch":
            self._place(document)
        elif kind == "withdrawal":
            self._replace(document["expert"], document["panel"], document["substitute"])
        else:
            self.declared.setdefault(document["case"], set()).add(document["expert"])
        self.seq, self.previous = document["seq"], digest

    def _place(self, document: Mapping[str, Any]) -> None:
        for arrival, name in zip(document["arrivals"], document["panels"], strict=True):
            fields = arrival["case"]
            tokens, conflicts = tuple(fields["tokens"]), tuple(fields["conflicts"])
            case = Case(fields["id"], fields["sector"], tokens, conflicts)
            before = self.where.get(case.id)
            if before is not None:
                self.panels[before].load -= 1
            self.where[case.id], self.cases[case.id] = name, case
            self.panels[name].load += 1
        one, other = document["links"]
        self.number, self.shown = document["number"], (one, other)

    def _replace(self, expert: str, name: str | None, substitute: str | None) -> None:
        for order in self.waiting.values():
            order[:] = [each for each in order if each not in (expert, substitute)]
        if name is None:
            return
        panel = self.panels[name]
        place = next(n for n, seat in enumerate(panel.members) if seat.expert == expert)
        seat = panel.members.pop(place)
        if substitute is not None:
            panel.members.insert(place, Seat(substitute, seat.field))
        self._count(panel)

    def _count(self, panel: PanelStanding) -> None:
        members = [self.candidates[seat.expert] for seat in panel.members]
        panel.experts = frozenset(each.id for each in members)
        panel.avoids = frozenset().union(*(each.avoids for each in members))
        rooms = [self.frozen.cap - each.load for each in members]
        panel.most = min(rooms) if panel.is_complete else 0


def _opened(panel: Panel) -> PanelStanding:
    return PanelStanding(panel.id, panel.division, list(panel.members))
