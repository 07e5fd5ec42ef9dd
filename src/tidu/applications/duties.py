"""An office is not closed over its cases; imported when the program starts."""

from tidu.applications.enums import LIVE
from tidu.applications.models import Case
from tidu.offices.duties import register_duty


def cases_on_desk(office_id: int) -> int:
    """How many cases under way lie with the office."""
    return Case.objects.filter(office_id=office_id, status__in=LIVE).count()


register_duty("未办结的案件", cases_on_desk)
