"""A firm at its desk, in an invented city whose quarters surround today."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from tests import rounds, scene
from tests.flows.portals_enterprise.desk import Desk, sit_down

from tidu.database.scope import SYSTEM, scope
from tidu.law import notices
from tidu.programmes.models import Batch


@pytest.fixture
def batches() -> list[Batch]:
    """Four quarters, of which the last is open today."""
    scene.open_offices()
    now = timezone.now()
    notice = rounds.publish(notice=notices.demonstration_notice(now), at=now)
    with scope(SYSTEM):
        return list(notice.batches.select_related("notice__office").order_by("position"))


@pytest.fixture
def batch(batches: list[Batch]) -> Batch:
    """The one that is open."""
    return batches[-1]


@pytest.fixture
def desk(batch: Batch) -> Desk:
    """The owner of an invented firm, logged in."""
    return sit_down(1)


@pytest.fixture
def another_desk(batch: Batch) -> Callable[[int], Desk]:
    """Further firms, each with a browser of its own."""
    return sit_down
