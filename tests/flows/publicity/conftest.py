"""Two firms of the eastern district and one of the western wait to be listed by the city."""

import pytest
from tests import cases, scene

from tidu.applications.models import Case


@pytest.fixture
def round_(db: None) -> cases.Round:
    return cases.open_round()


@pytest.fixture
def waiting(round_: cases.Round) -> list[Case]:
    return cases.to_publicity(round_, (1, 2))


@pytest.fixture
def western(round_: cases.Round) -> list[Case]:
    return cases.to_publicity(round_, (3,), area_code=scene.WEST)
