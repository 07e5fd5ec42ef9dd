"""Merkle trees as in RFC 6962 (Certificate Transparency), section 2.1.

A leaf is hashed behind an octet 0x00 and an inner node behind 0x01, so that a node can never be
passed off as a leaf. A tree of n leaves is split at the largest power of two below n.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .digests import DEFAULT, digest


def leaf_hash(leaf: bytes, algorithm: str = DEFAULT) -> bytes:
    return digest(b"\x00" + leaf, algorithm)


def node_hash(left: bytes, right: bytes, algorithm: str = DEFAULT) -> bytes:
    return digest(b"\x01" + left + right, algorithm)


def tree_root(leaves: Iterable[bytes], algorithm: str = DEFAULT) -> bytes:
    """The root over a stream of leaves, holding at most one hash per level; H("") for none."""
    stack: list[bytes] = []
    for count, leaf in enumerate(leaves, start=1):
        node = leaf_hash(leaf, algorithm)
        merges = (count & -count).bit_length() - 1
        for _ in range(merges):
            node = node_hash(stack.pop(), node, algorithm)
        stack.append(node)
    if not stack:
        return digest(b"", algorithm)
    root = stack.pop()
    while stack:
        root = node_hash(stack.pop(), root, algorithm)
    return root


def inclusion_path(leaves: Sequence[bytes], index: int, algorithm: str = DEFAULT) -> list[bytes]:
    """The sibling hashes that lead from leaf ``index`` to the root, lowest first."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    level = [leaf_hash(leaf, algorithm) for leaf in leaves]
    path: list[bytes] = []
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            path.append(level[sibling])
        pairs = range(0, len(level) - 1, 2)
        merged = [node_hash(level[n], level[n + 1], algorithm) for n in pairs]
        level = merged + level[len(level) & ~1 :]
        index //= 2
    return path


def includes(
    leaf: bytes,
    index: int,
    size: int,
    path: Sequence[bytes],
    root: bytes,
    algorithm: str = DEFAULT,
) -> bool:
    """Whether ``path`` proves that ``leaf`` stands at ``index`` in the tree of ``size`` leaves."""
    if not 0 <= index < size:
        return False
    remaining = list(path)
    node = leaf_hash(leaf, algorithm)
    last = size - 1
    while last > 0:
        if index & 1 or index < last:
            if not remaining:
                return False
            sibling = remaining.pop(0)
            pair = (sibling, node) if index & 1 else (node, sibling)
            node = node_hash(*pair, algorithm)
        index, last = index >> 1, last >> 1
    return not remaining and node == root
