"""The pool of the invented province, and its round with panels."""

import pytest
from tests import cases, panels, pool, scene

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


@pytest.fixture
def round_(db: None) -> cases.Round:
    """The province's round; its pool is ready to be drawn from."""
    round_ = panels.open_round()
    panels.experts(round_)
    return round_
