"""The last look, the declaration, submitting, and the receipt."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tidu.applications.actions import resubmit, submit
from tidu.applications.entering import entry_of
from tidu.applications.enums import CaseKind, CaseStatus
from tidu.applications.queries import case_for, last_submission
from tidu.applications.queries.cases import case_status
from tidu.law.refusals import Refused, sentence
from tidu.portals.enterprise.access import arrived_at, page, require_firm
from tidu.portals.enterprise.casefiles import REVIEW, case_file, case_way
from tidu.portals.enterprise.lacking import lacking_of
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.refusals import status_of


@require_safe
@require_firm
def review(request: HttpRequest, case_id: int) -> HttpResponse:
    """What blocks, what warns, what the standard says, and the declaration."""
    return _review(request, case_id)


def _review(request: HttpRequest, case_id: int, refused: Refused | None = None) -> HttpResponse:
    actor, at = current_actor_of(request), arrived_at(request)
    file = case_file(case_for(actor, case_id), actor, at)
    case = file.case
    if not file.filled.is_open:
        return HttpResponseRedirect(reverse("enterprise-case", args=[case_id]))
    is_draft = case.status == CaseStatus.DRAFT
    entry = entry_of(case.firm, case.batch, CaseKind(case.kind), at=at) if is_draft else None
    lacking = lacking_of(file)
    words = {
        "case": case,
        "file": file,
        "way": case_way(file, REVIEW),
        "lacking": lacking,
        "reasons": [sentence(reason) for reason in entry.reasons] if entry else [],
        "verdict": file.contents.verdict,
        "declaration": file.notice.choice("declaration"),
        "office": case.office or case.firm.area.office,
        "can_submit": lacking.is_complete and not (entry and entry.reasons),
        "refused": sentence(refused) if refused else "",
    }
    return page(request, "review", words, status=status_of(refused) if refused else 200)


@require_POST
@require_firm
def send(request: HttpRequest, case_id: int) -> HttpResponse:
    """Submit, or submit again after a request to mend."""
    actor = current_actor_of(request)
    act = resubmit if case_status(actor, case_id) == CaseStatus.RETURNED else submit
    version = request.POST.get("version", "")
    try:
        act(
            actor=actor,
            case_id=case_id,
            expected_version=int(version) if version.isascii() and version.isdecimal() else 0,
            declared=request.POST.get("declared") == "on",
            at=arrived_at(request),
        )
    except Refused as refused:
        if case_status(actor, case_id) not in (CaseStatus.DRAFT, CaseStatus.RETURNED):
            raise
        return _review(request, case_id, refused)
    return HttpResponseRedirect(reverse("enterprise-receipt", args=[case_id]))


@require_safe
@require_firm
def receipt(request: HttpRequest, case_id: int) -> HttpResponse:
    """What the firm keeps: case number, time, fingerprint, and what happens next."""
    case = case_for(current_actor_of(request), case_id)
    found = last_submission(case)
    if found is None:
        return HttpResponseRedirect(reverse("enterprise-case", args=[case_id]))
    actor = current_actor_of(request)
    words = {"case": case, "snapshot": found, "file": case_file(case, actor, arrived_at(request))}
    return page(request, "receipt", words)
