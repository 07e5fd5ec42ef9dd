"""示例市 and its offices."""

import pytest
from tests.rounds import publish, publisher
from tests.scene import open_offices

from tidu.database.scope import Actor
from tidu.offices.models import Office
from tidu.programmes.models import Notice


@pytest.fixture
def offices(db: None) -> dict[str, Office]:
    return open_offices()


@pytest.fixture
def leader(offices: dict[str, Office]) -> Actor:
    return publisher()


@pytest.fixture
def notice(leader: Actor) -> Notice:
    return publish(leader)
