"""Which field of which division each candidate is drawn for: one each.

Most candidates suit one place only. Those who suit several (two fields, or a field that every division
needs) are put in an order by lot. In this order each fills a place that is still needed, moving earlier
ones on where that makes room (augmenting paths, so every need is filled if it can be); whoever is no
longer needed is put into one of his places by lot. Candidates with the same places are thereby treated
alike. If a need stays open, the places that cannot be filled together are named (Hall's condition).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..stream import below, choose
from .inputs import FIELDS, Candidate, Division, DrawInput
from .refusal import DrawRefused
from .wording import FIELD_NAMES

Place = tuple[str, str]
"""Division and field."""


def home(frozen: DrawInput, sector: str) -> Division | None:
    """The division that judges a sector: the one that names it, else the one that names none."""
    others = None
    for division in frozen.divisions:
        if sector in division.sectors:
            return division
        if not division.sectors:
            others = division
    return others


def needs(frozen: DrawInput) -> dict[Place, int]:
    """Seats to be filled in each place, in the order in which they are dealt."""
    return {
        (division.id, field): division.panels * division.seats[field]
        for division in frozen.divisions
        for field in FIELDS
        if division.seats.get(field, 0) > 0
    }


def places_of(frozen: DrawInput, candidate: Candidate, known: Iterable[Place]) -> list[Place]:
    """Where of the known places he may be drawn; nowhere if he has as many cases as the cap allows."""
    if candidate.load >= frozen.cap:
        return []
    fits = set()
    for field in candidate.fields:
        if not field.sector:
            fits |= {(division.id, field.field) for division in frozen.divisions}
        elif (division := home(frozen, field.sector)) is not None:
            fits.add((division.id, field.field))
    return [place for place in known if place in fits]


def apportion(frozen: DrawInput, stream: Iterator[int]) -> dict[Place, list[str]]:
    """Every candidate who suits any place, in one place, each list sorted."""
    options = _options(frozen)
    several = [name for name, places in options.items() if len(places) > 1]
    several = choose(several, len(several), stream)
    held = _matched(frozen, options, several)
    found = {place: [name for name, only in options.items() if only == [place]] for place in held}
    needed = {name for names in held.values() for name in names}
    for place, names in held.items():
        found[place] += names
    for name in several:
        if name not in needed:
            found[options[name][below(len(options[name]), stream)]].append(name)
    return {place: sorted(names) for place, names in found.items()}


def check_counts(frozen: DrawInput) -> None:
    """Refuse what counting shows to be impossible, whatever the lots; names the rule that binds."""
    options = _options(frozen)
    _matched(frozen, options, [name for name, places in options.items() if len(places) > 1])
    pools = {place: [name for name, its in options.items() if place in its] for place in needs(frozen)}
    for division in frozen.divisions:
        check_apart(frozen, division, pools)
        known = sum(home(frozen, case.sector) is division for case in frozen.cases)
        if known > division.panels * frozen.cap:
            room = division.panels * frozen.cap
            raise DrawRefused("cases_cap", division=division.id, cases=known, room=room)


def check_apart(frozen: DrawInput, division: Division, pools: Mapping[Place, Sequence[str]]) -> None:
    """No group that must be kept apart may be needed for more seats than there are panels."""
    bearers: dict[str, set[str]] = {}
    for each in frozen.candidates:
        for mark in each.apart:
            bearers.setdefault(mark, set()).add(each.id)
    wanted = {field: division.panels * seats for field, seats in division.seats.items()}
    pool = {field: frozenset(pools.get((division.id, field), ())) for field in wanted}
    for group in bearers.values():
        forced = 0
        for field, seats in wanted.items():
            forced += max(0, seats - len(pool[field]) + len(group & pool[field]))
        if len(group) > 1 and forced > division.panels:
            values = {"panels": division.panels, "size": len(group), "forced": forced}
            raise DrawRefused("apart", division=division.id, **values)


def _options(frozen: DrawInput) -> dict[str, list[Place]]:
    known = list(needs(frozen))
    found = {each.id: places_of(frozen, each, known) for each in frozen.candidates}
    return {name: places for name, places in found.items() if places}


def _matched(
    frozen: DrawInput, options: Mapping[str, list[Place]], several: Sequence[str]
) -> dict[Place, list[str]]:
    """The needed ones among those with several places, by place; refuses if a need stays open."""
    need = needs(frozen)
    single = [places[0] for places in options.values() if len(places) == 1]
    room = {place: max(0, seats - single.count(place)) for place, seats in need.items()}
    held: dict[Place, list[str]] = {place: [] for place in need}
    missing = sum(room.values())
    for name in several:
        if missing and _put(name, options, held, room, set()):
            missing -= 1
    if missing:
        _refuse_short(options, held, room, need)
    return held


def _put(
    name: str,
    options: Mapping[str, list[Place]],
    held: dict[Place, list[str]],
    room: Mapping[Place, int],
    seen: set[Place],
) -> bool:
    """Give ``name`` a place, moving others on if need be."""
    for place in options[name]:
        if place in seen:
            continue
        seen.add(place)
        if len(held[place]) < room[place]:
            held[place].append(name)
            return True
        for n, other in enumerate(held[place]):
            if _put(other, options, held, room, seen):
                held[place][n] = name
                return True
    return False


def _refuse_short(
    options: Mapping[str, list[Place]],
    held: Mapping[Place, list[str]],
    room: Mapping[Place, int],
    need: Mapping[Place, int],
) -> None:
    """Name the places that together need more candidates than suit any of them."""
    tight = {place for place in need if len(held[place]) < room[place]}
    while True:
        able = {name for name, places in options.items() if tight.intersection(places)}
        wider = tight | {place for place, names in held.items() if able.intersection(names)}
        if wider == tight:
            break
        tight = wider
    names = "、".join(
        f"{division}组{FIELD_NAMES[field]}" for division, field in need if (division, field) in tight
    )
    raise DrawRefused("short", classes=names, needed=sum(need[place] for place in tight), available=len(able))
