"""Rules that keep an expert from judging a firm: employer, holder, area, earlier service."""

from dataclasses import replace

import pytest

from tidu.panels.avoidance import Applicant, Candidate, grounds
from tidu.panels.enums import Ground

EAST, WEST = 1, 2
FIRM = Applicant(EAST, "示例第1精密制造有限公司", "91990000ABCDEFGH12", ("示例（控股）集团", "示例自然人"))
FREE = Candidate(WEST, "示例第9研究所", served=("示例第8研究所",))


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, ()),
        ({"employer": "示例第1精密制造 有限公司"}, (Ground.EMPLOYER,)),
        ({"employer_uscc": FIRM.uscc}, (Ground.EMPLOYER,)),
        ({"employer": "示例(控股)集团"}, (Ground.HOLDER,)),
        ({"area_id": EAST}, (Ground.AREA,)),
        ({"served": ("示例第8研究所", FIRM.name)}, (Ground.SERVICE,)),
        ({"served": (FIRM.uscc,)}, (Ground.SERVICE,)),
        ({"served": ("示例（控股）集团",)}, (Ground.SERVICE,)),
        ({"area_id": EAST, "employer": FIRM.name}, (Ground.EMPLOYER, Ground.AREA)),
    ],
)
def test_grounds_are_found(changes: dict[str, object], found: tuple[Ground, ...]) -> None:
    assert grounds(replace(FREE, **changes), FIRM, by_area=True) == found  # type: ignore[arg-type]


def test_areas_avoid_each_other_only_where_the_draw_says_so() -> None:
    assert grounds(replace(FREE, area_id=EAST), FIRM, by_area=False) == ()


def test_a_firm_that_states_no_holder_is_nobodys_holder() -> None:
    assert grounds(replace(FREE, employer="无"), replace(FIRM, holders=("", " ")), by_area=True) == ()
