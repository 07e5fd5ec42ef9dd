"""Messages to the firm."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tidu.law.refusals import Refused
from tidu.messages.actions import mark_all_read, mark_read
from tidu.messages.queries import inbox as inbox_of
from tidu.portals.enterprise.access import arrived_at, page, require_firm
from tidu.portals.parts.actors import current_actor_of

PER_PAGE = 20
FILTERS = [{"name": "show", "label": "显示", "options": [("unread", "未读"), ("act", "需办理")]}]


@require_safe
@require_firm
def inbox(request: HttpRequest) -> HttpResponse:
    """The newest first; unread and what asks for something can be picked out."""
    found = inbox_of(current_actor_of(request))
    if words := request.GET.get("q", "").strip():
        found = found.filter(subject__contains=words) | found.filter(body__contains=words)
    match request.GET.get("show"):
        case "unread":
            found = found.filter(read_at__isnull=True)
        case "act":
            found = found.filter(needs_action=True)
    rows = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "inbox", {"rows": rows, "choices": FILTERS})


@require_POST
@require_firm
def read(request: HttpRequest, message_id: int) -> HttpResponse:
    """Mark one as read and go where it leads."""
    actor, at = current_actor_of(request), arrived_at(request)
    message = inbox_of(actor).filter(pk=message_id).first()
    if message is None:
        raise Refused("message_unknown")
    mark_read(actor=actor, message_id=message_id, at=at)
    return HttpResponseRedirect(message.path or reverse("enterprise-inbox"))


@require_POST
@require_firm
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all that came by now as read."""
    mark_all_read(actor=current_actor_of(request), at=arrived_at(request))
    return HttpResponseRedirect(reverse("enterprise-inbox"))
