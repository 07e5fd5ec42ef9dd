"""Django made ready in this process, over a database that is up and has today's schema."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import django
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from tidu.database.address import Addresses, addresses
from tidu.database.embedded import keep_up, running
from tidu.database.home import home
from tidu.database.roles import ensure_database


def ready() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tidu.deployment.settings")
    django.setup()


def migrate() -> bool:
    """Creates or upgrades the schema, as its owner. True when there was something to do."""
    connection = connections["owner"]
    executor = MigrationExecutor(connection)
    behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if behind:
        call_command("migrate", database="owner", interactive=False, verbosity=0)
    connection.close()
    return behind


def tend() -> None:
    """Our own database is started again if it died; another's is its keeper's concern."""
    place = home()
    if addresses(place).embedded:
        keep_up(place)


@contextmanager
def database_up() -> Iterator[Addresses]:
    """The database answers while the block runs: ours is started, another's is taken as it is."""
    place = home()
    found = addresses(place)
    with running(place) if found.embedded else nullcontext():
        ensure_database(found)
        yield found
