"""As which operating system user the embedded server runs."""

import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

SERVER_USER = "tidu-postgres"


class ServerProblem(Exception):
    """The server cannot run here; the message says in Chinese what to do."""


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
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name]
    if shutil.which("useradd") is None:
        raise ServerProblem(f"以 root 运行时数据库需要系统用户 {name}，而本机没有 useradd，请先建立该用户。")
    finished = subprocess.run(command, check=False, capture_output=True, text=True)
    if finished.returncode != 0:
        raise ServerProblem(f"未能建立系统用户 {name}：{finished.stderr.strip()}")
    print(f"已建立系统用户 {name}（数据库以它的身份运行）", file=sys.stderr)  # noqa: T201


def refuse_unreachable(folder: Path) -> None:
    """As root: the server's user must be able to enter the folder, through every folder above it."""
    user = server_user()
    if user is None:
        return
    probe = ["test", "-x", str(folder)]
    if subprocess.run(probe, check=False, user=user.pw_uid, group=user.pw_gid, extra_groups=[]).returncode:
        raise ServerProblem(
            f"数据库以系统用户 {SERVER_USER} 的身份运行，它进不了 {folder}。"
            f"请用 TIDU_HOME 换一个目录（例如 /var/lib/tidu），或允许其他用户进入各级上级目录（chmod o+x）。"
        )
