"""Notices: the list, and one of them sentence by sentence with all that follows from it."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tidu.portals.parts.downloads import saved
from tidu.portals.parts.notices.pages import notice_words
from tidu.portals.public.pages import PER_PAGE, arrived_at, page, public, searched
from tidu.programmes.models import Notice
from tidu.programmes.queries import (
    notice_by_slug,
    notice_text,
    procedure_of,
    published_notices,
    standard_by_digest,
)
from tidu.proof.canonical import canonical_bytes
from tidu.records.queries import thaw


@require_safe
@public
def notices(request: HttpRequest) -> HttpResponse:
    """Every notice, the newest first."""
    found = published_notices()
    if text := searched(request):
        found = found.filter(title__contains=text) | found.filter(number__contains=text)
    rows, at = Paginator(found, PER_PAGE).get_page(request.GET.get("page")), arrived_at(request)
    shown = [
        (notice, [one for one in notice.batches.all() if one.opens_at <= at < one.closes_at])
        for notice in rows
    ]
    return page(request, "notices", {"rows": rows, "shown": shown})


@require_safe
@public
def notice(request: HttpRequest, slug: str) -> HttpResponse:
    """The text with our readings beside it, and what a firm needs to know to enter."""
    found = _found(slug)
    text, batches = notice_text(found), list(found.batches.all())
    standards = {one.code: standard_by_digest(one.standard_digest) for one in batches}
    words = notice_words(text, procedure_of(batches[0]), standards, arrived_at(request)) | {
        "notice": found,
        "here": found.is_demonstration == settings.DEMONSTRATION,
        "versions": list(found.versions.all())[::-1],
    }
    return page(request, "notice", words)


@require_safe
@public
def frozen(_: HttpRequest, slug: str, version: int) -> HttpResponse:
    """One version's canonical bytes: their SHA-256 is the digest shown on the page."""
    found = next((one for one in _found(slug).versions.all() if one.version == version), None)
    if found is None:
        raise Http404(str(version))
    content = canonical_bytes(thaw(found.digest))
    return saved(content, f"{slug}-v{version}.json", "application/json")


def _found(slug: str) -> Notice:
    found = notice_by_slug(slug)
    if found is None:
        raise Http404(slug)
    return found
