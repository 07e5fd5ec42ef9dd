"""The clock of a site under test, and a walk through it at the width that the test asks for."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.browser.walking import Walk
from tests.journeys.city import moment
from tests.plugins.clock import Clock


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    made = Clock(tmp_path / "clock")
    made.set(moment("2026-03-16 09:00"))
    return made


@pytest.fixture
def walk(new_page: Callable[..., Page], width: int) -> Iterator[Walk]:
    folder = os.environ.get("TIDU_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
    walking = Walk(new_page(width), width, Path(folder) if folder else None)
    yield walking
    assert walking.problems == []
