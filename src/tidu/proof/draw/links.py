"""Hash chains of which one link is shown at each dispatch.

Each of two bodies makes a secret by chance and hashes it ``length`` times; the last hash is its anchor and
stands in the frozen input. At the k-th dispatch each shows the k-th link before the anchor. Hashing it once
gives the link shown before, so that it can be no other; from the links shown nobody can compute the next.

A body may also hand over a stretch at a time: from the m-th link follow all before it, ``link(m-th, m, k)``.

    link(length) = the secret;  link(k) = H("tidu.draw.link.1", link(k + 1));  anchor = link(0)
"""

from __future__ import annotations

from ..digests import DEFAULT, tagged_digest

TAG = "tidu.draw.link.1"


def link(secret: bytes, length: int, number: int, algorithm: str = DEFAULT) -> str:
    """The link of that number, 1 for the first dispatch; 0 is the anchor."""
    if not 0 <= number <= length:
        raise ValueError(f"link {number} of {length}")
    value = secret
    for _ in range(length - number):
        value = tagged_digest(TAG, value, algorithm=algorithm)
    return value.hex()


def anchor(secret: bytes, length: int, algorithm: str = DEFAULT) -> str:
    """What is published of a chain beforehand."""
    return link(secret, length, 0, algorithm)


def follows(shown: str, before: str, algorithm: str = DEFAULT) -> bool:
    """Whether a link leads to the one shown before it, or to the anchor."""
    return tagged_digest(TAG, bytes.fromhex(shown), algorithm=algorithm).hex() == before
