"""Publishing a draft: what is fixed for good is shown first, and what is signed is what was shown."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tidu.law import notices, procedures, standards
from tidu.law.refusals import Refused, sentence
from tidu.offices.models import Office
from tidu.portals.office.access import page
from tidu.portals.office.notices.access import require_drafter
from tidu.portals.office.notices.desk import Desk
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.refusals import status_of
from tidu.programmes.actions import publish_draft
from tidu.programmes.freezing import notice_digest
from tidu.programmes.models import NoticeDraft
from tidu.programmes.queries import draft_for, notice_by_slug
from tidu.titles.enums import TitleKind


@require_http_methods(["GET", "HEAD", "POST"])
@require_drafter
def publish(request: HttpRequest, _: Office, draft_id: int) -> HttpResponse:
    """The last look, and the act."""
    draft = draft_for(current_actor_of(request), draft_id)
    if request.method != "POST":
        return _page(request, draft)
    try:
        if request.POST.get("confirmed") != "on":
            raise Refused("draft_not_confirmed", field="confirmed")
        notice = publish_draft(
            actor=current_actor_of(request),
            draft_id=draft.pk,
            seen=request.POST.get("seen", ""),
            at=request.arrived_at,  # type: ignore[attr-defined]
        )
    except Refused as refused:
        return _page(request, draft, refused=refused)
    messages.success(request, f"“{notice.title}”已发布，下级单位会收到消息。")
    return HttpResponseRedirect(reverse("public-notice", args=[notice.slug]))


def _page(request: HttpRequest, draft: NoticeDraft, *, refused: Refused | None = None) -> HttpResponse:
    actor, desk = current_actor_of(request), Desk.of(draft)
    words: dict[str, Any] = desk.words(actor)
    if not desk.errors:
        words |= _fixed(desk)
    words["refused"] = sentence(refused) if refused else ""
    return page(request, "draft_publish", words, status=status_of(refused) if refused else 200)


def _fixed(desk: Desk) -> dict[str, Any]:
    """Everything that publishing fixes, by its name and its digest."""
    text = notices.from_json(desk.document)
    procedure = procedures.load(text.procedure)
    found = {batch.standard: standards.load(batch.standard) for batch in text.batches}
    return {
        "text": text,
        "title_kind": TitleKind(text.title_kind).label,
        "procedure": procedure,
        "standards": list(found.values()),
        "rounds": [
            (batch, found[batch.standard], notices.deadlines(text, batch, procedure.stages))
            for batch in text.batches
        ],
        "ours": [reading for reading in text.readings if reading.editable],
        "seen": notice_digest(text),
        "is_taken": not desk.draft.is_closed and notice_by_slug(text.id) is not None,
    }
