"""Publicity lists (公示) and announcements (公告): all of them, one of them, and each as a frozen file."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tidu.applications.enums import CaseKind
from tidu.documents.lists import announcement_table, publicity_table
from tidu.documents.tables import Sheet
from tidu.portals.parts.downloads import saved
from tidu.portals.public.pages import PER_PAGE, arrived_at, page, public, searched
from tidu.programmes.queries import notice_text
from tidu.publicity.enums import PENDING, EntryStatus
from tidu.publicity.models import AnnouncementEntry, PublicityEntry, PublicityList
from tidu.publicity.queries import (
    announcement_by_token,
    announcement_document,
    announcement_entries,
    announcements,
    list_by_token,
    list_document,
    list_entries,
    lists_open,
    public_lists,
)
from tidu.titles.queries import granted_by

STATES = (("open", "公示中"), ("over", "公示期满"))


@require_safe
@public
def lists(request: HttpRequest) -> HttpResponse:
    """Every list, the newest first; searched by a firm on it."""
    at, found = arrived_at(request), public_lists(search=searched(request))
    state = request.GET.get("state")
    if state == "open":
        found = found.filter(period__contains=at)
    elif state == "over":
        found = found.exclude(period__contains=at)
    words = {
        "rows": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "choices": [{"name": "state", "label": "状态", "options": STATES}],
        "open_now": lists_open(at).count(),
    }
    return page(request, "lists", words)


@require_safe
@public
def one_list(request: HttpRequest, token: str) -> HttpResponse:
    """One list with the firms on it, and until when an objection may be filed."""
    found = list_by_token(token)
    entries = _narrowed(request, list_entries(found))
    text = notice_text(found.batch.notice)
    words = {
        "list": found,
        "notice": text,
        "rows": Paginator(entries, PER_PAGE).get_page(request.GET.get("page")),
        "choices": _choices(EntryStatus.choices),
        "is_open": _is_open(request, found),
        "pending": [str(status) for status in PENDING],
        "counted_in": "工作日" if text.choice("publicity_counting") == "working" else "自然日",
        "days": text.count("publicity_days"),
    }
    return page(request, "list", words)


@require_safe
@public
def frozen_list(_: HttpRequest, token: str) -> HttpResponse:
    """The list's canonical bytes as frozen when it was published."""
    return saved(list_document(token), f"公示名单-{token[:8]}.json", "application/json")


@require_safe
@public
def list_sheet(_: HttpRequest, token: str, form: str) -> HttpResponse:
    """The list as a workbook or as plain text with commas."""
    found = list_by_token(token)
    return _sheet(publicity_table(found, list(list_entries(found))), form)


@require_safe
@public
def all_announcements(request: HttpRequest) -> HttpResponse:
    """Every announcement, the newest first; searched by a firm on it."""
    found = announcements(search=searched(request))
    return page(
        request,
        "announcements",
        {"rows": Paginator(found, PER_PAGE).get_page(request.GET.get("page"))},
    )


@require_safe
@public
def one_announcement(request: HttpRequest, token: str) -> HttpResponse:
    """One announcement; each firm leads to its title in the register."""
    found = announcement_by_token(token)
    rows = Paginator(_narrowed(request, announcement_entries(found)), PER_PAGE).get_page(
        request.GET.get("page")
    )
    shown = [entry.uscc for entry in rows]
    granted = granted_by(found.office, found.number).filter(firm__uscc__in=shown)
    titles = {title.firm.uscc: title.token for title in granted}
    words = {
        "announcement": found,
        "rows": rows,
        "shown": [(entry, titles.get(entry.uscc)) for entry in rows],
        "choices": _choices(),
    }
    return page(request, "announcement", words)


@require_safe
@public
def frozen_announcement(_: HttpRequest, token: str) -> HttpResponse:
    """The announcement's canonical bytes as frozen when it was published."""
    return saved(announcement_document(token), f"公告-{token[:8]}.json", "application/json")


@require_safe
@public
def announcement_sheet(_: HttpRequest, token: str, form: str) -> HttpResponse:
    """The announced firms as a workbook or as plain text with commas."""
    found = announcement_by_token(token)
    return _sheet(announcement_table(found, list(announcement_entries(found))), form)


def _is_open(request: HttpRequest, found: PublicityList) -> bool:
    return bool(found.period.lower <= arrived_at(request) < found.period.upper)


def _choices(statuses: list[tuple[str, str]] | None = None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [{"name": "kind", "label": "类别", "options": CaseKind.choices}]
    return [*found, {"name": "status", "label": "状态", "options": statuses}] if statuses else found


def _narrowed(
    request: HttpRequest, entries: QuerySet[PublicityEntry] | QuerySet[AnnouncementEntry]
) -> QuerySet[Any]:
    """The firms that the words of the address ask for."""
    found: QuerySet[Any] = entries
    if text := searched(request):
        found = found.filter(Q(firm_name__contains=text) | Q(uscc__startswith=text.upper()))
    for name in ("kind", "status"):
        value = request.GET.get(name)
        if value and hasattr(found.model, name):
            found = found.filter(**{name: value})
    return found


def _sheet(sheet: Sheet, form: str) -> HttpResponse:
    made = sheet.as_csv() if form == "csv" else sheet.as_workbook()
    return saved(made.content, made.name, made.media_type)
