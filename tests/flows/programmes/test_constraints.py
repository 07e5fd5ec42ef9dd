"""What the database itself refuses, whoever asks."""

from typing import Any

import pytest
from django.db import IntegrityError, models
from tests.rounds import batch

from tidu.database.scope import SYSTEM, scope
from tidu.programmes.models import Batch, BatchDeadline, Notice, NoticeVersion
from tidu.records.actions import open_chain

pytestmark = pytest.mark.django_db


def copy_of(row: models.Model, **changes: Any) -> models.Model:
    """Another row like this one."""
    concrete = [field for field in row._meta.concrete_fields if not field.primary_key]
    return type(row)(**{field.name: getattr(row, field.name) for field in concrete} | changes)


@pytest.fixture
def another_notice(notice: Notice) -> dict[str, Any]:
    """What must differ in another notice."""
    with scope(SYSTEM):
        return {"slug": "another", "chain": open_chain(kind="notice")}


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [("notice_title_kind_known", {"title_kind": "giant"}), ("notice_version_positive", {"version": 0})],
)
def test_the_database_refuses_a_notice(
    notice: Notice, another_notice: dict[str, Any], constraint: str, changes: dict[str, Any]
) -> None:
    with scope(SYSTEM), pytest.raises(IntegrityError, match=constraint):
        copy_of(notice, **another_notice, **changes).save()


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("notice_version_once", {}),
        ("notice_version_after_the_first_changes_something", {"version": 2, "changes": []}),
        ("notice_version_after_the_first_changes_something", {"version": 1, "changes": [{"path": "phone"}]}),
    ],
)
def test_the_database_refuses_a_version(notice: Notice, constraint: str, changes: dict[str, Any]) -> None:
    with scope(SYSTEM), pytest.raises(IntegrityError, match=constraint):
        copy_of(NoticeVersion.objects.get(notice=notice), **changes).save()


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("batch_code_once_per_notice", {"position": 9}),
        ("batch_position_once_per_notice", {"code": "another"}),
        ("batch_closes_after_it_opens", {"code": "another", "position": 9, "closes_at": None}),
    ],
)
def test_the_database_refuses_a_batch(notice: Notice, constraint: str, changes: dict[str, Any]) -> None:
    first: Batch = batch(notice, 1)
    if "closes_at" in changes:
        changes = {**changes, "closes_at": first.opens_at}
    with scope(SYSTEM), pytest.raises(IntegrityError, match=constraint):
        copy_of(first, **changes).save()


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("batch_deadline_once_per_stage", {}),
        ("batch_deadline_mode_known", {"stage": "city-review", "mode": "firm"}),
    ],
)
def test_the_database_refuses_a_deadline(notice: Notice, constraint: str, changes: dict[str, Any]) -> None:
    with scope(SYSTEM), pytest.raises(IntegrityError, match=constraint):
        copy_of(BatchDeadline.objects.get(batch=batch(notice, 1)), **changes).save()
