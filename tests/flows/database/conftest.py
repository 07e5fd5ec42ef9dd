"""Servers of one's own, to be stopped, killed and mistreated."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from tests.settings import test_home

from tidu.database.home import Home


def own_home() -> Home:
    """Beside the tests' own home: as root, pytest's temporary folder is closed to the server's user."""
    return Home(test_home().parent / f"own-{uuid4().hex[:8]}")


@pytest.fixture
def place() -> Iterator[Home]:
    place = own_home()
    yield place
    shutil.rmtree(place.path)


@pytest.fixture(scope="module")
def shared_place() -> Iterator[Home]:
    place = own_home()
    yield place
    shutil.rmtree(place.path)


@pytest.fixture
def far_place(tmp_path: Path) -> Home:
    """So deep that a socket in it has no valid name."""
    return Home(tmp_path / ("d" * 100))
