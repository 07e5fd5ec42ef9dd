"""Many cases placed where a list or an announcement takes them, for tests that only count."""

from collections.abc import Sequence

from tests import cases

from tidu.applications.models import Case, CaseStage
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.law.calendars import legal_day


def place(round_: cases.Round, placed: Sequence[Case], stage: str, kind: str, desk: Actor) -> None:
    """They wait at this stage, their credit looked up today, without having walked there."""
    with scope(SYSTEM):
        at = {"stage": stage, "office_id": desk.office_id}
        Case.objects.filter(pk__in=[case.pk for case in placed]).update(
            status="passed", stage_kind=kind, **at
        )
        CaseStage.objects.filter(case__in=placed, left_at__isnull=True).update(
            kind=kind, credit_checked_on=legal_day(round_.at), credit_is_clear=True, **at
        )


def placed_at_publicity(round_: cases.Round, numbers: Sequence[int]) -> list[Case]:
    """Firms of these numbers whose cases wait to be listed by the city."""
    found = [cases.submitted(round_, number) for number in numbers]
    place(round_, found, "city-publicity", "publicity", round_.city)
    return found


def placed_at_announcement(round_: cases.Round, numbers: Sequence[int]) -> list[Case]:
    """Firms of these numbers whose cases wait to be announced by the province."""
    found = [cases.submitted(round_, number) for number in numbers]
    place(round_, found, "province-announce", "announce", round_.province)
    return found
