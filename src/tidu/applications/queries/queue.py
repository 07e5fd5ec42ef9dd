"""An office's queue: what waits on its desk, the nearest deadline first."""

from dataclasses import dataclass, replace

from django.db.models import Count, F, Q, QuerySet

from tidu.applications.enums import LIVE, CaseStatus
from tidu.applications.models import Case
from tidu.applications.queries.cases import visible_cases
from tidu.applications.queries.colleagues import is_held
from tidu.database.scope import Actor

#: What the tabs of the queue hold.
TABS: dict[str, Q] = {
    "todo": Q(status__in=[CaseStatus.IN_REVIEW, CaseStatus.PASSED, CaseStatus.SUSPENDED]),
    "waiting": Q(status=CaseStatus.RETURNED),
    "listed": Q(status=CaseStatus.LISTED),
    "all": Q(),
}


@dataclass(frozen=True)
class Filters:
    """What the address of a queue page says; empty means no filter."""

    tab: str = "todo"
    search: str = ""
    batch: int | None = None
    stage: str = ""
    kind: str = ""
    verdict: str = ""
    mine: bool = False
    status: str = ""
    unassigned: bool = False
    area: str = ""

    def conditions(self, actor: Actor) -> Q:
        """The filters that narrow the list, whichever tab is shown."""
        found = Q()
        if self.search:
            found &= (
                Q(firm__name__contains=self.search)
                | Q(firm__uscc__startswith=self.search)
                | Q(number=self.search)
            )
        if self.batch is not None:
            found &= Q(batch_id=self.batch)
        for field in ("stage", "kind", "verdict", "status"):
            if value := getattr(self, field):
                found &= Q(**{field: value})
        if self.area:
            found &= Q(firm__area__code=self.area)
        if self.mine:
            found &= Q(assigned_to_id=actor.account_id)
        if self.unassigned:
            found &= Q(assigned_to__isnull=True) | ~Q(is_held())
        return found


def queue(actor: Actor, filters: Filters) -> QuerySet[Case]:
    """Cases for one tab. All tabs but "all" show only what lies with this office now."""
    cases = visible_cases(actor).filter(filters.conditions(actor))
    if filters.tab != "all":
        cases = cases.filter(TABS.get(filters.tab, TABS["todo"]), office_id=actor.office_id or 0)
    return cases.order_by(F("due_at").asc(nulls_last=True), "submitted_at", "pk")


def queue_counts(actor: Actor, filters: Filters) -> dict[str, int]:
    """How many cases each tab holds under the same filters, in one query."""
    here = Q(office_id=actor.office_id)
    counts = {
        name: Count("pk", filter=condition & here if name != "all" else None)
        for name, condition in TABS.items()
    }
    return visible_cases(actor).select_related(None).filter(filters.conditions(actor)).aggregate(**counts)


def todo_count(actor: Actor, filters: Filters) -> int:
    """How many cases wait on the office's desk. Every page shows it, so only that desk is counted."""
    return queue(actor, replace(filters, tab="todo")).select_related(None).order_by().count()


def next_case(actor: Actor, filters: Filters, after: Case) -> Case | None:
    """The case that follows `after` in the queue, or the first one once `after` has left it."""
    waiting = list(queue(actor, filters).filter(status__in=LIVE).values_list("pk", flat=True)[:500])
    if after.pk in waiting:
        position = waiting.index(after.pk)
        waiting = waiting[position + 1 :] + waiting[:position]
    return visible_cases(actor).get(pk=waiting[0]) if waiting else None
