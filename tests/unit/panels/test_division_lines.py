"""Further divisions of a draw, one in a line."""

import pytest

from tidu.law.refusals import Refused
from tidu.panels.division_lines import further_divisions
from tidu.proof.draw import Division

SEATS = {"industry": 2, "finance": 1}


def test_a_line_says_name_panels_and_sectors() -> None:
    assert further_divisions("材料 2 30、31\n\n 软件  3 65，64 ", SEATS) == (
        Division("材料", 2, SEATS, ("30", "31")),
        Division("软件", 3, SEATS, ("65", "64")),
    )
    assert further_divisions("", SEATS) == ()


@pytest.mark.parametrize(
    "line", ["材料", "材料 2", "材料 两 30", "材料 2 00", "材料 2 3011", "材料 2 30 31", "材料 2 、"]
)
def test_what_is_no_division_is_refused(line: str) -> None:
    with pytest.raises(Refused, match="division_line_unreadable"):
        further_divisions(line, SEATS)
