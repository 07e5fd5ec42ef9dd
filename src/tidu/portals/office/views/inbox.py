"""Messages to the office."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tidu.law.refusals import Refused
from tidu.messages.actions import mark_all_read, mark_read
from tidu.messages.queries import inbox
from tidu.portals.office.access import page, require_office, require_officer
from tidu.portals.parts.actors import current_actor_of

PER_PAGE = 30


@require_safe
@require_office
def show(request: HttpRequest) -> HttpResponse:
    """The messages, the newest first; the address chooses those not read."""
    found = inbox(current_actor_of(request))
    if request.GET.get("state") == "unread":
        found = found.filter(read_at__isnull=True)
    if text := request.GET.get("q", "").replace("\0", "").strip():
        found = found.filter(subject__contains=text)
    choices = [{"name": "state", "label": "状态", "options": [("unread", "未读")]}]
    words = {"letters": Paginator(found, PER_PAGE).get_page(request.GET.get("page")), "choices": choices}
    return page(request, "inbox", words)


@require_POST
@require_officer
def follow(request: HttpRequest, message_id: int) -> HttpResponse:
    """Read a message and go where it leads."""
    actor = current_actor_of(request)
    message = inbox(actor).filter(pk=message_id).first()
    if message is None:
        raise Refused("message_unknown")
    mark_read(actor=actor, message_id=message_id, at=request.arrived_at)  # type: ignore[attr-defined]
    return HttpResponseRedirect(message.path or reverse("office-inbox"))


@require_POST
@require_officer
def read_all(request: HttpRequest) -> HttpResponse:
    """Note that everything was read."""
    mark_all_read(actor=current_actor_of(request), at=request.arrived_at)  # type: ignore[attr-defined]
    return HttpResponseRedirect(reverse("office-inbox"))
