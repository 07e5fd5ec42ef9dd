"""历史称号登记: a province enters titles from announcements older than this system, one by one or as a list.

A list is shown first, with every problem by row and column; confirming enters all of it or nothing.
`titles_urls` is what the office's portal includes under `titles/`.
"""

import json
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from tidu.law.refusals import Refused, sentence
from tidu.offices.models import Office
from tidu.offices.queries import office_by_id
from tidu.portals.office.access import page, require_office, require_officer
from tidu.portals.office.exports import Column, workbook
from tidu.portals.office.offline import DayInput
from tidu.portals.office.spreadsheets import first_sheet
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.refusable import RefusableForm
from tidu.portals.parts.refusals import status_of
from tidu.titles.actions import enter_existing_titles
from tidu.titles.enums import TitleKind
from tidu.titles.lists import COLUMNS, MOST_ROWS, Problem, Row, problems_of, read_list
from tidu.titles.permissions import may_enter_existing_title, may_read_existing_titles
from tidu.titles.queries import announced_by, last_day, standing

PER_PAGE = 50
KEPT = timedelta(hours=1)
SALT = "tidu.titles.list"


class TitleForm(RefusableForm):
    """One title, as its announcement says."""

    uscc = forms.CharField(label=COLUMNS["uscc"], max_length=40)
    name = forms.CharField(label=COLUMNS["name"], max_length=120, help_text="与企业在本系统登记的名称一致。")
    kind = forms.ChoiceField(label=COLUMNS["kind"], choices=[(one.label, one.label) for one in TitleKind])
    announcement = forms.CharField(label=COLUMNS["announcement"], max_length=80)
    announced_on = forms.DateField(label=COLUMNS["announced_on"], widget=DayInput())
    batch_code = forms.CharField(
        label=COLUMNS["batch_code"], max_length=80, help_text="如 2023-1；通知按它确定对应批次复核。"
    )
    batch_label = forms.CharField(
        label=COLUMNS["batch_label"], max_length=120, help_text="如“2023年度第一批”。"
    )
    valid_from = forms.DateField(label=COLUMNS["valid_from"], widget=DayInput())
    valid_until = forms.DateField(
        label=COLUMNS["valid_until"], widget=DayInput(), help_text="最后一日，当日仍有效。"
    )


@require_safe
@require_office
def index(request: HttpRequest) -> HttpResponse:
    """What the register holds from this office's announcements, with the ways to enter more."""
    return _index(request)


@require_safe
@require_office
def blank(request: HttpRequest) -> FileResponse:
    """The empty table with its heads."""
    _own(request)
    columns: list[Column[Any]] = [Column(head, lambda _: None, 22) for head in COLUMNS.values()]
    return workbook("历史称号登记表", columns, ())


@require_POST
@require_officer
def enter(request: HttpRequest) -> HttpResponse:
    """Enter one title."""
    office, form = _own(request), TitleForm(request.POST)
    if not form.is_valid():
        return _index(request, form=form, status=422)
    try:
        (rows, wrong) = read_list([list(COLUMNS.values()), [form.cleaned_data[field] for field in COLUMNS]])
        for problem in wrong or problems_of(rows, at=request.arrived_at):  # type: ignore[attr-defined]
            form.add_error(_field(problem), problem.sentence)
        if form.errors:
            return _index(request, form=form, status=422)
        _enter(request, office, rows)
    except Refused as refused:
        form.refuse(refused)
        return _index(request, form=form, status=status_of(refused))
    return HttpResponseRedirect(reverse("office-titles"))


@require_POST
@require_officer
def preview(request: HttpRequest) -> HttpResponse:
    """Read a list and show it, with what is wrong; nothing is written."""
    office = _own(request)
    try:
        rows, unreadable = read_list(first_sheet(request.FILES.get("file")))
    except Refused as refused:
        return _index(request, refused=sentence(refused), status=status_of(refused))
    problems = [*unreadable, *problems_of(rows, at=request.arrived_at)]  # type: ignore[attr-defined]
    words = {
        "rows": rows,
        "problems": sorted(problems, key=lambda one: one.row),
        "sealed": "" if problems else _seal(office, rows),
    }
    return page(request, "titles/preview", words, status=422 if problems else 200)


@require_POST
@require_officer
def confirm(request: HttpRequest) -> HttpResponse:
    """Enter the list that was shown: all of it, or nothing."""
    office = _own(request)
    try:
        _enter(request, office, _unsealed(office, request.POST.get("sealed", "")))
    except Refused as refused:
        return _index(request, refused=sentence(refused), status=status_of(refused))
    return HttpResponseRedirect(reverse("office-titles"))


def _own(request: HttpRequest) -> Office:
    """The office, if it announces titles; its auditors read along. Refused("not_allowed")."""
    actor = current_actor_of(request)
    office = office_by_id(actor.office_id or 0)
    is_read = request.method in ("GET", "HEAD")
    (may_read_existing_titles if is_read else may_enter_existing_title)(actor, office).require()
    return office


def _index(
    request: HttpRequest, *, form: TitleForm | None = None, refused: str = "", status: int = 200
) -> HttpResponse:
    office = _own(request)
    found = announced_by(office, request.GET.get("q", ""))
    titles = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    at = request.arrived_at  # type: ignore[attr-defined]
    words = {
        "office": office,
        "titles": titles,
        "rows": [(title, last_day(title), standing(title, at=at)) for title in titles],
        "form": form or TitleForm(),
        "refused": refused,
        "most": MOST_ROWS,
    }
    return page(request, "titles/list", words, status=status)


def _enter(request: HttpRequest, office: Office, rows: list[Row]) -> None:
    at = request.arrived_at  # type: ignore[attr-defined]
    entered = enter_existing_titles(actor=current_actor_of(request), office=office, rows=rows, at=at)
    messages.success(request, f"已登记 {len(entered)} 个称号，并告知企业。")


def _field(problem: Problem) -> str | None:
    return next((field for field, head in COLUMNS.items() if head == problem.column), None)


def _seal(office: Office, rows: list[Row]) -> str:
    """The rows as shown, to be sent back unchanged."""
    body = json.dumps([asdict(row) for row in rows], default=str, ensure_ascii=False)
    return signing.dumps([office.pk, body], salt=SALT, compress=True)


def _unsealed(office: Office, sealed: str) -> list[Row]:
    try:
        office_id, body = signing.loads(sealed, salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        office_id, body = None, "[]"
    if office_id != office.pk:
        raise Refused("title_list_stale", field="file")
    return [_row(one) for one in json.loads(body)]


def _row(said: dict[str, Any]) -> Row:
    days = {field: date.fromisoformat(said[field]) for field in ("announced_on", "valid_from", "valid_until")}
    return Row(**{**said, **days, "kind": TitleKind(said["kind"])})


titles_urls = [
    path("", index, name="office-titles"),
    path("table/", blank, name="office-titles-table"),
    path("enter/", enter, name="office-title-enter"),
    path("preview/", preview, name="office-title-preview"),
    path("confirm/", confirm, name="office-title-confirm"),
]
