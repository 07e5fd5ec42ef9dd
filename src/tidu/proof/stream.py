"""A stream of numbers from a key: the same key gives everybody the same numbers.

    block n  = H("tidu.stream.1", key, n in eight octets)          n = 0, 1, 2 …
    numbers  = each block cut into four words of eight octets, big-endian

where ``H`` is :func:`tidu.proof.digests.tagged_digest`. A number below a bound is the next word's
remainder; words beyond the last whole multiple of the bound are passed over, so that no
remainder is likelier than another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from struct import Struct
from typing import TypeVar

from .digests import DEFAULT, SIZE, tagged_digest

Item = TypeVar("Item")

WORD = 8
"""Octets of a word."""
_WORDS = 2 ** (8 * WORD)
_CUT = Struct(f">{SIZE // WORD}Q").unpack


def words(key: bytes, algorithm: str = DEFAULT) -> Iterator[int]:
    """The words of a key's stream, without end."""
    for number in count():
        block = tagged_digest("tidu.stream.1", key, number.to_bytes(8, "big"), algorithm=algorithm)
        yield from _CUT(block)


def below(bound: int, stream: Iterator[int]) -> int:
    """A number of ``range(bound)``, each equally likely; takes one word or, seldom, more."""
    limit = _WORDS - _WORDS % bound
    word = next(stream)
    while word >= limit:
        word = next(stream)
    return word % bound


def choose(items: Sequence[Item], size: int, stream: Iterator[int]) -> list[Item]:
    """``size`` of the items without repetition, each selection and each order equally likely.

    Fisher and Yates, stopped after ``size`` steps; going on with the same stream gives substitutes.
    """
    if not 0 <= size <= len(items):
        raise ValueError(f"{size} of {len(items)}")
    pool = list(items)
    for step in range(size):
        other = step + below(len(pool) - step, stream)
        pool[step], pool[other] = pool[other], pool[step]
    return pool[:size]
