"""The office's drafts and published notices, and how a draft begins."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tidu.law.drafting import MOST_BYTES, document_of, read_file, sections_of
from tidu.law.refusals import Refused, sentence
from tidu.offices.models import Office
from tidu.portals.office.access import page
from tidu.portals.office.notices.access import require_draft_act, require_drafter
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.refusals import status_of
from tidu.programmes.actions import begin_draft
from tidu.programmes.permissions import may_draft, may_publish
from tidu.programmes.queries import (
    document_of_template,
    drafts_of,
    issuer_of,
    notices_issued_by,
    templates_for,
)

PER_PAGE = 20


@require_safe
@require_drafter
def index(request: HttpRequest, office: Office) -> HttpResponse:
    """Drafts first, since they wait for somebody; then what was published."""
    return _index(request, office)


@require_POST
@require_draft_act
def begin(request: HttpRequest, office: Office) -> HttpResponse:
    """Begin with a template, or with nothing."""
    actor, at = current_actor_of(request), request.arrived_at  # type: ignore[attr-defined]
    key = request.POST.get("template", "")
    document, title = document_of_template(key, issuer_of(office), office.pk)
    draft = begin_draft(actor=actor, document=document, template=title, at=at)
    return HttpResponseRedirect(reverse("office-notice-section", args=[draft.pk, "basics"]))


@require_POST
@require_draft_act
def from_file(request: HttpRequest, office: Office) -> HttpResponse:
    """Begin with a notice's file. One that is no notice is refused with the line."""
    sent = request.FILES.get("file")
    try:
        document = read_file(_content(sent))
        issuer = issuer_of(office)
        draft = begin_draft(
            actor=current_actor_of(request),
            document=document_of(sections_of(document), issuer),
            template=f"文件 {sent.name if sent else ''}",
            at=request.arrived_at,  # type: ignore[attr-defined]
        )
    except Refused as refused:
        return _index(request, office, refused=refused)
    if document.get("issuer") not in (None, issuer.code):
        messages.warning(request, "文件中的发布单位不是本单位，已改为本单位。")
    messages.success(request, "文件已导入为草稿。")
    return HttpResponseRedirect(reverse("office-notice-draft", args=[draft.pk]))


def _content(sent: UploadedFile[Any] | None) -> bytes:
    content = bytes(sent.read(MOST_BYTES + 1)) if sent else b""
    if not content.strip():
        raise Refused("draft_file_missing", field="file")
    return content


def _index(request: HttpRequest, office: Office, *, refused: Refused | None = None) -> HttpResponse:
    actor = current_actor_of(request)
    rows = Paginator(drafts_of(actor), PER_PAGE).get_page(request.GET.get("page"))
    words = {
        "office": office,
        "rows": rows,
        "notices": list(notices_issued_by(office.pk)),
        "templates": templates_for(office.pk),
        "may_write": bool(may_draft(actor, office)),
        "may_publish": bool(may_publish(actor, office)),
        "refused": sentence(refused) if refused else "",
    }
    return page(request, "notices", words, status=status_of(refused) if refused else 200)
