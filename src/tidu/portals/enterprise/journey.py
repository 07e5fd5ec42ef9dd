"""The way of one case: its stages with their offices, and what happened, read from the ledger."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from tidu.applications.contents import notice_of
from tidu.applications.enums import ENDED, CaseStatus
from tidu.applications.models import Case, CaseStage
from tidu.applications.queries.contents import stages_of
from tidu.applications.routing import Route, route_from
from tidu.law.calendars import legal_day
from tidu.law.procedures import ACTIONS, Action, Procedure, Stage
from tidu.law.refusals import Refused
from tidu.portals.parts.moments import write_day
from tidu.programmes.queries import procedure_by_digest
from tidu.records.models import Entry
from tidu.records.queries import timeline

STOPPED = ("refused", "struck", "withdrawn", "lapsed")

#: What a firm is told of each link of its case's chain; what is not named here stays inside the office.
TITLES: Mapping[str, str] = {
    "open": "建立申报",
    **{action.value: ACTIONS[action].label for action in Action},
    "suspend": "收到异议，核实中",
    "resume": "异议不成立，恢复公示",
    "plan_inspection": "安排实地核查",
    "record_inspection": "完成实地核查",
    "record_credit_check": "信用查询",
    "note_national_platform": "登记国家平台状态",
}
#: Verbs whose comment is addressed to the firm.
ADDRESSED = frozenset({"return_for_mending", "refuse", "hand_over", "withdraw", "lapse", "strike"})
TONES: Mapping[str, str] = {
    "refuse": "no",
    "strike": "no",
    "lapse": "no",
    "return_for_mending": "waits",
    "announce": "ok",
    "pass_review": "ok",
    "recommend": "ok",
    "clear": "ok",
}


def stepper_of(case: Case) -> list[dict[str, str]]:
    """The firm's own step and those of every office on its route, in order."""
    procedure = procedure_by_digest(case.procedure_digest)
    rows = {row.stage: row for row in stages_of(case)}
    route = route_from(case.firm.area.office, notice_of(case))
    own = "done" if case.submitted_at else "stopped" if case.status in ENDED else "now"
    first = write_day(legal_day(case.submitted_at), short=True) if case.submitted_at else "填报中"
    return [
        {"label": "企业申报", "state": own, "note": first},
        *(_step(stage, rows.get(stage.id), route) for stage in _on_route(procedure, route)),
    ]


def _on_route(procedure: Procedure, route: Route) -> Iterable[Stage]:
    return (stage for stage in procedure.stages if stage.level in route.levels)


def _step(stage: Stage, row: CaseStage | None, route: Route) -> dict[str, str]:
    if row is None:
        return {"label": stage.title, "state": "ahead", "note": _office(stage, route)}
    if row.left_at is None:
        return {"label": stage.title, "state": "now", "note": row.office.name}
    state = "stopped" if row.outcome in STOPPED else "done"
    return {"label": stage.title, "state": state, "note": write_day(legal_day(row.left_at), short=True)}


def _office(stage: Stage, route: Route) -> str:
    try:
        return route.office_for(stage).name
    except Refused:
        return ""


def timeline_of(case: Case) -> Sequence[Mapping[str, Any]]:
    """What happened to the case as its firm may know it, the newest first."""
    entries = [entry for entry in timeline(case.chain) if entry.verb in TITLES]
    once = [entry for before, entry in pairwise([None, *entries]) if entry and not _repeats(before, entry)]
    return [_told(entry) for entry in reversed(once)]


def _repeats(before: Entry | None, entry: Entry) -> bool:
    """Whether an office did the same once more at the same moment, as when it looks up two systems."""
    if before is None or entry.actor_kind == "firm":
        return False
    return (before.verb, before.actor_name, before.at) == (entry.verb, entry.actor_name, entry.at)


def _told(entry: Entry) -> Mapping[str, Any]:
    said = entry.content or {}
    return {
        "title": TITLES[entry.verb],
        "at": entry.at,
        "actor": "" if entry.verb in ("suspend", "resume") and not entry.office_id else entry.actor_name,
        "note": said.get("letter", ""),
        "comment": said.get("comment", "") if entry.verb in ADDRESSED else "",
        "state": TONES.get(entry.verb, ""),
    }


def may_be_copied(case: Case, at: datetime) -> bool:
    """Whether it ended without a title or was not submitted in time: a later batch may take it up."""
    if case.status == CaseStatus.DRAFT:
        return at >= case.batch.closes_at
    return case.status in (CaseStatus.NOT_RECOGNISED, CaseStatus.WITHDRAWN, CaseStatus.LAPSED)
