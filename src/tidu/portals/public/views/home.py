"""The first page, the help page, and what search engines may read."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tidu.portals.public.pages import arrived_at, page, public
from tidu.programmes.models import Batch
from tidu.programmes.queries import open_batches
from tidu.publicity.queries import announcements, lists_open

SHOWN = 5


@require_safe
@public
def home(request: HttpRequest) -> HttpResponse:
    """What this is and is not, what is open now, and how to begin."""
    at = arrived_at(request)
    words = {
        "batches": _by_deadline(open_batches(at)),
        "lists": lists_open(at)[:SHOWN],
        "announcements": announcements()[:SHOWN],
    }
    return page(request, "home", words)


def _by_deadline(batches: QuerySet[Batch]) -> list[Batch]:
    """The invented rounds of a demonstration first, then what closes first."""
    return sorted(batches, key=lambda one: (not one.notice.is_demonstration, one.closes_at, one.position))


@require_safe
@public
def help_(request: HttpRequest) -> HttpResponse:
    """How to use the site, also without a mouse, and whom to call."""
    return page(request, "help")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Desks, login and objections are nothing for search engines."""
    return render(request, "public/robots.txt", content_type="text/plain; charset=utf-8")
