"""分工: who in the office has how much on the list, and passing cases on from one colleague to another."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from tidu.applications.actions import pass_on
from tidu.applications.queries import cases_of_colleague, colleagues, workloads
from tidu.law.refusals import Refused, sentence
from tidu.offices.queries import colleague_of
from tidu.portals.office.access import page, require_office
from tidu.portals.office.views.queue import queue_row
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.numbers import number_said, numbers_said
from tidu.portals.parts.refusals import status_of

PER_PAGE = 100


@require_safe
@require_office
def index(request: HttpRequest) -> HttpResponse:
    """Everybody's list in a line."""
    at = request.arrived_at  # type: ignore[attr-defined]
    return page(request, "colleagues", {"workloads": workloads(current_actor_of(request), at=at)})


@require_http_methods(["GET", "HEAD", "POST"])
@require_office
def show(request: HttpRequest, account_id: int) -> HttpResponse:
    """One colleague's list; all of it, or what is ticked, goes to another."""
    actor, status = current_actor_of(request), 200
    account = colleague_of(actor.office_id or 0, account_id)
    if request.method == "POST":
        try:
            moved = pass_on(
                actor=actor,
                from_account_id=account.pk,
                to_account_id=number_said(request.POST.get("to")) or None,
                case_ids=None
                if request.POST.get("which") == "all"
                else numbers_said(request.POST.getlist("case")),
                at=request.arrived_at,  # type: ignore[attr-defined]
            )
        except Refused as refused:
            messages.error(request, sentence(refused))
            status = status_of(refused)
        else:
            messages.success(request, f"已转交 {len(moved)} 件，记入各件的经过。")
            return HttpResponseRedirect(reverse("office-colleagues"))
    return page(request, "colleague", _words(request, account), status=status)


def _words(request: HttpRequest, account: Any) -> dict[str, Any]:
    actor = current_actor_of(request)
    rows = Paginator(cases_of_colleague(actor, account.pk), PER_PAGE).get_page(request.GET.get("page"))
    at_work = colleagues(actor)
    return {
        "account": account,
        "is_at_work": any(one.pk == account.pk for one in at_work),
        "others": [one for one in at_work if one.pk != account.pk],
        "page_of_rows": rows,
        "rows": [queue_row(case) for case in rows],
    }
