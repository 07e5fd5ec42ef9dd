"""Two firms of the eastern district and one of the western wait to be listed by the city."""

import pytest
from tests import cases, scene

from tidu.applications.models import Case


@pytest.fixture
def round_(opened_round: cases.Round) -> cases.Round:
    return opened_round


@pytest.fixture
def waiting(round_: cases.Round) -> list[Case]:
    return cases.to_publicity(round_, (1, 2))


@pytest.fixture
def western(round_: cases.Round) -> list[Case]:
    return cases.to_publicity(round_, (3,), area_code=scene.WEST)
