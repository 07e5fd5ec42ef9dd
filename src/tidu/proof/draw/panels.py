"""The first lottery: experts into panels.

    key = H("tidu.draw.panels.1", seed); its stream is used from beginning to end, division by division

Within a division each field's candidates are shuffled (Fisher and Yates) and dealt seat by seat, panel by
panel. At the first clash the whole deal of the division is thrown away and dealt anew from the stream.
Every deal is equally likely before it is looked at, therefore every deal that is kept is equally likely
among all that keep the rules. After it the shuffles go on to the end: that is the order of substitutes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..digests import tagged_digest
from ..stream import below, words
from .apportionment import Place, apportion, check_apart, home
from .inputs import FIELDS, Candidate, Case, Division, DrawInput
from .refusal import DrawRefused
from .wording import HINDRANCES

MOST_TRIES = 100_000
"""Deals of one division before the rules are called too tight."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A member of a panel and the field he sits for."""

    expert: str
    field: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel as drawn; its name is the division's and a number."""

    id: str
    division: str
    members: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class Substitutes:
    """Who follows, in this order, when a seat of that field falls empty."""

    division: str
    field: str
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The result of the first lottery. ``tries`` counts the deals of each division, the kept one included."""

    panels: tuple[Panel, ...]
    substitutes: tuple[Substitutes, ...]
    tries: Mapping[str, int]


def draw_panels(frozen: DrawInput, seed: bytes) -> Drawn:
    """All panels and substitutes; raises :class:`DrawRefused` when the rules leave no deal."""
    stream = words(tagged_digest("tidu.draw.panels.1", seed, algorithm=frozen.algorithm), frozen.algorithm)
    pools = apportion(frozen, stream)
    candidates = {each.id: each for each in frozen.candidates}
    panels: list[Panel] = []
    substitutes: list[Substitutes] = []
    tries: dict[str, int] = {}
    for division in frozen.divisions:
        check_apart(frozen, division, pools)
        table = _Table(frozen, division, pools, candidates)
        tries[division.id] = table.deal(stream)
        panels += table.panels()
        substitutes += table.substitutes(stream)
    return Drawn(tuple(panels), tuple(substitutes), tries)


class Company:
    """Who may sit with whom: the groups to be kept apart, and the pairs."""

    def __init__(self, candidates: Mapping[str, Candidate], clashes: Sequence[tuple[str, str]]) -> None:
        self._apart = {name: frozenset(each.apart) for name, each in candidates.items()}
        self._clashes: dict[str, set[str]] = {}
        for one, other in clashes:
            self._clashes.setdefault(one, set()).add(other)
            self._clashes.setdefault(other, set()).add(one)

    def hindrance(self, name: str, others: Sequence[str]) -> str:
        """Why ``name`` cannot sit with the others; empty if he can."""
        mine, pairs = self._apart[name], self._clashes.get(name, ())
        for other in others:
            if mine and not mine.isdisjoint(self._apart[other]):
                return "apart"
            if other in pairs:
                return "clash"
        return ""


class _Table:
    """One division while it is dealt; every shuffle goes on from the order the last one left."""

    def __init__(
        self,
        frozen: DrawInput,
        division: Division,
        pools: Mapping[Place, list[str]],
        candidates: Mapping[str, Candidate],
    ) -> None:
        self._division = division
        self._cap = frozen.cap
        self._candidates = candidates
        self._company = Company(candidates, frozen.clashes)
        self._cases = [case for case in frozen.cases if home(frozen, case.sector) is division]
        fields = [field for field in FIELDS if division.seats.get(field, 0)]
        self._pools = {field: list(pools[division.id, field]) for field in fields}
        self._taken: dict[str, int] = {}
        self._rows: list[list[Seat]] = []

    def deal(self, stream: Iterator[int]) -> int:
        """Deal until a deal keeps the rules; the number of deals it took."""
        hindrances: Counter[str] = Counter()
        for tries in range(1, MOST_TRIES + 1):
            hindrance = self._hindrance_of_one_deal(stream)
            if not hindrance:
                return tries
            hindrances[hindrance] += 1
        most = HINDRANCES[hindrances.most_common(1)[0][0]]
        raise DrawRefused("too_tight", division=self._division.id, tries=MOST_TRIES, hindrance=most)

    def _hindrance_of_one_deal(self, stream: Iterator[int]) -> str:
        self._taken = dict.fromkeys(self._pools, 0)
        self._rows = []
        for _ in range(self._division.panels):
            row: list[Seat] = []
            names: list[str] = []
            for field in self._pools:
                for _ in range(self._division.seats[field]):
                    name = self._next(field, stream)
                    hindrance = self._company.hindrance(name, names)
                    if hindrance:
                        return hindrance
                    names.append(name)
                    row.append(Seat(name, field))
            self._rows.append(row)
        return self._hindrance_of_cases()

    def _next(self, field: str, stream: Iterator[int]) -> str:
        """One more step of a field's shuffle."""
        pool, step = self._pools[field], self._taken[field]
        other = step + below(len(pool) - step, stream)
        pool[step], pool[other] = pool[other], pool[step]
        self._taken[field] = step + 1
        return pool[step]

    def _hindrance_of_cases(self) -> str:
        """Each case that is known must have a panel, and all of them room."""
        panels = [[self._candidates[seat.expert] for seat in row] for row in self._rows]
        room = sum(self._cap - max(member.load for member in panel) for panel in panels)
        if room < len(self._cases):
            return "cap"
        for case in self._cases:
            if not any(all(suits(member, case) for member in panel) for panel in panels):
                return "conflict"
        return ""

    def panels(self) -> Iterator[Panel]:
        for number, row in enumerate(self._rows, start=1):
            yield Panel(f"{self._division.id}-{number}", self._division.id, tuple(row))

    def substitutes(self, stream: Iterator[int]) -> Iterator[Substitutes]:
        for field, pool in self._pools.items():
            order = [self._next(field, stream) for _ in range(len(pool) - self._taken[field])]
            yield Substitutes(self._division.id, field, tuple(order))


def suits(expert: Candidate, case: Case) -> bool:
    """Whether he may judge the case: no token in common, and not named."""
    return expert.id not in case.conflicts and set(expert.avoids).isdisjoint(case.tokens)
