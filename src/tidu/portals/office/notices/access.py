"""Who comes in: offices that organise the work of others; their auditors read."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from tidu.law.refusals import Refused
from tidu.offices.queries import office_by_id
from tidu.portals.parts.actors import current_actor_of, desk
from tidu.portals.parts.refusals import refusal
from tidu.programmes.permissions import may_draft, may_read_drafts

View = Callable[..., HttpResponseBase]


def require_drafter(view: View) -> View:
    """A page to read; where it also takes an act, auditors may not post. The view is given its office."""
    return never_cache(_entered(view, desk("office", "auditor"), desk("office")))


def require_draft_act(view: View) -> View:
    """An act on a draft or a notice of one's own office."""
    return never_cache(_entered(view, desk("office"), desk("office")))


def _entered(view: View, reading: Callable[[View], View], acting: Callable[[View], View]) -> View:
    def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor = current_actor_of(request)
        try:
            office = office_by_id(actor.office_id or 0)
            is_read = request.method in ("GET", "HEAD")
            (may_read_drafts if is_read else may_draft)(actor, office).require()
            return view(request, office, *args, **kwargs)
        except Refused as refused:
            return refusal(request, refused)

    read, act = reading(inside), acting(inside)

    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return (read if request.method in ("GET", "HEAD") else act)(request, *args, **kwargs)

    return entered
