"""Row-level security, seen from the serving role on a table made for the purpose."""

from contextlib import suppress

import psycopg
import pytest
from django.db import connection
from django.db.transaction import TransactionManagementError
from django.db.utils import ProgrammingError

from tidu.database.address import Addresses
from tidu.database.policies import policy, protect
from tidu.database.scope import PUBLIC, Actor, scope

pytestmark = pytest.mark.commits

FIRST = Actor(kind="firm", firm_id=1)
SECOND = Actor(kind="firm", firm_id=2)
OWN = "firm_id = (SELECT tidu_firm())"


@pytest.fixture(autouse=True)
def drawer(fresh_database: Addresses) -> None:
    """A table with one row for each of two firms; a firm sees and changes its own."""
    operations = [
        protect("drawer"),
        policy("drawer", "firm_reads_own", command="SELECT", using=OWN),
        policy("drawer", "firm_adds_own", command="INSERT", check=OWN),
        policy("drawer", "firm_changes_own", command="UPDATE", using=OWN),
    ]
    with psycopg.connect(fresh_database.owner.conninfo()) as owner:
        owner.execute("CREATE TABLE drawer (firm_id bigint, note text)")
        owner.execute("INSERT INTO drawer VALUES (1, 'first'), (2, 'second')")
        for operation in operations:
            owner.execute(str(operation.sql).encode())


def notes() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM drawer ORDER BY note")
        return [row[0] for row in cursor.fetchall()]


def write(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        changed: int = cursor.rowcount
        return changed


def test_unset_scope_shows_no_row() -> None:
    assert notes() == []


def test_the_public_sees_no_row_of_a_firm() -> None:
    with scope(PUBLIC):
        assert notes() == []


def test_each_firm_sees_its_own() -> None:
    with scope(FIRST):
        assert notes() == ["first"]
    with scope(SECOND):
        assert notes() == ["second"]


def test_scope_does_not_stay_on_the_connection() -> None:
    with scope(FIRST):
        assert notes() == ["first"]
    assert notes() == []


def test_a_firm_changes_no_row_of_another() -> None:
    with scope(FIRST):
        assert write("UPDATE drawer SET note = 'mine' WHERE firm_id = 2") == 0
    with scope(SECOND):
        assert notes() == ["second"]


def test_a_firm_gives_no_row_to_another() -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), scope(FIRST):
        write("UPDATE drawer SET firm_id = 2")
    with pytest.raises(ProgrammingError, match="row-level security"), scope(FIRST):
        write("INSERT INTO drawer VALUES (2, 'forged')")


def test_row_level_security_cannot_be_switched_off() -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), scope(FIRST):
        write("SET LOCAL row_security = off; SELECT * FROM drawer")


def test_a_swallowed_error_is_no_silent_loss() -> None:
    with (
        pytest.raises(TransactionManagementError, match="swallowed"),
        scope(FIRST),
        suppress(ProgrammingError),
    ):
        write("INSERT INTO drawer VALUES (1, 'kept?'); INSERT INTO no_such_table VALUES (1)")
    with scope(FIRST):
        assert notes() == ["first"]
