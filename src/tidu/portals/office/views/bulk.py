"""批量办理: choose in the queue, see what would happen to each case, confirm once, watch how far it is."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tidu.applications.actions import carry_out_bulk, confirm_bulk
from tidu.applications.actions.bulk import MOST
from tidu.applications.enums import BulkAction
from tidu.applications.models import BulkItem, Case
from tidu.applications.queries import (
    Prospect,
    bulk_acts,
    bulk_by_id,
    progress_of,
    prospects,
    queue,
    refused_items,
)
from tidu.law.refusals import Refused
from tidu.portals.office.access import page, require_office
from tidu.portals.office.addresses import filters_of, queue_url, queue_words
from tidu.portals.office.exports import Column, workbook
from tidu.portals.office.sending import versions_said
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.numbers import numbers_said
from tidu.portals.parts.refusable import RefusableForm
from tidu.portals.parts.refusals import status_of

AT_ONCE = 20
"""So many are done before the page answers; more go to a job of their own."""
PER_PAGE = 30


class BulkForm(RefusableForm):
    """The opinion for all of them."""

    comment = forms.CharField(
        label="意见（写给每一家，企业可见）",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "材料齐全，数据与佐证一致，同意。"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@require_office
def preview(request: HttpRequest, action: str) -> HttpResponse:
    """What the act would do to each chosen case; then, confirmed, the act."""
    chosen, status = _action(action), 200
    form = BulkForm(request.POST or None) if chosen is BulkAction.PASS_REVIEW else None
    if request.method == "POST":
        try:
            if form is None or form.is_valid():
                return _confirm(request, chosen, form.cleaned_data["comment"] if form else "")
            status = 422
        except Refused as refused:
            status = status_of(refused)
            if form is None:
                raise
            form.refuse(refused)
    return page(request, "bulk", _words(request, chosen) | {"form": form}, status=status)


@require_safe
@require_office
def show(request: HttpRequest, bulk_id: int) -> HttpResponse:
    """How far it has come, and what was not done and why; asks again by itself until it is through."""
    bulk = bulk_by_id(bulk_id)
    refused = Paginator(refused_items(bulk), PER_PAGE).get_page(request.GET.get("page"))
    words = {"bulk": bulk, "progress": progress_of(bulk), "refused": refused}
    return page(request, "bulk_act", words)


@require_safe
@require_office
def export(_: HttpRequest, bulk_id: int) -> FileResponse:
    """What was not done and why, as a workbook."""
    bulk = bulk_by_id(bulk_id)
    return workbook(f"批量办理未办-{bulk.pk}", COLUMNS, refused_items(bulk).iterator(chunk_size=2000))


@require_safe
@require_office
def index(request: HttpRequest) -> HttpResponse:
    """The office's acts on many, the newest first."""
    return page(
        request,
        "bulk_acts",
        {"acts_done": Paginator(bulk_acts(), PER_PAGE).get_page(request.GET.get("page"))},
    )


def _action(text: str) -> BulkAction:
    try:
        return BulkAction(text)
    except ValueError:
        raise Refused("bulk_action_unknown", value=text) from None


def _confirm(request: HttpRequest, action: BulkAction, comment: str) -> HttpResponse:
    versions = versions_said(request.POST.getlist("case"))
    bulk = confirm_bulk(
        actor=current_actor_of(request),
        action=action,
        case_versions=versions,
        comment=comment,
        at=request.arrived_at,  # type: ignore[attr-defined]
    )
    if len(versions) <= AT_ONCE:
        carry_out_bulk(bulk_id=bulk.pk, now=timezone.now)
        messages.success(request, f"批量{action.label}已办完，结果见下。")
    else:
        messages.success(request, f"已确认 {len(versions)} 件，正在逐件办理，可以离开本页。")
    return HttpResponseRedirect(reverse("office-bulk-act", args=[bulk.pk]))


def _words(request: HttpRequest, action: BulkAction) -> dict[str, Any]:
    said = request.GET if request.method != "POST" else QueryDict(request.POST.get("queue", ""))
    cases = _cases(request, said)
    found = prospects(current_actor_of(request), action, list(cases[:MOST]))
    ready = [one for one in found if one.answer]
    return {
        "action": action,
        "prospects": sorted(found, key=_pressing),
        "ready": len(ready),
        "doubtful": sum(bool(one.doubts) for one in ready),
        "blocked": len(found) - len(ready),
        "more": max(0, cases.count() - len(found)) if len(found) == MOST else 0,
        "queue": queue_words(said),
        "back": queue_url(queue_words(said)),
        "chosen": set(request.POST.getlist("case")) if request.method == "POST" else None,
        "at_once": AT_ONCE,
    }


def _cases(request: HttpRequest, said: QueryDict) -> QuerySet[Case]:
    """Those that are ticked; without a tick all that the filters of the queue find."""
    cases = queue(current_actor_of(request), filters_of(said)).select_related("assigned_to")
    ticked = numbers_said(request.GET.getlist("case")) or list(versions_said(request.POST.getlist("case")))
    return cases.filter(pk__in=ticked) if ticked else cases


def _pressing(one: Prospect) -> tuple[bool, bool]:
    """What cannot be done stands last, what deserves a look before it."""
    return not one.answer, bool(one.doubts)


COLUMNS = (
    Column[BulkItem]("案号", lambda item: item.case.number, 18),
    Column[BulkItem]("企业名称", lambda item: item.case.firm.name, 34),
    Column[BulkItem]("属地", lambda item: item.case.firm.area.name, 14),
    Column[BulkItem]("未办原因", lambda item: item.reason, 60),
)
