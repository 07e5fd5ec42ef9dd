"""Batches: many cases at once to takers (panels, or experts where every case has experts of its own).

1. The cases are put in an order by lot. Each goes to a taker chosen uniformly among the least loaded that
   suit it, for each of its seats in turn.
2. ``sweeps`` times as many exchanges as there are seats are proposed: a seat by lot among all, another by
   lot among those of its kind. They change places if both cases may have the other's taker. Nobody's load
   changes, and as every exchange is as likely as the one that undoes it, every state that can be reached
   becomes equally likely.

If a case finds no taker the whole is begun again, at most :data:`MOST_ATTEMPTS` times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from ..stream import below, choose
from .refusal import DrawRefused

MOST_ATTEMPTS = 100


@dataclass(frozen=True, slots=True)
class Taker:
    """Who may take cases: of one kind, with this load, up to a load of ``most``."""

    id: str
    kind: str
    load: int
    most: int


@dataclass(frozen=True, slots=True)
class Wanting:
    """A case and the kinds of its seats."""

    id: str
    kinds: tuple[str, ...]


class Suits(Protocol):
    """Whether a taker may have a case beside its other takers; all by number."""

    def __call__(self, case: int, taker: int, others: Sequence[int], /) -> bool: ...


def allot(
    cases: Sequence[Wanting], takers: Sequence[Taker], suits: Suits, stream: Iterator[int], sweeps: int
) -> list[list[int]]:
    """The numbers of the takers of each case, in the order of its seats; raises :class:`DrawRefused`."""
    stuck = 0
    for _ in range(MOST_ATTEMPTS):
        given: list[list[int]] = [[] for _ in cases]
        shelves = _shelves(takers)
        for case in choose(range(len(cases)), len(cases), stream):
            if not _fill(case, cases[case].kinds, given, shelves, suits, stream):
                stuck = case
                break
        else:
            _exchange(cases, given, suits, stream, sweeps)
            return given
    raise DrawRefused("unplaced", case=cases[stuck].id)


class _Shelf:
    """The takers of one kind by load, the least loaded first."""

    def __init__(self, takers: Sequence[Taker], numbers: Sequence[int]) -> None:
        self._takers = takers
        self._levels: list[list[int]] = []
        for number in numbers:
            self._put(number, takers[number].load)

    def _put(self, number: int, load: int) -> None:
        if load < self._takers[number].most:
            while len(self._levels) <= load:
                self._levels.append([])
            self._levels[load].append(number)

    def take(self, case: int, others: Sequence[int], suits: Suits, stream: Iterator[int]) -> int | None:
        """One chosen uniformly among the least loaded that suit; he goes one level up."""
        for load, level in enumerate(self._levels):
            for step in range(len(level)):
                other = step + below(len(level) - step, stream)
                level[step], level[other] = level[other], level[step]
                number = level[step]
                if suits(case, number, others):
                    level[step] = level[-1]
                    level.pop()
                    self._put(number, load + 1)
                    return number
        return None


def _shelves(takers: Sequence[Taker]) -> dict[str, _Shelf]:
    kinds: dict[str, list[int]] = {}
    for number, taker in enumerate(takers):
        kinds.setdefault(taker.kind, []).append(number)
    return {kind: _Shelf(takers, numbers) for kind, numbers in kinds.items()}


def _fill(
    case: int,
    kinds: Sequence[str],
    given: list[list[int]],
    shelves: dict[str, _Shelf],
    suits: Suits,
    stream: Iterator[int],
) -> bool:
    for kind in kinds:
        taker = shelves[kind].take(case, given[case], suits, stream) if kind in shelves else None
        if taker is None:
            return False
        given[case].append(taker)
    return True


def _exchange(
    cases: Sequence[Wanting], given: list[list[int]], suits: Suits, stream: Iterator[int], sweeps: int
) -> None:
    seats = [(case, seat) for case, takers in enumerate(given) for seat in range(len(takers))]
    alike: dict[str, list[tuple[int, int]]] = {}
    for case, seat in seats:
        alike.setdefault(cases[case].kinds[seat], []).append((case, seat))
    for _ in range(sweeps * len(seats)):
        case, seat = seats[below(len(seats), stream)]
        same = alike[cases[case].kinds[seat]]
        other, place = same[below(len(same), stream)]
        mine, yours = given[case], given[other]
        one, two = mine[seat], yours[place]
        if other == case or one == two:
            continue
        if suits(case, two, _without(mine, seat)) and suits(other, one, _without(yours, place)):
            mine[seat], yours[place] = two, one


def _without(takers: list[int], seat: int) -> list[int]:
    return takers[:seat] + takers[seat + 1 :]
