"""What hundreds of tests begin with: the offices of 示例省 are open, and a notice is out."""

from tests import cases, scene
from tests.journeys.city import City, open_city
from tests.plugins.beginnings import beginning
from tidu.applications.models import Case
from tidu.offices.models import Office


@beginning
def opened_offices() -> dict[str, Office]:
    """The offices by their codes."""
    return scene.open_offices()


@beginning
def opened_round() -> cases.Round:
    """The first quarter of the invented city's notice, open since it was published."""
    return cases.open_round()


@beginning
def fifty_cases(opened_round: cases.Round) -> list[Case]:
    """Submitted in the eastern district: what one case takes, they take too."""
    return [cases.submitted(opened_round, number) for number in range(1, 51)]


@beginning
def opened_city() -> City:
    """The invented city under Dalian's notice, in plain words."""
    return open_city()
