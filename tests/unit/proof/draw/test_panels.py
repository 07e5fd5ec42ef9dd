"""Experts into panels: the rules hold or the draw is refused; every permitted deal is as likely."""

from collections import Counter
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidu.proof import draw
from tidu.proof.draw.apportionment import apportion
from tidu.proof.draw.panels import _Table
from tidu.proof.stream import words

from .scene import case, expert, frozen_input, name_of

SECTORS = ("", "装备制造", "软件")
SEATS = {"industry": 1, "finance": 1}


@st.composite
def inputs(draws: st.DrawFn) -> dict[str, Any]:
    """Small pools, often too small: fields, sectors, employers, loads and pairs of any kind."""
    count = draws(st.integers(6, 22))
    field = st.builds(draw.Field, st.sampled_from(draw.FIELDS[:3]), st.sampled_from(SECTORS))
    candidates = [
        expert(
            n,
            *draws(st.lists(field, min_size=1, max_size=2)),
            employer=draws(st.integers(0, count)),
            avoids=[name_of("area", draws(st.integers(0, 6)))],
            load=draws(st.sampled_from([0, 0, 0, 3, 9])),
        )
        for n in range(count)
    ]
    seats = st.fixed_dictionaries(
        {"industry": st.integers(1, 2), "finance": st.just(1)}, optional={"technology": st.just(1)}
    )
    divisions = [draw.Division("综合", draws(st.integers(2, 3)), draws(seats))]
    if draws(st.booleans()):
        divisions.append(draw.Division("装备", 2, draws(seats), ("装备制造",)))
    pairs = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    clashes = {pair for pair in draws(st.lists(pairs, max_size=3)) if pair[0] != pair[1]}
    return {
        "candidates": tuple(candidates),
        "divisions": tuple(divisions),
        "clashes": tuple((name_of("expert", one), name_of("expert", other)) for one, other in clashes),
        "cases": tuple(case(n, "软件", area=str(n)) for n in range(draws(st.integers(0, 3)))),
        "cap": 9,
    }


@pytest.fixture(autouse=True)
def few_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pool that is too tight is found out soon."""
    monkeypatch.setattr("tidu.proof.draw.panels.MOST_TRIES", 300)


@settings(max_examples=60, deadline=None)
@given(inputs(), st.binary(min_size=32, max_size=32))
def test_the_rules_hold_or_the_draw_is_refused(values: dict[str, Any], seed: bytes) -> None:
    try:
        frozen = frozen_input(**values)
        drawn = draw.draw_panels(frozen, seed)
    except draw.DrawRefused:
        return
    candidates = {each.id: each for each in frozen.candidates}
    seated = [seat.expert for panel in drawn.panels for seat in panel.members]
    waiting = [name for each in drawn.substitutes for name in each.order]
    assert len(seated + waiting) == len(set(seated + waiting))
    for division in frozen.divisions:
        panels = [panel for panel in drawn.panels if panel.division == division.id]
        assert len(panels) == division.panels >= 2
        for panel in panels:
            wanted = {field: seats for field, seats in division.seats.items() if seats}
            assert Counter(seat.field for seat in panel.members) == wanted
            for seat in panel.members:
                assert candidates[seat.expert].load < frozen.cap
                assert seat.field in {field.field for field in candidates[seat.expert].fields}
    for panel in drawn.panels:
        members = [seat.expert for seat in panel.members]
        marks = [mark for name in members for mark in candidates[name].apart]
        assert len(marks) == len(set(marks))
        assert not any(one in members and other in members for one, other in frozen.clashes)
    standing = draw.Standing.begin(frozen, seed, drawn)
    for each in frozen.cases:
        assert any(not standing.has_conflict(panel, each) for panel in standing.panels_for(each))


def test_a_deal_is_kept_from_as_many_streams_as_any_other() -> None:
    """Run through every equally likely stream of one deal: each permitted deal comes exactly once.

    Two panels of one industry and one finance expert, from four and three. Two pairs share an employer, a
    third pair was declared, and nobody of the first panel's employer may have the known case: 72 deals.
    """
    candidates = (
        *(expert(n, "industry", employer=n % 3) for n in range(4)),
        *(expert(n, "finance", employer=n - 10) for n in range(10, 13)),
    )
    clash = (name_of("expert", 2), name_of("expert", 11))
    frozen = frozen_input(
        candidates=candidates,
        divisions=(draw.Division("甲", 2, SEATS),),
        clashes=(clash,),
        cases=(case(1, conflicts=[name_of("expert", 1), name_of("expert", 10)]),),
    )
    (division,) = frozen.divisions
    known = {each.id: each for each in frozen.candidates}
    seen: Counter[tuple[str, ...]] = Counter()
    refused = 0
    for steps in product(range(4), range(3), range(3), range(2)):
        table = _Table(frozen, division, apportion(frozen, words(b"")), known)
        if table._hindrance_of_one_deal(iter(steps)):
            refused += 1
        else:
            seen[tuple(seat.expert for panel in table.panels() for seat in panel.members)] += 1
    assert set(seen.values()) == {1}
    assert (len(seen), refused) == (len(list(_permitted(frozen))), 72 - len(seen))
    assert set(seen) == set(_permitted(frozen))


def _permitted(frozen: draw.DrawInput) -> set[tuple[str, ...]]:
    """Every ordered deal that keeps the rules, told without the draw's own code."""
    industry = [each for each in frozen.candidates if each.fields[0].field == "industry"]
    finance = [each for each in frozen.candidates if each.fields[0].field == "finance"]
    pair, (known,) = set(frozen.clashes[0]), frozen.cases
    found: set[tuple[str, ...]] = set()
    for a, b, c, d in product(industry, finance, industry, finance):
        together = [{a.id, b.id}, {c.id, d.id}]
        apart = not set(a.apart) & set(b.apart) and not set(c.apart) & set(d.apart)
        free = any(not panel & set(known.conflicts) for panel in together)
        if a != c and b != d and apart and pair not in together and free:
            found.add((a.id, b.id, c.id, d.id))
    return found


def test_over_many_seeds_each_permitted_deal_comes_about_as_often() -> None:
    """2000 draws over the permitted deals: the total variation stays near what chance alone gives."""
    candidates = (
        *(expert(n, "industry", employer=n % 2) for n in range(3)),
        *(expert(n, "finance", employer=n - 10) for n in range(10, 12)),
    )
    frozen = frozen_input(
        candidates=candidates,
        divisions=(draw.Division("甲", 2, SEATS),),
        clashes=((name_of("expert", 0), name_of("expert", 2)),),
        cases=(case(1, conflicts=[name_of("expert", 2)]),),
    )
    permitted = _permitted(frozen)
    draws = 2000
    seen = Counter(
        tuple(seat.expert for panel in draw.draw_panels(frozen, seed).panels for seat in panel.members)
        for seed in (number.to_bytes(2, "big") for number in range(draws))
    )
    assert set(seen) == permitted
    distance = sum(abs(seen[deal] / draws - 1 / len(permitted)) for deal in permitted) / 2
    floor = 0.4 * (len(permitted) / draws) ** 0.5
    assert distance < 2 * floor


def test_pools_that_divisions_share_are_dealt_out_as_needed() -> None:
    """Five finance experts for two divisions that need two and three: nobody is left, nobody missing."""
    candidates = (
        *(expert(n, draw.Field("industry", "软件" if n % 2 else "装备制造")) for n in range(12)),
        *(expert(n, "finance") for n in range(20, 25)),
    )
    divisions = (draw.Division("甲", 2, SEATS, ("软件",)), draw.Division("乙", 3, SEATS))
    frozen = frozen_input(candidates=candidates, divisions=divisions, clashes=(), cases=())
    sizes = set()
    for number in range(20):
        places = apportion(frozen, words(bytes([number])))
        sizes.add((len(places["甲", "finance"]), len(places["乙", "finance"])))
        assert {name for names in places.values() for name in names} == {each.id for each in candidates}
    assert sizes == {(2, 3)}


def test_candidates_alike_are_treated_alike() -> None:
    """Six finance experts, one of them last in every list, for four seats: each two times in three."""
    candidates = (
        *(expert(n, draw.Field("industry", "软件" if n % 2 else "装备制造")) for n in range(8)),
        *(expert(n, "finance") for n in range(20, 26)),
    )
    divisions = (draw.Division("甲", 2, SEATS, ("软件",)), draw.Division("乙", 2, SEATS))
    frozen = frozen_input(candidates=candidates, divisions=divisions, clashes=(), cases=())
    seen: Counter[str] = Counter()
    for number in range(600):
        for panel in draw.draw_panels(frozen, number.to_bytes(2, "big")).panels:
            seen.update(seat.expert for seat in panel.members if seat.field == "finance")
    assert all(abs(seen[name_of("expert", n)] - 400) < 4.5 * (600 * 2 / 9) ** 0.5 for n in range(20, 26))


def test_a_pool_that_is_too_tight_says_what_stood_in_the_way() -> None:
    """Counting finds nothing, but every industry expert clashes with every finance expert."""
    people = [expert(n, "industry") for n in range(3)] + [expert(n, "finance") for n in range(10, 13)]
    clashes = tuple((name_of("expert", a), name_of("expert", b)) for a in range(3) for b in range(10, 13))
    frozen = frozen_input(
        candidates=tuple(people), divisions=(draw.Division("甲", 2, SEATS),), clashes=clashes, cases=()
    )
    with pytest.raises(draw.DrawRefused) as refused:
        draw.draw_panels(frozen, b"seed")
    assert (refused.value.rule, refused.value.values["hindrance"]) == (
        "too_tight",
        "申明不得同组的专家落在同一评审组",
    )
