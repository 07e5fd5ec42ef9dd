"""The stages a case has entered, and the offices on its route."""

from django.db.models import QuerySet

from tidu.applications.models import Case, CaseReader, CaseStage
from tidu.offices.models import Office


def open_stage(case: Case) -> CaseStage | None:
    """The stage at which a case lies now, None for a draft and for a case that has ended."""
    return CaseStage.objects.filter(case=case, left_at__isnull=True).first()


def route_offices(case_id: int) -> QuerySet[Office]:
    """Every office that has or had a part in a case, as far as the asker may know."""
    readers = CaseReader.objects.filter(case_id=case_id)
    return Office.objects.filter(pk__in=readers.values("office_id")).order_by("code")
