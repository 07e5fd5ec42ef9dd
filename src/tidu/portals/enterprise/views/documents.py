"""The form as a paper: the firm's printed copy, always one click away."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tidu.applications.enums import CaseStatus
from tidu.applications.queries import case_for
from tidu.portals.enterprise.access import arrived_at, require_firm
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.documents import case_form, round_asked


@require_safe
@require_firm
def form(request: HttpRequest, case_id: int) -> HttpResponse:
    """自评表 as last submitted; as it stands while the firm works on it; `?round=1` as submitted then."""
    case, round_ = case_for(current_actor_of(request), case_id), round_asked(request)
    working = round_ is None and case.status in (CaseStatus.DRAFT, CaseStatus.RETURNED)
    return case_form(case, round_=round_, at=arrived_at(request), as_it_stands=working)
