"""Named digest algorithms.

Every record names its algorithm, so that one archive may hold SHA-256 and SM3 (GB/T 32905,
for deployments that must use national cryptography) side by side and stay checkable.
"""

from __future__ import annotations

import hashlib

DEFAULT = "sha256"
ALGORITHMS = ("sha256", "sm3")
SIZE = 32
"""Octets of a digest; both algorithms give 256 bits."""


class UnknownAlgorithm(ValueError):
    """The algorithm is not one Tidu writes, or this Python cannot compute it."""


def digest(data: bytes, algorithm: str = DEFAULT) -> bytes:
    """The digest of ``data``; raises :class:`UnknownAlgorithm`."""
    if algorithm not in ALGORITHMS:
        raise UnknownAlgorithm(algorithm)
    try:
        return hashlib.new(algorithm, data).digest()
    except ValueError as error:
        raise UnknownAlgorithm(f"{algorithm} is not built into this Python") from error


def tagged_digest(tag: str, *parts: bytes, algorithm: str = DEFAULT) -> bytes:
    """A digest for one purpose only.

    The tag and each part are preceded by their length in eight octets (big-endian), so that no
    two different lists of parts and no two purposes can ever give the same input.
    """
    framed = b"".join(len(part).to_bytes(8, "big") + part for part in (tag.encode(), *parts))
    return digest(framed, algorithm)
