"""``scope`` tells the database who is asking, and only for as long as the block runs."""

import pytest
from django.db import connection

from tidu.database.scope import PUBLIC, SYSTEM, Actor, current_actor, scope

pytestmark = pytest.mark.django_db

FIRM = Actor(kind="firm", account_id=3, firm_id=7, name="示例企业")
OFFICE = Actor(kind="office", account_id=4, office_id=9, name="示例区工信局")


def as_the_database_sees_it() -> tuple[str | None, int | None, int | None, int | None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tidu_kind(), tidu_account(), tidu_office(), tidu_firm()")
        row: tuple[str | None, int | None, int | None, int | None] = cursor.fetchone()
        return row


def test_outside_any_scope_nobody_is_asking() -> None:
    assert as_the_database_sees_it() == (None, None, None, None)
    assert current_actor() is None


@pytest.mark.parametrize(
    ("actor", "seen"),
    [
        (FIRM, ("firm", 3, None, 7)),
        (OFFICE, ("office", 4, 9, None)),
        (PUBLIC, ("public", None, None, None)),
        (SYSTEM, ("system", None, None, None)),
    ],
)
def test_scope_tells_the_database_who_is_asking(
    actor: Actor, seen: tuple[str | None, int | None, int | None, int | None]
) -> None:
    with scope(actor):
        assert as_the_database_sees_it() == seen
        assert current_actor() == actor
    assert as_the_database_sees_it() == (None, None, None, None)
    assert current_actor() is None
