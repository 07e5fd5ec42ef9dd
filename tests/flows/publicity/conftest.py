"""Two firms of the eastern district and one of the western wait to be listed by the city."""

from tests import cases, scene
from tests.plugins.beginnings import beginning

from tidu.applications.models import Case


@beginning
def round_(opened_round: cases.Round) -> cases.Round:
    return opened_round


@beginning
def waiting(round_: cases.Round) -> list[Case]:
    return cases.to_publicity(round_, (1, 2))


@beginning
def western(round_: cases.Round) -> list[Case]:
    return cases.to_publicity(round_, (3,), area_code=scene.WEST)
