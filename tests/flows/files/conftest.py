"""A firm that uploads, and a store of the test's own."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from tidu.database.scope import Actor, scope
from tidu.files.actions import append_chunk, finish_upload, start_upload
from tidu.files.models import StoredFile

FIRM = Actor(kind="firm", account_id=7, firm_id=3, name="示例精工有限公司")
NOON = datetime(2026, 4, 1, 4, tzinfo=UTC)


@pytest.fixture
def noon() -> datetime:
    return NOON


@pytest.fixture(autouse=True)
def store_root(tmp_path: Path, settings: Settings) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def firm(db: None) -> Iterator[Actor]:
    with scope(FIRM):
        yield FIRM


Send = Callable[..., StoredFile]


@pytest.fixture
def send(firm: Actor) -> Send:
    """Uploads a whole file."""

    def send(
        name: str, content: bytes, *, finish: Callable[..., StoredFile] = finish_upload, **more: Any
    ) -> StoredFile:
        upload = start_upload(actor=firm, name=name, size=len(content), at=NOON)
        append_chunk(token=upload.token, offset=0, chunk=content, at=NOON)
        return finish(token=upload.token, at=NOON, **more)

    return send
