"""A firm was asked to mend and has let the time pass: its case ends, or its office is reminded."""

from collections.abc import Iterator
from datetime import datetime

from tidu.aftermath.failures import failures_at_the_end
from tidu.applications import actions
from tidu.applications.contents import mending_is_hard
from tidu.applications.models import Case, Correction
from tidu.applications.queries import unmended
from tidu.database.scope import SYSTEM, scope
from tidu.law.procedures import Action
from tidu.law.refusals import Refused, fill
from tidu.messages.actions import Recipient, send
from tidu.messages.templates import template_for
from tidu.records.queries import timeline

OVERDUE = "mending_overdue"
NO_LIMIT = "未定"


def lapse_unmended(*, at: datetime) -> list[Case]:
    """End what the notice ends (mending_mode hard); of the rest (soft) remind the office, once.

    Run again, it finds what has changed since.
    """
    with scope(SYSTEM):
        overdue = [(correction, mending_is_hard(correction.case)) for correction in unmended(at)]
    ended: list[Case] = []
    with failures_at_the_end() as kept:
        for correction, ends in overdue:
            with kept():
                if ends:
                    ended += _lapsed(correction, at)
                else:
                    _remind(correction, at)
    return ended


def _lapsed(correction: Correction, at: datetime) -> Iterator[Case]:
    """The ended case; nothing if the firm or the office was quicker by a moment."""
    try:
        yield actions.lapse_unmended(actor=SYSTEM, case_id=correction.case_id, at=at)
    except Refused as refused:
        if refused.code not in ("mending_not_over", "act_not_allowed"):
            raise


def _remind(correction: Correction, at: datetime) -> None:
    """Bound to the entry of the request itself, so that nobody is reminded of it twice."""
    case, template = correction.case, template_for("case", OVERDUE, "office")
    with scope(SYSTEM):
        request = timeline(case.chain).filter(verb=Action.RETURN_FOR_MENDING.value).last()
        if request is None or template is None:
            return
        values = {
            "case_id": case.pk,
            "number": case.number,
            "firm": case.firm.name,
            "at": correction.requested_at,
            "asked_by": _end(correction.asked_by),
            "due": _end(case.due_at),
        }
        office = Recipient("office", correction.office_id)
        send(entry=request, recipient=office, letter=template.written(values), at=at)


def _end(moment: datetime | None) -> str:
    return NO_LIMIT if moment is None else fill("{at:end}", {"at": moment})
