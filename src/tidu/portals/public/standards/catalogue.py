"""The catalogue: every standard by the title it confers, and the rounds that name it now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tidu.law.standards import Certainty, Standard, base_of, load, standard_ids
from tidu.programmes.models import Batch
from tidu.programmes.queries import standard_by_digest

TIERS = (
    ("第一级　科技和创新型中小企业", ("科技型中小企业", "创新型中小企业")),
    ("第二级　专精特新中小企业", ("专精特新中小企业",)),
    ("第三级　专精特新“小巨人”企业", ("专精特新“小巨人”企业",)),
)
"""The three steps, and the titles of each."""


@dataclass(frozen=True)
class Counted:
    """How many of a standard's values are how certain."""

    certainty: Certainty
    count: int


@dataclass(frozen=True)
class Listed:
    """A standard in the catalogue. `base` is the one it overlays, `batches` the rounds that name it."""

    standard: Standard
    base: Standard | None
    certainties: tuple[Counted, ...]
    batches: tuple[Batch, ...]


@dataclass(frozen=True)
class Tier:
    """One step of the ladder with its standards: whole ones first, each followed by its overlays."""

    label: str
    standards: tuple[Listed, ...]


def tiers(batches: Iterable[Batch]) -> tuple[Tier, ...]:
    """The catalogue; `batches` are those whose standard is to be named beside it."""
    named = by_standard(batches)
    listed = [_listed(load(one), named) for one in _in_order()]
    return tuple(
        Tier(label, tuple(one for one in listed if one.standard.confers in titles)) for label, titles in TIERS
    )


def by_standard(batches: Iterable[Batch]) -> dict[str, tuple[Batch, ...]]:
    """Rounds by the id of the standard they name, the first to close first."""
    found: dict[str, list[Batch]] = {}
    for batch in batches:
        found.setdefault(standard_by_digest(batch.standard_digest).id, []).append(batch)
    return {name: tuple(sorted(rounds, key=_closes)) for name, rounds in found.items()}


def certainties_of(standard: Standard) -> tuple[Counted, ...]:
    """How many conditions and indicators rest on which certainty; what is none is left out."""
    found = [clause.citation.certainty for clause in standard.root if clause.rule]
    found += [indicator.citation.certainty for indicator in standard.indicators]
    return tuple(Counted(one, found.count(one)) for one in Certainty if one in found)


def _closes(batch: Batch) -> datetime:
    return batch.closes_at


def _in_order() -> Sequence[str]:
    """Every standard after the one it overlays."""
    ids = standard_ids()

    def path(name: str) -> tuple[str, ...]:
        base = base_of(name)
        return (*path(base), name) if base else (name,)

    return sorted(ids, key=path)


def _listed(standard: Standard, named: dict[str, tuple[Batch, ...]]) -> Listed:
    base = base_of(standard.id)
    return Listed(
        standard,
        load(base) if base else None,
        certainties_of(standard),
        named.get(standard.id, ()),
    )
