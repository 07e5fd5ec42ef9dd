"""Databases for tests: one migrated template for each state of the migrations, cloned in a moment."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from threading import Event, Thread

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from tidu.database.address import OWNER, Addresses
from tidu.database.home import Home
from tidu.database.roles import ensure_database, ensure_roles

TEMPLATE = "tidu_template_"
CLONE = "tidu_test_"
TEMPLATES_KEPT = 12
ORPHANS_LEFT = 40
"""So many may wait for the next run; what is more is dropped before this one ends."""
SOURCE = Path(__file__).parents[2] / "src" / "tidu"
SCHEMA_PACKAGES = ("django", "django-allauth", "procrastinate")
KEPT_OPEN: dict[tuple[str, str], psycopg.Connection] = {}
"""By role and database: a new connection would first have to learn every table again."""


def template_name() -> str:
    """Named by what made it: our migrations, the roles, and the packages that bring migrations."""
    digest = hashlib.sha256()
    for path in sorted([*SOURCE.glob("*/migrations/*.py"), *SOURCE.glob("database/*.py")]):
        digest.update(path.relative_to(SOURCE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for package in SCHEMA_PACKAGES:
        digest.update(version(package).encode() + b"\0")
    return TEMPLATE + digest.hexdigest()[:16]


@contextmanager
def admin(addresses: Addresses) -> Iterator[psycopg.Connection]:
    with psycopg.connect(addresses.admin.conninfo(name="postgres"), autocommit=True) as connection:
        yield connection


def ensure_template(addresses: Addresses, place: Home) -> str:
    """Builds it as a draft and renames it when whole; workers that start together build it once."""
    name = template_name()
    with (place.path / "template.lock").open("w") as lock, admin(addresses) as connection:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if name not in databases(connection, TEMPLATE):
            ensure_roles(connection, addresses)
            draft = f"draft_{name}"
            drop(connection, draft)
            create(connection, draft, template="template0")
            migrate(addresses, draft)
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (draft, name)))
            )
            if addresses.embedded:
                forget_old(connection, name)
    return name


def migrate(addresses: Addresses, name: str) -> None:
    ensure_database(named(addresses, name))
    point_to(name)
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    connections["owner"].close()


def point_to(name: str) -> None:
    """Both roles enter the named database from now on; what is open to another one is kept."""
    for connection in connections.all():
        place = connection.alias, connection.settings_dict["NAME"]
        if connection.connection is not None and not connection.connection.closed:
            KEPT_OPEN[place] = connection.connection
        connection.connection = KEPT_OPEN.pop((connection.alias, name), None)
        connection.settings_dict["NAME"] = name


def leave(name: str) -> None:
    """Nothing of ours is open to the named database any more."""
    for connection in connections.all():
        if connection.settings_dict["NAME"] == name:
            connection.close()
        if kept := KEPT_OPEN.pop((connection.alias, name), None):
            kept.close()


def create(connection: psycopg.Connection, name: str, *, template: str) -> None:
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
            *map(sql.Identifier, (name, OWNER, template))
        )
    )


def drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def databases(connection: psycopg.Connection, prefix: str) -> list[str]:
    """Newest first."""
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid DESC", [prefix]
    )
    return [row[0] for row in rows]


def forget_old(connection: psycopg.Connection, current: str) -> None:
    """Templates long out of use."""
    templates = [name for name in databases(connection, TEMPLATE) if name != current]
    for name in templates[TEMPLATES_KEPT - 1 :]:
        drop(connection, name)


def orphans(connection: psycopg.Connection) -> list[str]:
    """Clones whose test process is gone."""
    return [name for name in databases(connection, CLONE) if not alive(int(name.split("_")[2]))]


@contextmanager
def dropping_orphans(addresses: Addresses, place: Home) -> Iterator[None]:
    """Meanwhile one process drops them: there are disks on which each takes seconds."""
    over = Event()
    thread = Thread(target=_drop_orphans, args=(addresses, place, over))
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _drop_orphans(addresses: Addresses, place: Home, over: Event) -> None:
    with (place.path / "orphans.lock").open("w") as lock, admin(addresses) as connection:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        found = orphans(connection)
        while found and not (over.is_set() and len(found) <= ORPHANS_LEFT):
            drop(connection, found.pop())


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def clone(addresses: Addresses, template: str, purpose: str, *, leave_it: bool = False) -> Iterator[str]:
    """A copy of the template that nobody else uses, dropped afterwards, or left to the next run."""
    name = f"{CLONE}{os.getpid()}_{purpose}"
    leave(template)
    with admin(addresses) as connection:
        drop(connection, name)
        create(connection, name, template=template)
    try:
        yield name
    finally:
        leave(name)
        if not leave_it:
            with admin(addresses) as connection:
                drop(connection, name)


def named(addresses: Addresses, name: str) -> Addresses:
    """The same server, another database."""
    return replace(
        addresses,
        admin=replace(addresses.admin, name=name),
        owner=replace(addresses.owner, name=name),
        app=replace(addresses.app, name=name),
    )
