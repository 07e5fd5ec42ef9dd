"""Entering checks of one case: credit look-ups and on-site visits."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tidu.applications.contents import Submitted, reference_year
from tidu.applications.models import Case
from tidu.applications.queries import case_for, open_stage
from tidu.files.downloads import attachment, picture
from tidu.inspections.actions import (
    Found,
    Photo,
    Visit,
    plan_inspection,
    record_credit_check,
    record_inspection,
)
from tidu.inspections.enums import CreditResult, CreditSource, InspectionResult
from tidu.inspections.models import Inspection
from tidu.inspections.queries import checks_that_count, credit_checks_of, inspections_of
from tidu.law.calendars import legal_day
from tidu.law.facts import FactKind
from tidu.law.refusals import Refused
from tidu.portals.office.access import page, require_office, require_officer
from tidu.portals.office.addresses import carried, case_url
from tidu.portals.office.findings import Stated
from tidu.portals.office.forms import CreditForm, VisitForm
from tidu.portals.office.scans import PHOTOS, first_taken, taken
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.refusals import status_of
from tidu.programmes.queries import notice_by_digest

BLANK_ROWS = 3
"""Empty rows for items that the form does not have."""
LOOKED_AT = ("employees", "revenue", "rd_expense", "rd_staff", "intellectual_property", "main_products")
"""What inspectors compare first; the form's own values stand in the rows."""


@require_http_methods(["GET", "HEAD", "POST"])
@require_office
def credit(request: HttpRequest, case_id: int) -> HttpResponse:
    """Enter what both systems said, at once or one by one."""
    case, status = case_for(current_actor_of(request), case_id), 200
    forms = _credit_forms(request, case)
    if request.method == "POST":
        status = _record_credit(request, case, forms)
        if status == 200:
            messages.success(request, "已登记信用查询。")
            return HttpResponseRedirect(_back(request, case))
    words = {
        "case": case,
        "forms": [(source.label, form) for source, form in forms.items()],
        "made": list(credit_checks_of(case)),
        "queue": carried(request),
        "back": _back(request, case),
    }
    return page(request, "credit", words, status=status)


def _credit_forms(request: HttpRequest, case: Case) -> dict[CreditSource, CreditForm]:
    """One form per system; those not looked up at this stage are ticked beforehand."""
    stage = open_stage(case)
    counting = checks_that_count(case, stage) if stage else {}
    today = legal_day(request.arrived_at)  # type: ignore[attr-defined]
    return {
        source: CreditForm(
            request.POST or None,
            request.FILES or None,
            prefix=source.value,
            initial={"made": source not in counting, "checked_on": today, "result": CreditResult.CLEAR},
        )
        for source in CreditSource
    }


def _record_credit(request: HttpRequest, case: Case, forms: Mapping[CreditSource, CreditForm]) -> int:
    """Record every system that is ticked, all of them or none."""
    ticked = {source: form for source, form in forms.items() if form["made"].value()}
    if not ticked:
        next(iter(forms.values())).add_error("made", "请至少登记一个系统的查询。")
        return 422
    if not all([form.is_valid() for form in ticked.values()]):  # noqa: C419 (all of them show their errors)
        return 422
    with transaction.atomic():
        for source, form in ticked.items():
            try:
                _look_up(request, case.pk, source, form)
            except Refused as refused:
                transaction.set_rollback(True)
                form.refuse(refused)
                return status_of(refused)
    return 200


def _look_up(request: HttpRequest, case_id: int, source: CreditSource, form: CreditForm) -> None:
    said = form.cleaned_data
    record_credit_check(
        actor=current_actor_of(request),
        case_id=case_id,
        source=source,
        checked_on=said["checked_on"],
        result=said["result"],
        note=said["note"],
        scan_id=first_taken(request, said["scan"]),
        at=request.arrived_at,  # type: ignore[attr-defined]
    )


@require_POST
@require_officer
def plan(request: HttpRequest, case_id: int) -> HttpResponse:
    """列为核查对象."""
    plan_inspection(actor=current_actor_of(request), case_id=case_id, at=request.arrived_at)  # type: ignore[attr-defined]
    messages.success(request, "已列为实地核查对象，核查后才能通过；企业会收到通知。")
    return HttpResponseRedirect(case_url(case_id, carried(request)))


@require_http_methods(["GET", "HEAD", "POST"])
@require_office
def visit(request: HttpRequest, case_id: int) -> HttpResponse:
    """Enter what was found on site."""
    case, status = case_for(current_actor_of(request), case_id), 200
    today = legal_day(request.arrived_at)  # type: ignore[attr-defined]
    form = VisitForm(request.POST or None, request.FILES or None, initial={"visited_on": today})
    rows = _rows_said(request) if request.method == "POST" else _rows_stated(case, request.arrived_at)  # type: ignore[attr-defined]
    if request.method == "POST":
        status = _record_visit(request, case, form, rows)
        if status == 200:
            messages.success(request, "已登记实地核查。")
            return HttpResponseRedirect(_back(request, case))
    words = {
        "case": case,
        "form": form,
        "rows": rows,
        "least": notice_by_digest(case.notice_digest).count("inspectors"),
        "queue": carried(request),
        "back": _back(request, case),
    }
    return page(request, "visit", words, status=status)


def _rows_stated(case: Case, at: datetime) -> list[Found]:
    """What the firm stated of the things one can see, and empty rows for more."""
    stated = Stated.of(Submitted(case, at=at))
    known, year, rows = stated.vocabulary.facts, reference_year(case), []
    for fact in (known[one] for one in LOOKED_AT if one in known):
        cell = stated.cell(fact, year if fact.per_year else 0)
        if cell.stated:
            unit = "" if fact.kind is FactKind.TABLE else cell.unit
            rows.append(Found(cell.label, f"{cell.stated}{unit}", "", is_consistent=True))
    return [*rows, *(Found("", "", "", is_consistent=True) for _ in range(BLANK_ROWS))]


def _rows_said(request: HttpRequest) -> list[Found]:
    """The rows as typed; one whose item or seeing is empty was not looked at."""
    said = [request.POST.getlist(name) for name in ("item", "stated", "seen", "consistent", "note")]
    return [
        Found(item.strip(), stated.strip(), seen.strip(), consistent != "no", note.strip())
        for item, stated, seen, consistent, note in zip(*said, strict=False)
    ]


def _record_visit(request: HttpRequest, case: Case, form: VisitForm, rows: Sequence[Found]) -> int:
    if not form.is_valid():
        return 422
    said = form.cleaned_data
    try:
        record_inspection(
            actor=current_actor_of(request),
            case_id=case.pk,
            visit=Visit(
                visited_on=said["visited_on"],
                inspectors=form.posts(),
                result=InspectionResult(said["result"]),
                findings=tuple(
                    row for row in rows if row.item and (row.seen or row.note or not row.is_consistent)
                ),
                summary=said["summary"],
                notes=said["notes"],
                photos=tuple(
                    Photo(sent.file_id, sent.name) for sent in taken(request, said["photos"], PHOTOS)
                ),
            ),
            at=request.arrived_at,  # type: ignore[attr-defined]
        )
    except Refused as refused:
        form.refuse(refused)
        return status_of(refused)
    return 200


@require_safe
@require_office
def inspection(request: HttpRequest, case_id: int, inspection_id: int) -> HttpResponse:
    """The record of one visit."""
    case = case_for(current_actor_of(request), case_id)
    words = {"case": case, "inspection": _inspection(case, inspection_id), "back": _back(request, case)}
    return page(request, "inspection", words)


@require_safe
@require_office
def photo(request: HttpRequest, case_id: int, inspection_id: int, photo_id: int) -> FileResponse:
    """A photo taken on site, as a picture of our own making."""
    found = _inspection(case_for(current_actor_of(request), case_id), inspection_id)
    taken_there = next((one for one in found.photos.all() if one.pk == photo_id), None)
    if taken_there is None:
        raise Refused("evidence_unknown")
    return picture(taken_there.file, page=1, width=960)


@require_safe
@require_office
def credit_scan(request: HttpRequest, case_id: int, check_id: int) -> FileResponse:
    """The scan of a look-up, to be saved."""
    case = case_for(current_actor_of(request), case_id)
    check = credit_checks_of(case).filter(pk=check_id, scan__isnull=False).first()
    if check is None or check.scan is None:
        raise Refused("evidence_unknown")
    return attachment(check.scan, name=f"{check.get_source_display()}-{check.checked_on}.{check.scan.kind}")


def _inspection(case: Case, inspection_id: int) -> Inspection:
    found = next((one for one in inspections_of(case) if one.pk == inspection_id), None)
    if found is None:
        raise Refused("evidence_unknown")
    return found


def _back(request: HttpRequest, case: Case) -> str:
    return case_url(case, carried(request))
