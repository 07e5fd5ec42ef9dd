"""Standards: the catalogue, one of them as its text says it, and the texts themselves."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tidu.law.rulebook import read_text
from tidu.law.schemas import SCHEMAS
from tidu.law.standards import Standard, base_of, differences, load, overlays_of, side_by_side, standard_ids
from tidu.law.standards.bodies import canonical_bytes
from tidu.portals.parts.downloads import saved
from tidu.portals.public.pages import arrived_at, page, public
from tidu.portals.public.standards import article
from tidu.portals.public.standards.catalogue import by_standard, certainties_of, tiers
from tidu.portals.public.standards.sizes import sizes
from tidu.programmes.queries import batches_judged_by, standard_by_digest, unclosed_batches

COMPARED = "2026"


@require_safe
@public
def standards(request: HttpRequest) -> HttpResponse:
    """Every standard with the rounds that name it, and those that are easily mixed up side by side."""
    words = {
        "tiers": tiers(unclosed_batches(arrived_at(request))),
        "compared": side_by_side(COMPARED),
        "sizes": sizes(),
    }
    return page(request, "standards", words)


@require_safe
@public
def standard(request: HttpRequest, standard: str) -> HttpResponse:
    """One standard as the rulebook has it now."""
    found = _found(standard)
    base = base_of(standard)
    batches = by_standard(unclosed_batches(arrived_at(request))).get(standard, ())
    words = {
        "base": load(base) if base else None,
        "differences": differences(standard),
        "overlays": [load(one) for one in overlays_of(standard)],
        "batches": batches,
        "current": True,
    }
    return page(request, "standard", _words(found) | words)


@require_safe
@public
def version(request: HttpRequest, standard: str, digest: str) -> HttpResponse:
    """The text that a published round froze, also after the rulebook has moved on."""
    found = _frozen(standard, digest)
    is_current = standard in standard_ids() and load(standard).digest == digest
    words = {"batches": tuple(batches_judged_by(digest)), "current": is_current}
    return page(request, "standard", _words(found) | words)


@require_safe
def text(_: HttpRequest, standard: str) -> HttpResponse:
    """The file of the rulebook, as it stands there."""
    _found(standard)
    content = read_text("standards", f"{standard}.toml").encode()
    return saved(content, f"{standard}.toml", "application/toml; charset=utf-8")


@require_safe
@public
def frozen(_: HttpRequest, standard: str, digest: str) -> HttpResponse:
    """The canonical bytes of the whole standard: their SHA-256 is the digest."""
    content = canonical_bytes(_frozen(standard, digest).body)
    return saved(content, f"{standard}-{digest[:12]}.json", "application/json")


@require_safe
def described(_: HttpRequest, name: str) -> HttpResponse:
    """How the JSON of a verdict or of facts is built, for other programs."""
    if name not in SCHEMAS:
        raise Http404(name)
    return saved(
        read_text("schemas", f"{name}.json").encode(),
        f"tidu-{name}.schema.json",
        "application/schema+json; charset=utf-8",
    )


def _words(found: Standard) -> dict[str, Any]:
    return {
        "standard": found,
        "certainties": certainties_of(found),
        "lines": article.lines(found),
        "pass_lines": article.pass_lines(found),
        "groups": article.groups(found),
        "reckoned": article.reckoned(found),
        "asked": article.asked(found),
        "evidence": found.evidence(),
    }


def _found(standard_id: str) -> Standard:
    if standard_id not in standard_ids():
        raise Http404(standard_id)
    return load(standard_id)


def _frozen(standard_id: str, digest: str) -> Standard:
    """The text of this digest: today's, or one that a published round froze."""
    if standard_id in standard_ids() and load(standard_id).digest == digest:
        return load(standard_id)
    if not batches_judged_by(digest).exists():
        raise Http404(digest)
    found = standard_by_digest(digest)
    if found.id != standard_id:
        raise Http404(standard_id)
    return found
