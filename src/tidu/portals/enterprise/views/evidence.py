"""Papers: uploaded in pieces, attached when whole, looked at page by page, taken out, pointed at."""

from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tidu.applications.actions import attach_evidence, point_to_evidence, remove_evidence
from tidu.applications.actions.evidence import limits_of
from tidu.applications.models import Case
from tidu.applications.queries import case_for
from tidu.applications.queries.contents import paper_of
from tidu.applications.queries.evidence import paper_with
from tidu.files import downloads
from tidu.files.models import StoredFile, Upload
from tidu.law.notices import Evidence as Item
from tidu.law.refusals import Refused
from tidu.portals.enterprise.access import arrived_at, page, require_firm
from tidu.portals.enterprise.casefiles import EVIDENCE, case_file, paper_url
from tidu.portals.enterprise.papers import pointable
from tidu.portals.parts import uploads
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.papers import Sheet, page_asked, pictured


def _item(request: HttpRequest, case_id: int, item_id: str) -> tuple[Case, Item]:
    """The case and the item whose papers may be changed now."""
    actor = current_actor_of(request)
    file = case_file(case_for(actor, case_id), actor, arrived_at(request))
    found = next((one for one in file.notice.evidence if one.id == item_id), None)
    if found is None:
        raise Refused("evidence_item_unknown", value=item_id)
    if not file.may_change_papers(item_id):
        raise Refused("evidence_closed", number=file.case.number, status=file.case.get_status_display())
    return file.case, found


@require_POST
@require_firm
def upload_start(request: HttpRequest, case_id: int, item_id: str) -> HttpResponse:
    """Begin: name and size are refused here, before anything is sent."""
    _, item = _item(request, case_id, item_id)
    return uploads.begin(request, limits=limits_of(item))


@require_http_methods(["HEAD", "PATCH"])
@require_firm
def upload_piece(request: HttpRequest, case_id: int, item_id: str, token: str) -> HttpResponse:
    """HEAD asks how far it came; PATCH brings the next piece, the last of which attaches the file."""
    if request.method == "HEAD":
        return uploads.offset(token)
    case, item = _item(request, case_id, item_id)

    def attach(file: StoredFile, upload: Upload) -> dict[str, object]:
        told_before = upload.file_id is not None
        paper = paper_with(case_id=case.pk, item=item.id, file_id=file.pk) if told_before else None
        paper = paper or attach_evidence(
            actor=current_actor_of(request),
            case_id=case.pk,
            item=item.id,
            file_id=file.pk,
            name=upload.name,
            at=arrived_at(request),
        )
        return {"id": paper.pk, "name": paper.name, "url": paper_url(case, paper), "pages": file.pages}

    return uploads.proceed(request, token, attach, limits=limits_of(item))


@require_POST
@require_firm
def take_out(request: HttpRequest, case_id: int, paper_id: int) -> HttpResponse:
    """Take a paper out; what was submitted with it still shows it."""
    remove_evidence(
        actor=current_actor_of(request), case_id=case_id, evidence_id=paper_id, at=arrived_at(request)
    )
    return HttpResponseRedirect(reverse("enterprise-case-form", args=[case_id, EVIDENCE]))


@require_POST
@require_firm
def point(request: HttpRequest, case_id: int) -> HttpResponse:
    """Which page of which paper proves each value; only what was changed is written, all of it or nothing."""
    actor, at = current_actor_of(request), arrived_at(request)
    file = case_file(case_for(actor, case_id), actor, at)
    with transaction.atomic():
        for value in pointable(file):
            paper = _number(request.POST.get(f"paper.{value.name}", ""))
            number = _number(request.POST.get(f"page.{value.name}", "")) if paper else None
            if (paper, number) != (value.paper_id, value.page):
                fact, _, period = value.name.partition(".")
                point_to_evidence(
                    actor=actor,
                    case_id=case_id,
                    fact=fact,
                    period=int(period or 0),
                    evidence_id=paper,
                    page=number,
                    at=at,
                )
    return HttpResponseRedirect(reverse("enterprise-case-form", args=[case_id, EVIDENCE]) + "#values")


@require_safe
@require_firm
def paper(request: HttpRequest, case_id: int, paper_id: int) -> HttpResponse:
    """A paper as pictures of our own making, a page at a time."""
    case = case_for(current_actor_of(request), case_id)
    found = paper_of(case, paper_id)
    address = paper_url(case, found)
    sheet = Sheet(
        title=found.name,
        file=found.file,
        page=page_asked(request, found.file.pages),
        viewer=address,
        pictures=reverse("enterprise-paper-picture", args=[case_id, paper_id]),
        original=reverse("enterprise-paper-download", args=[case_id, paper_id]),
    )
    return page(request, "paper", {"case": case, "paper": found, "sheet": sheet})


@require_safe
@require_firm
def picture(request: HttpRequest, case_id: int, paper_id: int) -> FileResponse:
    """One page as PNG, for whoever may read the case."""
    return pictured(request, paper_of(case_for(current_actor_of(request), case_id), paper_id).file)


@require_safe
@require_firm
def download(request: HttpRequest, case_id: int, paper_id: int) -> FileResponse:
    """The file itself, to be saved."""
    found = paper_of(case_for(current_actor_of(request), case_id), paper_id)
    return downloads.attachment(found.file, name=found.name)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and 0 < len(text) < 10 else None
