"""Reading the ledger, and what may be published of it. Each sees what the current scope may see."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from tidu.law.refusals import Refused
from tidu.proof.canonical import parse_canonical
from tidu.proof.chain import Link
from tidu.proof.documents import chain_document, inclusion_document, roots_document
from tidu.proof.tree import inclusion_path
from tidu.records.models import Chain, Entry, Frozen, Root, SealedEntry


def timeline(chain: Chain) -> QuerySet[Entry]:
    """The entries of a chain, oldest first; ``entry.content`` is what was written."""
    return Entry.objects.filter(chain=chain).order_by("seq")


def entry_at(token: str, seq: int) -> Entry:
    """One entry by its chain's public name and its number. Refused("ledger_entry_unknown")."""
    found = Entry.objects.select_related("chain").filter(chain__token=token, seq=seq).first()
    if found is None:
        raise Refused("ledger_entry_unknown", value=token, seq=seq)
    return found


def thaw(digest: str) -> Any:
    """A frozen body by its digest; Frozen.DoesNotExist where the scope may not read it."""
    return parse_canonical(bytes(Frozen.objects.values_list("body", flat=True).get(pk=digest)))


def thaw_many(digests: Iterable[str]) -> dict[str, Any]:
    """Frozen bodies by their digests, in one query; those the scope may not read are left out."""
    found = Frozen.objects.filter(pk__in=set(digests)).values_list("digest", "body")
    return {digest: parse_canonical(bytes(body)) for digest, body in found}


def chain_proof(
    chain: Chain, *, bodies: bool, withhold: Callable[[Entry], bool] = lambda _: False
) -> dict[str, Any]:
    """A chain as a file that ``python -m tidu.proof verify`` checks; without bodies it may go to anyone.

    ``withhold`` chooses entries whose body stays behind even so; the chain holds without it.
    """
    current = Chain.objects.get(pk=chain.pk)
    links = (_link(entry, current.token, withhold(entry)) for entry in timeline(current))
    return chain_document(current.head(), links, bodies=bodies)


def _link(entry: Entry, token: str, withheld: bool) -> Link:
    link = entry.link(token)
    return replace(link, salt=None, body=None) if withheld else link


def last_sealed(chain: Chain) -> Entry | None:
    """The newest entry of a chain that a night has sealed, and with it all before; None until one has."""
    sealed = Entry.objects.filter(chain=chain, sealed__isnull=False).select_related("chain")
    return sealed.order_by("-seq").first()


def inclusion_proof(entry: Entry) -> dict[str, Any] | None:
    """The proof that an entry was sealed, as a file; None until its night has come."""
    place = SealedEntry.objects.select_related("root").filter(entry=entry).first()
    if place is None:
        return None
    root = place.root
    leaves = [bytes.fromhex(leaf) for leaf in root.leaves.order_by("index").values_list("leaf", flat=True)]
    return inclusion_document(
        entry.link(entry.chain.token),
        index=place.index,
        path=inclusion_path(leaves, place.index, root.algorithm),
        root=root.proof(),
        root_digest=root.digest,
    )


def roots() -> QuerySet[Root]:
    """Every nightly root, newest first."""
    return Root.objects.order_by("-day")


def roots_proof() -> dict[str, Any]:
    """Every nightly root as a file, oldest first."""
    return roots_document((root.proof(), root.digest) for root in Root.objects.order_by("day"))
