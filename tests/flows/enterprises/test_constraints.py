"""What the database itself refuses about firms, members, profiles and statements; one test per constraint."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from tests import scene

from tidu.database.scope import SYSTEM, scope
from tidu.enterprises.enums import MemberRole, Source
from tidu.enterprises.models import Firm, Member, ProfileField, Statement
from tidu.law.identity import demonstration_code
from tidu.records.actions import open_chain

pytestmark = pytest.mark.django_db

BEFORE = scene.AT - timedelta(seconds=1)


def firm(**changed: Any) -> Firm:
    given = {"uscc": demonstration_code(9), "name": "示例", "is_demonstration": True, "created_at": scene.AT}
    return Firm(**(given | changed))


def member(**changed: Any) -> Member:
    return Member(**({"role": MemberRole.EDITOR, "is_employee": True, "joined_at": scene.AT} | changed))


def field(**changed: Any) -> ProfileField:
    return ProfileField(**({"fact": "revenue", "period": 2025, "saved_at": scene.AT} | changed))


def statement(**changed: Any) -> Statement:
    return Statement(**({"source": Source.FIRM, "at": scene.AT, "facts": {"year": 2025}} | changed))


REFUSED: dict[str, models.Model] = {
    "firm_uscc_is_18_characters_of_gb32100": firm(uscc="91990000I"),
    "firm_has_a_name": firm(name=""),
    "firm_demonstration_iff_invented_code": firm(is_demonstration=False),
    "member_role_known": member(role="boss"),
    "member_is_an_employee": member(is_employee=False),
    "member_leaves_after_joining": member(left_at=BEFORE),
    "profile_field_version_positive": field(version=0),
    "statement_source_known": statement(source="rumour"),
    "statement_says_something": statement(facts={}),
}
TWICE = {"member_joined_once", "profile_field_once"}


@pytest.mark.parametrize("name", REFUSED)
def test_row_is_refused(name: str) -> None:
    row = REFUSED[name]
    known, owner = scene.register()
    with scope(SYSTEM):
        if isinstance(row, Firm):
            row.area, row.chain = known.area, open_chain(kind="firm")
        else:
            row.firm = known  # type: ignore[attr-defined]
        if isinstance(row, Member):
            row.account = owner.account
            Member.objects.filter(pk=owner.pk).update(left_at=scene.AT)
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            row.save(force_insert=True)


def test_real_firm_is_not_marked_as_invented() -> None:
    known, _ = scene.register()
    with scope(SYSTEM):
        row = firm(uscc="912102000000000019", area=known.area, chain=open_chain(kind="firm"))
        with (
            pytest.raises(IntegrityError, match="firm_demonstration_iff_invented_code"),
            transaction.atomic(),
        ):
            row.save(force_insert=True)


def test_member_joined_once() -> None:
    known, owner = scene.register()
    with scope(SYSTEM):
        again = member(firm=known, account=owner.account)
        with pytest.raises(IntegrityError, match="member_joined_once"), transaction.atomic():
            again.save(force_insert=True)
        Member.objects.filter(pk=owner.pk).update(left_at=scene.AT)
        again.save(force_insert=True)


def test_profile_field_once() -> None:
    known, _ = scene.register()
    with scope(SYSTEM):
        field(firm=known).save(force_insert=True)
        field(firm=known, period=2024).save(force_insert=True)
        with pytest.raises(IntegrityError, match="profile_field_once"), transaction.atomic():
            field(firm=known).save(force_insert=True)


def test_firm_is_registered_once() -> None:
    known, _ = scene.register()
    with scope(SYSTEM):
        again = firm(uscc=known.uscc, area=known.area, chain=open_chain(kind="firm"))
        with pytest.raises(IntegrityError, match="uscc"), transaction.atomic():
            again.save(force_insert=True)


def test_every_constraint_is_tested() -> None:
    tables = (Firm, Member, ProfileField, Statement)
    named = {constraint.name for model in tables for constraint in model._meta.constraints}
    assert named == set(REFUSED) | TWICE
