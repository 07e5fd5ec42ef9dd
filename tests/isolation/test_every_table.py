"""Every table is either protected row by row, or named with the reason why it need not be."""

import psycopg
import pytest

from tidu.database.address import Addresses
from tidu.deployment.open_tables import RLS_EXEMPT

pytestmark = pytest.mark.commits


def tables(fresh_database: Addresses, condition: str) -> set[str]:
    with psycopg.connect(fresh_database.app.conninfo()) as connection:
        rows = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            f" AND relkind IN ('r', 'p') AND {condition}"
        )
        return {row[0] for row in rows}


def test_unprotected_tables_are_those_with_a_reason(fresh_database: Addresses) -> None:
    assert tables(fresh_database, "NOT relrowsecurity") == set(RLS_EXEMPT)


def test_protected_tables_have_a_policy(fresh_database: Addresses) -> None:
    policy = "EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = pg_class.oid)"
    assert tables(fresh_database, f"relrowsecurity AND NOT {policy}") == set()
    assert tables(fresh_database, f"relrowsecurity AND {policy}") >= {"enterprises_member", "records_entry"}


def test_serving_role_owns_none_of_them(fresh_database: Addresses) -> None:
    assert tables(fresh_database, "pg_get_userbyid(relowner) = 'tidu_app'") == set()
