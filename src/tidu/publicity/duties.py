"""An office is not closed over objections that it must decide; imported when the program starts."""

from tidu.offices.duties import register_duty
from tidu.publicity.enums import UNDECIDED
from tidu.publicity.models import Objection


def objections_to_decide(office_id: int) -> int:
    """How many objections the office handles and has not decided: also those of another office's list."""
    return Objection.objects.filter(office_id=office_id, status__in=UNDECIDED).count()


register_duty("未办结的异议", objections_to_decide)
