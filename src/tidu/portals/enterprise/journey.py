"""The way of one case: its stages with their offices, and what happened, read from the ledger."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from tidu.applications.contents import notice_of
from tidu.applications.enums import ENDED, CaseStatus
from tidu.applications.models import Case, CaseStage
from tidu.applications.queries.contents import stages_of
from tidu.applications.routing import Route, route_from
from tidu.documents.histories import HistoryStep, history_of
from tidu.law.calendars import legal_day
from tidu.law.procedures import Procedure, Stage
from tidu.law.refusals import Refused
from tidu.portals.parts.moments import write_day
from tidu.programmes.queries import procedure_by_digest
from tidu.records.models import Entry
from tidu.records.queries import timeline

STOPPED = ("refused", "struck", "withdrawn", "lapsed")

#: Links of a case's chain that concern the office alone.
INSIDE = frozenset({"assign", "dossier"})
#: Verbs whose comment the firm reads: the office's forms say so where it is typed.
ADDRESSED = frozenset({
    "return_for_mending", "pass_review", "refuse", "hand_over", "withdraw", "lapse", "strike",
    "record_finding", "record_inspection",
})  # fmt: skip
#: Who objected, and about what, is told to nobody: only that the list's office looks into it.
VEILED: Mapping[str, str] = {"suspend": "收到异议，核实中", "resume": "异议不成立，恢复公示"}


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


def timeline_of(case: Case) -> Sequence[HistoryStep]:
    """What happened to the case as its firm may know it, the newest first."""
    entries = [entry for entry in timeline(case.chain) if _is_told(entry)]
    steps = history_of(entries, procedure_digest=case.procedure_digest)
    return [_as_told(entry, step) for entry, step in zip(reversed(entries), steps, strict=True)]


def _is_told(entry: Entry) -> bool:
    """Credit systems are looked up again and again: the firm is told when something was found."""
    if entry.verb == "record_credit_check":
        return (entry.content or {}).get("result") != "clear"
    return entry.verb not in INSIDE


def _as_told(entry: Entry, step: HistoryStep) -> HistoryStep:
    if entry.verb in VEILED:
        return replace(step, title=VEILED[entry.verb], comment="", note="")
    return step if entry.verb in ADDRESSED else replace(step, comment="")


def may_be_copied(case: Case, at: datetime) -> bool:
    """Whether it ended without a title or was not submitted in time: a later batch may take it up."""
    if case.status == CaseStatus.DRAFT:
        return at >= case.batch.closes_at
    return case.status in (CaseStatus.NOT_RECOGNISED, CaseStatus.WITHDRAWN, CaseStatus.LAPSED)
