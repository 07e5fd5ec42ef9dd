"""企业档案: the firm's own data, filled once and carried into every application."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tidu.enterprises.actions import save_profile_field
from tidu.law.facts import Saved
from tidu.portals.enterprise.access import arrived_at, firm_of, page, require_firm
from tidu.portals.enterprise.blocks import blocks_of
from tidu.portals.enterprise.filled import findings_json
from tidu.portals.enterprise.profiles import profile_form, profile_way, standard_for
from tidu.portals.enterprise.saving import Sent, answer, read_sent
from tidu.portals.enterprise.sections import section_of
from tidu.portals.parts.actors import current_actor_of


@require_safe
@require_firm
def profile(request: HttpRequest) -> HttpResponse:
    """The profile begins with its first section."""
    firm, at = firm_of(request), arrived_at(request)
    first = standard_for(firm, at).form()[0].section.id
    return HttpResponseRedirect(reverse("enterprise-profile-section", args=[first]))


@require_safe
@require_firm
def section(request: HttpRequest, section_id: str) -> HttpResponse:
    """One section, with the verdict on the profile beside it."""
    firm, actor, at = firm_of(request), current_actor_of(request), arrived_at(request)
    standard = standard_for(firm, at)
    found = section_of(standard, section_id)
    if found is None:
        raise Http404(section_id)
    filled = profile_form(firm, actor, standard, at)
    words = {
        "section": found.section,
        "blocks": blocks_of(found, filled),
        "filled": filled,
        "way": profile_way(filled, section_id),
        "verdict": standard.judge(filled.facts).as_json(),
        "state_url": reverse("enterprise-profile-state", args=[section_id]),
    }
    return page(request, "profile", words)


@require_safe
@require_firm
def state(request: HttpRequest, section_id: str) -> HttpResponse:
    """What changes beside the fields after each save: verdict, completeness, checks across fields."""
    firm, actor, at = firm_of(request), current_actor_of(request), arrived_at(request)
    standard = standard_for(firm, at)
    filled = profile_form(firm, actor, standard, at)
    words = {
        "way": profile_way(filled, section_id),
        "verdict": standard.judge(filled.facts).as_json(),
        "findings": findings_json(filled.checks),
    }
    return page(request, "state", words)


@require_POST
@require_firm
def save(request: HttpRequest) -> HttpResponse:
    """Autosave of one field; see parts/autosave.js."""
    firm, actor, at = firm_of(request), current_actor_of(request), arrived_at(request)

    def write(sent: Sent) -> Saved:
        return save_profile_field(
            actor=actor,
            firm=firm,
            fact=sent.fact,
            period=sent.period,
            raw=sent.raw,
            expected_version=sent.version,
            at=at,
        )

    return answer(read_sent(request), write, at=at)
