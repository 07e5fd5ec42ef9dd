"""The score bar: an interval against its pass line."""

import pytest

from tidu.portals.parts.scores import ScoreBar


def test_bar_of_an_open_score() -> None:
    bar = ScoreBar(low=58, high=66, full=100, pass_line=60)
    assert (bar.sure, bar.maybe, bar.line, bar.text, bar.state) == (580, 80, 600, "58 ~ 66", "open")
    assert bar.spoken == "评价得分 58 至 66 分，满分 100 分，合格线 60 分"


@pytest.mark.parametrize(
    ("low", "high", "state"),
    [(60, 60, "met"), (60, 75, "met"), (59, 60, "open"), (0, 59, "unmet")],
)
def test_pass_line_itself_passes(low: int, high: int, state: str) -> None:
    assert ScoreBar(low, high, 100, 60).state == state


def test_known_score_is_one_number() -> None:
    bar = ScoreBar(low=20, high=20, full=40, pass_line=None, label="创新能力")
    assert (bar.sure, bar.maybe, bar.line, bar.text) == (500, 0, None, "20")
    assert bar.spoken == "创新能力 20 分，满分 40 分"
