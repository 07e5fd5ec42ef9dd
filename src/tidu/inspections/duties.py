"""An office is not closed over visits that it has planned; imported when the program starts."""

from tidu.inspections.enums import InspectionStatus
from tidu.inspections.models import Inspection
from tidu.offices.duties import register_duty


def visits_planned(office_id: int) -> int:
    """How many on-site checks the office has planned and not recorded, also of cases that have ended."""
    return Inspection.objects.filter(office_id=office_id, status=InspectionStatus.PLANNED).count()


register_duty("未登记结果的实地核查", visits_planned)
