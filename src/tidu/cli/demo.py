"""``./tidu demo [--fresh] [--port N]``: everything from a bare machine, with invented firms and offices.

The demonstration's room brings the people and their doings: ``tidu.demonstration.seed.run(say)`` continues
where it was, and ``tidu.demonstration.people.table()`` tells as whom to log in.
"""

import argparse
import fcntl
import os
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec

import psycopg

from tidu.cli.progress import say, step
from tidu.database.address import Addresses
from tidu.database.home import Home, home
from tidu.database.roles import ensure_database
from tidu.deployment import assets, marker, processes, site

SEED = "tidu.demonstration.seed"
PEOPLE = "tidu.demonstration.people"


def run(arguments: list[str]) -> int:
    options = parse(arguments)
    os.environ["TIDU_DEMONSTRATION"] = "1"
    listen = processes.Listen(port=options.port)
    place = home()
    with alone(place), site.database_up() as found:
        if not is_free(listen):
            print(f"{listen.address} 已被占用，请用 --port 换一个端口", file=sys.stderr)
            return 1
        marker.claim(place, found)
        if options.fresh:
            with step("清空演示数据"):
                clear(place, found)
        prepare()
        return processes.serve(listen, when_ready=lambda: welcome(listen), tend=site.tend)


def prepare() -> None:
    site.ready()
    with step("建立数据库结构"):
        site.migrate()
    with step("整理样式与脚本"):
        assets.collect()
    if find_spec(SEED):
        print("· 准备演示数据（首次需要几分钟）", flush=True)
        import_module(SEED).run(say)


def welcome(listen: processes.Listen) -> None:
    print(f"\n梯度演示已启动：{listen.address}（按 Ctrl-C 停止，再次运行会接着上次继续）\n", flush=True)
    if find_spec(PEOPLE):
        print(import_module(PEOPLE).table(), flush=True)


def clear(place: Home, found: Addresses) -> None:
    """Only ever called over a database that is marked as a demonstration."""
    with psycopg.connect(found.owner.conninfo(), autocommit=True) as connection:
        connection.execute("DROP OWNED BY CURRENT_USER")
    ensure_database(found)
    shutil.rmtree(place.files, ignore_errors=True)


@contextmanager
def alone(place: Home) -> Iterator[None]:
    place.path.mkdir(mode=0o755, parents=True, exist_ok=True)
    with (place.path / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"演示已在运行（{place.path}）")
        yield


def is_free(listen: processes.Listen) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((listen.host, listen.port))
        except OSError:
            return False
    return True


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tidu demo")
    parser.add_argument("--fresh", action="store_true", help="清空演示数据，从头开始")
    parser.add_argument("--port", type=int, default=8000)
    return parser.parse_args(arguments)
