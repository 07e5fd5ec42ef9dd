"""Filling an application: a section a page, each field saved by itself."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tidu.applications.actions import save_field
from tidu.applications.queries import case_for
from tidu.law.facts import Saved
from tidu.portals.enterprise.access import arrived_at, page, require_firm
from tidu.portals.enterprise.blocks import blocks_of
from tidu.portals.enterprise.casefiles import EVIDENCE, CaseFile, case_file, case_way
from tidu.portals.enterprise.filled import findings_json
from tidu.portals.enterprise.papers import items_of, pointable
from tidu.portals.enterprise.saving import Sent, answer, read_sent
from tidu.portals.enterprise.sections import section_of
from tidu.portals.parts.actors import current_actor_of


@require_safe
@require_firm
def start(request: HttpRequest, case_id: int) -> HttpResponse:
    """To the first section that still needs the firm: marked to be mended, else not complete."""
    file = _file(request, case_id)
    steps = case_way(file, "").steps
    wanting = [step for step in steps if step.mends] or [step for step in steps if not step.is_done]
    return HttpResponseRedirect((wanting or steps)[0].url)


@require_safe
@require_firm
def section(request: HttpRequest, case_id: int, section_id: str) -> HttpResponse:
    """One section; the papers are the last one."""
    file = _file(request, case_id)
    if not file.filled.is_open:
        return HttpResponseRedirect(reverse("enterprise-case", args=[case_id]))
    words = {**_beside(file, section_id), "file": file, "case": file.case, "filled": file.filled}
    if section_id == EVIDENCE:
        return page(request, "papers", {**words, "items": items_of(file), "values": pointable(file)})
    found = section_of(file.filled.standard, section_id)
    if found is None:
        raise Http404(section_id)
    return page(request, "form", {**words, "section": found.section, "blocks": blocks_of(found, file.filled)})


@require_safe
@require_firm
def state(request: HttpRequest, case_id: int, section_id: str) -> HttpResponse:
    """What changes beside the fields after each save: verdict, completeness, checks across fields."""
    file = _file(request, case_id)
    words = {**_beside(file, section_id), "findings": findings_json(file.filled.checks)}
    return page(request, "state", words)


@require_POST
@require_firm
def save(request: HttpRequest, case_id: int) -> HttpResponse:
    """Autosave of one field; see parts/autosave.js."""
    actor, at = current_actor_of(request), arrived_at(request)

    def write(sent: Sent) -> Saved:
        return save_field(
            actor=actor,
            case_id=case_id,
            fact=sent.fact,
            period=sent.period,
            raw=sent.raw,
            expected_version=sent.version,
            at=at,
        )

    return answer(read_sent(request), write, at=at)


def _file(request: HttpRequest, case_id: int) -> CaseFile:
    actor = current_actor_of(request)
    return case_file(case_for(actor, case_id), actor, arrived_at(request))


def _beside(file: CaseFile, section_id: str) -> dict[str, object]:
    """The ways through the form at its left and the verdict at its right."""
    return {
        "way": case_way(file, section_id),
        "last_url": reverse("enterprise-case-review", args=[file.case.pk]),
        "last_label": "核对与提交",
        "verdict": file.contents.verdict.as_json(),
        "state_url": reverse("enterprise-case-state", args=[file.case.pk, section_id]),
    }
