"""The directory: which office stands over which, whom it serves, and its telephone."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tidu.offices.queries import directory
from tidu.portals.public.pages import page, public


@require_safe
@public
def offices(request: HttpRequest) -> HttpResponse:
    """All chains of open offices, the real ones first."""
    chains = sorted(directory(), key=lambda one: (one.office.is_demonstration, one.office.code))
    return page(request, "directory", {"chains": chains})
