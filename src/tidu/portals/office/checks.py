"""The checks (核查) of a case: both credit systems and the on-site visit, with what may be entered now."""

from collections.abc import Sequence
from dataclasses import dataclass

from tidu.applications.enums import InspectionState
from tidu.applications.models import Case, CaseStage
from tidu.database.scope import Actor
from tidu.inspections.enums import CreditResult, CreditSource, InspectionResult, InspectionStatus
from tidu.inspections.models import CreditCheck, Inspection
from tidu.inspections.permissions import may_check_credit, may_inspect
from tidu.inspections.queries import credit_checks_of, inspections_of
from tidu.law.answers import Answer
from tidu.law.procedures import Procedure


@dataclass(frozen=True)
class SourceLine:
    """One credit system: the newest look-up, and whether it was made at the stage where the case lies."""

    source: CreditSource
    newest: CreditCheck | None
    is_current: bool

    @property
    def tone(self) -> str:
        if self.newest is None:
            return "open"
        if self.newest.result != CreditResult.CLEAR:
            return "no"
        return "ok" if self.is_current else ""


@dataclass(frozen=True)
class Visit:
    """One on-site check."""

    inspection: Inspection

    @property
    def is_done(self) -> bool:
        return self.inspection.status == InspectionStatus.DONE

    @property
    def tone(self) -> str:
        if not self.is_done:
            return "act"
        return "ok" if self.inspection.result == InspectionResult.CONSISTENT else "no"


@dataclass(frozen=True)
class Checks:
    """What stands at the left of a case's page."""

    credit: Sequence[SourceLine]
    credit_needed: bool
    visits: Sequence[Visit]
    visit_words: str
    may_check_credit: Answer
    may_plan: Answer
    may_record: Answer


def checks_of(actor: Actor, case: Case, procedure: Procedure, row: CaseStage | None) -> Checks:
    """The checks made so far and what is still asked at this stage."""
    made = list(credit_checks_of(case))
    visits = [Visit(one) for one in inspections_of(case)]
    stage = procedure.stage(case.stage) if case.stage else None
    planned = any(not one.is_done and one.inspection.office_id == actor.office_id for one in visits)
    no_stage = Answer(False, "案件不在办理中。")
    may_visit = may_inspect(actor, case, procedure, is_planned=planned) if stage else no_stage
    return Checks(
        credit=[_line(source, made, row) for source in CreditSource],
        credit_needed=bool(stage and stage.credit_check),
        visits=visits,
        visit_words=_words(stage.inspection.mode if stage else "none", row),
        may_check_credit=may_check_credit(actor, case, procedure) if row else no_stage,
        may_plan=Answer(False, "已列为核查对象。") if planned else may_visit,
        may_record=may_visit,
    )


def _line(source: CreditSource, made: Sequence[CreditCheck], row: CaseStage | None) -> SourceLine:
    newest = next((check for check in made if check.source == source), None)
    current = bool(newest and row and newest.stage == row.stage and newest.recorded_at >= row.entered_at)
    return SourceLine(source, newest, current)


def _words(mode: str, row: CaseStage | None) -> str:
    if row is not None and row.inspection == InspectionState.PLANNED:
        return "已列为核查对象，核查后才能通过"
    return {
        "every": "本环节逐家实地核查",
        "sample": "本环节抽查，未抽中的不必核查",
        "none": "本环节不要求实地核查",
    }[mode]
