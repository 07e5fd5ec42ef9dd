"""All tests of a run store their files in one folder: whoever alters one breaks another test, by chance."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tidu.files.store import digest_of


@pytest.fixture(scope="session", autouse=True)
def stored_files() -> Iterator[None]:
    """At the end every file still is what its name, its digest, promises."""
    root = Path(settings.FILES_ROOT)
    yield
    kept = [path for path in (root / "sha256").rglob("*") if path.is_file()]
    assert [path for path in kept if digest_of(path) != path.name] == []


def pytest_unconfigure(config: pytest.Config) -> None:
    """The folder goes with the run, not with one of its processes."""
    if settings.configured and not hasattr(config, "workerinput"):
        shutil.rmtree(settings.FILES_ROOT, ignore_errors=True)
