"""Which tests go to which process: a file stays whole, what takes longest comes first, one browser at a time.

A file's tests share what they begin with. Whatever takes minutes is begun first, so that at the end every
process still has something to do; and two browsers would only wait for each other.
"""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

BROWSERS = "tests/browser/"
SLOWEST_FIRST = (
    "tests/isolation/test_routes.py",
    BROWSERS,
    "tests/journeys/",
    "tests/flows/portals_office/",
    "tests/isolation/",
    "tests/races/",
    "tests/flows/",
)
"""The rest, which asks no database, after these."""


class SlowestFirst(LoadScopeScheduling):  # type: ignore[misc]
    """Takes files in the order in which they were collected."""

    def __init__(self, config: pytest.Config, log: Any = None) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return "browsers" if nodeid.startswith(BROWSERS) else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> SlowestFirst:
    return SlowestFirst(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=place_of)


def place_of(item: pytest.Item) -> int:
    """Its place in the order above."""
    found = (place for place, start in enumerate(SLOWEST_FIRST) if item.nodeid.startswith(start))
    return next(found, len(SLOWEST_FIRST))
