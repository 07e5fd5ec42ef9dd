"""Batches: kinds, conflicts and loads hold; every permitted outcome is about as likely."""

from collections import Counter
from collections.abc import Sequence
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidu.proof import draw
from tidu.proof.stream import words


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_case_gets_its_kinds_without_conflict_and_loads_stay_even(data: st.DataObject) -> None:
    kinds = ("industry", "industry", "finance")
    count = data.draw(st.integers(1, 12))
    takers = [draw.Taker(str(n), "finance" if n % 3 else "industry", 0, 9) for n in range(24)]
    barred = data.draw(st.sets(st.tuples(st.integers(0, 11), st.integers(0, 23)), max_size=20))

    def suits(case: int, taker: int, others: Sequence[int]) -> bool:
        return (case, taker) not in barred and taker not in others

    cases = [draw.Wanting(str(n), kinds) for n in range(count)]
    given_ = draw.allot(cases, takers, suits, words(data.draw(st.binary(max_size=4))), 3)
    for case, mine in enumerate(given_):
        assert tuple(takers[taker].kind for taker in mine) == kinds
        assert len(set(mine)) == len(mine)
        assert not any((case, taker) in barred for taker in mine)
    loads = Counter(taker for mine in given_ for taker in mine)
    if not barred:
        for kind in set(kinds):
            shared = [loads[n] for n, taker in enumerate(takers) if taker.kind == kind]
            assert max(shared) - min(shared) <= 1


def test_a_case_that_nobody_may_take_is_named() -> None:
    takers = [draw.Taker("甲", "panel", 0, 9)]
    cases = [draw.Wanting("一", ("panel",)), draw.Wanting("二", ("panel",))]
    with pytest.raises(draw.DrawRefused) as refused:
        draw.allot(cases, takers, lambda case, _taker, _others: case == 0, words(b""), 1)
    assert refused.value.values == {"case": "二"}


def test_nobody_takes_more_than_he_may() -> None:
    takers = [draw.Taker("甲", "panel", 3, 4), draw.Taker("乙", "panel", 0, 4)]
    cases = [draw.Wanting(str(n), ("panel",)) for n in range(5)]
    found = Counter(taker for (taker,) in draw.allot(cases, takers, lambda *_: True, words(b""), 2))
    assert found == {0: 1, 1: 4}
    with pytest.raises(draw.DrawRefused):
        draw.allot([*cases, draw.Wanting("6", ("panel",))], takers, lambda *_: True, words(b""), 2)


def test_over_many_streams_each_permitted_outcome_comes_about_as_often() -> None:
    """Six cases, three takers of two each, two pairs in conflict: the total variation stays near its floor.

    1600 draws of 42 outcomes: chance alone gives about 0.065.
    """
    barred = {(0, 0), (3, 1)}

    def suits(case: int, taker: int, _others: Sequence[int]) -> bool:
        return (case, taker) not in barred

    takers = [draw.Taker(name, "panel", 0, 2) for name in "甲乙丙"]
    cases = [draw.Wanting(str(n), ("panel",)) for n in range(6)]
    permitted = {
        deal for deal in permutations((0, 0, 1, 1, 2, 2)) if all(suits(c, t, ()) for c, t in enumerate(deal))
    }
    draws = 1600
    seen = Counter(
        tuple(taker for (taker,) in draw.allot(cases, takers, suits, words(n.to_bytes(2, "big")), 8))
        for n in range(draws)
    )
    assert set(seen) <= permitted
    distance = sum(abs(seen[deal] / draws - 1 / len(permitted)) for deal in permitted) / 2
    assert len(permitted) == 42
    assert distance < 1.4 * 0.4 * (42 / draws) ** 0.5


def test_at_a_larger_size_each_pair_is_about_as_frequent() -> None:
    """60 cases, 24 takers, 150 streams, one case: chi-square with 23 degrees of freedom, p above 1e-4."""
    takers = [draw.Taker(str(n), "panel", 0, 9) for n in range(24)]
    cases = [draw.Wanting(str(n), ("panel",)) for n in range(60)]
    seen: Counter[int] = Counter()
    for number in range(150):
        found = draw.allot(cases, takers, lambda *_: True, words(number.to_bytes(2, "big")), 2)
        seen[found[17][0]] += 1
    expected = 150 / 24
    assert sum((seen[n] - expected) ** 2 / expected for n in range(24)) < 56
