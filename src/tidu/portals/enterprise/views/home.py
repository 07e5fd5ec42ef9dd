"""Home: the ladder. And the list of what to prepare before starting in a batch."""

from collections.abc import Sequence

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
from tidu.portals.enterprise.profiles import own_facts, standard_of_tier
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.notices.preparing import Checklist, checklist_of
from tidu.programmes.models import Batch
from tidu.programmes.queries import batch_by_id, batch_text, notice_text, standard_by_digest
from tidu.titles.enums import TitleKind
from tidu.titles.models import Title
from tidu.titles.queries import held_and_past, titles_of


@require_safe
@require_firm
def home(request: HttpRequest) -> HttpResponse:
    """Where we stand, what the next step lacks, what is due."""
    firm, at = firm_of(request), arrived_at(request)
    cases = list(firm_cases(current_actor_of(request)))
    (titles, past), batches = held_and_past(firm, at=at), rounds.batches_for(firm, at)
    called = rounds.called_to_re_review(titles, past, batches, at)
    under_way = [one for one in cases if not rounds.is_too_late(one, at)]
    judged = _verdicts(request, titles, under_way, batches)
    verdict, case = judged[ladder.goal_of(titles)]
    doors = rounds.doors(firm, batches, cases, at)
    words = {
        "banner": rounds.banner(cases, called, at),
        "steps": ladder.steps(
            titles,
            under_way,
            {tier: one for tier, (one, _) in judged.items()},
            update_by={tier: rounds.update_by(_of_tier(tier, batches)) for tier in ladder.TIERS},
            past=[title for title in titles_of(firm) if title.ended_on],
        ),
        "verdict": verdict,
        "of_case": case,
        "goal": ladder.goal_of(titles).label,
        "ways": ladder.ways_forward(verdict),
        "coming": rounds.coming(cases, batches, titles, called, doors, at)[:7],
        "doors": doors,
        "next_batch": next((batch for batch in batches if batch.opens_at > at), None),
    }
    return page(request, "home", words)


def _verdicts(
    request: HttpRequest, titles: Sequence[Title], cases: Sequence[Case], batches: Sequence[Batch]
) -> dict[TitleKind, tuple[Verdict, Case | None]]:
    """On the tier held and the next: of the application under way, which says more, else of the profile."""
    firm, at = firm_of(request), arrived_at(request)
    tiers = dict.fromkeys([*filter(None, [ladder.standing_on(titles)]), ladder.goal_of(titles)])
    found: dict[TitleKind, tuple[Verdict, Case | None]] = {}
    for tier in tiers:
        live = next((one for one in cases if one.title_kind == tier and one.status not in ENDED), None)
        if live is None:
            standard = standard_of_tier(tier, batches)
            found[tier] = standard.judge(own_facts(firm, at)), None
        else:
            found[tier] = judge(live, at=at), live
    return found


def _of_tier(tier: TitleKind, batches: Sequence[Batch]) -> list[Batch]:
    return [batch for batch in batches if batch.notice.title_kind == tier]


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
