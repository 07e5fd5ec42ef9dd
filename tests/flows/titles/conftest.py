"""A firm in 示例东区, and the province that announces titles."""

import pytest
from tests.scene import EAST, PROVINCE, office_actor, open_offices, register

from tidu.database.scope import Actor
from tidu.enterprises.models import Firm
from tidu.offices.enums import Role
from tidu.offices.models import Office


@pytest.fixture
def offices(db: None) -> dict[str, Office]:
    return open_offices()


@pytest.fixture
def province(offices: dict[str, Office]) -> Office:
    return offices[PROVINCE]


@pytest.fixture
def registrar(province: Office) -> Actor:
    return office_actor(PROVINCE, Role.CLERK)


@pytest.fixture
def firm(offices: dict[str, Office]) -> Firm:
    found, _ = register(1, area_code=EAST)
    return found
