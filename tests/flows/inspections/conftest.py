"""A case that the eastern district has received."""

import pytest
from tests import cases

from tidu.applications.actions import receive
from tidu.applications.models import Case


@pytest.fixture
def round_(opened_round: cases.Round) -> cases.Round:
    return opened_round


@pytest.fixture
def case(round_: cases.Round) -> Case:
    case = cases.submitted(round_)
    return receive(actor=round_.east, case_id=case.pk, expected_version=None, at=round_.at)
