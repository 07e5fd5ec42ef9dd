"""What the database itself refuses about offices, areas, accounts and posts; one test per constraint."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from tests import scene

from tidu.database.scope import SYSTEM, scope
from tidu.offices.enums import Level, Role
from tidu.offices.models import Account, Area, Office, Post
from tidu.records.actions import open_chain

pytestmark = pytest.mark.django_db

BEFORE = scene.AT - timedelta(seconds=1)


def office(**changed: Any) -> Office:
    given = {"code": "new", "name": "新单位", "level": Level.COUNTY, "opened_at": scene.AT}
    return Office(**(given | changed))


def account(**changed: Any) -> Account:
    return Account(**({"username": "new", "password": "!", "created_at": scene.AT} | changed))


def post(**changed: Any) -> Post:
    return Post(**({"role": Role.CLERK, "opened_at": scene.AT} | changed))


REFUSED: dict[str, models.Model] = {
    "office_level_known": office(level="village"),
    "office_has_a_name": office(name=""),
    "office_closes_after_it_opens": office(closed_at=BEFORE),
    "area_has_a_name": Area(code="new", name=""),
    "account_username_well_formed": account(username="New"),
    "post_role_known": post(role="chief"),
    "post_closes_after_it_opens": post(closed_at=BEFORE),
}


@pytest.mark.parametrize("name", REFUSED)
def test_row_is_refused(name: str, offices: dict[str, Office]) -> None:
    row = REFUSED[name]
    with scope(SYSTEM):
        if isinstance(row, Office):
            row.chain = open_chain(kind="office")
        if isinstance(row, Area | Post):
            row.office = offices[scene.EAST]
        if isinstance(row, Post):
            row.account = Account.objects.create_user("somebody", created_at=scene.AT)
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            row.save(force_insert=True)


def test_office_not_its_own_parent(offices: dict[str, Office]) -> None:
    with pytest.raises(IntegrityError, match="office_not_its_own_parent"), transaction.atomic():
        Office.objects.filter(code=scene.EAST).update(parent=offices[scene.EAST])


def test_post_held_once() -> None:
    _, held = scene.open_post(scene.EAST)
    again = post(account=held.account, office=held.office)
    with pytest.raises(IntegrityError, match="post_held_once"), transaction.atomic():
        again.save(force_insert=True)
    Post.objects.filter(pk=held.pk).update(closed_at=scene.AT)
    again.save(force_insert=True)


@pytest.mark.parametrize("model", [Office, Area])
def test_code_is_unique(model: type[models.Model]) -> None:
    first = model._default_manager.order_by("pk").first()
    with pytest.raises(IntegrityError, match="code"), transaction.atomic():
        model._default_manager.exclude(pk=first.pk if first else 0).update(code=scene.EAST)


def test_every_constraint_is_tested() -> None:
    named = {
        constraint.name for model in (Office, Area, Account, Post) for constraint in model._meta.constraints
    }
    assert named == set(REFUSED) | {"office_not_its_own_parent", "post_held_once"}


def test_an_office_with_areas_is_not_deleted(offices: dict[str, Office]) -> None:
    with pytest.raises(models.RestrictedError):
        offices[scene.EAST].delete()
