"""Code 39: every sign is nine elements of which three are wide, and no two signs are alike."""

from itertools import pairwise

import pytest

from tidu.documents.barcodes import NARROW, WIDE, bars

SIGNS = "0123456789ABCDEF"
WIDTH = 6 * NARROW + 3 * WIDE
#: As ISO/IEC 16388 prints them: bar, space, bar …, wide as W.
PRINTED = {
    "1": "WNNWNNNNW",
    "0": "NNNWWNWNN",
    "A": "WNNNNWNNW",
    "F": "NNWNWWNNN",
    "*": "NWNNWNWNN",
}


def elements(text: str) -> list[str]:
    """The signs of a code as they would be scanned, from where the bars stand."""
    width, drawn = bars(text)
    edges = [edge for start, wide in drawn for edge in (start, start + wide)] + [width + NARROW]
    sizes = ["W" if b - a == WIDE else "N" for a, b in pairwise(edges)]
    return ["".join(sizes[n : n + 9]) for n in range(0, len(sizes), 10)]


def test_signs_are_those_of_the_standard() -> None:
    scanned = elements("10AF")
    assert scanned == [PRINTED[sign] for sign in "*10AF*"]


def test_no_two_signs_are_alike_and_each_has_three_wide_elements() -> None:
    scanned = elements(SIGNS)[1:-1]
    assert len(set(scanned)) == len(SIGNS)
    assert {sign.count("W") for sign in scanned} == {3}


def test_width_is_that_of_its_signs() -> None:
    assert bars("0123456789AB")[0] == 14 * WIDTH + 13 * NARROW


def test_other_signs_are_refused() -> None:
    with pytest.raises(KeyError):
        bars("G")
