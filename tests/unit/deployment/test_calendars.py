"""Calendars that operators add: read when a process starts, or named with what is wrong with them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tidu.deployment.calendars import CalendarProblem, read_calendars
from tidu.law.calendars import install_calendars, is_working_day


@pytest.fixture(autouse=True)
def nothing_stays() -> Iterator[None]:
    yield
    install_calendars({})


def test_a_file_of_a_year_makes_it_known(tmp_path: Path) -> None:
    (tmp_path / "2098.toml").write_text('year = 2098\nrest_days = ["2098-01-01"]\n', encoding="utf-8")
    read_calendars(tmp_path)
    assert [is_working_day(date(2098, 1, day)) for day in (1, 2)] == [False, True]


def test_a_folder_that_is_not_there_adds_nothing(tmp_path: Path) -> None:
    read_calendars(tmp_path / "calendars")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("2098.toml", "year = 2098\nrest_days = 一月一日", "不是 UTF-8 编码的 TOML"),
        ("2098.toml", "year = 2097", "year 须与文件名相同"),
        ("2098.toml", 'year = 2098\nrest_days = ["2097-12-31"]', "日期必须属于该年"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, name: str, content: str, said: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(CalendarProblem, match=said) as problem:
        read_calendars(tmp_path)
    assert str(tmp_path) in str(problem.value)
