"""A case that the eastern district has received."""

from tests import cases
from tests.plugins.beginnings import beginning

from tidu.applications.actions import receive
from tidu.applications.models import Case


@beginning
def round_(opened_round: cases.Round) -> cases.Round:
    return opened_round


@beginning
def case(round_: cases.Round) -> Case:
    case = cases.submitted(round_)
    return receive(actor=round_.east, case_id=case.pk, expected_version=None, at=round_.at)
