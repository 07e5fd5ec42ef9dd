"""Hash chains: each entry holds the digest of the one before it.

An entry is public in its *header* (who, what, when, the digests) and private in its *body*.
The header holds only the salted digest of the body, therefore a body can be erased and the
chain still holds, and a published digest cannot be guessed back to the body it stands for.

    body digest    = H("tidu.body.1",  salt, body)
    chain's start  = H("tidu.start.1", canonical bytes of {chain, kind, algorithm})
    entry's digest = H("tidu.entry.1", canonical bytes of the header)

where ``H`` is :func:`tidu.proof.digests.tagged_digest` and the header names the digest of the
entry before it, or the chain's start for the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from .canonical import canonical_bytes
from .digests import DEFAULT, UnknownAlgorithm, tagged_digest


@dataclass(frozen=True, slots=True)
class Header:
    """The public part of an entry: everything its digest covers. Digests are hexadecimal."""

    chain: str
    seq: int
    verb: str
    actor_kind: str
    account: int | None
    office: int | None
    firm: int | None
    actor_name: str
    at: datetime
    written_at: datetime
    snapshot: str | None
    body_digest: str
    previous: str
    algorithm: str = DEFAULT


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as it was stored: header, digest and, unless erased or withheld, salt and body."""

    header: Header
    digest: str
    salt: bytes | None = None
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain stands: what it is, how many entries it has and the digest of the last."""

    chain: str
    kind: str
    seq: int
    digest: str
    algorithm: str = DEFAULT


@dataclass(frozen=True, slots=True)
class Break:
    """One place where a record does not hold. ``what`` is a key of ``wording.BREAKS``."""

    chain: str
    seq: int | None
    what: str
    expected: str = ""
    found: str = ""


def body_digest(salt: bytes, body: bytes, algorithm: str = DEFAULT) -> str:
    """The salted digest that stands for a body in its header."""
    return tagged_digest("tidu.body.1", salt, body, algorithm=algorithm).hex()


def start_digest(chain: str, kind: str, algorithm: str = DEFAULT) -> str:
    """What the first entry of a chain points back to."""
    start = canonical_bytes({"chain": chain, "kind": kind, "algorithm": algorithm})
    return tagged_digest("tidu.start.1", start, algorithm=algorithm).hex()


def entry_digest(header: Header) -> str:
    """The digest of an entry, over every field of its header."""
    fields = {name: getattr(header, name) for name in Header.__slots__}
    return tagged_digest("tidu.entry.1", canonical_bytes(fields), algorithm=header.algorithm).hex()


def breaks(head: Head, links: Iterable[Link]) -> Iterator[Break]:
    """Every place where a chain does not hold, in order; nothing when it is whole.

    ``links`` are read once and may be a stream. After a missing or moved entry the check goes on
    from what is stored, so that one altered row is reported as itself and not as all after it.
    """
    try:
        previous = start_digest(head.chain, head.kind, head.algorithm)
        seq = 0
        for link in links:
            yield from _entry_breaks(head.chain, link, seq + 1, previous)
            previous, seq = link.digest, link.header.seq
        yield from _head_breaks(head, seq, previous)
    except UnknownAlgorithm as error:
        yield Break(head.chain, None, "algorithm", found=str(error))


def _entry_breaks(chain: str, link: Link, seq: int, previous: str) -> Iterator[Break]:
    header = link.header
    if header.chain != chain:
        yield Break(chain, header.seq, "chain", expected=chain, found=header.chain)
    if header.seq != seq:
        yield Break(chain, header.seq, "sequence", expected=str(seq), found=str(header.seq))
    if header.previous != previous:
        yield Break(chain, header.seq, "previous", expected=previous, found=header.previous)
    yield from _body_breaks(chain, link)
    computed = entry_digest(header)
    if computed != link.digest:
        yield Break(chain, header.seq, "entry", expected=computed, found=link.digest)


def _body_breaks(chain: str, link: Link) -> Iterator[Break]:
    header = link.header
    if link.body is None and link.salt is None:
        return
    if link.body is None or link.salt is None:
        yield Break(chain, header.seq, "half_erased")
        return
    computed = body_digest(link.salt, link.body, header.algorithm)
    if computed != header.body_digest:
        yield Break(chain, header.seq, "body", expected=computed, found=header.body_digest)


def _head_breaks(head: Head, seq: int, digest: str) -> Iterator[Break]:
    if head.seq != seq:
        yield Break(head.chain, None, "length", expected=str(head.seq), found=str(seq))
    if head.digest != digest:
        yield Break(head.chain, None, "head", expected=head.digest, found=digest)
