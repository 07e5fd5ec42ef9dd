"""专家库: an office keeps its pool of experts, one by one or from a sheet that is shown first.

`experts_urls` is what the office's portal includes under `experts/`.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tidu.law.refusals import Refused, sentence
from tidu.offices.queries import areas
from tidu.panels.actions import enter_experts, invite_expert, release_expert, renew_expert_password
from tidu.panels.enums import ExpertState, Field
from tidu.panels.lists import COLUMNS, MOST_ROWS, USUAL_CASES, Row, against_pool, read_list, read_row
from tidu.panels.locks import require_keeping
from tidu.panels.permissions import may_read_pool
from tidu.panels.queries import expert_for, experts
from tidu.portals.office import expertpage
from tidu.portals.office.access import page, require_office, require_officer
from tidu.portals.office.drawforms import number_in
from tidu.portals.office.exports import Column, workbook
from tidu.portals.office.spreadsheets import first_sheet
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.refusable import RefusableForm
from tidu.portals.parts.refusals import status_of

PER_PAGE = 50
KEPT = timedelta(hours=1)
SALT = "tidu.panels.list"


class ExpertForm(RefusableForm):
    """One expert; read by the same rules as a row of a sheet."""

    name = forms.CharField(label=COLUMNS["name"], max_length=60)
    field = forms.ChoiceField(label=COLUMNS["field"], choices=Field.choices)
    sectors = forms.CharField(
        label=COLUMNS["sectors"], required=False, help_text="产业专家填写，GB/T 4754 两位代码，用顿号隔开。"
    )
    area = forms.CharField(label=COLUMNS["area"], max_length=60, help_text="与企业属地的写法一致。")
    employer = forms.CharField(label=COLUMNS["employer"], max_length=120)
    employer_uscc = forms.CharField(label=COLUMNS["employer_uscc"], required=False, max_length=40)
    served = forms.CharField(label=COLUMNS["served"], required=False, help_text="用顿号隔开。")
    most_cases = forms.IntegerField(label=COLUMNS["most_cases"], initial=USUAL_CASES, min_value=1)


@require_http_methods(["GET", "HEAD", "POST"])
@require_office
def index(request: HttpRequest) -> HttpResponse:
    """The pool; `do` says what is done with it."""
    if request.method != "POST":
        return _index(request)
    done = {"enter": _enter, "invite": _invite, "renew": _renew, "release": _release}
    act: Callable[[HttpRequest], HttpResponse] | None = done.get(request.POST.get("do", ""))
    if act is None:
        return _index(request, status=422)
    try:
        return act(request)
    except Refused as refused:
        return _index(request, refused=sentence(refused), status=status_of(refused))


@require_safe
@require_office
def blank(request: HttpRequest) -> FileResponse:
    """The empty sheet with its heads."""
    may_read_pool(current_actor_of(request)).require()
    columns: list[Column[Any]] = [Column(head, lambda _: None, 22) for head in COLUMNS.values()]
    return workbook("专家录入表", columns, ())


@require_POST
@require_officer
def preview(request: HttpRequest) -> HttpResponse:
    """Read a sheet and show what becomes of each row; nothing is written."""
    office_id = require_keeping(current_actor_of(request))
    try:
        results = against_pool(read_list(first_sheet(request.FILES.get("file")), _areas()), office_id)
    except Refused as refused:
        return _index(request, refused=sentence(refused), status=status_of(refused))
    wrong = [result for result in results if result.row is None]
    rows = [result.row for result in results if result.row is not None]
    body = json.dumps([asdict(row) for row in rows], ensure_ascii=False)
    sealed = "" if wrong else signing.dumps([office_id, body], salt=SALT, compress=True)
    words = {"results": results, "wrong": len(wrong), "rows": rows, "sealed": sealed}
    return page(request, "experts/preview", words, status=422 if wrong else 200)


@require_POST
@require_officer
def confirm(request: HttpRequest) -> HttpResponse:
    """Enter the sheet that was shown: all of it, or nothing."""
    actor = current_actor_of(request)
    try:
        rows = _unsealed(require_keeping(actor), request.POST.get("sealed", ""))
        entered = enter_experts(actor=actor, rows=rows, at=request.arrived_at)  # type: ignore[attr-defined]
    except Refused as refused:
        return _index(request, refused=sentence(refused), status=status_of(refused))
    messages.success(request, f"已录入 {len(entered)} 位专家。")
    return HttpResponseRedirect(reverse("office-experts"))


def _enter(request: HttpRequest) -> HttpResponse:
    form, actor = ExpertForm(request.POST), current_actor_of(request)
    if not form.is_valid():
        return _index(request, form=form, status=422)
    said = {name: str(value) for name, value in form.cleaned_data.items()}
    result = read_row(1, said, _areas())
    for problem in result.problems:
        form.add_error(None, problem)
    if result.row is None:
        return _index(request, form=form, status=422)
    try:
        enter_experts(actor=actor, rows=[result.row], at=request.arrived_at)  # type: ignore[attr-defined]
    except Refused as refused:
        form.refuse(refused)
        return _index(request, form=form, status=status_of(refused))
    messages.success(request, "已录入，请邀请本人确认。")
    return HttpResponseRedirect(reverse("office-experts"))


def _invite(request: HttpRequest) -> HttpResponse:
    expert, password = invite_expert(username=request.POST.get("username", ""), **_about(request))
    return page(request, "experts/password", {"expert": expert, "password": password})


def _renew(request: HttpRequest) -> HttpResponse:
    password = renew_expert_password(**_about(request))
    expert = expert_for(current_actor_of(request), _expert_id(request))
    return page(request, "experts/password", {"expert": expert, "password": password})


def _release(request: HttpRequest) -> HttpResponse:
    release_expert(reason=request.POST.get("reason", ""), **_about(request))
    messages.success(request, "已退出专家库。")
    return HttpResponseRedirect(reverse("office-experts"))


def _about(request: HttpRequest) -> dict[str, Any]:
    at = request.arrived_at  # type: ignore[attr-defined]
    return {"actor": current_actor_of(request), "expert_id": _expert_id(request), "at": at}


def _expert_id(request: HttpRequest) -> int:
    return number_in(request.POST.get("expert", ""))


def _index(
    request: HttpRequest, *, form: ExpertForm | None = None, refused: str = "", status: int = 200
) -> HttpResponse:
    actor = current_actor_of(request)
    may_read_pool(actor).require()
    words = request.GET
    found = experts(
        actor, search=words.get("q", ""), field=words.get("field", ""), state=words.get("state", "")
    )
    shown = {
        "experts": Paginator(found, PER_PAGE).get_page(words.get("page")),
        "form": form or ExpertForm(),
        "refused": refused,
        "most": MOST_ROWS,
        "choices": [
            {"name": "field", "label": "专业类别", "options": Field.choices},
            {"name": "state", "label": "状态", "options": ExpertState.choices},
        ],
    }
    return page(request, "experts/list", shown, status=status)


def _areas() -> Mapping[str, int]:
    """Areas by name and by code."""
    return {key: area.pk for area in areas() for key in (area.name, area.code)}


def _unsealed(office_id: int, sealed: str) -> list[Row]:
    try:
        keeper, body = signing.loads(sealed, salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        keeper, body = None, "[]"
    if keeper != office_id:
        raise Refused("expert_list_stale", field="file")
    return [_row(one) for one in json.loads(body)]


def _row(said: dict[str, Any]) -> Row:
    lists = {name: tuple(said[name]) for name in ("sectors", "served")}
    return Row(**{**said, **lists, "field": Field(said["field"])})


experts_urls = [
    path("", index, name="office-experts"),
    path("table/", blank, name="office-experts-table"),
    path("preview/", preview, name="office-expert-preview"),
    path("confirm/", confirm, name="office-expert-confirm"),
    path("<int:expert_id>/", expertpage.show, name="office-expert"),
]
