"""Published proofs: JSON files that can be checked with nothing but this folder.

``tidu.chain.1``      a whole chain; bodies may be withheld (null) without weakening the rest
``tidu.inclusion.1``  an entry, the path to its night's root, and that root
``tidu.roots.1``      a run of nightly roots, oldest first
``tidu.sample.1``     a drawn sample, to be drawn again
``tidu.draw.1``       a double random draw, to be done again from its commitment to its last dispatch
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from .canonical import moment_text
from .chain import Break, Head, Header, Link, breaks, entry_digest
from .draw.record import record_breaks
from .roots import FIRST_PREVIOUS, Root, root_breaks
from .sample import sample_breaks
from .tree import includes

Document = Mapping[str, Any]


class Malformed(ValueError):
    """The file is not a proof that this program knows how to read."""


def chain_document(head: Head, links: Iterable[Link], *, bodies: bool) -> dict[str, Any]:
    """A chain for publication; ``bodies=False`` withholds what was written in each entry."""
    return {
        "format": "tidu.chain.1",
        **asdict(head),
        "entries": [_link_fields(link, bodies=bodies) for link in links],
    }


def inclusion_document(
    link: Link, *, index: int, path: Sequence[bytes], root: Root, root_digest: str
) -> dict[str, Any]:
    """The proof that one entry was sealed on the night of ``root``."""
    return {
        "format": "tidu.inclusion.1",
        "entry": _link_fields(link, bodies=False),
        "index": index,
        "path": [step.hex() for step in path],
        "root": _root_fields(root, root_digest),
    }


def roots_document(roots: Iterable[tuple[Root, str]]) -> dict[str, Any]:
    """A run of nightly roots for publication."""
    return {"format": "tidu.roots.1", "roots": [_root_fields(*root) for root in roots]}


def document_breaks(document: Document) -> list[Break]:
    """Every place where a published proof does not hold; raises :class:`Malformed`."""
    checks: dict[str, Callable[[Document], Iterator[Break]]] = {
        "tidu.chain.1": _chain_breaks,
        "tidu.inclusion.1": _inclusion_breaks,
        "tidu.roots.1": _roots_breaks,
        "tidu.sample.1": sample_breaks,
        "tidu.draw.1": record_breaks,
    }
    try:
        return list(checks[document["format"]](document))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Malformed(f"{type(error).__name__}: {error}") from error


def _chain_breaks(document: Document) -> Iterator[Break]:
    head = Head(**{name: document[name] for name in Head.__slots__})
    return breaks(head, [_link(fields) for fields in document["entries"]])


def _inclusion_breaks(document: Document) -> Iterator[Break]:
    link = _link(document["entry"])
    computed = entry_digest(link.header)
    if computed != link.digest:
        yield Break(link.header.chain, link.header.seq, "entry", computed, link.digest)
    root, stored = _root(document["root"])
    yield from root_breaks([(root, stored)], previous=None)
    included = includes(
        bytes.fromhex(link.digest),
        document["index"],
        root.count,
        [bytes.fromhex(step) for step in document["path"]],
        bytes.fromhex(root.tree_root),
        root.algorithm,
    )
    if not included:
        yield Break(link.header.chain, link.header.seq, "inclusion", root.tree_root)


def _roots_breaks(document: Document) -> Iterator[Break]:
    roots = [_root(fields) for fields in document["roots"]]
    starts_here = bool(roots) and roots[0][0].previous == FIRST_PREVIOUS
    return root_breaks(roots, previous=FIRST_PREVIOUS if starts_here else None)


def _link_fields(link: Link, *, bodies: bool) -> dict[str, Any]:
    header = asdict(link.header)
    shown = bodies and link.body is not None and link.salt is not None
    return {
        **header,
        "at": moment_text(link.header.at),
        "written_at": moment_text(link.header.written_at),
        "digest": link.digest,
        "salt": link.salt.hex() if shown and link.salt is not None else None,
        "body": link.body.decode() if shown and link.body is not None else None,
    }


def _link(fields: Mapping[str, Any]) -> Link:
    header = {name: fields[name] for name in Header.__slots__}
    header["at"] = datetime.fromisoformat(header["at"])
    header["written_at"] = datetime.fromisoformat(header["written_at"])
    salt, body = fields["salt"], fields["body"]
    return Link(
        header=Header(**header),
        digest=fields["digest"],
        salt=None if salt is None else bytes.fromhex(salt),
        body=None if body is None else body.encode(),
    )


def _root_fields(root: Root, digest: str) -> dict[str, Any]:
    moment = moment_text(root.sealed_at)
    return {**asdict(root), "day": root.day.isoformat(), "sealed_at": moment, "digest": digest}


def _root(fields: Mapping[str, Any]) -> tuple[Root, str]:
    known = {name: fields[name] for name in Root.__slots__}
    known["day"] = date.fromisoformat(known["day"])
    known["sealed_at"] = datetime.fromisoformat(known["sealed_at"])
    return Root(**known), fields["digest"]
