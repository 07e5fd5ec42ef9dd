"""The office's door: who comes in to read, who to act, and what every page inside shows.

An auditor reads everything his office reads and acts on nothing: pages for acting refuse him.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from tidu.applications.queries import Filters, todo_count
from tidu.applications.routing import READS_ON_ARRIVAL
from tidu.database.scope import Actor
from tidu.messages.queries import unread
from tidu.offices.enums import Role
from tidu.offices.queries import office_by_id
from tidu.panels.permissions import may_read_pool
from tidu.portals.parts.actors import current_actor_of, desk
from tidu.portals.parts.refusals import refusing
from tidu.programmes.permissions import may_read_drafts
from tidu.titles.permissions import ANNOUNCING, may_read_existing_titles

View = Callable[..., HttpResponseBase]

ACTING = frozenset({Role.CLERK, Role.LEADER})


def require_office(view: View) -> View:
    """A page to read: officers and auditors. A refusal without a place on the page becomes a page.

    Where such a page also takes an act (a form that posts to itself), auditors may not post.
    """
    inside = refusing(view)
    reading, acting = desk("office", "auditor")(inside), desk("office")(inside)

    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        enter = reading if request.method in ("GET", "HEAD") else acting
        return enter(request, *args, **kwargs)

    return entered


def require_reader(view: View) -> View:
    """An act that changes nothing of the case but is remembered: officers and auditors alike."""
    return desk("office", "auditor")(refusing(view))


def require_officer(view: View) -> View:
    """An act: officers only. Whether this one may take it, the action itself decides."""
    return desk("office")(refusing(view))


def acts(actor: Actor) -> bool:
    """Whether this person acts on cases at all; auditors and administrators of accounts only look."""
    return actor.kind == "office" and bool(actor.roles & ACTING)


def page(
    request: HttpRequest, template: str, words: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page inside the office's frame; `todo` is counted unless the page has counted it already."""
    actor = current_actor_of(request)
    own, said = office_by_id(actor.office_id or 0), words or {}
    shared = {
        "actor": actor,
        "role": "、".join(role.label for role in Role if role in actor.roles),
        "acts": acts(actor),
        "is_auditor": actor.kind == "auditor",
        "is_administrator": Role.ADMINISTRATOR in actor.roles,
        "issues_notices": bool(may_read_drafts(actor, own)),
        "reads_on_arrival": own.level in READS_ON_ARRIVAL,
        "draws_panels": own.level in ANNOUNCING and bool(may_read_pool(actor)),
        "announces_titles": bool(may_read_existing_titles(actor, own)),
        "todo": said["todo"] if "todo" in said else todo_count(actor, Filters()),
        "unread": unread(actor),
    }
    return render(request, f"office/{template}.html", {**shared, **said}, status=status)
