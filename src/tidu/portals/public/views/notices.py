"""Notices: the list, and one of them sentence by sentence with all that follows from it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tidu.law import notices as law
from tidu.law.calendars import Window
from tidu.law.notices import Deadline, deadlines
from tidu.law.standards import Standard
from tidu.portals.parts.downloads import saved
from tidu.portals.public.flow import lanes
from tidu.portals.public.pages import PER_PAGE, arrived_at, page, public, searched
from tidu.portals.public.texts import applicants, evidence_list, parts_of
from tidu.programmes.models import Batch, Notice
from tidu.programmes.queries import (
    notice_by_slug,
    notice_text,
    procedure_of,
    published_notices,
    standard_by_digest,
)
from tidu.proof.canonical import canonical_bytes
from tidu.records.queries import thaw

STATES = {"ahead": "未开始", "open": "申报中", "closed": "已截止"}


@dataclass(frozen=True)
class Round:
    """One batch as shown: its window, whom it calls to re-review, and by when offices must be done."""

    row: Batch
    text: law.Batch
    standard: Standard
    deadlines: tuple[Deadline, ...]
    state: str

    @property
    def state_label(self) -> str:
        return STATES[self.state]


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
    rounds = [_round(found, text, one, arrived_at(request)) for one in batches]
    words = {
        "notice": found,
        "text": text,
        "parts": parts_of(text),
        "applicants": applicants(text),
        "evidence": evidence_list(text),
        "rounds": rounds,
        "open": [one for one in rounds if one.state == "open"],
        "here": found.is_demonstration == settings.DEMONSTRATION,
        "standards": list({one.standard.digest: one.standard for one in rounds}.values()),
        "lanes": lanes(procedure_of(batches[0]), text),
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


def _round(notice: Notice, text: law.Notice, batch: Batch, at: datetime) -> Round:
    batch.notice = notice
    said = text.batch(batch.code)
    return Round(
        row=batch,
        text=said,
        standard=standard_by_digest(batch.standard_digest),
        deadlines=deadlines(text, said, procedure_of(batch).stages),
        state=_state(Window(batch.opens_at, batch.closes_at), at),
    )


def _state(window: Window, at: datetime) -> str:
    if at in window:
        return "open"
    return "ahead" if at < window.opens else "closed"
