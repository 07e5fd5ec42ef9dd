"""Django made ready in this process, over a database that is up and has today's schema."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import django
import psycopg
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from tidu.database.address import Addresses, addresses
from tidu.database.embedded import exists, keep_up, running
from tidu.database.home import home
from tidu.database.roles import ensure_database


class NotSetUp(Exception):
    """Nothing has been set up where a command is to read; the message says how it is done."""


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


@contextmanager
def schema_up() -> Iterator[Addresses]:
    """As `database_up`, for a command that reads what is there: raises NotSetUp where nothing is.

    An embedded server that nobody has set up is not made for the question.
    """
    place = home()
    if not os.environ.get("DATABASE_URL") and not exists(place):
        raise NotSetUp(not_set_up(f"{place.path} 里还没有数据库"))
    with database_up() as found:
        if not has_schema(found):
            raise NotSetUp(not_set_up(f"数据库 {found.admin.name} 里还没有本系统的表"))
        yield found


def has_schema(found: Addresses) -> bool:
    with psycopg.connect(found.owner.conninfo()) as connection:
        return connection.execute("SELECT to_regclass('public.records_chain')").fetchone() != (None,)


def not_set_up(what: str) -> str:
    return (
        f"{what}，没有可读的记录。演示先运行 ./tidu demo，正式系统先运行 ./tidu migrate；"
        "数据在别处的，用 TIDU_HOME（或 DATABASE_URL）指明后再运行。"
    )
