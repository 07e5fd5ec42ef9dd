"""案卷: everything about one case as one file, sent while it is being written."""

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from tidu.documents.actions import make_dossier
from tidu.documents.dossiers.making import ZIP
from tidu.portals.office.access import require_reader
from tidu.portals.parts.actors import current_actor_of


@require_POST
@require_reader
def make(request: HttpRequest, case_id: int) -> StreamingHttpResponse:
    """Gathered inside the page's transaction; the stored files follow once it is through."""
    dossier = make_dossier(
        actor=current_actor_of(request),
        case_id=case_id,
        at=request.arrived_at,  # type: ignore[attr-defined]
    )
    saved = content_disposition_header(True, dossier.name) or "attachment"
    headers = {"Content-Disposition": saved, "Cache-Control": "private, no-store"}
    return StreamingHttpResponse(dossier.stream(), content_type=ZIP, headers=headers)
