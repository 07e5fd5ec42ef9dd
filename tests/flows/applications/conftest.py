"""A round with one submitted case, for tests of the door and of the database behind it."""

import pytest
from tests import cases
from tests.plugins.beginnings import beginning

from tidu.applications.models import Case


@pytest.fixture
def round_(opened_round: cases.Round) -> cases.Round:
    """The first quarter of the invented city's notice."""
    return opened_round


@beginning
def case(opened_round: cases.Round) -> Case:
    """One case that lies with the county."""
    return cases.submitted(opened_round)
