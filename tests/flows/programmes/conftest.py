"""示例市 and its offices."""

import pytest
from tests.plugins.beginnings import beginning
from tests.rounds import publish, publisher

from tidu.database.scope import Actor
from tidu.offices.models import Office
from tidu.programmes.models import Notice


@pytest.fixture
def offices(opened_offices: dict[str, Office]) -> dict[str, Office]:
    return opened_offices


@beginning
def leader(opened_offices: dict[str, Office]) -> Actor:
    return publisher()


@beginning
def notice(leader: Actor) -> Notice:
    return publish(leader)
