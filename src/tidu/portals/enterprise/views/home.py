"""Home: the ladder. And the list of what to prepare before starting in a batch."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tidu.applications.contents import judge
from tidu.applications.enums import ENDED, CaseKind
from tidu.applications.models import Case
from tidu.applications.queries import firm_cases
from tidu.enterprises.models import Firm
from tidu.law.refusals import Refused
from tidu.law.standards import Verdict
from tidu.portals.enterprise import ladder, rounds
from tidu.portals.enterprise.access import arrived_at, firm_of, page, require_firm
from tidu.portals.enterprise.profiles import profile_form, standard_for
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.notices.preparing import Checklist, checklist_of
from tidu.programmes.models import Batch
from tidu.programmes.queries import batch_by_id, batch_text, notice_text, standard_by_digest
from tidu.titles.queries import held, titles_of


@require_safe
@require_firm
def home(request: HttpRequest) -> HttpResponse:
    """Where we stand, what the next step lacks, what is due."""
    firm, at = firm_of(request), arrived_at(request)
    cases = list(firm_cases(current_actor_of(request)))
    titles, batches = held(firm, at=at), rounds.batches_for(firm, at)
    verdict, case = _verdict(request)
    doors = rounds.doors(firm, batches, cases, at)
    words = {
        "banner": rounds.banner(cases, batches, titles, at),
        "steps": ladder.steps(
            titles,
            cases,
            verdict,
            update_by=rounds.update_by(batches),
            past=[title for title in titles_of(firm) if title.ended_on],
        ),
        "verdict": verdict,
        "of_case": case,
        "ways": ladder.ways_forward(verdict),
        "coming": rounds.coming(cases, batches, titles, doors, at)[:7],
        "doors": doors,
        "next_batch": next((batch for batch in batches if batch.opens_at > at), None),
    }
    return page(request, "home", words)


def _verdict(request: HttpRequest) -> tuple[Verdict, Case | None]:
    """Judged on the application under way, which says more than the profile; else on the profile."""
    firm, actor, at = firm_of(request), current_actor_of(request), arrived_at(request)
    live = firm_cases(actor).filter(title_kind=ladder.FIRST).exclude(status__in=ENDED).first()
    if live is not None:
        return judge(live, at=at), live
    standard = standard_for(firm, at)
    return standard.judge(profile_form(firm, actor, standard, at).facts), None


@require_safe
@require_firm
def checklist(request: HttpRequest, batch_id: int) -> HttpResponse:
    """准备清单: facts, papers, declaration, window, office; to be printed."""
    firm, at = firm_of(request), arrived_at(request)
    batch = batch_by_id(batch_id)
    wanted = request.GET.get("kind", CaseKind.NEW)
    if wanted not in CaseKind.values:
        raise Refused("batch_unknown", field="kind", value=wanted)
    doors = rounds.doors(firm, [batch], list(firm_cases(current_actor_of(request))), at)
    words = {
        "list": _checklist(firm, batch),
        "batch": batch,
        "kind": CaseKind(wanted),
        "door": next((door for door in doors if door.kind == wanted), None),
    }
    return page(request, "checklist", words)


def _checklist(firm: Firm, batch: Batch) -> Checklist:
    notice, office = notice_text(batch.notice), firm.area.office
    standard = standard_by_digest(batch.standard_digest)
    return checklist_of(notice, batch_text(batch), standard, office.name, office.phone)
