"""What the database refuses of files and uploads, constraint by constraint."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tidu.database.scope import SYSTEM, scope
from tidu.files.models import StoredFile, Upload


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("stored_file_has_a_digest", {"sha256": "短"}),
        ("stored_file_not_empty", {"size": 0}),
        ("stored_file_kind_known", {"kind": "exe"}),
        ("stored_file_pages_positive", {"pages": 0}),
        ("stored_file_once", {}),
    ],
)
def test_a_file_that_must_never_be_is_refused(
    db: None, noon: datetime, constraint: str, changes: dict[str, Any]
) -> None:
    file = {"sha256": "a" * 64, "size": 8, "kind": "pdf", "pages": 1, "created_at": noon}
    with scope(SYSTEM):
        StoredFile.objects.create(**file)
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            StoredFile.objects.create(**file | changes)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("upload_token_is_hexadecimal", {"token": "短"}),
        ("files_upload_token", {"token": "b" * 32}),
        ("upload_has_a_name", {"name": ""}),
        ("upload_of_the_public_hides_its_name", {"actor_kind": "public"}),
        ("upload_not_empty", {"declared_size": 0}),
        ("upload_not_longer_than_declared", {"received": 9}),
        ("upload_complete_before_stored", {"file": True}),
        ("upload_actor_kind_known", {"actor_kind": "robot"}),
        ("upload_expires_after_it_began", {"expires_at": datetime(2026, 4, 1, tzinfo=UTC)}),
    ],
)
def test_an_upload_that_must_never_be_is_refused(
    db: None, noon: datetime, constraint: str, changes: dict[str, Any]
) -> None:
    upload = {
        "token": "a" * 32,
        "name": "a.pdf",
        "declared_size": 8,
        "actor_kind": "system",
        "created_at": noon,
    }
    upload["expires_at"] = noon + timedelta(days=1)
    with scope(SYSTEM):
        file = StoredFile.objects.create(sha256="a" * 64, size=8, kind="pdf", pages=1, created_at=noon)
        Upload.objects.create(**upload | {"token": "b" * 32})
        changes = {name: file if value is True else value for name, value in changes.items()}
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Upload.objects.create(**upload | changes)
