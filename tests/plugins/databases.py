"""Fixtures that give tests their database. Every test enters it as tidu_app, bound by row-level security.

``@pytest.mark.django_db``: the test's changes are rolled back. For nearly all tests.
``@pytest.mark.commits``: the test has a database of its own, cloned afresh, and commits for real.
``opened_round``: in the test's database the invented city's notice is out already. Hundreds of tests begin
there; each process opens that round once, by the same actions as anywhere, and clones it.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from copy import deepcopy

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests import cases
from tests.plugins import cloning
from tidu.database.address import Addresses, addresses
from tidu.database.embedded import running
from tidu.database.home import home

QUICK = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "400"}
"""What tests write need not outlive the machine; races of fifty may run in several processes at once."""


@pytest.fixture(scope="session")
def server() -> Iterator[Addresses]:
    """The database server of the tests, running."""
    place = home()
    found = addresses(place)
    with running(place, QUICK) if found.embedded else nullcontext():
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


@pytest.fixture(scope="session")
def django_db_setup(shared_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Takes the place of pytest-django's own, which would create the database as the serving role."""
    with django_db_blocker.unblock():
        cloning.point_to(shared_database)
        yield
        cloning.point_to(shared_database)


@pytest.fixture(scope="session")
def opened_template(
    server: Addresses, template: str, shared_database: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[str, cases.Round]]:
    """A database in which the round is open, that nobody enters any more, and its people."""
    with cloning.clone(server, template, "opened_template") as name, django_db_blocker.unblock():
        cloning.point_to(name)
        opened = cases.open_round()
        cloning.point_to(shared_database)
        yield name, opened


@pytest.fixture(scope="session")
def opened_database(server: Addresses, opened_template: tuple[str, cases.Round]) -> Iterator[str]:
    """This process's database for the tests that begin with the round and roll back."""
    with cloning.clone(server, opened_template[0], "opened") as name:
        yield name


@pytest.fixture
def in_opened_database(
    django_db_setup: None, opened_database: str, shared_database: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Stands before the transaction that is rolled back, and after all that enters the other one."""
    with django_db_blocker.unblock():
        cloning.point_to(opened_database)
        yield
        cloning.point_to(shared_database)


@pytest.fixture
def opened_round(db: None, opened_template: tuple[str, cases.Round]) -> cases.Round:
    """The first quarter of the invented city's notice, open since it was published."""
    return deepcopy(opened_template[1])


@pytest.fixture
def fresh_database(
    server: Addresses, template: str, shared_database: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[Addresses]:
    """A database of the test's own, in which it commits."""
    with cloning.clone(server, template, "commits") as name, django_db_blocker.unblock():
        cloning.point_to(name)
        yield cloning.named(server, name)
        cloning.point_to(shared_database)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if not isinstance(item, pytest.Function):
            continue
        if item.get_closest_marker("commits"):
            item.fixturenames.insert(0, "fresh_database")
        elif "opened_round" in item.fixturenames:
            item.fixturenames.insert(0, "in_opened_database")
