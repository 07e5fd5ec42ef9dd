"""The stages a case has entered, and the offices on its route."""

from django.db.models import Q, QuerySet

from tidu.applications.models import Case, CaseReader, CaseStage
from tidu.applications.routing import READS_ON_ARRIVAL
from tidu.offices.models import Office


def open_stage(case: Case) -> CaseStage | None:
    """The stage at which a case lies now, None for a draft and for a case that has ended."""
    return CaseStage.objects.filter(case=case, left_at__isnull=True).first()


def route_offices(case_id: int) -> QuerySet[Office]:
    """Every office that has or had a part in a case, as far as the asker may know.

    One that sees a case only on arrival, and to which it has not come, has none: it may read all the same,
    since it decides on an objection, and that nobody learns here.
    """
    readers = CaseReader.objects.filter(case_id=case_id)
    came_to = CaseStage.objects.filter(case_id=case_id).values("office_id")
    found = Office.objects.filter(pk__in=readers.values("office_id"))
    return found.exclude(~Q(pk__in=came_to), level__in=READS_ON_ARRIVAL).order_by("code")
