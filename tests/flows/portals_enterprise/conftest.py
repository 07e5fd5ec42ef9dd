"""A firm at its desk, in an invented city whose quarters surround today."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from tests import rounds
from tests.flows.portals_enterprise.desk import Desk, sit_down
from tests.plugins.beginnings import beginning

from tidu.database.scope import SYSTEM, scope
from tidu.law import notices
from tidu.offices.models import Office
from tidu.programmes.models import Batch


@beginning
def batches(opened_offices: dict[str, Office]) -> list[Batch]:
    """Four quarters, of which the last is open today."""
    now = timezone.now()
    notice = rounds.publish(notice=notices.demonstration_notice(now), at=now)
    with scope(SYSTEM):
        return list(notice.batches.select_related("notice__office").order_by("position"))


@beginning
def batch(batches: list[Batch]) -> Batch:
    """The one that is open."""
    return batches[-1]


@beginning
def desk(batch: Batch) -> Desk:
    """The owner of an invented firm, logged in."""
    return sit_down(1)


@beginning
def case_id(desk: Desk, batch: Batch) -> int:
    """An application that was begun."""
    return desk.open_case(batch)


@beginning
def filled(desk: Desk, case_id: int) -> int:
    """Everything that its form asks, and every paper, is there."""
    desk.fill(case_id)
    return case_id


@pytest.fixture
def another_desk(batch: Batch) -> Callable[[int], Desk]:
    """Further firms, each with a browser of its own."""
    return sit_down
