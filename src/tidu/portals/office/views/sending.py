"""Taking an act on many cases of a batch: all that are ticked on the page, at the versions it showed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import product
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tidu.database.scope import Actor
from tidu.inspections.actions import record_credit_check
from tidu.inspections.enums import CreditSource
from tidu.law.calendars import legal_day
from tidu.law.notices import Notice, publicity_window, title_validity
from tidu.law.procedures import Action, Need, Stage
from tidu.law.procedures.moves import Kind
from tidu.law.refusals import Refused, sentence
from tidu.portals.office.access import page, require_office, require_officer
from tidu.portals.office.clocks import MODES, clock_of_stage
from tidu.portals.office.offline import OfflineForm, offline_of
from tidu.portals.office.scans import first_taken
from tidu.portals.office.sending import (
    SENDINGS,
    ListForm,
    Sending,
    candidates,
    choices_of,
    chosen_by,
    versions_said,
)
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.documents import papers_along
from tidu.portals.parts.refusable import RefusableForm
from tidu.portals.parts.refusals import status_of
from tidu.programmes.models import Batch
from tidu.programmes.queries import batch_by_id, notice_text, procedure_of
from tidu.publicity.queries import office_lists
from tidu.titles.enums import TitleKind

FEW = 10
"""A list of so few needs no filters."""
FRESH = "credit_check_fresh_days"
PERIOD_READINGS = ("publicity_days", "publicity_counting", "publicity_first_day", FRESH)
VALIDITY_READINGS = ("title_years", "title_starts", FRESH)


@require_http_methods(["GET", "HEAD", "POST"])
@require_office
def show(request: HttpRequest, batch_id: int, stage_id: str) -> HttpResponse:
    """The waiting cases with a verdict for each, and the act's form."""
    batch = batch_by_id(batch_id)
    stage = _stage(batch, stage_id)
    sending, status = SENDINGS[stage.kind.value], 200
    at: datetime = request.arrived_at  # type: ignore[attr-defined]
    form = sending.form(request.POST or None, request.FILES or None, initial=_initial(batch, sending, at))
    if "scan" in form.fields:
        form.fields["scan"].required = Need.LETTER_FILE in stage.needs_for(sending.action)
    if "undrawn_reason" in form.fields and not any(s.inspection.is_drawn for s in _of_level(batch, stage)):
        del form.fields["undrawn_reason"]
    if isinstance(form, ListForm):
        form.offer(office_lists(current_actor_of(request)).filter(batch=batch))
    offline = OfflineForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        status = _send(request, batch, sending, form, offline)
        if status == 200:
            return HttpResponseRedirect(reverse("office-batch", args=[batch.pk]))
    words = _words(current_actor_of(request), batch, stage, at, request.GET) | {
        "sending": sending,
        "form": form,
        "offline": offline,
        "chosen": _chosen(request),
    }
    return page(request, "sending", words, status=status)


@require_POST
@require_officer
def look_up(request: HttpRequest, batch_id: int, stage_id: str) -> HttpResponse:
    """Enter for all ticked cases that both credit systems were looked up today and said nothing."""
    batch = batch_by_id(batch_id)
    stage, at = _stage(batch, stage_id), request.arrived_at  # type: ignore[attr-defined]
    there = reverse("office-sending", args=[batch.pk, stage.id])
    if request.POST.get("looked_up") != "1":
        messages.error(request, "没有登记：请先逐家查询，再勾选“今天已查询”。")
        return HttpResponseRedirect(there)
    actor = current_actor_of(request)
    wanted = {int(pk) for pk in request.POST.getlist("check") if pk.isascii() and pk.isdecimal()}
    unchecked = [one.case for one in candidates(actor, batch, stage, at) if one.lacks_credit]
    chosen = [case for case in unchecked if case.pk in wanted]
    today = legal_day(at)
    with transaction.atomic():
        for pk, source in product([case.pk for case in chosen], CreditSource):
            record_credit_check(
                actor=actor, case_id=pk, source=source, checked_on=today, result="clear", at=at
            )
    messages.success(request, f"已登记 {len(chosen)} 家的信用查询。")
    return HttpResponseRedirect(there)


def _stage(batch: Batch, stage_id: str) -> Stage:
    """A stage at which an act is taken for many; 404 for any other."""
    stage = next((one for one in procedure_of(batch).stages if one.id == stage_id), None)
    if stage is None or stage.kind.value not in SENDINGS:
        raise Http404(stage_id)
    return stage


def _of_level(batch: Batch, stage: Stage) -> list[Stage]:
    return [one for one in procedure_of(batch).stages if one.level == stage.level]


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


def _words(actor: Actor, batch: Batch, stage: Stage, at: datetime, said: Mapping[str, str]) -> dict[str, Any]:
    clock = clock_of_stage(batch, stage.id)
    waiting = candidates(actor, batch, stage, at)
    found = chosen_by(waiting, said)
    return {
        "waiting": len(waiting),
        "choices": choices_of(waiting) if len(waiting) > FEW or len(found) < len(waiting) else [],
        "batch": batch,
        "stage": stage,
        "candidates": found,
        "ready": sum(bool(one.answer) for one in found),
        "unchecked": sum(one.lacks_credit for one in found),
        "clock": clock,
        "mode": MODES[clock.mode] if clock else "",
        "along": papers_along(batch, stage.id),
        **_periods(batch, stage, at),
    }


def _periods(batch: Batch, stage: Stage, at: datetime) -> dict[str, Any]:
    """What follows by the notice if the act were taken now: the list's period, the titles' validity."""
    notice = notice_text(batch.notice)
    if stage.kind is Kind.PUBLICITY:
        names: tuple[str, ...] = PERIOD_READINGS
        found: dict[str, Any] = _period(notice, at)
    elif stage.kind is Kind.ANNOUNCE:
        names = VALIDITY_READINGS
        start, end = title_validity(notice, legal_day(at))
        found = {"validity": (start, end - timedelta(days=1))}
    else:
        return {}
    readings = [notice.reading(name) for name in names]
    return found | {"readings": [(one, one.words) for one in readings]}


def _period(notice: Notice, at: datetime) -> dict[str, Any]:
    """The list's period if it were published now; why that cannot be told, if a calendar is lacking."""
    try:
        return {"period": publicity_window(notice, at)}
    except Refused as refused:
        if refused.code != "calendar_year_unknown":
            raise
        return {"period_unknown": sentence(refused)}


def _initial(batch: Batch, sending: Sending, at: datetime) -> dict[str, Any]:
    """The titles that such papers usually bear; the officer changes them as he likes."""
    title, today = TitleKind(batch.notice.title_kind).label, legal_day(at)
    if sending.action is Action.LIST:
        return {"title": f"{batch.title}拟公告{title}名单公示"}
    if sending.action is Action.ANNOUNCE:
        return {"title": f"{batch.title}{title}名单公告", "announced_on": today}
    return {"issued_on": today}


def _chosen(request: HttpRequest) -> set[str]:
    """What is ticked: as sent, or as chosen in the queue; everything at first."""
    return set(request.POST.getlist("case")) | {f"{pk}:" for pk in request.GET.getlist("case")}
