"""A case that the eastern district has received."""

import pytest
from tests import cases
from tests.plugins.beginnings import beginning

from tidu.applications.actions import receive
from tidu.applications.models import Case


@pytest.fixture
def round_(opened_round: cases.Round) -> cases.Round:
    return opened_round


@beginning
def case(opened_round: cases.Round) -> Case:
    case = cases.submitted(opened_round)
    return receive(actor=opened_round.east, case_id=case.pk, expected_version=None, at=opened_round.at)
