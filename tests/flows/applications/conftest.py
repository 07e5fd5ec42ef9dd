"""A round with one submitted case, for tests of the door and of the database behind it."""

import pytest
from tests import cases

from tidu.applications.models import Case


@pytest.fixture
def round_(opened_round: cases.Round) -> cases.Round:
    """The first quarter of the invented city's notice."""
    return opened_round


@pytest.fixture
def case(round_: cases.Round) -> Case:
    """One case that lies with the county."""
    return cases.submitted(round_)
