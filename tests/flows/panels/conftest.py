"""The pool of the invented province, and its round with panels."""

from tests import cases, panels, pool, scene
from tests.plugins.beginnings import beginning

from tidu.database.scope import Actor
from tidu.offices.enums import Role
from tidu.offices.models import Office
from tidu.panels.models import Expert


@beginning
def province(opened_offices: dict[str, Office]) -> Actor:
    """Who signs at the province, which keeps the pool."""
    return scene.office_actor(scene.PROVINCE, Role.LEADER, "province-signs")


@beginning
def expert(province: Actor) -> Expert:
    return pool.entered(province, [pool.row(1)])[0]


@beginning
def round_() -> cases.Round:
    """The province's round; its pool is ready to be drawn from."""
    round_ = panels.open_round()
    panels.experts(round_)
    return round_
