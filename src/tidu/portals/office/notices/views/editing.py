"""Typing a section: saved as a whole, by script while it is typed, by button without one."""

import re
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tidu.law import drafting
from tidu.law.drafting import Document, Section, add_row, merged, move_row, remove_row, take
from tidu.law.refusals import Refused, sentence
from tidu.offices.models import Office
from tidu.portals.office.access import page
from tidu.portals.office.notices.access import require_draft_act, require_drafter
from tidu.portals.office.notices.desk import Desk
from tidu.portals.office.notices.options import Options
from tidu.portals.office.notices.panels import anchor, panels
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.downloads import saved
from tidu.portals.parts.refusals import status_of
from tidu.programmes.actions import discard_draft, save_section
from tidu.programmes.models import DraftSection, NoticeDraft
from tidu.programmes.queries import document_of_draft, draft_for, issuer_of

_DOING = re.compile(r"(add|remove|up|down):([a-z]+)(?::(\d{1,4}))?")


@require_safe
@require_drafter
def overview(request: HttpRequest, _: Office, draft_id: int) -> HttpResponse:
    """核对: everything that stands against publishing, and what to look at once more."""
    actor = current_actor_of(request)
    return page(request, "draft_overview", Desk.of(draft_for(actor, draft_id)).words(actor))


@require_http_methods(["GET", "HEAD", "POST"])
@require_drafter
def section(request: HttpRequest, _: Office, draft_id: int, section_id: str) -> HttpResponse:
    """One section: read, typed into, saved."""
    draft, part = draft_for(current_actor_of(request), draft_id), drafting.section(section_id)
    if request.method == "POST":
        return _save(request, draft, part)
    desk = Desk.of(draft)
    return _page(request, desk, part, desk.saved[part.id].body)


@require_safe
@require_drafter
def export(request: HttpRequest, _: Office, draft_id: int) -> HttpResponse:
    """The draft as a file of the kind that lies in the rulebook."""
    draft = draft_for(current_actor_of(request), draft_id)
    document = document_of_draft(draft, issuer_of(draft.office))
    name = str(document.get("id") or f"draft-{draft.pk}")
    return saved(drafting.write_file(document), f"{name}.toml", "application/toml")


@require_POST
@require_draft_act
def discard(request: HttpRequest, _: Office, draft_id: int) -> HttpResponse:
    """Put the draft away."""
    draft = discard_draft(
        actor=current_actor_of(request),
        draft_id=draft_id,
        at=request.arrived_at,  # type: ignore[attr-defined]
    )
    messages.success(request, f"草稿“{draft}”已作废，仍可查看、导出。")
    return HttpResponseRedirect(reverse("office-notices"))


def _save(request: HttpRequest, draft: NoticeDraft, part: Section) -> HttpResponse:
    before = draft.sections.get(section=part.id)
    body = take(part, dict(request.POST.lists()), before.body)
    by_script = "application/json" in request.headers.get("Accept", "")
    try:
        after, place = _done(request.POST.get("do", ""), part, body)
        row = save_section(
            actor=current_actor_of(request),
            draft_id=draft.pk,
            section=part.id,
            body=after,
            expected_version=_version(request),
            at=request.arrived_at,  # type: ignore[attr-defined]
        )
    except Refused as refused:
        if by_script:
            return JsonResponse({"message": sentence(refused)}, status=status_of(refused))
        if "stored" in refused.values:
            return _conflict(request, draft, part, body, refused)
        return _page(request, Desk.of(draft, {part.id: body}), part, body, refused=refused)
    if by_script:
        return _told(request, draft, part, row)
    there = reverse("office-notice-section", args=[draft.pk, part.id])
    return HttpResponseRedirect(f"{there}#{place}" if place else there)


def _done(doing: str, part: Section, body: Document) -> tuple[Document, str]:
    """The section after what a button of a row does, and where to look then."""
    match = _DOING.fullmatch(doing)
    block = part.block(match[2]) if match else None
    if match is None or block is None or not block.repeats:
        return body, ""
    index = int(match[3] or 0)
    if match[1] == "add":
        after = add_row(body, block)
        return after, anchor(f"{block.name}.{len(after[block.name]) - 1}")
    if match[1] == "remove":
        return remove_row(body, block, index), anchor(block.name)
    by = -1 if match[1] == "up" else 1
    return move_row(body, block, index, by), anchor(f"{block.name}.{max(index + by, 0)}")


def _told(request: HttpRequest, draft: NoticeDraft, part: Section, row: DraftSection) -> JsonResponse:
    """What the script puts on the page: the version, the sentences at their controls, the list of checks."""
    actor = current_actor_of(request)
    desk = Desk.of(draft)
    here = [one for one in desk.problems if one.place.section.id == part.id]
    words = desk.words(actor, part.id)
    return JsonResponse(
        {
            "version": row.version,
            "saved_at": row.saved_at.isoformat(),
            "errors": {anchor(one.place.name): one.sentence for one in here if one.blocks},
            "warnings": {anchor(one.place.name): one.sentence for one in here if not one.blocks},
            "count": len(desk.errors),
            "sections": render_to_string("office/draft_sections.html", words, request),
            "checks": render_to_string("office/draft_checks.html", words, request),
        }
    )


def _conflict(
    request: HttpRequest, draft: NoticeDraft, part: Section, mine: Document, moved: Refused
) -> HttpResponse:
    """Both versions on one page: mine to go on with, theirs beneath it wherever they differ."""
    theirs = cast("Document", moved.values["stored"])
    body = merged(part, mine, theirs)
    desk = Desk.of(draft, {part.id: body})
    return _page(request, desk, part, body, refused=moved, theirs=theirs)


def _page(
    request: HttpRequest,
    desk: Desk,
    part: Section,
    body: Document,
    *,
    refused: Refused | None = None,
    theirs: Document | None = None,
) -> HttpResponse:
    actor = current_actor_of(request)
    ids = [one.id for one in drafting.form()]
    position = ids.index(part.id)
    row = desk.saved[part.id]
    words: dict[str, Any] = {
        **desk.words(actor, part.id),
        "part": part,
        "panels": panels(part, body, Options(desk.document, desk.issuer), desk.problems, theirs),
        "row": row,
        "version": row.version if refused is None or theirs is not None else _version(request),
        "is_conflict": theirs is not None,
        "refused": sentence(refused) if refused else "",
        "before": drafting.form()[position - 1] if position else None,
        "after": drafting.form()[position + 1] if position + 1 < len(ids) else None,
    }
    return page(request, "draft_section", words, status=status_of(refused) if refused else 200)


def _version(request: HttpRequest) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else 0
