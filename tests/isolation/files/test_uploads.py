"""Whoever began an upload sees it and goes on with it; for anybody else it does not exist."""

from datetime import UTC, datetime

import psycopg
import pytest

from tidu.database.address import Addresses
from tidu.database.scope import PUBLIC, SYSTEM, Actor, scope
from tidu.files.actions import append_chunk, finish_upload, start_upload
from tidu.files.models import StoredFile, Upload
from tidu.files.queries import ready_images, upload_offset
from tidu.law.refusals import Refused

pytestmark = pytest.mark.commits

NOON = datetime(2026, 4, 1, 4, tzinfo=UTC)
FIRM = Actor(kind="firm", account_id=7, firm_id=3, name="示例精工有限公司")
COLLEAGUE = Actor(kind="firm", account_id=6, firm_id=3, name="示例精工有限公司")
RIVAL = Actor(kind="firm", account_id=9, firm_id=4, name="示例重工有限公司")
OFFICE = Actor(kind="office", account_id=8, office_id=2, name="示例区工信局")


@pytest.fixture
def upload() -> Upload:
    with scope(FIRM):
        return start_upload(actor=FIRM, name="审计报告.pdf", size=8, at=NOON)


def test_another_neither_sees_nor_touches_it(upload: Upload) -> None:
    for actor in (PUBLIC, COLLEAGUE, RIVAL, OFFICE):
        with scope(actor):
            assert not Upload.objects.exists()
            for attempt in (
                lambda: upload_offset(upload.token),
                lambda: append_chunk(token=upload.token, offset=0, chunk=b"%PDF", at=NOON),
                lambda: finish_upload(token=upload.token, at=NOON),
            ):
                with pytest.raises(Refused, match="upload_unknown"):
                    attempt()
    with scope(FIRM):
        assert upload_offset(upload.token) == (0, 8)


def test_who_began_it_goes_on_and_the_system_sees_all(upload: Upload) -> None:
    with scope(FIRM):
        append_chunk(token=upload.token, offset=0, chunk=b"%PDF", at=NOON)
        assert upload_offset(upload.token) == (4, 8)
    with scope(SYSTEM):
        assert Upload.objects.get().received == 4


def test_a_picture_of_another_is_not_ready(upload: Upload, fresh_database: Addresses) -> None:
    with scope(SYSTEM):
        photo = StoredFile.objects.create(sha256="a" * 64, size=8, kind="jpeg", pages=1, created_at=NOON)
        Upload.objects.update(file=photo, received=8)
    with scope(FIRM):
        assert ready_images([photo.pk]) == {photo.pk}
    with scope(RIVAL):
        assert ready_images([photo.pk]) == set()


@pytest.mark.parametrize(
    "statement", ["UPDATE files_storedfile SET pages = 2", "DELETE FROM files_storedfile"]
)
def test_a_stored_file_is_never_changed(fresh_database: Addresses, statement: str) -> None:
    with scope(SYSTEM):
        StoredFile.objects.create(sha256="a" * 64, size=8, kind="jpeg", pages=1, created_at=NOON)
    for address in (fresh_database.app, fresh_database.owner):
        with (
            psycopg.connect(address.conninfo()) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(statement.encode())
