"""A firm in 示例东区, and the province that announces titles."""

import pytest
from tests.plugins.beginnings import beginning
from tests.scene import EAST, PROVINCE, office_actor, register

from tidu.database.scope import Actor
from tidu.enterprises.models import Firm
from tidu.offices.enums import Role
from tidu.offices.models import Office


@pytest.fixture
def offices(opened_offices: dict[str, Office]) -> dict[str, Office]:
    return opened_offices


@beginning
def province(opened_offices: dict[str, Office]) -> Office:
    return opened_offices[PROVINCE]


@beginning
def registrar(province: Office) -> Actor:
    return office_actor(PROVINCE, Role.CLERK)


@beginning
def firm(opened_offices: dict[str, Office]) -> Firm:
    found, _ = register(1, area_code=EAST)
    return found
