"""Papers that an office takes along: a case's form, summary tables, lists, drafts of letters.

`documents_urls` is what the office's portal includes under `documents/`.
"""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from tidu.applications.enums import LetterKind
from tidu.applications.queries import case_for, waiting_at
from tidu.applications.queries.contents import letter_and_cases
from tidu.documents.sendings import Sending
from tidu.law.procedures.moves import Kind
from tidu.offices.queries import office_by_id
from tidu.portals.office.access import require_office
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.documents import case_form, round_asked, sending_paper
from tidu.programmes.queries import batch_by_id, procedure_of

KINDS = {Kind.RECOMMEND: LetterKind.RECOMMEND, Kind.REPORT: LetterKind.REPORT}
"""The stages that send cases on under a letter."""


@require_safe
@require_office
def form(request: HttpRequest, case_id: int) -> HttpResponse:
    """自评表 as submitted; `?round=1` asks for an earlier submission."""
    case = case_for(current_actor_of(request), case_id)
    return case_form(case, round_=round_asked(request), at=_arrived(request))


@require_safe
@require_office
def draft(request: HttpRequest, batch_id: int, stage_id: str, paper: str) -> HttpResponse:
    """A paper on all that wait at one of the office's stages, before the letter has its number."""
    actor, batch = current_actor_of(request), batch_by_id(batch_id)
    stage = next((one for one in procedure_of(batch).stages if one.id == stage_id), None)
    if stage is None or stage.kind not in KINDS:
        raise Http404(stage_id)
    waiting = waiting_at(actor, batch_id=batch.pk, stage=stage.id).select_related("title", "firm__area")
    own = office_by_id(actor.office_id or 0)
    sending = Sending(own, batch, KINDS[stage.kind], list(waiting), stage_id=stage.id)
    return sending_paper(sending, paper, _arrived(request))


@require_safe
@require_office
def sent(request: HttpRequest, letter_id: int, paper: str) -> HttpResponse:
    """A paper on what a letter carried."""
    letter, cases = letter_and_cases(current_actor_of(request), letter_id)
    return sending_paper(Sending.of(letter, cases), paper, _arrived(request))


def _arrived(request: HttpRequest) -> datetime:
    arrived: datetime = request.arrived_at  # type: ignore[attr-defined]
    return arrived


documents_urls = [
    path("cases/<int:case_id>/form.pdf", form, name="office-form"),
    path("batches/<int:batch_id>/<slug:stage_id>/<str:paper>", draft, name="office-draft-paper"),
    path("letters/<int:letter_id>/<str:paper>", sent, name="office-letter-paper"),
]
