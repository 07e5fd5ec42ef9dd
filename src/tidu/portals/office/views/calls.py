"""催办名单: firms of the area that have begun and not submitted, or not mended, with whom to call."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from tidu.applications.actions import read_contacts, urge_firms
from tidu.applications.enums import CaseStatus
from tidu.applications.models import ReminderTarget, Unfinished
from tidu.applications.queries import firms_urged, is_left_alone, unfinished, unfinished_counts
from tidu.enterprises.contacts import ContactPoint, contacts_of
from tidu.law.refusals import Refused, sentence
from tidu.offices.models import Office
from tidu.portals.office.access import page, require_office, require_officer
from tidu.portals.office.exports import Column, workbook
from tidu.portals.office.views.board import batch_asked, told
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.moments import write_moment
from tidu.portals.parts.numbers import number_said, numbers_said
from tidu.portals.parts.refusals import status_of
from tidu.programmes.models import Batch
from tidu.programmes.queries import batch_by_id

PER_PAGE = 50
WORDS = ("batch", "office", "status", "q")
STATES = ((CaseStatus.DRAFT, "尚未提交"), (CaseStatus.RETURNED, "尚未补正"))
NOBODY = ContactPoint("", "", "")


@dataclass(frozen=True)
class Call:
    """One firm to be called: what it has not done, until when, whom to call, when it was urged."""

    entry: Unfinished
    contact: ContactPoint
    is_shown: bool
    urged: ReminderTarget | None
    is_left_alone: bool

    @property
    def todo(self) -> str:
        return dict(STATES)[CaseStatus(self.entry.status)]


@require_safe
@require_office
def show(request: HttpRequest) -> HttpResponse:
    """The list, telephones masked."""
    return _list(request, batch_asked(request), request.GET)


@require_safe
@require_office
def export(request: HttpRequest) -> FileResponse:
    """The whole list that the address asks for, telephones masked."""
    batch = batch_asked(request)
    return workbook(f"催办名单-{batch.title}", COLUMNS, _all_calls(request, batch))


@require_POST
@require_officer
def contacts(request: HttpRequest) -> HttpResponse:
    """The list with the telephones of the ticked firms in full; each reading is recorded."""
    batch = batch_by_id(number_said(request.POST.get("batch")))
    shown: Mapping[int, ContactPoint] = {}
    status = 200
    try:
        shown = read_contacts(
            actor=current_actor_of(request),
            batch_id=batch.pk,
            case_ids=numbers_said(request.POST.getlist("case")),
            at=request.arrived_at,  # type: ignore[attr-defined]
        )
    except Refused as refused:
        messages.error(request, sentence(refused))
        status = status_of(refused)
    else:
        messages.success(request, f"已显示 {len(shown)} 家的联系方式，查看已记入存证，企业可以看到。")
    return _list(request, batch, request.POST, shown, status=status)


@require_POST
@require_officer
def urge(request: HttpRequest) -> HttpResponse:
    """催办 of the ticked firms."""
    batch = batch_by_id(number_said(request.POST.get("batch")))
    try:
        urged = urge_firms(
            actor=current_actor_of(request),
            batch_id=batch.pk,
            case_ids=numbers_said(request.POST.getlist("case")),
            comment=request.POST.get("comment", ""),
            at=request.arrived_at,  # type: ignore[attr-defined]
        )
    except Refused as refused:
        messages.error(request, sentence(refused))
    else:
        messages.success(request, told("企业", urged.told, urged.left_alone))
    return HttpResponseRedirect(f"{reverse('office-calls')}?{_words(request.POST)}")


def _list(
    request: HttpRequest,
    batch: Batch,
    words: Any,
    shown: Mapping[int, ContactPoint] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    counts = unfinished_counts(batch_id=batch.pk)
    offices = Office.objects.filter(pk__in=counts).order_by("code")
    paginator = Paginator(_found(words, batch), PER_PAGE)
    if not _text(words):
        paginator.count = _counted(words, counts)
    rows = paginator.get_page(words.get("page"))
    found = {
        "batch": batch,
        "page_of_rows": rows,
        "calls": _calls(list(rows), batch, request.arrived_at, shown or {}),  # type: ignore[attr-defined]
        "words": _words(words),
        "kept": [(name, words[name]) for name in WORDS[1:] if words.get(name)],
        "drafts": sum(one["drafts"] for one in counts.values()),
        "returned": sum(one["returned"] for one in counts.values()),
        "choices": [
            {"name": "office", "label": "单位", "options": [(one.pk, one.name) for one in offices]},
            {"name": "status", "label": "状态", "options": STATES},
        ],
    }
    return page(request, "calls", found, status=status)


def _found(words: Any, batch: Batch) -> QuerySet[Unfinished]:
    return unfinished(
        batch_id=batch.pk,
        office_id=number_said(words.get("office")) or None,
        status=words.get("status", ""),
        search=_text(words),
    )


def _text(words: Any) -> str:
    return str(words.get("q", "")).replace("\0", "").strip()


def _counted(words: Any, counts: Mapping[int, Mapping[str, int]]) -> int:
    """How many the address asks for, unless it asks for a name: by office and state all are counted."""
    office, status = number_said(words.get("office")), words.get("status", "")
    names = {CaseStatus.DRAFT: "drafts", CaseStatus.RETURNED: "returned"}
    meant = [name for state, name in names.items() if not status or status == state]
    return sum(one[name] for pk, one in counts.items() if not office or pk == office for name in meant)


def _calls(
    entries: Sequence[Unfinished], batch: Batch, at: datetime, shown: Mapping[int, ContactPoint]
) -> list[Call]:
    """Two queries for the whole page."""
    firm_ids = [one.firm_id for one in entries]
    known, urged = contacts_of(firm_ids), firms_urged(batch_id=batch.pk, firm_ids=firm_ids)
    return [
        Call(
            entry=one,
            contact=shown.get(one.pk) or known.get(one.firm_id, NOBODY).masked,
            is_shown=one.pk in shown,
            urged=urged.get(one.firm_id),
            is_left_alone=is_left_alone(urged.get(one.firm_id), at),
        )
        for one in entries
    ]


def _all_calls(request: HttpRequest, batch: Batch) -> Iterator[Call]:
    pages = Paginator(_found(request.GET, batch), 1000)
    for number in pages.page_range:
        yield from _calls(list(pages.page(number)), batch, request.arrived_at, {})  # type: ignore[attr-defined]


def _words(said: Any) -> str:
    """The words of the list's address, without the ticks of its form."""
    return urlencode({name: said[name] for name in WORDS if said.get(name)})


COLUMNS: Sequence[Column[Call]] = (
    Column("企业名称", lambda call: call.entry.firm.name, 34),
    Column("统一社会信用代码", lambda call: call.entry.firm.uscc, 22),
    Column("属地", lambda call: call.entry.firm.area.name, 14),
    Column("主管部门", lambda call: call.entry.firm.area.office.name, 28),
    Column("主管部门电话", lambda call: call.entry.firm.area.office.phone, 18),
    Column("状态", lambda call: call.todo, 12),
    Column("截止", lambda call: write_moment(call.entry.due_at, "end"), 22),
    Column("最近保存", lambda call: write_moment(call.entry.saved_at) if call.entry.saved_at else "", 18),
    Column("联系人（部分隐去）", lambda call: call.contact.name, 16),
    Column("联系电话（部分隐去）", lambda call: call.contact.phone, 20),
    Column("上次催办", lambda call: write_moment(call.urged.reminder.at) if call.urged else "", 18),
)
