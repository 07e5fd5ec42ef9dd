"""What every public page shares: its frame, its sections, and how a refusal is answered.

Nobody needs to log in here. Whoever is logged in sees the way back to their desk and nothing more.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tidu.law.refusals import Refused
from tidu.portals.parts.actors import HOMES, current_actor_of
from tidu.portals.parts.refusals import refusal

PER_PAGE = 50

SECTIONS = (
    ("notices", "通知"),
    ("publicity", "公示"),
    ("announcements", "公告"),
    ("titles", "称号查询"),
    ("standards", "标准"),
    ("check", "自测"),
    ("directory", "主管部门"),
    ("help", "帮助"),
)
"""The main menu: the first part of the address, and its label."""

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """A page for everybody; what is refused and has no place on the page becomes a page of its own."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            return refusal(request, refused)

    return shown


def page(
    request: HttpRequest, template: str, words: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page inside the public frame."""
    actor = current_actor_of(request)
    shared = {
        "sections": SECTIONS,
        "section": request.path.split("/")[1],
        "desk": HOMES.get(actor.kind, ""),
        "who": actor.name,
    }
    return render(request, f"public/{template}.html", {**shared, **(words or {})}, status=status)


def arrived_at(request: HttpRequest) -> datetime:
    """The legal time of what this request brings."""
    at: datetime = request.arrived_at  # type: ignore[attr-defined]
    return at


def searched(request: HttpRequest) -> str:
    """What was typed into the search field."""
    return request.GET.get("q", "").strip()
