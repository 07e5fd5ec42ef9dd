"""The office's first page: what needs somebody now, and by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tidu.applications.enums import CaseStatus
from tidu.applications.queries import Filters, Pile, batches_seen, piles, queue, queue_counts, todo_count
from tidu.inspections.queries import planned_inspections
from tidu.law.notices import Deadline
from tidu.law.procedures import Procedure
from tidu.law.procedures.moves import Kind
from tidu.messages.queries import inbox
from tidu.panels.queries.draws import differing_cases
from tidu.portals.office.access import page, require_office
from tidu.portals.office.addresses import stage_url
from tidu.portals.office.clocks import MODES, clock_of_stage
from tidu.portals.office.views.queue import queue_row
from tidu.portals.parts.actors import current_actor_of
from tidu.programmes.models import Batch
from tidu.programmes.queries import procedure_of
from tidu.publicity.queries import objections_for, office_lists

MOST = 8
WAITING_WORDS = {
    Kind.REVIEW: "待审核",
    Kind.PANEL: "专家评审中",
    Kind.RECOMMEND: "待推荐",
    Kind.PUBLICITY: "待公示",
    Kind.REPORT: "待上报",
    Kind.ANNOUNCE: "待公告",
}


@dataclass(frozen=True)
class Work:
    """One heap of work: a batch at a stage, how many, by when, and where it is done."""

    batch: Batch
    title: str
    words: str
    cases: int
    url: str
    clock: Deadline | None

    @property
    def due_at(self) -> datetime | None:
        return self.clock.at if self.clock else None

    @property
    def mode(self) -> str:
        return MODES[self.clock.mode] if self.clock else ""


@require_safe
@require_office
def show(request: HttpRequest) -> HttpResponse:
    """What lies on the desk, sorted by what is due first."""
    actor, at = current_actor_of(request), request.arrived_at  # type: ignore[attr-defined]
    batches = {batch.pk: batch for batch in batches_seen(actor)}
    counts = queue_counts(actor, Filters())
    nearest = list(queue(actor, Filters()).select_related("assigned_to")[:MOST])
    lists = [one for one in office_lists(actor) if one.status == "open"]
    words: dict[str, Any] = {
        "counts": counts,
        "todo": counts["todo"],
        "mine": todo_count(actor, Filters(mine=True)),
        "works": works(piles(actor), batches),
        "nearest": [queue_row(case) for case in nearest],
        "over": [one for one in lists if one.period.upper <= at],
        "open_lists": [one for one in lists if one.period.upper > at],
        "objections": objections_for(actor, undecided_only=True).count(),
        "differing": partial(differing_cases, actor),
        "planned": planned_inspections(actor).count(),
        "letters": list(inbox(actor).filter(read_at__isnull=True)[:MOST]),
    }
    return page(request, "home", words)


def works(found: Sequence[Pile], batches: dict[int, Batch]) -> list[Work]:
    """The heaps that wait for this office, the nearest deadline first."""
    waiting = [pile for pile in found if pile.status in (CaseStatus.IN_REVIEW, CaseStatus.PASSED)]
    made = [_work(pile, batches[pile.batch_id], procedure_of(batches[pile.batch_id])) for pile in waiting]
    return sorted(made, key=lambda work: (work.due_at is None, work.due_at, work.title))


def _work(pile: Pile, batch: Batch, procedure: Procedure) -> Work:
    stage = procedure.stage(pile.stage)
    return Work(
        batch,
        stage.title,
        WAITING_WORDS[stage.kind],
        pile.cases,
        stage_url(batch, stage),
        clock_of_stage(batch, stage.id),
    )
