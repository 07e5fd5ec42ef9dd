"""The processes of a running installation: the web server and the worker, watched by a supervisor."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

GRACE = 10.0
"""Seconds a process may take to finish what it is doing."""
START_WITHIN = 30.0
"""Seconds the web server may take to start."""


class NotServing(Exception):
    """The web server or the worker did not come up."""


@dataclass(frozen=True)
class Listen:
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    threads: int = 8

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"


def web_command(listen: Listen) -> list[str]:
    return [
        sys.executable, "-m", "granian",
        "--interface", "wsgi",
        "--host", listen.host,
        "--port", str(listen.port),
        "--workers", str(listen.workers),
        "--blocking-threads", str(listen.threads),
        "--no-ws",
        "--log-level", "warning",
        "tidu.deployment.wsgi:application",
    ]  # fmt: skip


def worker_command() -> list[str]:
    return [sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", "2"]


@contextmanager
def web_and_worker(listen: Listen, environ: Mapping[str, str]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Both run while the block does, and are asked to finish when it ends."""
    variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "tidu.deployment.settings", **environ}
    children = [
        subprocess.Popen(command, env=variables, start_new_session=True)
        for command in (web_command(listen), worker_command())
    ]
    try:
        yield children
    finally:
        for child in children:
            child.terminate()
        for child in children:
            finish(child)


def finish(child: subprocess.Popen[bytes]) -> None:
    try:
        child.wait(timeout=GRACE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def serve(listen: Listen, environ: Mapping[str, str], when_ready: Callable[[], None]) -> int:
    """Serves until a signal comes (0) or one of the processes ends by itself (its code)."""
    told: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _frame: told.append(received))
    with web_and_worker(listen, environ) as children:
        wait_until_it_answers(listen, children)
        when_ready()
        while not told:
            for child in children:
                if child.poll() is not None:
                    return child.returncode or 1
            time.sleep(0.2)
    return 0


def wait_until_it_answers(listen: Listen, children: Sequence[subprocess.Popen[bytes]] = ()) -> None:
    """Raises when the web server does not listen in time, at once when one of the processes has ended."""
    deadline = time.monotonic() + START_WITHIN
    while time.monotonic() < deadline and all(child.poll() is None for child in children):
        with suppress(OSError), socket.create_connection((listen.host, listen.port), timeout=1):
            return
        time.sleep(0.05)
    raise NotServing(f"{listen.address} 没有应答，原因见上方日志")
