"""The words for migrations do what they say, and take it back."""

import psycopg
import pytest
from django.db.migrations import RunSQL

from tidu.database.address import Addresses
from tidu.database.policies import exclude, policy, protect

pytestmark = pytest.mark.commits


@pytest.fixture
def owner(fresh_database: Addresses) -> psycopg.Connection:
    connection = psycopg.connect(fresh_database.owner.conninfo(), autocommit=True)
    connection.execute("CREATE TABLE shelf (firm bigint, validity daterange)")
    return connection


def forwards(owner: psycopg.Connection, operation: RunSQL) -> None:
    owner.execute(str(operation.sql).encode())


def backwards(owner: psycopg.Connection, operation: RunSQL) -> None:
    owner.execute(str(operation.reverse_sql).encode())


def test_no_overlap_is_refused_by_name(owner: psycopg.Connection) -> None:
    operation = exclude(
        "shelf", "shelf_no_overlap", "int8range(firm, firm, '[]') WITH &&", "validity WITH &&"
    )
    with owner:
        forwards(owner, operation)
        owner.execute("INSERT INTO shelf VALUES (1, '[2026-01-01,2026-04-01)')")
        owner.execute(
            "INSERT INTO shelf VALUES (1, '[2026-04-01,2026-07-01)'), (2, '[2026-01-01,2026-04-01)')"
        )
        with pytest.raises(psycopg.errors.ExclusionViolation, match="shelf_no_overlap"):
            owner.execute("INSERT INTO shelf VALUES (1, '[2026-03-31,2026-04-02)')")
        backwards(owner, operation)
        owner.execute("INSERT INTO shelf VALUES (1, '[2026-03-31,2026-04-02)')")


def test_no_overlap_may_be_limited_to_some_rows(owner: psycopg.Connection) -> None:
    with owner:
        forwards(owner, exclude("shelf", "shelf_first", "validity WITH &&", where="firm = 1"))
        owner.execute(
            "INSERT INTO shelf VALUES (2, '[2026-01-01,2026-04-01)'), (2, '[2026-01-01,2026-04-01)')"
        )
        owner.execute("INSERT INTO shelf VALUES (1, '[2026-01-01,2026-04-01)')")
        with pytest.raises(psycopg.errors.ExclusionViolation, match="shelf_first"):
            owner.execute("INSERT INTO shelf VALUES (1, '[2026-01-01,2026-04-01)')")


def test_protection_and_policies_can_be_taken_back(
    owner: psycopg.Connection, fresh_database: Addresses
) -> None:
    operations = [protect("shelf"), policy("shelf", "all_read", command="SELECT", using="true")]
    with owner, psycopg.connect(fresh_database.app.conninfo(), autocommit=True) as serving:
        owner.execute("INSERT INTO shelf VALUES (1, 'empty')")
        seen = []
        for step, operation in [
            (forwards, operations[0]),
            (forwards, operations[1]),
            (backwards, operations[1]),
            (backwards, operations[0]),
        ]:
            step(owner, operation)
            seen.append(serving.execute("SELECT firm FROM shelf").fetchall())
    assert seen == [[], [(1,)], [], [(1,)]]
