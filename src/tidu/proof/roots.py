"""Nightly roots: one public digest a night over every new entry, chained to the night before.

root's digest = H("tidu.root.1", canonical bytes of every other field)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from .canonical import canonical_bytes
from .chain import Break
from .digests import DEFAULT, UnknownAlgorithm, tagged_digest

FIRST_PREVIOUS = "0" * 64
"""What the first root of an installation points back to."""


@dataclass(frozen=True, slots=True)
class Root:
    """The seal of one night: the tree over ``count`` entries and the digest of the last root."""

    day: date
    count: int
    tree_root: str
    previous: str
    sealed_at: datetime
    algorithm: str = DEFAULT


def root_digest(root: Root) -> str:
    fields = {name: getattr(root, name) for name in Root.__slots__}
    return tagged_digest("tidu.root.1", canonical_bytes(fields), algorithm=root.algorithm).hex()


def root_breaks(roots: Iterable[tuple[Root, str]], previous: str | None) -> Iterator[Break]:
    """Every place where a run of (root, stored digest), oldest first, does not hold.

    ``previous`` is the digest before the first of them, or None when it is not known.
    """
    for root, stored in roots:
        name = root.day.isoformat()
        if previous is not None and root.previous != previous:
            yield Break(name, None, "root_previous", expected=previous, found=root.previous)
        try:
            computed = root_digest(root)
        except UnknownAlgorithm as error:
            yield Break(name, None, "algorithm", found=str(error))
        else:
            if computed != stored:
                yield Break(name, None, "root", expected=computed, found=stored)
        previous = stored
