"""Cases to panels: rules, redispatch, substitutes, and who cannot steer."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidu.proof import draw

from .scene import LENGTH, START, Scene, arrival, case, expert, frozen_input, links, lived, name_of

Rule = Callable[[Sequence[int]], Sequence[int]]


def plain(panels: int = 4, **changes: object) -> draw.DrawInput:
    """So many panels of one division, and nobody in anybody's way."""
    people = (
        *(expert(n, "industry") for n in range(2 * panels)),
        *(expert(n, "finance") for n in range(100, 100 + 2 * panels)),
    )
    seats = {"industry": 1, "finance": 1}
    values = {"candidates": people, "clashes": (), "cases": (), "cap": 99} | changes
    return frozen_input(divisions=(draw.Division("甲", panels, seats),), **values)


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_a_case_goes_where_nobody_is_in_conflict_and_there_is_room(data: st.DataObject) -> None:
    names = [name_of("expert", n) for n in (*range(8), *range(100, 108))]
    scene = Scene(plain(cap=4, width_percent=data.draw(st.integers(1, 100))))
    standing = scene.standing
    for number in range(data.draw(st.integers(1, 12))):
        conflicts = data.draw(st.lists(st.sampled_from(names), max_size=3))
        before = {name: panel.load for name, panel in standing.panels.items()}
        try:
            scene.dispatch(case(number, conflicts=conflicts))
        except draw.DrawRefused:
            assert {name: panel.load for name, panel in standing.panels.items()} == before
            return
        panel = standing.panels[standing.where[name_of("case", number)]]
        assert panel.experts.isdisjoint(conflicts)
        assert panel.load == before[panel.id] + 1 <= 4


def best_chance(rule: Rule, panels: int, fillers: int) -> Fraction:
    """Of whoever wants one case on the first panel, sees every load and orders the arrivals as he likes.

    He may send up to ``fillers`` other cases before it. Exact, over all that chance can do.
    """

    @cache
    def best(loads: tuple[int, ...], left: int) -> Fraction:
        among = rule(loads)
        now = Fraction(int(0 in among), len(among))
        if not left:
            return now
        later = [
            best(tuple(load + (n == place) for n, load in enumerate(loads)), left - 1) for place in among
        ]
        return max(now, sum(later, Fraction(0)) / len(among))

    return best((0,) * panels, fillers)


def test_choosing_among_all_gives_whoever_orders_the_arrivals_exactly_chance() -> None:
    assert best_chance(lambda loads: draw.least_loaded(loads, 100), 4, 7) == Fraction(1, 4)


def test_choosing_among_half_never_gives_him_more_than_one_in_half_of_the_panels() -> None:
    chance = best_chance(lambda loads: draw.least_loaded(loads, 50), 4, 7)
    assert Fraction(1, 4) < chance <= Fraction(1, 2)


def test_choosing_strictly_among_the_least_loaded_would_let_him_steer() -> None:
    """He waits until the panel he wants is the only one that is behind; that is why there is a width."""

    def strictly(loads: Sequence[int]) -> list[int]:
        return [n for n, load in enumerate(loads) if load == min(loads)]

    assert best_chance(strictly, 3, 14) == 1 - Fraction(2, 3) ** 5


@given(st.lists(st.integers(0, 9), min_size=1, max_size=12), st.integers(1, 100))
def test_the_width_is_kept_and_nobody_more_loaded_is_preferred(loads: list[int], width: int) -> None:
    among = draw.least_loaded(loads, width)
    assert len(among) >= min(len(loads), max(2, -(-len(loads) * width // 100)))
    outside = [load for n, load in enumerate(loads) if n not in among]
    assert all(load > max(loads[n] for n in among) for load in outside)


def guessed(scene: Scene, each: draw.Case, shown: tuple[str, str]) -> str:
    (choice,) = draw.choices(scene.standing, [arrival(each, position=1)], shown)
    return choice.panel


def test_whoever_holds_one_chain_has_chance_and_nothing_more() -> None:
    """He chooses, of four cases, the one that a guess at the other link would send to the panel he wants.

    300 dispatches, four panels, width 100: 75 expected, standard deviation 7.5; four and a half allowed.
    """
    scene = Scene(plain(width_percent=100))
    mine, _ = links(1)
    hits = 0
    for number in range(300):
        standing = replace_chain(scene, number)
        offers = [case(f"{number}-{n}") for n in range(4)]  # type: ignore[arg-type]
        guess = mine, draw.link(b"a guess", LENGTH, number % LENGTH)
        sent = next((each for each in offers if guessed(standing, each, guess) == "甲-1"), offers[0])
        theirs = draw.link(number.to_bytes(2, "big"), 1, 1)
        hits += guessed(standing, sent, (mine, theirs)) == "甲-1"
    assert abs(hits - 75) < 4.5 * 7.5


def replace_chain(scene: Scene, number: int) -> Scene:
    """The same draw, whose other body made another chain."""
    theirs = replace(scene.frozen.chains[1], anchor=draw.anchor(number.to_bytes(2, "big"), 1), length=1)
    frozen = replace(scene.frozen, chains=(scene.frozen.chains[0], theirs))
    scene.standing = draw.Standing.begin(frozen, scene.seed, scene.drawn)
    return scene


def test_whoever_held_both_chains_could_choose_that_is_why_there_are_two() -> None:
    scene = Scene(plain(width_percent=100))
    reached = {guessed(scene, case(number), links(1)) for number in range(60)}
    assert reached == {panel.id for panel in scene.drawn.panels}


def test_another_case_or_another_snapshot_is_another_request() -> None:
    scene = Scene(plain())
    asked = arrival(case(1))
    requests = {
        draw.request_digest(scene.standing, [each])
        for each in (
            asked,
            arrival(case(2)),
            replace(asked, snapshot="0" * 64),
            replace(asked, ledger_seq=2),
            replace(asked, ledger_digest="0" * 64),
        )
    }
    assert len(requests) == 5


def test_a_link_is_shown_once_in_order_and_until_the_chain_ends() -> None:
    scene = Scene(plain())
    scene.dispatch(case(1))
    for number, rule in ((1, "link"), (3, "link")):
        with pytest.raises(draw.DrawRefused) as refused:
            draw.dispatch(scene.standing, [arrival(case(2))], links=links(number), at=START, salt=b"")
        assert refused.value.rule == rule
    scene.standing.number = LENGTH
    with pytest.raises(draw.DrawRefused, match="已经用完"):
        draw.dispatch(scene.standing, [arrival(case(2))], links=links(2), at=START, salt=b"")


def test_a_case_is_dispatched_once_unless_its_panel_may_not_keep_it() -> None:
    scene = Scene(plain())
    scene.dispatch(case(1))
    panel = scene.standing.panels[scene.standing.where[name_of("case", 1)]]
    with pytest.raises(draw.DrawRefused) as refused:
        scene.dispatch(case(1), again="换一组")
    assert refused.value.rule == "already"
    scene.declare(panel.members[0].expert, name_of("case", 1))
    with pytest.raises(draw.DrawRefused) as refused:
        scene.dispatch(case(1))
    assert refused.value.rule == "no_reason"
    scene.dispatch(case(1), again="成员回避")
    assert scene.standing.where[name_of("case", 1)] != panel.id
    assert sum(each.load for each in scene.standing.panels.values()) == 1


def test_who_withdraws_is_followed_by_the_next_who_fits_and_nobody_else_moves() -> None:
    scene = Scene(plain())
    scene.dispatch(case(1))
    panel = scene.standing.panels[scene.standing.where[name_of("case", 1)]]
    out, partner = panel.members
    (order,) = (each.order for each in scene.drawn.substitutes if each.field == "industry")
    scene.declare(order[0], name_of("case", 1))
    before = {name: list(each.members) for name, each in scene.standing.panels.items()}
    made = scene.withdraw(out.expert)
    assert made.document["substitute"] == order[1]
    assert panel.members == [draw.Seat(order[1], "industry"), partner]
    del before[panel.id]
    assert before == {name: scene.standing.panels[name].members for name in before}
    other = next(name for name in before)
    again = scene.withdraw(scene.standing.panels[other].members[0].expert)
    assert again.document["substitute"] == order[0]


def test_a_substitute_may_withdraw_too_and_nobody_twice() -> None:
    scene = Scene(plain())
    (order,) = (each.order for each in scene.drawn.substitutes if each.field == "finance")
    assert scene.withdraw(order[0]).document["panel"] is None
    with pytest.raises(draw.DrawRefused) as refused:
        scene.withdraw(order[0])
    assert refused.value.rule == "not_seated"
    with pytest.raises(draw.DrawRefused) as refused:
        scene.withdraw(order[1], " ")
    assert refused.value.rule == "no_reason"


def test_a_panel_that_has_lost_a_field_takes_no_more_and_gives_its_cases_back() -> None:
    people = (*(expert(n, "industry") for n in range(3)), *(expert(n, "finance") for n in range(100, 103)))
    frozen = replace(plain(panels=3, candidates=people), mode="instant")
    scene = Scene(frozen)
    scene.dispatch(case(1))
    panel = scene.standing.panels[scene.standing.where[name_of("case", 1)]]
    assert scene.withdraw(panel.members[1].expert).document["substitute"] is None
    assert not panel.is_complete
    assert panel.room == 0
    scene.dispatch(case(1), again="评审组缺财务专家")
    assert scene.standing.where[name_of("case", 1)] != panel.id


def test_a_conflict_of_a_stranger_or_without_a_reason_is_refused() -> None:
    scene = Scene(plain())
    with pytest.raises(draw.DrawRefused, match="不在名单上"):
        scene.declare("nobody", name_of("case", 1))
    with pytest.raises(draw.DrawRefused, match="理由"):
        draw.declare_conflict(
            scene.standing, expert=name_of("expert", 1), case="x", reason="", at=START, salt=b""
        )


def test_two_cases_at_once_are_for_batches() -> None:
    with pytest.raises(draw.DrawRefused, match="收到 2 件"):
        Scene(plain()).dispatch(case(1), case(2))
    scene = Scene(plain(mode="batch"))
    with pytest.raises(draw.DrawRefused, match="出现了两次"):
        scene.dispatch(case(1), case(1))


def test_a_batch_is_spread_evenly_whatever_the_order_in_which_it_is_handed_in() -> None:
    cases = [case(number) for number in range(22)]
    one, other = Scene(plain(mode="batch")), Scene(plain(mode="batch"))
    one.dispatch(*cases)
    other.dispatch(*reversed(cases))
    assert one.standing.where == other.standing.where
    assert sorted(panel.load for panel in one.standing.panels.values()) == [5, 5, 6, 6]


def test_a_standing_is_taken_up_again_from_its_events() -> None:
    scene = lived()
    again = draw.resume(scene.frozen, scene.seed, scene.drawn, scene.events)
    assert (again.previous, again.number, again.where) == (
        scene.standing.previous,
        scene.standing.number,
        scene.standing.where,
    )
    assert again.panels == scene.standing.panels


def test_each_panel_is_chosen_about_as_often() -> None:
    """600 first dispatches of four panels: 150 expected, standard deviation 10.6; four and a half allowed."""
    scene = Scene(plain())
    seen = Counter(guessed(scene, case(number), links(1)) for number in range(600))
    assert all(abs(seen[panel.id] - 150) < 4.5 * 10.6 for panel in scene.drawn.panels)
