"""The firm's door: whoever acts for a firm comes in, with what every page of it shows."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from tidu.enterprises.models import Firm
from tidu.enterprises.queries import firm_by_id
from tidu.messages.queries import unread
from tidu.portals.parts.actors import current_actor_of, desk
from tidu.portals.parts.refusals import refusing

View = Callable[..., HttpResponseBase]


def require_firm(view: View) -> View:
    """A page for members of a firm; a refusal without a place on the page becomes its own."""
    return desk("firm")(refusing(view))


def firm_of(request: HttpRequest) -> Firm:
    """The firm for which this request acts, read once."""
    found: Firm | None = getattr(request, "firm", None)
    if found is None:
        found = firm_by_id(current_actor_of(request).firm_id or 0)
        request.firm = found  # type: ignore[attr-defined]
    return found


def page(
    request: HttpRequest, template: str, words: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page inside the firm's frame."""
    shared = {
        "firm": firm_of(request),
        "unread": unread(current_actor_of(request)),
        "may_write": bool(current_actor_of(request).roles & {"owner", "editor"}),
    }
    return render(request, f"enterprise/{template}.html", {**shared, **(words or {})}, status=status)


def arrived_at(request: HttpRequest) -> datetime:
    """The legal time of what this request brings."""
    at: datetime = request.arrived_at  # type: ignore[attr-defined]
    return at
