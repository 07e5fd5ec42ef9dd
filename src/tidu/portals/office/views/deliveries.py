"""收件登记: parcels as they arrive, scan by scan, and what each holds for which case."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tidu.applications.models import Case
from tidu.applications.queries import case_for
from tidu.deliveries.actions import correct_papers, correct_parcel, register_papers, register_parcel
from tidu.deliveries.enums import Manner, PrintMatch
from tidu.deliveries.models import Parcel, Receipt
from tidu.deliveries.queries import (
    Found,
    ParcelFilters,
    find_cases,
    parcel_for,
    parcels,
    receipt_for,
    receipts_in,
)
from tidu.deliveries.standing import asked_of
from tidu.law.refusals import Refused, sentence
from tidu.offices.queries import office_by_id
from tidu.portals.office.access import page, require_office, require_officer
from tidu.portals.office.exports import Column, workbook
from tidu.portals.office.receiving import (
    COURIERS,
    PaperRow,
    PapersForm,
    ParcelForm,
    brought,
    paper_rows,
    papers_form,
    parcel_form,
    source_of,
)
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.moments import write_moment
from tidu.portals.parts.paperwork import papers_said
from tidu.portals.parts.refusals import status_of

PER_PAGE = 30
STATES = (("late", "有逾期收到的"), ("empty", "还没有登记材料"), ("corrected", "已更正（不再使用）"))
MATCH_TONES = {
    PrintMatch.UNSEEN: "",
    PrintMatch.LAST: "ok",
    PrintMatch.OLDER: "open",
    PrintMatch.OTHER: "no",
    PrintMatch.UNKNOWN: "no",
}
CHOICES = (
    {"name": "manner", "label": "方式", "options": Manner.choices},
    {"name": "state", "label": "情况", "options": STATES},
)


def _filters(request: HttpRequest) -> ParcelFilters:
    said = {name: request.GET.get(name, "").replace("\0", "").strip() for name in ("q", "manner", "state")}
    manner = said["manner"] if said["manner"] in Manner.values else ""
    return ParcelFilters(said["q"], manner, said["state"])


@require_safe
@require_office
def index(request: HttpRequest) -> HttpResponse:
    """The parcels that have arrived, the newest first."""
    found = parcels(current_actor_of(request), _filters(request))
    rows = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "deliveries", {"rows": rows, "choices": CHOICES, "words": request.GET.urlencode()})


@require_safe
@require_office
def export(request: HttpRequest) -> FileResponse:
    """The same as a workbook."""
    found = parcels(current_actor_of(request), _filters(request))
    return workbook("收件登记", COLUMNS, found.iterator(chunk_size=2000))


@require_http_methods(["GET", "HEAD", "POST"])
@require_officer
def register(request: HttpRequest) -> HttpResponse:
    """A parcel has arrived."""
    actor, status = current_actor_of(request), 200
    form = parcel_form(request, office_by_id(actor.office_id or 0))
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                at = request.arrived_at  # type: ignore[attr-defined]
                parcel = register_parcel(actor=actor, text=form.text(), at=at)
            except Refused as refused:
                return _parcel_refused(request, form, refused)
            messages.success(request, "已登记收件。请逐家登记其中的材料。")
            return HttpResponseRedirect(reverse("office-delivery", args=[parcel.pk]))
    return _parcel_page(request, form, status)


def _parcel_refused(
    request: HttpRequest, form: ParcelForm, refused: Refused, old: Parcel | None = None
) -> HttpResponse:
    form.refuse(refused)
    return _parcel_page(request, form, status_of(refused), old=old, there=refused.values.get("parcel"))


def _parcel_page(
    request: HttpRequest,
    form: ParcelForm,
    status: int,
    *,
    old: Parcel | None = None,
    there: object = None,
) -> HttpResponse:
    words = {"form": form, "couriers": COURIERS, "sources": form.offices, "old": old, "there": there}
    return page(request, "parcel_form", words, status=status)


@require_safe
@require_office
def show(request: HttpRequest, parcel_id: int) -> HttpResponse:
    """A parcel: what it holds so far, and the field into which the next code is scanned."""
    actor, text = current_actor_of(request), request.GET.get("find", "").replace("\0", "").strip()
    parcel, found = parcel_for(actor, parcel_id), find_cases(actor, text)
    chosen = request.GET.get("case", "")
    case = found.cases[0] if len(found.cases) == 1 else None
    if chosen.isascii() and chosen.isdecimal() and len(chosen) < 15:
        case = case_for(actor, int(chosen))
    entry = None
    if case is not None and parcel.corrected_at is None:
        form = papers_form(request, code=text if found.is_code else "")
        entry = _entry(case, form, paper_rows(case))
    return _show(request, parcel, found=found, text=text, entry=entry)


def _entry(case: Case, form: PapersForm, rows: list[PaperRow]) -> dict[str, Any]:
    return {"case": case, "form": form, "rows": rows, "none": not asked_of(case)}


def _show(
    request: HttpRequest,
    parcel: Parcel,
    *,
    found: Found | None = None,
    text: str = "",
    entry: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    words = {
        "parcel": parcel,
        "source": source_of(parcel),
        "receipts": [
            (one, papers_said(one), MATCH_TONES[PrintMatch(one.match)]) for one in receipts_in(parcel)
        ],
        "found": found,
        "text": text,
        "entry": entry,
        "again": urlencode({"source": source_of(parcel), "courier": parcel.courier}),
    }
    return page(request, "parcel", words, status=status)


@require_POST
@require_officer
def enter(request: HttpRequest, parcel_id: int, case_id: int) -> HttpResponse:
    """What the parcel holds for one case; then on to the next scan."""
    actor = current_actor_of(request)
    parcel, case = parcel_for(actor, parcel_id), case_for(actor, case_id)
    form, rows, status = papers_form(request), paper_rows(case, request.POST), 422
    if form.is_valid():
        try:
            receipt = register_papers(
                actor=actor,
                parcel_id=parcel.pk,
                case_id=case.pk,
                brought=brought(form, rows, everything=request.POST.get("all") == "1"),
                at=request.arrived_at,  # type: ignore[attr-defined]
            )
        except Refused as refused:
            if refused.code == "delivery_not_allowed":
                raise
            form.refuse(refused)
            status = status_of(refused)
        else:
            _say(request, receipt)
            return HttpResponseRedirect(reverse("office-delivery", args=[parcel.pk]))
    return _show(request, parcel, entry=_entry(case, form, rows), status=status)


def _say(request: HttpRequest, receipt: Receipt) -> None:
    firm = receipt.case.firm.name
    if receipt.is_refused:
        messages.warning(request, f"{firm}：已登记为逾期收到，不予受理。依据通知：{receipt.rule}")
    elif receipt.match in (PrintMatch.OLDER, PrintMatch.OTHER, PrintMatch.UNKNOWN):
        messages.warning(request, f"{firm}：已登记。请注意，申报表打印件{receipt.get_match_display()}。")
    else:
        messages.success(request, f"{firm}：已登记{'（逾期）' if receipt.is_late else ''}。请扫描下一件。")


@require_http_methods(["GET", "HEAD", "POST"])
@require_officer
def correct(request: HttpRequest, parcel_id: int) -> HttpResponse:
    """Enter a parcel anew because it was entered wrong."""
    actor, status = current_actor_of(request), 200
    old = parcel_for(actor, parcel_id)
    form = parcel_form(request, office_by_id(actor.office_id or 0), old)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                parcel = correct_parcel(
                    actor=actor,
                    parcel_id=old.pk,
                    text=form.text(),
                    reason=request.POST.get("reason", ""),
                    at=request.arrived_at,  # type: ignore[attr-defined]
                )
            except Refused as refused:
                return _parcel_refused(request, form, refused, old)
            messages.success(request, "已更正；原来的登记保留备查，其中的材料已随同更正。")
            return HttpResponseRedirect(reverse("office-delivery", args=[parcel.pk]))
    return _parcel_page(request, form, status, old=old)


@require_http_methods(["GET", "HEAD", "POST"])
@require_officer
def correct_receipt(request: HttpRequest, parcel_id: int, receipt_id: int) -> HttpResponse:
    """Enter anew what a parcel holds for one case, or strike it out."""
    actor = current_actor_of(request)
    receipt, status, problem = receipt_for(actor, parcel_id, receipt_id), 200, ""
    case = receipt.case
    said = request.POST if request.method == "POST" else None
    form, rows = papers_form(request, receipt), paper_rows(case, said, receipt)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                correct_papers(
                    actor=actor,
                    receipt_id=receipt.pk,
                    brought=brought(form, [] if request.POST.get("none") else rows, everything=False),
                    reason=request.POST.get("reason", ""),
                    at=request.arrived_at,  # type: ignore[attr-defined]
                )
            except Refused as refused:
                problem, status = sentence(refused), status_of(refused)
            else:
                messages.success(request, f"{case.firm.name}：已更正，原来的登记保留备查。")
                return HttpResponseRedirect(reverse("office-delivery", args=[parcel_id]))
    words = {"receipt": receipt, "case": case, "form": form, "rows": rows, "problem": problem}
    return page(request, "receipt", words, status=status)


COLUMNS = (
    Column[Parcel]("收到时间", lambda one: write_moment(one.received_at), 18),
    Column[Parcel]("方式", lambda one: one.get_manner_display(), 10),
    Column[Parcel]("快递公司", lambda one: one.courier, 14),
    Column[Parcel]("快递单号", lambda one: one.number, 22),
    Column[Parcel]("从哪里来", source_of, 34),
    Column[Parcel]("随件公文", lambda one: one.enclosed, 40),
    Column[Parcel]("家数", lambda one: one.cases, 8),  # type: ignore[attr-defined]
    Column[Parcel]("其中逾期", lambda one: one.late, 10),  # type: ignore[attr-defined]
    Column[Parcel]("其中不予受理", lambda one: one.refused, 12),  # type: ignore[attr-defined]
    Column[Parcel]("登记人", lambda one: str(one.received_by or ""), 14),
    Column[Parcel]("登记时间", lambda one: write_moment(one.recorded_at), 18),
    Column[Parcel]("更正原因", lambda one: one.reason, 24),
)
