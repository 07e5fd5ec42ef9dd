"""The one door: every move of a case is checked, locked, written and recorded here.

`take` locks the row and checks version, right and the table of actions; `settle` checks
what the procedure asks of the act, writes state and stage, and adds the ledger entry. Both
run in the caller's transaction, so an action may write its own rows between them.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tidu.applications.acts import Act, Held, Offline
from tidu.applications.enums import LIVE, CaseStatus, StageKind
from tidu.applications.guards import check_clock, check_dated, check_needs, check_offline, due_at
from tidu.applications.models import Case, CaseStage, Letter
from tidu.applications.permissions import may
from tidu.applications.routing import Route, add_reader_on_arrival, route_from
from tidu.database.scope import Actor, scope
from tidu.law.procedures import Action, Need, Position
from tidu.law.procedures.moves import ACTIONS, TERMINAL, Status
from tidu.law.refusals import Refused
from tidu.offices.models import Office
from tidu.programmes.queries import notice_by_digest, procedure_by_digest
from tidu.records.actions import record

#: What a stage's row says came out of it.
OUTCOMES: Mapping[Action, str] = {
    Action.PASS_REVIEW: "passed",
    Action.REFUSE: "refused",
    Action.JOIN_OPINION: "opined",
    Action.RECOMMEND: "recommended",
    Action.CLEAR: "cleared",
    Action.STRIKE: "struck",
    Action.REPORT: "reported",
    Action.ANNOUNCE: "announced",
    Action.WITHDRAW: "withdrawn",
    Action.LAPSE: "lapsed",
    Action.HAND_OVER: "handed_over",
}
#: The timestamp that stands while, and only while, the case has this status.
STAMPS: Mapping[Status, str] = {
    Status.RETURNED: "returned_at",
    Status.RECOGNISED: "recognised_at",
    Status.NOT_RECOGNISED: "refused_at",
    Status.WITHDRAWN: "withdrawn_at",
    Status.LAPSED: "lapsed_at",
}


def perform(  # noqa: PLR0913 - one door, and everything an act may bring through it
    *,
    case_id: int,
    action: Action | str,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
    comment: str = "",
    given: frozenset[Need] = frozenset(),
    details: Mapping[str, Any] | None = None,
    letter: Letter | None = None,
    offline: Offline | None = None,
    snapshot: str | None = None,
    dated: date | None = None,
) -> Case:
    """Take one action on one case, whole or not at all.

    `at` is the legal time of the act (its arrival); `expected_version` is the version the
    person saw; `dated` the day that the paper of the act bears. Raises Refused: case_unknown,
    case_moved, act_not_allowed, act_incomplete, deadline_over, offline_in_future,
    offline_before_arrival, offline_without_source, offline_without_scan, file_not_yours,
    paper_dated_in_future, paper_dated_before_arrival.
    """
    act = Act(Action(action), actor, at, comment.strip(), given, details or {}, letter, offline, dated)
    with scope(actor):
        return settle(take(case_id, act, expected_version), snapshot=snapshot)


def take(case_id: int, act: Act, expected_version: int | None) -> Held:
    """Lock the case and make sure that the act may happen to it as it stands."""
    case = lock(case_id)
    if expected_version is not None and expected_version != case.version:
        raise Refused(
            "case_moved",
            number=case.number,
            status=case.get_status_display(),
            seen=expected_version,
            now=case.version,
        )
    procedure = procedure_by_digest(case.procedure_digest)
    answer = may(act.actor, case, act.action, procedure)
    if not answer:
        raise Refused(
            "act_not_allowed", number=case.number, action=ACTIONS[act.action].label, why=answer.reason
        )
    stage = case.stages.filter(left_at__isnull=True).first() if case.stage else None
    return Held(case, act, procedure, Position(case.stage or None, Status(case.status)), stage)


def lock(case_id: int) -> Case:
    """The case, locked until the transaction ends. Refused("case_unknown") also when not readable."""
    try:
        return (
            Case.objects.select_for_update(of=("self",))
            .select_related("firm__area__office", "firm__chain", "batch__notice", "chain")
            .get(pk=case_id)
        )
    except Case.DoesNotExist:
        raise Refused("case_unknown") from None


def settle(
    held: Held,
    *,
    snapshot: str | None = None,
    to_office: Office | None = None,
    route: Route | None = None,
) -> Case:
    """Write the move and its ledger entry. `to_office` only for a hand-over; `route` if it is known."""
    case, act = held.case, held.act
    check_offline(held)
    check_dated(held)
    check_needs(held)
    check_clock(held)
    if route is None:
        seat = to_office or case.office or case.firm.area.office
        route = route_from(seat, notice_by_digest(case.notice_digest))
    target = held.procedure.move(held.position, act.action, route.levels)
    before = case.status
    _close_stage(held, target, moved=to_office is not None)
    _set_state(case, act, target)
    _enter_stage(held, target, route, moved=to_office is not None)
    case.version += 1
    case.save()
    record(
        chain=case.chain,
        verb=act.action.value,
        actor=act.actor,
        at=act.at,
        body=entry_body(held, before),
        snapshot=snapshot,
    )
    return case


def entry_body(held: Held, before: str) -> dict[str, Any]:
    """What the ledger says of the move; no personal data."""
    case, act = held.case, held.act
    body: dict[str, Any] = {
        "case": case.number,
        "case_id": case.pk,
        "firm_id": case.firm_id,
        "from": before,
        "to": case.status,
        "stage": held.position.stage or "",
        "next_stage": case.stage,
        "round": case.round,
        "comment": act.comment,
        **act.details,
    }
    if act.letter is not None:
        body["letter"] = act.letter.number
    if act.offline is not None:
        body["offline"] = {
            "event_on": act.offline.event_on.isoformat(),
            "source": act.offline.source_address,
            "scan": act.offline.scan_id,
        }
    return body


def _close_stage(held: Held, target: Position, *, moved: bool) -> None:
    row, act = held.stage, held.act
    if row is None or not (moved or target.stage != row.stage or target.status in TERMINAL):
        return
    row.left_at, row.outcome, row.comment, row.letter = act.at, OUTCOMES[act.action], act.comment, act.letter
    row.happened_on = act.offline.event_on if act.offline else None
    row.save()


def _set_state(case: Case, act: Act, target: Position) -> None:
    case.status = CaseStatus(target.status.value)
    for status, stamp in STAMPS.items():
        setattr(case, stamp, act.at if status is target.status else None)
    if target.status is Status.NOT_RECOGNISED:
        case.reason = act.comment


def _enter_stage(held: Held, target: Position, route: Route, *, moved: bool) -> None:
    """Open the next stage's row and put the case on its office's desk."""
    case, act = held.case, held.act
    if case.status not in LIVE:
        case.office = case.due_at = case.assigned_to = None
        case.stage_kind = ""
        return
    if target.stage is None or (target.stage == held.position.stage and not moved):
        return
    stage = held.procedure.stage(target.stage)
    office = route.office_for(stage)
    due = due_at(held.procedure, case.batch_id, stage)
    add_reader_on_arrival(case, stage, office, act.at)
    CaseStage.objects.create(
        case=case,
        batch_id=case.batch_id,
        seq=(held.stage.seq + 1) if held.stage else 1,
        stage=stage.id,
        kind=StageKind(stage.kind.value),
        office=office,
        entered_at=act.at,
        due_at=due,
    )
    if case.office_id != office.pk:
        case.assigned_to = None
    case.office, case.stage, case.stage_kind = office, stage.id, StageKind(stage.kind.value)
    case.due_at = due
