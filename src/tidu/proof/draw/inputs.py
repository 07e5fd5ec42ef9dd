"""What a draw starts from, frozen before its seed exists.

Nobody stands in it by name. Experts and cases are pseudonyms; employers, areas, holders and earlier
services are tokens. Both are salted digests (:func:`token`), and the salt stays with the drawing office:
who may see the names can be given it and check them, nobody else can guess them.

    commitment = H("tidu.draw.input.1", canonical bytes of the input)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from ..canonical import canonical_bytes
from ..digests import DEFAULT, tagged_digest

FIELDS = ("industry", "finance", "technology", "property")
"""产业、财务、技术、知识产权, in the order in which they are dealt."""
REQUIRED = ("industry", "finance")
"""Of which each panel holds at least one (Article 10)."""
MODES = ("instant", "batch")


@dataclass(frozen=True, slots=True)
class Field:
    """For what an expert may sit. An empty sector: in every sector."""

    field: str
    sector: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expert of the pool.

    ``apart``: tokens of which no two members of a panel share one (employer).
    ``avoids``: tokens that no case of his may bear (employer, holder, area, earlier service).
    ``load``: cases he already has; he may take the cap less these.
    """

    id: str
    fields: tuple[Field, ...]
    apart: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()
    load: int = 0


@dataclass(frozen=True, slots=True)
class Division:
    """Panels for some sectors, all with the same seats. No sectors: what no other division names."""

    id: str
    panels: int
    seats: Mapping[str, int]
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A case as the draw sees it.

    ``tokens``: what the firm bears (its area, itself as employer, its holders …), to be held against
    ``Candidate.avoids``. ``conflicts``: experts who may not have it, declared or found by an office.
    """

    id: str
    sector: str = ""
    tokens: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberForm:
    """One group of a public draw's numbers, as ``5 of 1..35``, none twice unless ``repeats``."""

    count: int
    lowest: int
    highest: int
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class PublicDraw:
    """A named public draw of a later date; its numbers are beyond everybody's reach."""

    name: str
    date: str
    numbers: tuple[NumberForm, ...]


@dataclass(frozen=True, slots=True)
class SeedPlan:
    """Where the seed will come from. ``secret_commitment`` is the drawing office's."""

    secret_commitment: str
    witnesses: tuple[str, ...] = ()
    public_draw: PublicDraw | None = None
    ledger_root: bool = False


@dataclass(frozen=True, slots=True)
class LinkChain:
    """A hash chain of which one link is shown at each dispatch: see :mod:`.links`."""

    holder: str
    anchor: str
    length: int


@dataclass(frozen=True, slots=True)
class Replaces:
    """The draw that this one replaces, by its commitment, and why."""

    commitment: str
    reason: str


@dataclass(frozen=True, slots=True)
class DrawInput:
    """Everything that the result depends on, except the seed and the cases to come."""

    draw: str
    purpose: Mapping[str, str]
    frozen_on: str
    mode: str
    candidates: tuple[Candidate, ...]
    divisions: tuple[Division, ...]
    seed: SeedPlan
    chains: tuple[LinkChain, LinkChain]
    cap: int
    clashes: tuple[tuple[str, str], ...] = ()
    cases: tuple[Case, ...] = ()
    width_percent: int = 50
    sweeps: int = 20
    replaces: Replaces | None = None
    algorithm: str = DEFAULT
    format: str = "tidu.draw.input.1"


def as_json(value: Any) -> Any:
    """The same in objects, lists and plain values."""
    if is_dataclass(value):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {name: as_json(item) for name, item in value.items()}
    return [as_json(item) for item in value] if isinstance(value, tuple | list) else value


def token(salt: bytes, kind: str, value: str, algorithm: str = DEFAULT) -> str:
    """The pseudonym or token of a value: sixteen octets in hexadecimal.

    The same salt for a whole draw, 32 octets by chance. ``kind`` keeps an expert's number apart from an
    employer's, as in ``token(salt, "expert", "17")`` and ``token(salt, "employer", code)``.
    """
    parts = salt, kind.encode(), value.encode()
    return tagged_digest("tidu.draw.token.1", *parts, algorithm=algorithm).hex()[:32]


def input_document(frozen: DrawInput) -> dict[str, Any]:
    """The input as JSON."""
    document: dict[str, Any] = as_json(frozen)
    return document


def commitment(frozen: DrawInput) -> str:
    """What is published before the seed exists."""
    data = canonical_bytes(input_document(frozen))
    return tagged_digest(frozen.format, data, algorithm=frozen.algorithm).hex()
