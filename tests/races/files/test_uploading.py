"""The same upload from two tabs, the same file from many firms."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection
from pytest_django import Settings
from tests.unit.files import samples

from tidu.database.scope import SYSTEM, Actor, scope
from tidu.files.actions import append_chunk, finish_upload, start_upload
from tidu.files.models import StoredFile
from tidu.files.queries import upload_offset
from tidu.law.refusals import Refused

pytestmark = pytest.mark.commits

NOON = datetime(2026, 4, 1, 4, tzinfo=UTC)
FIRM = Actor(kind="firm", account_id=7, firm_id=3, name="示例精工有限公司")
TABS = 6


@pytest.fixture(autouse=True)
def store_root(tmp_path: Path, settings: Settings) -> None:
    settings.FILES_ROOT = tmp_path / "files"


def at_once(work: Callable[[int], object]) -> list[object]:
    barrier = Barrier(TABS)

    def run(n: int) -> object:
        try:
            barrier.wait()
            return work(n)
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(TABS) as pool:
        return list(pool.map(run, range(TABS)))


def test_the_same_piece_from_many_tabs_is_taken_once() -> None:
    with scope(FIRM):
        token = start_upload(actor=FIRM, name="审计报告.pdf", size=40, at=NOON).token

    def send(n: int) -> object:
        with scope(FIRM):
            return append_chunk(token=token, offset=0, chunk=b"%PDF-1.7", at=NOON).received

    assert sorted(at_once(send), key=str) == [8, *["upload_offset_wrong"] * (TABS - 1)]
    with scope(FIRM):
        assert upload_offset(token) == (8, 40)


def test_an_upload_finished_from_many_tabs_is_one_file() -> None:
    with scope(FIRM):
        token = start_upload(actor=FIRM, name="现场.png", size=len(samples.image("PNG")), at=NOON).token
        append_chunk(token=token, offset=0, chunk=samples.image("PNG"), at=NOON)

    def finish(n: int) -> object:
        with scope(FIRM):
            return finish_upload(token=token, at=NOON).pk

    assert len(set(at_once(finish))) == 1


def test_the_same_file_from_many_firms_is_kept_once() -> None:
    def send(n: int) -> object:
        firm = Actor(kind="firm", account_id=100 + n, firm_id=n + 1, name=f"示例{n}有限公司")
        with scope(firm):
            token = start_upload(actor=firm, name="模板.png", size=len(samples.image("PNG")), at=NOON).token
            append_chunk(token=token, offset=0, chunk=samples.image("PNG"), at=NOON)
            return finish_upload(token=token, at=NOON).pk

    files = at_once(send)
    with scope(SYSTEM):
        assert set(files) == {StoredFile.objects.get().pk}
