"""The pool of the invented province."""

import pytest
from tests import pool, scene

from tidu.database.scope import Actor
from tidu.offices.enums import Role
from tidu.panels.models import Expert


@pytest.fixture
def province(db: None) -> Actor:
    """Who signs at the province, which keeps the pool."""
    scene.open_offices()
    return scene.office_actor(scene.PROVINCE, Role.LEADER, "province-signs")


@pytest.fixture
def expert(province: Actor) -> Expert:
    return pool.entered(province, [pool.row(1)])[0]
