"""What other rooms and the national platform tell of a case; each is a link in its chain."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from tidu.applications.door import lock
from tidu.applications.enums import InspectionState, PapersState
from tidu.applications.models import Case, CasePapers, CaseStage
from tidu.applications.permissions import may_note, may_work, office_of
from tidu.database.scope import Actor, scope
from tidu.law.refusals import Refused
from tidu.law.secrecy import refuse_marked
from tidu.records.actions import record


def note_inspection(
    *, actor: Actor, case_id: int, state: InspectionState | str, body: Mapping[str, Any], at: datetime
) -> None:
    """An on-site check of the current stage was planned or done. Called by the inspections room."""
    with scope(actor):
        case = lock(case_id)
        _require_desk(actor, case, "登记实地核查")
        _current_stage(case).update(inspection=InspectionState(state))
        verb = "plan_inspection" if state == InspectionState.PLANNED else "record_inspection"
        _note(case, actor, verb, body, at)


def note_not_drawn(*, actor: Actor, case_ids: Collection[int]) -> None:
    """These cases took part in a draw at their stage and were not drawn. Called by the inspections room.

    The draw itself, with everybody who took part, stands in the ledger of the sample.
    """
    with scope(actor):
        may_work(actor).require()
        office = office_of(actor)
        here = CaseStage.objects.filter(case__in=case_ids, office_id=office, left_at__isnull=True)
        here.filter(inspection="").update(inspection=InspectionState.SPARED)


def note_credit_check(
    *,
    actor: Actor,
    case_id: int,
    checked_on: date | None,
    is_clear: bool | None,
    body: Mapping[str, Any],
    at: datetime,
) -> None:
    """The firm's credit records were looked up for the current stage. Called by the inspections room.

    Day and result are None while the check is not complete.
    """
    with scope(actor):
        case = lock(case_id)
        _require_desk(actor, case, "登记信用查询")
        _current_stage(case).update(credit_checked_on=checked_on, credit_is_clear=is_clear)
        _note(case, actor, "record_credit_check", body, at)


def note_papers(
    *,
    actor: Actor,
    case_id: int,
    state: PapersState | str,
    lacking: str,
    body: Mapping[str, Any],
    at: datetime,
    is_correction: bool = False,
) -> None:
    """The actor's office received papers of a case, at whatever stage it lies. Called by the deliveries room.

    `state` is what the office has by now altogether, `lacking` what is missing in words.
    """
    with scope(actor):
        case = lock(case_id)
        _require_desk(actor, case, "登记收件")
        CasePapers.objects.update_or_create(
            case=case,
            office_id=office_of(actor),
            defaults={"state": PapersState(state), "lacking": lacking, "noted_at": at},
        )
        said = {"papers": PapersState(state).value, "lacking": lacking, **body}
        _note(case, actor, "correct_papers" if is_correction else "receive_papers", said, at)


def note_national_platform(*, actor: Actor, case_id: int, status: str, receipt: str, at: datetime) -> Case:
    """Keep what the national platform says of this application, as the firm or its office reports it."""
    with scope(actor):
        case = lock(case_id)
        answer = may_note(actor, case)
        if not answer:
            action = "登记国家平台状态"
            raise Refused("act_not_allowed", number=case.number, action=action, why=answer.reason)
        refuse_marked({"status": status, "receipt": receipt})
        case.national_status, case.national_receipt = status.strip()[:60], receipt.strip()[:80]
        case.save(update_fields=["national_status", "national_receipt"])
        _note(case, actor, "note_national_platform", {"status": case.national_status}, at)
        return case


def _require_desk(actor: Actor, case: Case, action: str) -> None:
    """Which office and which post, the inspections room has asked before; here only that it is an office."""
    if actor.kind != "office":
        raise Refused("act_not_allowed", number=case.number, action=action, why="只有主管部门可以办理。")


def _current_stage(case: Case) -> Any:
    return CaseStage.objects.filter(case=case, left_at__isnull=True)


def _note(case: Case, actor: Actor, verb: str, body: Mapping[str, Any], at: datetime) -> None:
    record(
        chain=case.chain,
        verb=verb,
        actor=actor,
        at=at,
        body={"case": case.number, "case_id": case.pk, "firm_id": case.firm_id, **body},
    )
