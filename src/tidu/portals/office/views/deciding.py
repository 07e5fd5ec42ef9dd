"""Acts on one case from its page: receive, pass, return for mending, refuse, hand over, assign."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from tidu.applications import actions
from tidu.applications.models import Case
from tidu.applications.queries import case_for
from tidu.law.refusals import Refused
from tidu.portals.office.access import require_officer
from tidu.portals.office.addresses import carried, case_url
from tidu.portals.office.forms import DecisionForm, NationalForm
from tidu.portals.office.offline import OfflineForm, offline_of
from tidu.portals.office.views.case import render_case
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.numbers import number_said
from tidu.portals.parts.refusals import status_of

Act = Callable[..., Case]


@require_POST
@require_officer
def receive(request: HttpRequest, case_id: int) -> HttpResponse:
    """受理."""
    return _act(request, case_id, actions.receive, "已受理。", opinion=False)


@require_POST
@require_officer
def pass_(request: HttpRequest, case_id: int) -> HttpResponse:
    """审核通过."""
    return _act(request, case_id, actions.pass_review, "已审核通过。")


@require_POST
@require_officer
def refuse(request: HttpRequest, case_id: int) -> HttpResponse:
    """不予通过."""
    return _act(request, case_id, actions.refuse, "已作出不予通过的决定。")


@require_POST
@require_officer
def return_(request: HttpRequest, case_id: int) -> HttpResponse:
    """退回补正, with the boxes that were ticked on the rows."""
    marks = [mark for box in request.POST.getlist("marks") for mark in box.split()]
    more = {"fields": list(dict.fromkeys(marks)), "evidence": request.POST.getlist("evidence")}
    return _act(
        request, case_id, actions.return_for_mending, "已退回补正，企业只能修改标出的内容。", more=more
    )


@require_POST
@require_officer
def hand_over(request: HttpRequest, case_id: int) -> HttpResponse:
    """移交属地."""
    return _act(
        request,
        case_id,
        actions.hand_over,
        "已移交，本单位仍可查看。",
        more={"office_id": _number(request, "office")},
    )


@require_POST
@require_officer
def assign(request: HttpRequest, case_id: int) -> HttpResponse:
    """分派: on a colleague's list, or on nobody's."""
    actions.assign(
        actor=current_actor_of(request),
        case_id=case_id,
        account_id=_number(request, "account") or None,
        at=request.arrived_at,  # type: ignore[attr-defined]
    )
    messages.success(request, "已分派。")
    return HttpResponseRedirect(case_url(case_id, carried(request)))


@require_POST
@require_officer
def note_national(request: HttpRequest, case_id: int) -> HttpResponse:
    """国家平台状态."""
    form = NationalForm(request.POST)
    case = case_for(current_actor_of(request), case_id)
    if form.is_valid():
        actions.note_national_platform(
            actor=current_actor_of(request),
            case_id=case_id,
            status=form.cleaned_data["status"],
            receipt=form.cleaned_data["receipt"],
            at=request.arrived_at,  # type: ignore[attr-defined]
        )
        messages.success(request, "已登记国家平台状态。")
        return HttpResponseRedirect(case_url(case_id, carried(request)))
    return render_case(request, case, status=422)


def _act(
    request: HttpRequest,
    case_id: int,
    act: Act,
    done: str,
    *,
    opinion: bool = True,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """Take one act; what is refused comes back with everything that was typed and ticked."""
    actor = current_actor_of(request)
    form, offline = DecisionForm(request.POST), OfflineForm(request.POST, request.FILES)
    status = 422
    if form.is_valid() & offline.is_valid():
        said = {"comment": form.cleaned_data["comment"]} if opinion else {}
        try:
            case = act(
                actor=actor,
                case_id=case_id,
                expected_version=form.cleaned_data["version"],
                at=request.arrived_at,  # type: ignore[attr-defined]
                offline=offline_of(request, offline),
                **said,
                **(more or {}),
            )
        except Refused as refused:
            (offline if refused.field in offline.fields else form).refuse(refused)
            status = status_of(refused)
        else:
            messages.success(request, f"{case.firm.name}：{done}")
            return HttpResponseRedirect(case_url(case_id, carried(request)))
    return render_case(request, case_for(actor, case_id), form=form, offline=offline, status=status)


def _number(request: HttpRequest, name: str) -> int:
    return number_said(request.POST.get(name))
