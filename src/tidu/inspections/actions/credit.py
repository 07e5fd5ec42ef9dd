"""Looking a firm up in the credit systems, anew at each stage that asks for it."""

from datetime import date, datetime

from tidu.applications.actions import note_credit_check
from tidu.applications.door import lock
from tidu.applications.models import Case, CaseStage
from tidu.applications.permissions import office_of
from tidu.applications.queries import open_stage
from tidu.database.scope import Actor, scope
from tidu.files.queries import clean_file_of
from tidu.inspections.enums import CreditResult, CreditSource
from tidu.inspections.models import CreditCheck
from tidu.inspections.permissions import may_check_credit
from tidu.inspections.queries import checks_that_count, credit_outcome
from tidu.law.calendars import legal_day
from tidu.law.refusals import Refused
from tidu.law.secrecy import refuse_marked
from tidu.programmes.queries import procedure_by_digest


def record_credit_check(
    *,
    actor: Actor,
    case_id: int,
    source: CreditSource | str,
    checked_on: date,
    result: CreditResult | str,
    at: datetime,
    note: str = "",
    scan_id: int | None = None,
) -> CreditCheck:
    """Record what one credit system said on a day, for the stage at which the case lies.

    The stage counts as checked once both systems were looked up; it is clear when the newest
    look-up in each is. Raises Refused: case_unknown, credit_check_not_allowed,
    credit_check_in_future, credit_check_stale, credit_record_without_note, secrecy_mark_in_text,
    file_not_yours.
    """
    with scope(actor):
        # locked first: of two officers who look up one system each, the later sees both
        case = lock(case_id)
        stage = _require(actor, case)
        source, result = CreditSource(source), CreditResult(result)
        _check_day(case, stage, checked_on, at)
        if result != CreditResult.CLEAR and not note.strip():
            raise Refused("credit_record_without_note", field="note", value=result.label)
        refuse_marked({"note": note})
        check = CreditCheck.objects.create(
            case=case,
            source=source,
            checked_on=checked_on,
            result=result,
            note=note.strip(),
            scan=None if scan_id is None else clean_file_of(actor, scan_id),
            office_id=office_of(actor),
            stage=stage.stage,
            recorded_by_id=actor.account_id,
            recorded_at=at,
        )
        _tell_case(actor, case, stage, check, at)
        return check


def _require(actor: Actor, case: Case) -> CaseStage:
    stage = open_stage(case)
    if stage is None:
        raise Refused("credit_check_not_allowed", number=case.number, why="案件不在办理中。")
    answer = may_check_credit(actor, case, procedure_by_digest(case.procedure_digest))
    if not answer:
        raise Refused("credit_check_not_allowed", number=case.number, why=answer.reason)
    return stage


def _check_day(case: Case, stage: CaseStage, checked_on: date, at: datetime) -> None:
    """A check is of this stage: made on the day it was entered or later, and not in the future."""
    today, entered = legal_day(at), legal_day(stage.entered_at)
    if checked_on > today:
        raise Refused("credit_check_in_future", field="checked_on", value=checked_on, today=today)
    if checked_on < entered:
        raise Refused(
            "credit_check_stale", field="checked_on", value=checked_on, entered=entered, number=case.number
        )


def _tell_case(actor: Actor, case: Case, stage: CaseStage, check: CreditCheck, at: datetime) -> None:
    checks = checks_that_count(case, stage)
    is_clear = credit_outcome(checks)
    note_credit_check(
        actor=actor,
        case_id=case.pk,
        checked_on=None if is_clear is None else min(one.checked_on for one in checks.values()),
        is_clear=is_clear,
        body={
            "stage": stage.stage,
            "source": check.source,
            "checked_on": check.checked_on.isoformat(),
            "result": check.result,
        },
        at=at,
    )
