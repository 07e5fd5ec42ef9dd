"""Objections that the office handles. What they say is opened by an act of its own, which is recorded."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tidu.law.refusals import Refused
from tidu.portals.office.access import page, require_office, require_officer
from tidu.portals.office.exports import Column, workbook
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.moments import write_moment
from tidu.portals.parts.refusable import RefusableForm
from tidu.portals.parts.refusals import status_of
from tidu.publicity.actions import (
    accept_objection,
    dismiss_objection,
    read_objection,
    read_paper,
    uphold_objection,
)
from tidu.publicity.enums import ObjectionStatus
from tidu.publicity.models import Objection
from tidu.publicity.permissions import may_read_objection
from tidu.publicity.queries import objections_for
from tidu.publicity.sealing import Content
from tidu.records.queries import timeline

WORDS = {
    "file_objection": "收到异议",
    "accept_objection": "受理，暂停该企业公示结论",
    "read_objection": "查看异议内容",
    "read_objection_paper": "查看附件",
    "uphold_objection": "异议成立",
    "dismiss_objection": "异议不成立",
}


class DecisionForm(RefusableForm):
    """What the office found; `reason` is what the firm will read and may not reveal who objected."""

    decision = forms.CharField(
        label="核实情况和处理意见（只有受理单位可见）",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = forms.CharField(
        label="告知企业的理由（异议成立时必填，不得透露异议人）",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@require_safe
@require_office
def index(request: HttpRequest) -> HttpResponse:
    """The oldest undecided first. Who objects and why stands on no list."""
    return page(request, "objections", {"objections": list(objections_for(current_actor_of(request)))})


@require_safe
@require_office
def export(request: HttpRequest) -> FileResponse:
    """The same list as a workbook: as little of whoever objects as on the page."""
    return workbook("异议", COLUMNS, objections_for(current_actor_of(request)).iterator(chunk_size=2000))


@never_cache
@require_safe
@require_office
def show(request: HttpRequest, objection_id: int) -> HttpResponse:
    """One objection, its content still sealed."""
    return _page(request, _objection(request, objection_id))


@never_cache
@require_POST
@require_officer
def read(request: HttpRequest, objection_id: int) -> HttpResponse:
    """Open what it says; the look is recorded under this office."""
    _, content = read_objection(
        actor=current_actor_of(request),
        objection_id=objection_id,
        at=request.arrived_at,  # type: ignore[attr-defined]
    )
    return _page(request, _objection(request, objection_id), content=content)


@never_cache
@require_POST
@require_officer
def paper(request: HttpRequest, objection_id: int, attachment_id: int) -> HttpResponse:
    """Open a paper that came with it, to be saved; recorded as well."""
    found = _objection(request, objection_id).attachments.filter(pk=attachment_id).first()
    if found is None:
        raise Refused("objection_unknown")
    opened = read_paper(actor=current_actor_of(request), attachment_id=found.pk, at=request.arrived_at)  # type: ignore[attr-defined]
    response = HttpResponse(opened.content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(opened.name, safe='')}"
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
@require_officer
def accept(request: HttpRequest, objection_id: int) -> HttpResponse:
    """受理: the entry is suspended, the rest of the list goes on."""
    accept_objection(
        actor=current_actor_of(request),
        objection_id=objection_id,
        at=request.arrived_at,  # type: ignore[attr-defined]
    )
    messages.success(request, "已受理：该企业公示结论暂停，名单其余企业不受影响。")
    return HttpResponseRedirect(reverse("office-objection", args=[objection_id]))


@require_POST
@require_officer
def uphold(request: HttpRequest, objection_id: int) -> HttpResponse:
    """异议成立."""
    return _decide(
        request, objection_id, uphold_objection, "已认定异议成立，企业移出名单。", with_reason=True
    )


@require_POST
@require_officer
def dismiss(request: HttpRequest, objection_id: int) -> HttpResponse:
    """异议不成立."""
    return _decide(request, objection_id, dismiss_objection, "已认定异议不成立。", with_reason=False)


def _decide(
    request: HttpRequest, objection_id: int, act: Callable[..., Objection], done: str, *, with_reason: bool
) -> HttpResponse:
    form, status = DecisionForm(request.POST), 422
    objection = _objection(request, objection_id)
    if form.is_valid():
        said = {"decision": form.cleaned_data["decision"]}
        if with_reason:
            said["reason"] = form.cleaned_data["reason"]
        try:
            act(actor=current_actor_of(request), objection_id=objection_id, at=request.arrived_at, **said)  # type: ignore[attr-defined]
        except Refused as refused:
            form.refuse(refused)
            status = status_of(refused)
        else:
            messages.success(request, done)
            return HttpResponseRedirect(reverse("office-objection", args=[objection_id]))
    return _page(request, objection, form=form, status=status)


def _objection(request: HttpRequest, objection_id: int) -> Objection:
    found = (
        objections_for(current_actor_of(request))
        .select_related("chain", "entry__list")
        .filter(pk=objection_id)
    )
    objection = found.first()
    if objection is None:
        raise Refused("objection_unknown")
    return objection


def _page(
    request: HttpRequest,
    objection: Objection,
    *,
    content: Content | None = None,
    form: DecisionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    steps: list[dict[str, Any]] = [
        {"at": entry.at, "title": WORDS.get(entry.verb, entry.verb), "actor": entry.actor_name}
        for entry in timeline(objection.chain)
    ]
    words = {
        "objection": objection,
        "entry": objection.entry,
        "content": content,
        "may_read": may_read_objection(current_actor_of(request), objection),
        "form": form or DecisionForm(),
        "is_filed": objection.status == ObjectionStatus.FILED,
        "is_accepted": objection.status == ObjectionStatus.ACCEPTED,
        "papers": list(objection.attachments.all()),
        "steps": steps[::-1],
    }
    return page(request, "objection", words, status=status)


COLUMNS: Sequence[Column[Any]] = (
    Column("企业", lambda one: one.entry.firm_name, 34),
    Column("名单", lambda one: one.entry.list.title, 40),
    Column("批次", lambda one: one.entry.list.batch.title, 20),
    Column("提出时间", lambda one: write_moment(one.filed_at), 18),
    Column("附件数", lambda one: one.papers, 8),
    Column("被反映单位", lambda one: one.complained_office.name if one.complained_office else "", 30),
    Column("状态", lambda one: one.get_status_display(), 12),
    Column("办结时间", lambda one: write_moment(one.decided_at) if one.decided_at else "", 18),
)
