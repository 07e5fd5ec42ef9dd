"""An office's queue: what waits on its desk, the nearest deadline first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, F, Q, QuerySet

from tidu.applications.enums import LIVE, TODO, CaseStatus, StageKind
from tidu.applications.models import Case
from tidu.applications.queries.cases import cases_held, cases_in_sight, visible_cases
from tidu.applications.queries.colleagues import is_held, with_holder
from tidu.database.scope import Actor
from tidu.enterprises.queries import search

WITH_EXPERTS = Q(stage_kind=StageKind.PANEL)
"""The office holds the case and can do nothing: a panel has it."""

#: What the tabs of the queue hold.
TABS: dict[str, Q] = {
    "todo": Q(status__in=TODO) & ~WITH_EXPERTS,
    "waiting": Q(status=CaseStatus.RETURNED),
    "experts": WITH_EXPERTS,
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
            found &= named(self.search)
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


def named(text: str) -> Q:
    """Cases of the firms with this name or code, or the case with this number."""
    firms = Q(firm__in=search(text).order_by().values("pk"))
    return firms | Q(number=text) if text.isascii() else firms


def queue(actor: Actor, filters: Filters) -> QuerySet[Case]:
    """Cases for one tab. All tabs but "all" show only what lies with this office now."""
    if filters.tab == "all":
        cases = visible_cases(actor)
    else:
        cases = cases_held(actor).filter(TABS.get(filters.tab, TABS["todo"]))
    narrowed = cases.filter(filters.conditions(actor))
    return narrowed.order_by(F("due_at").asc(nulls_last=True), "submitted_at", "pk")


def queue_counts(actor: Actor, filters: Filters) -> dict[str, int]:
    """How many cases each tab holds under the same filters; two queries."""
    conditions = filters.conditions(actor)
    counts = {name: Count("pk", filter=condition) for name, condition in TABS.items() if name != "all"}
    here = cases_held(actor).select_related(None).filter(conditions).aggregate(**counts)
    every = Case.objects.filter(conditions).count() if conditions else cases_in_sight(actor)
    return {**here, "all": every}


def lines(keys: Sequence[int]) -> list[Case]:
    """These cases with all that a line of the queue shows, in this order; one query.

    Far down the list it is the keys that are counted off, and not whole rows.
    """
    cases = Case.objects.select_related("firm__area", "batch__notice", "office").filter(pk__in=keys)
    found = with_holder(cases).in_bulk()
    return [found[key] for key in keys]


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
