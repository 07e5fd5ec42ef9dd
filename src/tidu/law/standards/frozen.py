"""Reading a verdict's plain JSON (`tidu.verdict/1`), all that is left of a verdict once it is frozen."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class FrozenClause(NamedTuple):
    """A clause's JSON at its depth, 0 below the root. `counts` is False where another one spares it."""

    body: Mapping[str, Any]
    depth: int
    counts: bool


def clauses_of(root: Mapping[str, Any], depth: int = 0, *, counts: bool = True) -> Iterator[FrozenClause]:
    """Each clause below the root, parents first; the root itself is the outcome.

    Where any one part suffices, only the parts that decided it are held against the firm, as in
    `ClauseResult.rules` of the live verdict.
    """
    for part in root["parts"]:
        needed = counts and not (root["joins"] == "any" and part["outcome"] != root["outcome"])
        yield FrozenClause(part, depth, needed)
        yield from clauses_of(part, depth + 1, counts=needed)
