"""The expert's door: an expert of some pool, and for cases one who has signed what is to be signed."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from tidu.panels.queries import expert_of, has_signed
from tidu.portals.parts.actors import current_actor_of, desk
from tidu.portals.parts.refusals import refusing

View = Callable[..., HttpResponseBase]


def require_expert(view: View) -> View:
    """A page of an expert's own; a refusal without a place on the page becomes a page."""
    return desk("expert")(refusing(view))


def require_signed(view: View) -> View:
    """A page of a case: whoever has something to sign is led there first."""

    @require_expert
    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not has_signed(expert_of(current_actor_of(request))):
            return HttpResponseRedirect(reverse("expert-home"))
        return view(request, *args, **kwargs)

    return entered


def page(
    request: HttpRequest, template: str, words: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page inside the expert's frame."""
    shared = {"actor": current_actor_of(request)}
    return render(request, f"expert/{template}.html", {**shared, **(words or {})}, status=status)
