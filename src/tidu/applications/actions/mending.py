"""Requests to mend that were not answered in time: what still may be done, by whom, from which moment."""

from datetime import datetime

from tidu.applications.contents import mending_is_hard
from tidu.applications.door import lock, perform
from tidu.applications.models import Case, Correction
from tidu.database.scope import Actor, scope
from tidu.law.procedures import Action
from tidu.law.refusals import Refused


def lapse_unmended(*, actor: Actor, case_id: int, at: datetime) -> Case:
    """End a case that was to be mended by a moment that has passed (逾期未补正，本批次终止).

    Only the system does it, by its timer. Raises Refused: mending_not_over (also where the notice
    still takes what comes late), case_unknown, act_not_allowed.
    """
    with scope(actor):
        case = lock(case_id)
        correction = case.corrections.filter(answered_at__isnull=True).first()
        if correction is None or not is_too_late(correction, case, at):
            raise Refused("mending_not_over", number=case.number)
        lapsed = perform(
            case_id=case_id,
            action=Action.LAPSE,
            actor=actor,
            at=at,
            details={"asked_by": correction.asked_by},
        )
        correction.answered_at = at
        correction.save(update_fields=["answered_at"])
        return lapsed


def is_too_late(correction: Correction, case: Case, at: datetime) -> bool:
    """Whether what arrives now is no longer taken: the time asked for is over, and the notice is hard."""
    return correction.asked_by is not None and at >= correction.asked_by and mending_is_hard(case)


def end_request_to_mend(case: Case, at: datetime) -> None:
    """A decision ends an open request to mend, if there is one; not before its time is over.

    Inside a decision that holds the case locked. Raises Refused: mending_awaited.
    """
    correction = case.corrections.filter(answered_at__isnull=True).first()
    if correction is None:
        return
    if correction.asked_by is not None and at < correction.asked_by:
        raise Refused("mending_awaited", number=case.number, value=correction.asked_by)
    correction.answered_at = at
    correction.save(update_fields=["answered_at"])
