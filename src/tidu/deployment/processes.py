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

import structlog

log = structlog.get_logger(__name__)

GRACE = 10.0
"""Seconds a process may take to finish what it is doing."""
START_WITHIN = 30.0
"""Seconds the web server may take to start."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds before a process that ended is started again."""
LASTING = 60.0
"""Seconds after which a process counts as having come up well."""
LOOK_EVERY = 0.2


class NotServing(Exception):
    """The web server or the worker does not come up."""


@dataclass(frozen=True)
class Listen:
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = min(4, os.cpu_count() or 1)
    threads: int = min(8, 2 * (os.cpu_count() or 1) + 1)

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"


@dataclass
class Process:
    """One of ours, started again when it ends by itself (the worker does when the database stays away)."""

    name: str
    command: Sequence[str]
    environ: Mapping[str, str]
    pause: float = FIRST_PAUSE
    due: float | None = None

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        self.running = subprocess.Popen(self.command, env=self.environ, start_new_session=True)
        self.started, self.due = time.monotonic(), None

    def has_ended(self) -> bool:
        return self.running.poll() is not None

    def keep_alive(self) -> None:
        """To be called again and again: starts it anew after a pause that doubles while it does not last."""
        if not self.has_ended():
            return
        now = time.monotonic()
        if self.due is None:
            lasted = now - self.started > LASTING
            self.pause = FIRST_PAUSE if lasted else min(2 * self.pause, LONGEST_PAUSE)
            self.due = now + self.pause
            log.error("process ended", process=self.name, code=self.running.returncode, pause=self.pause)
        if now >= self.due:
            self.start()

    def finish(self) -> None:
        try:
            self.running.wait(timeout=GRACE)
        except subprocess.TimeoutExpired:
            self.running.kill()
            self.running.wait()


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
    return [sys.executable, "-m", "tidu.deployment.worker"]


@contextmanager
def web_and_worker(listen: Listen, environ: Mapping[str, str]) -> Iterator[list[Process]]:
    """Both run while the block does, and are asked to finish when it ends."""
    variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "tidu.deployment.settings", **environ}
    processes = [
        Process("web", web_command(listen), variables),
        Process("worker", worker_command(), variables),
    ]
    try:
        yield processes
    finally:
        for process in processes:
            process.running.terminate()
        for process in processes:
            process.finish()


def serve(listen: Listen, *, when_ready: Callable[[], None], tend: Callable[[], None] = lambda: None) -> int:
    """Serves until a signal comes. ``tend`` is called again and again, to look after what lies below."""
    told: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _frame: told.append(received))
    with web_and_worker(listen, {}) as processes:
        wait_until_it_answers(listen, processes)
        when_ready()
        while not told:
            tend()
            for process in processes:
                process.keep_alive()
            time.sleep(LOOK_EVERY)
    return 0


def wait_until_it_answers(listen: Listen, processes: Sequence[Process] = ()) -> None:
    """Raises when the web server does not listen in time, at once when one of the processes has ended."""
    deadline = time.monotonic() + START_WITHIN
    while time.monotonic() < deadline and not any(process.has_ended() for process in processes):
        with suppress(OSError), socket.create_connection((listen.host, listen.port), timeout=1):
            return
        time.sleep(0.05)
    raise NotServing(f"{listen.address} 没有应答，原因见上方日志")
