"""The office's publicity lists: entries as published, and closing a list whose period is over."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tidu.law.answers import Answer
from tidu.law.refusals import Refused, sentence
from tidu.portals.office.access import page, require_office, require_officer
from tidu.portals.office.exports import Column, workbook
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.moments import write_moment
from tidu.publicity.actions import close_list
from tidu.publicity.enums import EntryStatus, ListStatus
from tidu.publicity.models import PublicityList
from tidu.publicity.permissions import may_close
from tidu.publicity.queries import list_entries, objections_for, office_lists

TONES = {
    EntryStatus.LISTED: "info",
    EntryStatus.SUSPENDED: "open",
    EntryStatus.STRUCK: "no",
    EntryStatus.CLEARED: "ok",
    EntryStatus.WITHDRAWN: "",
}


@require_safe
@require_office
def index(request: HttpRequest) -> HttpResponse:
    """Every list of the office, those to be closed first, and the objections it has to decide."""
    actor, at = current_actor_of(request), request.arrived_at  # type: ignore[attr-defined]
    lists = list(office_lists(actor))
    return page(
        request,
        "lists",
        {
            "lists": lists,
            "over": {one.pk for one in lists if one.status == ListStatus.OPEN and one.period.upper <= at},
            "undecided": objections_for(actor, undecided_only=True).count(),
        },
    )


@require_safe
@require_office
def export(request: HttpRequest) -> FileResponse:
    """The office's lists as a workbook."""
    return workbook("公示名单", COLUMNS, office_lists(current_actor_of(request)).iterator(chunk_size=2000))


@require_safe
@require_office
def show(request: HttpRequest, token: str) -> HttpResponse:
    """One list with how each firm on it stands now."""
    actor, publicity = current_actor_of(request), _own(request, token)
    entries = list(list_entries(publicity))
    words = {
        "list": publicity,
        "rows": [(entry, TONES[EntryStatus(entry.status)]) for entry in entries],
        "may_close": _may_close(request, publicity),
        "objections": list(objections_for(actor).filter(entry__list=publicity)),
        "counts": {status.label: sum(e.status == status for e in entries) for status in EntryStatus},
    }
    return page(request, "list", words)


@require_POST
@require_officer
def close(request: HttpRequest, token: str) -> HttpResponse:
    """结束公示: clears every entry without an open objection."""
    publicity = _own(request, token)
    close_list(actor=current_actor_of(request), list_id=publicity.pk, at=request.arrived_at)  # type: ignore[attr-defined]
    messages.success(request, "已结束公示；有未办结异议的企业留在核实中，其余进入下一环节。")
    return HttpResponseRedirect(reverse("office-list", args=[token]))


def _own(request: HttpRequest, token: str) -> PublicityList:
    found = office_lists(current_actor_of(request)).filter(token=token).first()
    if found is None:
        raise Refused("publicity_list_unknown")
    return found


def _may_close(request: HttpRequest, publicity: PublicityList) -> Answer:
    """Whether the list may be closed now, as the action would answer."""
    answer = may_close(current_actor_of(request), publicity)
    if not answer:
        return answer
    if publicity.status == ListStatus.CLOSED:
        return Answer(
            False,
            sentence(Refused("publicity_already_closed", title=publicity.title, at=publicity.closed_at)),
        )
    if request.arrived_at < publicity.period.upper:  # type: ignore[attr-defined]
        return Answer(
            False,
            sentence(
                Refused("publicity_period_not_over", title=publicity.title, until=publicity.period.upper)
            ),
        )
    return answer


COLUMNS: Sequence[Column[Any]] = (
    Column("名单", lambda one: one.title, 44),
    Column("批次", lambda one: one.batch.title, 20),
    Column("第几次公示", lambda one: one.version, 10),
    Column("公示起", lambda one: write_moment(one.period.lower), 18),
    Column("公示止", lambda one: write_moment(one.period.upper, "end"), 22),
    Column("企业数", lambda one: one.firms, 8),
    Column("未结", lambda one: one.pending, 8),
    Column("受理电话", lambda one: one.contact, 18),
    Column("状态", lambda one: one.get_status_display(), 10),
)
