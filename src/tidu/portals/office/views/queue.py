"""The queue (待办): what lies with the office, the nearest deadline first, as the address asks for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from tidu.applications.enums import CaseKind, CaseStatus
from tidu.applications.models import Case
from tidu.applications.queries import (
    Filters,
    batches_seen,
    case_for,
    lines,
    next_case,
    queue,
    queue_counts,
    with_holder,
)
from tidu.law.notices import Deadline
from tidu.law.procedures import status_label
from tidu.law.procedures.moves import Kind, Status
from tidu.offices.models import Area
from tidu.offices.queries import areas_under
from tidu.portals.office.access import page, require_office
from tidu.portals.office.addresses import WORDS, carried, case_url, filters_of, queue_url, queue_words
from tidu.portals.office.choices import batch_choices, stage_choices
from tidu.portals.office.clocks import MODES, clock_of
from tidu.portals.office.exports import Column, workbook
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.moments import write_moment
from tidu.programmes.models import Batch
from tidu.programmes.queries import procedure_by_digest

PER_PAGE = 30
TAB_LABELS = {
    "todo": "待我办",
    "waiting": "待企业补正",
    "experts": "专家评审中",
    "listed": "公示中",
    "all": "本单位可见全部",
}
SELDOM = frozenset({"experts"})
"""Tabs of which only some procedures know: shown once there is something in them."""
VERDICTS = {"met": "符合", "unmet": "不符合", "open": "待补充"}
TONES = {
    CaseStatus.IN_REVIEW: "info",
    CaseStatus.RETURNED: "open",
    CaseStatus.PASSED: "act",
    CaseStatus.LISTED: "info",
    CaseStatus.SUSPENDED: "no",
    CaseStatus.RECOGNISED: "ok",
    CaseStatus.NOT_RECOGNISED: "no",
}


@dataclass(frozen=True)
class QueueRow:
    """One line of the queue."""

    case: Case
    url: str
    stage: str
    status: str
    tone: str
    clock: Deadline | None

    @property
    def mode(self) -> str:
        return MODES[self.clock.mode] if self.clock else ""

    @property
    def score(self) -> str:
        return score_text(self.case)

    @property
    def holder(self) -> str:
        return holder_of(self.case)


@require_safe
@require_office
def show(request: HttpRequest) -> HttpResponse:
    """One page of the queue."""
    actor, filters = current_actor_of(request), filters_of(request.GET)
    words = queue_words(request.GET)
    counts = queue_counts(actor, filters)
    paginator = Paginator(queue(actor, filters).values_list("pk", flat=True), PER_PAGE)
    paginator.count = counts[filters.tab]
    rows = paginator.get_page(request.GET.get("page"))
    batches = list(batches_seen(actor))
    found = {
        "filters": filters,
        "tabs": _tabs(counts, filters, request),
        "choices": _choices(batches, areas_under(actor.office_id or 0)),
        "page_of_rows": rows,
        "rows": [queue_row(case, words) for case in lines(list(rows))],
        "words": words,
        "narrowed": bool(filters.conditions(actor)),
        "acts_on": _acts_on(filters, batches),
        "kept": [(name, request.GET[name]) for name in WORDS if request.GET.get(name)],
    }
    if not found["narrowed"]:
        found["todo"] = counts["todo"]
    return page(request, "queue", found)


@require_safe
@require_office
def export(request: HttpRequest) -> FileResponse:
    """The whole list that the address asks for, as a workbook."""
    filters = filters_of(request.GET)
    cases = with_holder(queue(current_actor_of(request), filters))
    return workbook(f"待办-{TAB_LABELS[filters.tab]}", COLUMNS, cases.iterator(chunk_size=2000))


@require_safe
@require_office
def following(request: HttpRequest, case_id: int) -> HttpResponse:
    """The next case of the queue from which this one was entered; the queue itself when it is empty."""
    actor, words = current_actor_of(request), carried(request)
    found = next_case(actor, _filters(words), case_for(actor, case_id))
    return HttpResponseRedirect(queue_url(words) if found is None else case_url(found, words))


def queue_row(case: Case, words: str = "") -> QueueRow:
    """A case as a line of a list."""
    stage = procedure_by_digest(case.procedure_digest).stage(case.stage).title if case.stage else ""
    return QueueRow(
        case,
        case_url(case, words),
        stage,
        status_of(case),
        TONES.get(CaseStatus(case.status), ""),
        clock_of(case),
    )


def status_of(case: Case) -> str:
    """Where a case stands; one that waits is named after what it waits for."""
    return status_label(Status(case.status), Kind(case.stage_kind) if case.stage_kind else None)


def holder_of(case: Case) -> str:
    """The colleague who works on a case; empty also where the post of whoever had it is closed."""
    return str(case.assigned_to) if case.assigned_to_id and getattr(case, "is_held", True) else ""


def score_text(case: Case) -> str:
    """`61`, or `58 ~ 66` while something is missing; empty before the first submission."""
    if case.score_least is None or case.score_most is None:
        return ""
    low, high = f"{case.score_least.normalize():f}", f"{case.score_most.normalize():f}"
    return low if low == high else f"{low} ~ {high}"


def _filters(words: str) -> Filters:
    return filters_of(QueryDict(words))


def _tabs(counts: Mapping[str, int], filters: Filters, request: HttpRequest) -> list[dict[str, Any]]:
    others = {
        name: request.GET[name]
        for name in ("q", "batch", "stage", "kind", "verdict", "area", "mine")
        if request.GET.get(name)
    }
    return [
        {
            "label": label,
            "count": counts[name],
            "url": f"?{urlencode({'tab': name, **others})}",
            "current": name == filters.tab,
            "act": name == "todo",
        }
        for name, label in TAB_LABELS.items()
        if name not in SELDOM or counts[name] or name == filters.tab
    ]


def _choices(batches: Sequence[Batch], areas: Iterable[Area]) -> list[dict[str, Any]]:
    return [
        {"name": "batch", "label": "批次", "options": batch_choices(batches)},
        {"name": "stage", "label": "阶段", "options": stage_choices(batches)},
        {"name": "kind", "label": "类型", "options": CaseKind.choices},
        {"name": "verdict", "label": "结论", "options": list(VERDICTS.items())},
        {"name": "area", "label": "属地", "options": [(area.code, area.name) for area in areas]},
        {"name": "mine", "label": "经办", "options": [("1", "分派给我的"), ("0", "未分派")]},
    ]


def _acts_on(filters: Filters, batches: Sequence[Batch]) -> dict[str, Any] | None:
    """Acts on many run by batch and stage: offered once the list shows one of each."""
    if filters.tab != "todo" or filters.batch is None or not filters.stage:
        return None
    batch = next((one for one in batches if one.pk == filters.batch), None)
    if batch is None:
        return None
    stage = next(
        (s for s in procedure_by_digest(batch.procedure_digest).stages if s.id == filters.stage), None
    )
    if stage is None or stage.kind in (Kind.REVIEW, Kind.PANEL):
        return None
    return {"url": reverse("office-sending", args=[batch.pk, stage.id]), "label": f"批量{stage.title}"}


COLUMNS: Sequence[Column[Case]] = (
    Column("案号", lambda case: case.number, 18),
    Column("企业名称", lambda case: case.firm.name, 34),
    Column("统一社会信用代码", lambda case: case.firm.uscc, 22),
    Column("属地", lambda case: case.firm.area.name, 14),
    Column("批次", lambda case: case.batch.title, 18),
    Column("类型", lambda case: case.get_kind_display(), 10),
    Column("状态", status_of, 14),
    Column("办理单位", lambda case: case.office.name if case.office else "", 24),
    Column("经办", holder_of, 14),
    Column("结论", lambda case: VERDICTS.get(case.verdict, ""), 10),
    Column("得分下限", lambda case: float(case.score_least) if case.score_least is not None else None, 10),
    Column("得分上限", lambda case: float(case.score_most) if case.score_most is not None else None, 10),
    Column("直通条件", lambda case: case.direct_route, 24),
    Column("提交时间", lambda case: write_moment(case.submitted_at) if case.submitted_at else "", 18),
    Column("提交轮次", lambda case: case.round, 10),
    Column("截止", lambda case: write_moment(case.due_at, "end") if case.due_at else "", 22),
)
