"""``scope`` tells the database who is asking, and only for as long as the block runs."""

import pytest
from django.db import connection, transaction
from django.db.utils import InternalError

from tidu.database.scope import PUBLIC, SYSTEM, Actor, current_actor, scope

pytestmark = pytest.mark.django_db

Seen = tuple[str | None, int | None, int | None, int | None]

FIRM = Actor(kind="firm", account_id=3, firm_id=7, name="示例企业")
OFFICE = Actor(kind="office", account_id=4, office_id=9, name="示例区工信局")
NOBODY: Seen = (None, None, None, None)


def as_the_database_sees_it() -> Seen:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tidu_kind(), tidu_account(), tidu_office(), tidu_firm()")
        row: Seen = cursor.fetchone()
        return row


def test_outside_any_scope_nobody_is_asking() -> None:
    assert as_the_database_sees_it() == NOBODY
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
def test_scope_tells_the_database_who_is_asking(actor: Actor, seen: Seen) -> None:
    with scope(actor):
        assert as_the_database_sees_it() == seen
        assert current_actor() == actor
    assert as_the_database_sees_it() == NOBODY
    assert current_actor() is None


def test_nested_scope_of_another_actor_gives_the_outer_one_back() -> None:
    with scope(FIRM):
        with scope(OFFICE):
            assert as_the_database_sees_it() == ("office", 4, 9, None)
        assert as_the_database_sees_it() == ("firm", 3, None, 7)
        assert current_actor() == FIRM


def test_nested_scope_of_the_same_actor_is_only_a_savepoint(django_assert_num_queries: object) -> None:
    with scope(FIRM):
        with django_assert_num_queries(2), scope(FIRM):  # type: ignore[operator]
            pass
        assert as_the_database_sees_it() == ("firm", 3, None, 7)


def test_failing_nested_scope_gives_the_outer_one_back() -> None:
    with scope(FIRM):
        with pytest.raises(LookupError), scope(OFFICE):
            raise LookupError
        assert as_the_database_sees_it() == ("firm", 3, None, 7)
        assert current_actor() == FIRM


def test_error_of_the_database_in_a_nested_scope_gives_the_outer_one_back() -> None:
    with scope(FIRM):
        with pytest.raises(InternalError), scope(OFFICE), connection.cursor() as cursor:
            cursor.execute("DO $$ BEGIN RAISE internal_error; END $$")
        assert as_the_database_sees_it() == ("firm", 3, None, 7)


def test_scope_that_does_not_write_refuses_to_and_lets_the_outer_one_write_again() -> None:
    statement = "INSERT INTO django_session VALUES (%s, '', now())"
    with scope(FIRM), connection.cursor() as cursor:
        refused = pytest.raises(InternalError, match="read-only transaction")
        with refused, scope(FIRM, writes=False):
            cursor.execute(statement, ["refused"])
        with scope(OFFICE, writes=False):
            assert as_the_database_sees_it() == ("office", 4, 9, None)
        cursor.execute(statement, ["written"])
        assert as_the_database_sees_it() == ("firm", 3, None, 7)


def test_scope_marked_for_rollback_gives_the_outer_one_back() -> None:
    with scope(FIRM):
        with scope(OFFICE):
            transaction.set_rollback(True)
        assert as_the_database_sees_it() == ("firm", 3, None, 7)
