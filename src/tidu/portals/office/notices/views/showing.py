"""Seeing a draft as a firm will: the public page, the list to prepare; made by the same templates."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tidu.law import notices, procedures, standards
from tidu.law.drafting import readable
from tidu.law.refusals import Refused
from tidu.offices.models import Office
from tidu.portals.office.notices.access import require_drafter
from tidu.portals.office.notices.desk import Desk
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.notices.pages import notice_words
from tidu.portals.parts.notices.preparing import Checklist, checklist_of
from tidu.programmes.queries import draft_for


@require_safe
@require_drafter
def preview(request: HttpRequest, _: Office, draft_id: int) -> HttpResponse:
    """The page of the notice; with `?batch=` what a firm is asked to prepare for that batch."""
    actor = current_actor_of(request)
    desk = Desk.of(draft_for(actor, draft_id))
    words = desk.words(actor)
    try:
        words |= _shown(request, desk)
    except (Refused, KeyError, IndexError):
        # What cannot be read or names what does not exist cannot be drawn; the checks say what it is.
        words["undrawable"] = True
    return render(request, "office/draft_preview.html", words)


def _shown(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    text = readable(desk.document)
    if text is None:
        raise Refused("draft_not_ready", count=len(desk.errors), first=desk.errors[0].sentence)
    procedure = procedures.load(text.procedure)
    found = {batch.id: standards.load(batch.standard) for batch in text.batches}
    words = notice_words(text, procedure, found, request.arrived_at)  # type: ignore[attr-defined]
    chosen = request.GET.get("batch", "")
    if chosen in found:
        words |= {"list": _checklist(text, chosen, desk), "chosen": text.batch(chosen)}
    return words


def _checklist(text: notices.Notice, batch_id: str, desk: Desk) -> Checklist:
    """As for a firm of the first place that turns to an office of this chain."""
    batch = text.batch(batch_id)
    office = next(one for one in desk.issuer.chain.offices if one.places)
    listed = {contact.office: contact.phones for contact in text.directory}
    phones = listed.get(office.code) or office.phones or ("",)
    return checklist_of(text, batch, standards.load(batch.standard), office.name, phones[0])
