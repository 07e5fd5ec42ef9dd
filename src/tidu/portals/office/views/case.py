"""A case's page, its papers and what was frozen of it."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from tidu.applications.enums import SnapshotKind
from tidu.applications.models import Case, EvidenceItem
from tidu.applications.queries import case_for, snapshots_of
from tidu.applications.queries.contents import paper_of
from tidu.documents.permissions import may_make_dossier
from tidu.files.downloads import attachment
from tidu.law.refusals import Refused
from tidu.offices.queries import acting_posts, offices_beside
from tidu.portals.office.access import page, require_office
from tidu.portals.office.addresses import carried, queue_url
from tidu.portals.office.casepage import case_page
from tidu.portals.office.findings import paper_url
from tidu.portals.office.forms import DecisionForm, NationalForm
from tidu.portals.office.offline import OfflineForm
from tidu.portals.office.opinions import opinion_shown, shown_of
from tidu.portals.office.views.queue import TONES, status_of
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.fields import Evidence
from tidu.portals.parts.papers import Sheet, page_asked, pictured
from tidu.portals.parts.paperwork import paperwork_of
from tidu.portals.parts.verdicts import view_of
from tidu.records.queries import thaw


@require_safe
@require_office
def show(request: HttpRequest, case_id: int) -> HttpResponse:
    """The page of one case."""
    return render_case(request, case_for(current_actor_of(request), case_id))


def render_case(
    request: HttpRequest,
    case: Case,
    *,
    form: DecisionForm | None = None,
    offline: OfflineForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a case; with a form that was refused it keeps everything that was typed and marked."""
    actor, queue = current_actor_of(request), carried(request)
    found = case_page(actor, case, request.arrived_at)  # type: ignore[attr-defined]
    words: dict[str, Any] = {
        "one": found,
        "case": case,
        "status_text": status_of(case),
        "status_tone": TONES.get(case.status, ""),  # type: ignore[call-overload]
        "form": form or DecisionForm(initial={"version": case.version}),
        "offline": offline or OfflineForm(),
        "marked": frozenset(request.POST.getlist("marks")),
        "marked_papers": frozenset(request.POST.getlist("evidence")),
        "national": NationalForm(initial={"status": case.national_status, "receipt": case.national_receipt}),
        "queue": queue,
        "queue_url": queue_url(queue),
        "sheet": _first_sheet(case, found.first_paper),
        "paperwork": paperwork_of(case),
        "may_make_dossier": bool(may_make_dossier(actor, case)),
        "opinion": opinion_shown(case),
    }
    if found.desk.any and case.office is not None:
        words["beside"] = offices_beside(case.office)
        words["colleagues"] = _colleagues(actor.office_id or 0)
    return page(request, "case", words, status=status)


@require_safe
@require_office
def paper(request: HttpRequest, case_id: int, evidence_id: int) -> HttpResponse:
    """A paper, page by page; the viewer of the case page takes its part of it."""
    case = case_for(current_actor_of(request), case_id)
    item = paper_of(case, evidence_id)
    number = page_asked(request, item.file.pages)
    return page(request, "paper", {"case": case, "sheet": _sheet(case, item, number), "item": item})


@require_safe
@require_office
def picture(request: HttpRequest, case_id: int, evidence_id: int) -> FileResponse:
    """The picture of one page."""
    return pictured(request, paper_of(case_for(current_actor_of(request), case_id), evidence_id).file)


@require_safe
@require_office
def original(request: HttpRequest, case_id: int, evidence_id: int) -> FileResponse:
    """The paper as it was uploaded, to be saved."""
    item = paper_of(case_for(current_actor_of(request), case_id), evidence_id)
    return attachment(item.file, name=item.name)


@require_safe
@require_office
def snapshot(request: HttpRequest, case_id: int, snapshot_id: int) -> HttpResponse:
    """What was submitted or decided on, as it was frozen."""
    case = case_for(current_actor_of(request), case_id)
    found = snapshots_of(case).filter(pk=snapshot_id).first()
    if found is None:
        raise Refused("snapshot_unknown", number=case.number, value=snapshot_id)
    body = thaw(found.digest)
    if found.kind == SnapshotKind.OPINION:
        return page(
            request, "opinion_snapshot", {"case": case, "snapshot": found, "opinion": shown_of(case, body)}
        )
    papers: dict[str, list[Evidence]] = {}
    for one in body["evidence"]:
        papers.setdefault(one["item"], []).append(Evidence(one["name"], paper_url(case, one["id"])))
    words = {
        "case": case,
        "snapshot": found,
        "body": body,
        "papers": papers,
        "view": view_of(body["verdict"]),
    }
    return page(request, "snapshot", words)


def _first_sheet(case: Case, first: Any) -> Sheet | None:
    """The viewer begins with the paper behind the first row that names one."""
    if first is None:
        return None
    address, _, words = first.url.partition("?page=")
    item = paper_of(case, int(address.rstrip("/").rpartition("/")[2]))
    return _sheet(case, item, int(words) if words else 1)


def _sheet(case: Case, item: EvidenceItem, number: int) -> Sheet:
    at = [case.pk, item.pk]
    return Sheet(
        title=item.name,
        file=item.file,
        page=number,
        viewer=reverse("office-paper", args=at),
        pictures=reverse("office-paper-picture", args=at),
        original=reverse("office-paper-original", args=at),
    )


def _colleagues(office_id: int) -> dict[int, str]:
    """Whom a case may be assigned to, by account; who holds two posts is named once."""
    return {post.account_id: f"{post.account}（{post.account.username}）" for post in acting_posts(office_id)}
