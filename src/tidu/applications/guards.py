"""What a procedure and the clock ask of an act before it counts."""

from datetime import date, datetime

from tidu.applications.acts import Act, Held
from tidu.applications.enums import InspectionState, PapersState
from tidu.applications.models import CasePapers, CaseStage
from tidu.files.queries import clean_file_of
from tidu.law.calendars import legal_day
from tidu.law.procedures import Action, Need, Procedure, Stage
from tidu.law.procedures.model import NEED_LABELS
from tidu.law.procedures.moves import ACTIONS
from tidu.law.refusals import Refused
from tidu.programmes.queries import deadline_of


def check_needs(held: Held) -> None:
    """Refused("act_incomplete") naming everything that the procedure asks and the act lacks."""
    if held.stage is None:
        return
    stage = held.procedure.stage(held.stage.stage)
    missing = lacking(stage, held.stage, held.act)
    if missing:
        raise Refused(
            "act_incomplete",
            number=held.case.number,
            action=ACTIONS[held.act.action].label,
            stage=stage.title,
            lacking=[NEED_LABELS[need] for need in missing],
        )


def lacking(stage: Stage, row: CaseStage, act: Act) -> list[Need]:
    """What the procedure asks of an act at this stage and neither the act nor the stage brings."""
    return [need for need in stage.needs_for(act.action) if not _has(stage, row, act, need)]


def _has(stage: Stage, row: CaseStage, act: Act, need: Need) -> bool:
    if need in act.given:
        return True
    known = {
        Need.COMMENT: bool(act.comment),
        Need.RECEIPT: row.received_at is not None,
        Need.CREDIT_CHECK: row.credit_is_clear is True,
        Need.INSPECTION: _is_inspected(stage, row),
        Need.PAPERS: need is Need.PAPERS and has_all_papers(row),
        Need.PANEL_OPINION: need is Need.PANEL_OPINION and has_panel_opinion(row),
        Need.LETTER_NUMBER: act.letter is not None,
    }
    return known.get(need, False)


def _is_inspected(stage: Stage, row: CaseStage) -> bool:
    """Where a sample is drawn, a case that was not drawn needs no visit.

    That there was a draw at all is asked when the office sends its cases on (actions.letters).
    """
    return row.inspection == InspectionState.DONE or (
        stage.inspection.mode == "sample" and row.inspection != InspectionState.PLANNED
    )


def has_all_papers(row: CaseStage) -> bool:
    """Whether the stage's office has received on paper all that the notice asks for."""
    received = CasePapers.objects.filter(case_id=row.case_id, office_id=row.office_id)
    return received.filter(state=PapersState.COMPLETE).exists()


def has_panel_opinion(row: CaseStage) -> bool:
    """Whether a panel of experts has told what it found before the case came here."""
    return CaseStage.objects.filter(case_id=row.case_id, seq__lt=row.seq).exclude(opinion="").exists()


def check_offline(held: Held) -> None:
    """An act done on paper happened while the case lay here, names its source, and its scan is with it.

    Its day is what deadlines look at; so nobody says it without the paper that bears it.
    """
    act, offline = held.act, held.act.offline
    if offline is None:
        return
    today, since = legal_day(act.at), arrived_on(held.stage) if held.stage else None
    if offline.event_on > today:
        raise Refused("offline_in_future", field="offline_on", value=offline.event_on, today=today)
    if since is not None and offline.event_on < since:
        raise Refused("offline_before_arrival", field="offline_on", value=offline.event_on, since=since)
    if not offline.source_address.strip():
        raise Refused("offline_without_source", field="offline_source")
    if offline.scan_id is not None:
        clean_file_of(act.actor, offline.scan_id)
    elif Need.LETTER_FILE not in act.given:
        raise Refused("offline_without_scan", field="offline_scan")


def check_dated(held: Held) -> None:
    """The paper of an act is not written before the office had the case, nor after today."""
    act, row = held.act, held.stage
    if act.dated is None or row is None:
        return
    field = "announced_on" if act.action is Action.ANNOUNCE else "issued_on"
    if act.dated > (today := legal_day(act.at)):
        raise Refused("paper_dated_in_future", field=field, value=act.dated, today=today)
    if act.dated < legal_day(row.entered_at) and act.dated < (since := arrived_on(row)):
        number = held.case.number
        raise Refused("paper_dated_before_arrival", field=field, value=act.dated, number=number, since=since)


def arrived_on(row: CaseStage) -> date:
    """From which legal day the stage's office had the case: what sent it on may have been entered later."""
    before = CaseStage.objects.filter(case_id=row.case_id, seq=row.seq - 1, happened_on__isnull=False)
    return before.values_list("happened_on", flat=True).first() or legal_day(row.entered_at)


def check_clock(held: Held) -> None:
    """After a hard deadline an office's act is not accepted (过期不予受理); after a soft one it is late.

    An advisory one is how offices divide their time; nothing follows from it.
    """
    row, act = held.stage, held.act
    if row is None or not _goes_up(act.action):
        return
    clock = deadline_of(held.case.batch_id, row.stage)
    if clock is None or act.happened_at < clock.at:
        return
    if clock.mode == "hard":
        raise Refused("deadline_over", number=held.case.number, at=clock.at, action=ACTIONS[act.action].label)
    row.is_late = clock.mode == "soft"


def _goes_up(action: Action) -> bool:
    return action in (Action.RECOMMEND, Action.REPORT, Action.ANNOUNCE)


def due_at(procedure: Procedure, batch_id: int, stage: Stage) -> datetime | None:
    """By when the office must have sent the case on: the first clock from this stage on at its level."""
    following = procedure.stages[procedure.stages.index(stage) :]
    for one in following:
        if one.level != stage.level:
            return None
        clock = deadline_of(batch_id, one.id) if one.clock else None
        if clock is not None:
            return clock.at
    return None
