"""Two firms of the eastern district and one of the western wait to be listed by the city."""

import pytest
from tests import cases, scene
from tests.plugins.beginnings import beginning

from tidu.applications.models import Case


@pytest.fixture
def round_(opened_round: cases.Round) -> cases.Round:
    return opened_round


@beginning
def waiting(opened_round: cases.Round) -> list[Case]:
    return cases.to_publicity(opened_round, (1, 2))


@beginning
def western(opened_round: cases.Round) -> list[Case]:
    return cases.to_publicity(opened_round, (3,), area_code=scene.WEST)
