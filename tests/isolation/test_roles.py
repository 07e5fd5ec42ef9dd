"""What the serving role cannot do, whoever asks: bypass row-level security, delete, own, define."""

import psycopg
import pytest
from psycopg import Connection

from tidu.database.address import APP, Addresses

pytestmark = pytest.mark.commits

FORGETFUL = {
    "account_emailaddress",
    "account_emailconfirmation",
    "django_session",
    "mfa_authenticator",
    "procrastinate_events",
    "procrastinate_jobs",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
    "socialaccount_socialaccount",
    "socialaccount_socialtoken",
}
"""Tables of the framework whose rows end: nothing in them is a record of ours."""


def tables_with(connection: Connection, privilege: str) -> set[str]:
    rows = connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        " AND has_table_privilege(%s, oid, %s)",
        [APP, privilege],
    )
    return {row[0] for row in rows}


@pytest.fixture
def serving(fresh_database: Addresses) -> Connection:
    return psycopg.connect(fresh_database.app.conninfo(), autocommit=True)


def test_serving_role_has_no_power_beyond_its_rows(serving: Connection) -> None:
    with serving:
        powers = serving.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
            " FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert powers == (False, False, False, False, False)


def test_serving_role_is_no_member_of_the_owner(serving: Connection) -> None:
    with serving, pytest.raises(psycopg.errors.InsufficientPrivilege):
        serving.execute("SET ROLE tidu_owner")


def test_nothing_is_deleted_but_what_the_framework_must_forget(serving: Connection) -> None:
    with serving:
        assert tables_with(serving, "SELECT") > FORGETFUL
        assert tables_with(serving, "DELETE") == FORGETFUL
        assert tables_with(serving, "TRUNCATE") == set()
        assert tables_with(serving, "TRIGGER") == set()


def test_serving_role_owns_no_table_and_creates_none(serving: Connection) -> None:
    with serving:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            serving.execute("CREATE TABLE own (id bigint)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            serving.execute("ALTER TABLE django_session DISABLE ROW LEVEL SECURITY")
