"""Taking an act on many cases of a batch: all that are ticked on the page, at the versions it showed."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tidu.database.scope import Actor
from tidu.law.calendars import legal_day
from tidu.law.notices import publicity_window, title_validity
from tidu.law.procedures import Stage
from tidu.law.refusals import Refused
from tidu.portals.office.access import page, require_office
from tidu.portals.office.clocks import MODES, clock_of_stage
from tidu.portals.office.offline import OfflineForm, offline_of
from tidu.portals.office.scans import first_taken
from tidu.portals.office.sending import SENDINGS, Sending, candidates, versions_said
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.refusable import RefusableForm
from tidu.portals.parts.refusals import status_of
from tidu.programmes.models import Batch
from tidu.programmes.queries import batch_by_id, notice_text, procedure_of
from tidu.titles.enums import TitleKind


@require_http_methods(["GET", "HEAD", "POST"])
@require_office
def show(request: HttpRequest, batch_id: int, stage_id: str) -> HttpResponse:
    """The waiting cases with a verdict for each, and the act's form."""
    batch = batch_by_id(batch_id)
    stage = _stage(batch, stage_id)
    sending, status = SENDINGS[stage.kind.value], 200
    at: datetime = request.arrived_at  # type: ignore[attr-defined]
    form = sending.form(request.POST or None, request.FILES or None, initial=_initial(batch, sending, at))
    offline = OfflineForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        status = _send(request, batch, sending, form, offline)
        if status == 200:
            return HttpResponseRedirect(reverse("office-batch", args=[batch.pk]))
    words = _words(current_actor_of(request), batch, stage, at) | {
        "sending": sending,
        "form": form,
        "offline": offline,
        "chosen": _chosen(request),
    }
    return page(request, "sending", words, status=status)


def _stage(batch: Batch, stage_id: str) -> Stage:
    """A stage at which an act is taken for many; 404 for any other."""
    stage = next((one for one in procedure_of(batch).stages if one.id == stage_id), None)
    if stage is None or stage.kind.value not in SENDINGS:
        raise Http404(stage_id)
    return stage


def _send(
    request: HttpRequest, batch: Batch, sending: Sending, form: RefusableForm, offline: OfflineForm
) -> int:
    if not (form.is_valid() & offline.is_valid()):
        return 422
    versions = versions_said(request.POST.getlist("case"))
    try:
        said = dict(form.cleaned_data)
        if "scan" in said:
            said["scan"] = first_taken(request, said["scan"])
        sending.send(
            current_actor_of(request),
            batch,
            versions,
            said,
            request.arrived_at,  # type: ignore[attr-defined]
            offline_of(request, offline),
        )
    except Refused as refused:
        (offline if refused.field in offline.fields else form).refuse(refused)
        return status_of(refused)
    messages.success(request, f"{sending.done} {len(versions)} 家。")
    return 200


def _words(actor: Actor, batch: Batch, stage: Stage, at: datetime) -> dict[str, Any]:
    clock = clock_of_stage(batch, stage.id)
    found = candidates(actor, batch, stage, at)
    return {
        "batch": batch,
        "stage": stage,
        "candidates": found,
        "ready": sum(bool(one.answer) for one in found),
        "clock": clock,
        "mode": MODES[clock.mode] if clock else "",
        **_periods(batch, stage, at),
    }


def _periods(batch: Batch, stage: Stage, at: datetime) -> dict[str, Any]:
    """What follows by the notice if the act were taken now: the list's period, the titles' validity."""
    notice = notice_text(batch.notice)
    if stage.kind.value == "publicity":
        return {
            "period": publicity_window(notice, at),
            "period_readings": [
                notice.reading(one) for one in ("publicity_days", "publicity_counting", "publicity_first_day")
            ],
        }
    if stage.kind.value == "announce":
        start, end = title_validity(notice, legal_day(at))
        return {
            "validity": (start, end),
            "validity_readings": [notice.reading("title_years"), notice.reading("title_starts")],
        }
    return {}


def _initial(batch: Batch, sending: Sending, at: datetime) -> dict[str, Any]:
    """The titles that such papers usually bear; the officer changes them as he likes."""
    title, today = TitleKind(batch.notice.title_kind).label, legal_day(at)
    return {
        "publicity": {"title": f"{batch.title}拟公告{title}名单公示"},
        "announce": {"title": f"{batch.title}{title}名单公告", "announced_on": today},
    }.get(next(kind for kind, one in SENDINGS.items() if one is sending), {"issued_on": today})


def _chosen(request: HttpRequest) -> set[str]:
    """What is ticked: as sent, or as chosen in the queue; everything at first."""
    return set(request.POST.getlist("case")) | {f"{pk}:" for pk in request.GET.getlist("case")}
