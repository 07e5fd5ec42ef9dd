"""Attempts in forks, some at a time, each with an end to its time and its memory."""

import os
import resource
import select
import signal
import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

KILLED, SURVIVED, TIMED_OUT = "killed", "survived", "timed_out"
MOST_MEMORY = 4 << 30
"""Bytes of address space for one try: a loop that only grows ends as a failure."""
BROKEN = 3
"""The status of a fork that could not make its attempt."""
Attempt = Callable[[], str | None]
"""What a fork does: the name of the test that failed, None if all passed."""
T = TypeVar("T")


def in_forks(attempts: Iterable[tuple[T, Attempt, int]], workers: int) -> Iterator[tuple[T, str, str]]:
    """What became of each attempt, and which test failed; the next one is asked for when a worker is free.

    The number beside an attempt is the processor time it may take, in seconds.
    """
    running: dict[int, tuple[T, int]] = {}
    for about, attempt, cpu_seconds in attempts:
        reading, child = _begun(attempt, cpu_seconds)
        running[reading] = (about, child)
        while len(running) >= workers:
            yield _ended(running)
    while running:
        yield _ended(running)


def allow(seconds: float) -> None:
    """End this fork as endless if it takes that much more processor time."""
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)


def _begun(attempt: Attempt, cpu_seconds: int) -> tuple[int, int]:
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return reading, child
    os.close(reading)
    status = BROKEN
    try:
        _alone(cpu_seconds)
        killer = attempt()
        allow(0)
        os.write(writing, (killer or "").encode())
        status = 0 if killer is None else 1
    except BaseException:  # noqa: BLE001 - whatever it is, the fork ends here and says so
        os.write(writing, traceback.format_exc()[-2000:].encode())
    finally:
        os._exit(status)


def _ended(running: dict[int, tuple[T, int]]) -> tuple[T, str, str]:
    """The next one that ends."""
    reading = select.select(list(running), [], [])[0][0]
    about, child = running.pop(reading)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        endless = (signal.SIGXCPU, signal.SIGKILL, signal.SIGVTALRM)
        return about, TIMED_OUT if os.WTERMSIG(status) in endless else KILLED, ""
    if os.WEXITSTATUS(status) == BROKEN:
        raise RuntimeError(f"{about} could not be tried: {said}")
    return about, KILLED if os.WEXITSTATUS(status) else SURVIVED, said


def _alone(cpu_seconds: int) -> None:
    """A child that says nothing and cannot run or grow for ever."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
