"""The stream of numbers: the same for everybody, and fair."""

from collections import Counter
from itertools import islice, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidu.proof.digests import tagged_digest
from tidu.proof.stream import below, choose, words

TOP = 2**64


def test_the_stream_is_the_digests_of_a_counter_cut_into_words() -> None:
    block = tagged_digest("tidu.stream.1", b"key", (0).to_bytes(8, "big"))
    following = tagged_digest("tidu.stream.1", b"key", (1).to_bytes(8, "big"))
    assert list(islice(words(b"key"), 5)) == [
        int.from_bytes((block + following)[start : start + 8], "big") for start in (0, 8, 16, 24, 32)
    ]


def test_the_first_numbers_are_these_on_every_machine() -> None:
    stream = words(b"")
    assert [below(1000, stream) for _ in range(8)] == [489, 219, 172, 333, 661, 54, 718, 780]


def test_a_word_beyond_the_last_whole_multiple_is_passed_over() -> None:
    last_multiple = TOP - TOP % 3
    assert below(3, iter([TOP - 1, last_multiple, last_multiple - 1])) == 2
    assert below(3, iter([0])) == 0


@given(st.integers(min_value=1, max_value=10**6), st.binary(max_size=8))
def test_a_number_lies_below_its_bound(bound: int, key: bytes) -> None:
    assert below(bound, words(key)) in range(bound)


@given(st.lists(st.integers(), unique=True, max_size=20), st.data())
def test_a_choice_takes_that_many_and_none_twice(items: list[int], data: st.DataObject) -> None:
    size = data.draw(st.integers(min_value=0, max_value=len(items)))
    chosen = choose(items, size, words(b"key"))
    assert len(chosen) == len(set(chosen)) == size
    assert set(chosen) <= set(items)


def test_every_ordered_choice_comes_from_as_many_streams() -> None:
    """Run through every pair of equally likely first numbers: each of the 12 orders comes exactly once."""
    seen = Counter(
        tuple(choose("甲乙丙丁", 2, iter([first, second]))) for first in range(4) for second in range(3)
    )
    assert seen == Counter(permutations("甲乙丙丁", 2))


def test_over_many_keys_each_is_chosen_about_as_often() -> None:
    """4000 draws of 2 in 5: 1600 expected each, standard deviation 31; five of them are allowed."""
    seen = Counter(item for key in range(4000) for item in choose(range(5), 2, words(key.to_bytes(2, "big"))))
    assert all(abs(seen[item] - 1600) < 5 * 31 for item in range(5))


@pytest.mark.parametrize("size", [-1, 4])
def test_more_than_there_are_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="of 3"):
        choose("甲乙丙", size, words(b""))
