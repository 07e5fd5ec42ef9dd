"""Checking the whole ledger: every row of every chain, every snapshot, every night.

Runs in the system's scope and holds a few rows at a time. Each part is one query, hence sees one moment
of the database even while others write.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet

from tidu.proof.canonical import NotCanonical, parse_canonical
from tidu.proof.chain import Break, Head, Header, Link, breaks
from tidu.proof.digests import digest
from tidu.proof.roots import FIRST_PREVIOUS, root_breaks
from tidu.proof.roots import Root as ProofRoot
from tidu.proof.tree import tree_root
from tidu.records.actions import BODY_ERASED
from tidu.records.models import Chain, Frozen, Root

CHUNK = 2000

CHAIN = ("pk", "token", "kind", "head_seq", "head_digest", "algorithm")
HEADER = (
    "seq",
    "verb",
    "actor_kind",
    "account_id",
    "office_id",
    "firm_id",
    "actor_name",
    "at",
    "written_at",
    "snapshot_id",
    "body_digest",
    "previous",
    "algorithm",
)
LINK = ("digest", "salt", "body")
SNAPSHOT_THERE = "entries__snapshot__public"
ROOT = (*ProofRoot.__slots__, "digest")
LEAF = ("leaves__index", "leaves__leaf", "leaves__entry__digest")


def verify_all() -> Iterator[Break]:
    """Every place in the ledger that does not hold; nothing when it is whole."""
    yield from chains_breaks(Chain.objects.all())
    yield from frozen_breaks()
    yield from nights_breaks()


def verify_chain(chain: Chain) -> list[Break]:
    """Every place in one chain that does not hold. The scope must be able to read all its entries."""
    return list(chains_breaks(Chain.objects.filter(pk=chain.pk)))


def chains_breaks(chains: QuerySet[Chain]) -> Iterator[Break]:
    columns = (*CHAIN, *(f"entries__{name}" for name in (*HEADER, *LINK)), SNAPSHOT_THERE)
    rows = chains.order_by("pk", "entries__seq").values_list(*columns)
    for _, group in groupby(rows.iterator(chunk_size=CHUNK), key=itemgetter(0)):
        yield from _chain_breaks(group)


def _chain_breaks(group: Iterator[tuple[Any, ...]]) -> Iterator[Break]:
    first = next(group)
    head = Head(*first[1 : len(CHAIN)])
    erasures = _Erasures(head.chain)
    snapshots: list[Break] = []
    yield from breaks(head, _links(head.chain, first, group, erasures, snapshots))
    yield from snapshots
    yield from erasures.breaks()


def _links(
    chain: str,
    first: tuple[Any, ...],
    group: Iterator[tuple[Any, ...]],
    erasures: "_Erasures",
    snapshots: list[Break],
) -> Iterator[Link]:
    """The entries of a group of rows; what is seen in passing is noted for afterwards."""
    start, end = len(CHAIN), len(CHAIN) + len(HEADER)
    for row in (first, *group):
        if row[start] is None:
            return
        header = Header(chain, *row[start:end])
        stored, salt, body = row[end : end + len(LINK)]
        link = Link(header, stored, _octets(salt), _octets(body))
        erasures.see(link)
        if header.snapshot is not None and row[-1] is None:
            snapshots.append(Break(chain, header.seq, "snapshot_missing", expected=header.snapshot))
        yield link


class _Erasures:
    """Bodies that are gone, against the entries that say they were erased by rule."""

    def __init__(self, chain: str) -> None:
        self.chain = chain
        self.gone: set[int] = set()
        self.declared: set[int] = set()

    def see(self, link: Link) -> None:
        if link.body is None:
            self.gone.add(link.header.seq)
        elif link.header.verb == BODY_ERASED:
            try:
                self.declared.add(parse_canonical(link.body)["seq"])
            except (NotCanonical, KeyError, TypeError):
                return  # an altered body, reported as such

    def breaks(self) -> Iterator[Break]:
        for seq in sorted(self.gone - self.declared):
            yield Break(self.chain, seq, "erased")


def frozen_breaks() -> Iterator[Break]:
    """Frozen bodies whose bytes are not those their name promises."""
    for name, body in Frozen.objects.values_list("digest", "body").iterator(chunk_size=100):
        computed = digest(bytes(body), "sha256").hex()
        if computed != name:
            yield Break(name, None, "snapshot", expected=name, found=computed)


def nights_breaks() -> Iterator[Break]:
    """Nightly roots that do not follow each other, or do not seal the entries they say they seal."""
    rows = Root.objects.order_by("day", "leaves__index").values_list(*ROOT, *LEAF)
    previous = FIRST_PREVIOUS
    for _, group in groupby(rows.iterator(chunk_size=CHUNK), key=itemgetter(0)):
        leaves = list(group)
        root, stored = ProofRoot(*leaves[0][: len(ROOT) - 1]), leaves[0][len(ROOT) - 1]
        yield from root_breaks([(root, stored)], previous)
        yield from _night_breaks(root, [row[len(ROOT) :] for row in leaves if row[len(ROOT)] is not None])
        previous = stored


def _night_breaks(root: ProofRoot, leaves: list[tuple[int, str, str | None]]) -> Iterator[Break]:
    day = root.day.isoformat()
    if [index for index, _, _ in leaves] != list(range(root.count)):
        yield Break(day, None, "sealed_count", expected=str(root.count), found=str(len(leaves)))
    for index, leaf, entry in leaves:
        if leaf != entry:
            yield Break(day, index, "sealed", expected=leaf, found=entry or "")
    try:
        computed = tree_root((bytes.fromhex(leaf) for _, leaf, _ in leaves), root.algorithm).hex()
    except ValueError as error:  # an unknown algorithm, or a leaf that is no digest any more
        computed = str(error)
    if computed != root.tree_root:
        yield Break(day, None, "tree", expected=root.tree_root, found=computed)


def _octets(value: memoryview | bytes | None) -> bytes | None:
    return None if value is None else bytes(value)
