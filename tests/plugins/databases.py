"""Fixtures that give tests their database. Every test enters it as tidu_app, bound by row-level security.

``@pytest.mark.django_db``: the test's changes are rolled back. For nearly all tests.
``@pytest.mark.commits``: the test has a database of its own, cloned afresh, and commits for real.
Most tests find something there already, that was made before: see ``beginnings`` and ``opened``.
"""

from collections.abc import Iterator

import psycopg
import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.plugins import cloning
from tests.plugins.beginnings import Beginnings, chain_of
from tidu.database.address import Addresses, addresses
from tidu.database.embedded import running
from tidu.database.home import home

QUICK = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "400",
    "max_wal_size": "256MB",
}
"""What tests write need not outlive the machine; races of fifty may run in several processes at once."""


@pytest.fixture(scope="session")
def server() -> Iterator[Addresses]:
    """The database server of the tests, running."""
    place = home()
    found = addresses(place)
    if not found.embedded:
        yield found
        return
    with running(place, QUICK), cloning.dropping_orphans(found, place):
        yield found


@pytest.fixture(scope="session")
def template(server: Addresses, django_db_blocker: DjangoDbBlocker) -> str:
    """The name of the migrated template database."""
    with django_db_blocker.unblock():
        return cloning.ensure_template(server, home())


@pytest.fixture(scope="session")
def shared_database(server: Addresses, template: str) -> Iterator[str]:
    """This process's database for the tests that roll back."""
    with cloning.clone(server, template, "shared") as name:
        yield name
        with psycopg.connect(cloning.named(server, name).admin.conninfo()) as connection:
            jobs = connection.execute("SELECT task_name FROM procrastinate_jobs").fetchall()
        assert jobs == [], "some test's worker has written where other tests begin"


@pytest.fixture(scope="session")
def django_db_setup(shared_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Takes the place of pytest-django's own, which would create the database as the serving role."""
    with django_db_blocker.unblock():
        cloning.point_to(shared_database)
        yield
        cloning.point_to(shared_database)


@pytest.fixture
def fresh_database(
    request: pytest.FixtureRequest,
    beginnings: Beginnings,
    server: Addresses,
    shared_database: str,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Addresses]:
    """A database of the test's own, in which it commits."""
    with django_db_blocker.unblock():
        source = beginnings.database(chain_of(request.node))
    with django_db_blocker.unblock(), cloning.clone(server, source, "commits") as name:
        cloning.point_to(name)
        yield cloning.named(server, name)
        cloning.point_to(shared_database)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if not isinstance(item, pytest.Function):
            continue
        if item.get_closest_marker("commits"):
            item.fixturenames.insert(0, "fresh_database")
        elif "begun" in item.fixturenames:
            item.fixturenames[:0] = ["begun", "db"]
