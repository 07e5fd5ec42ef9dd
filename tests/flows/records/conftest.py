"""A chain to write on, in the system's scope."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tidu.database.scope import SYSTEM, scope
from tidu.records.actions import open_chain
from tidu.records.models import Chain

NOON = datetime(2026, 4, 1, 4, tzinfo=UTC)


@pytest.fixture
def noon() -> datetime:
    """Noon of 1 April 2026 in Beijing."""
    return NOON


@pytest.fixture
def system(db: None) -> Iterator[None]:
    with scope(SYSTEM):
        yield


@pytest.fixture
def chain(system: None) -> Chain:
    return open_chain(kind="case")
