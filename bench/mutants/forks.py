"""One attempt in a fork, with an end to its time and its memory."""

import os
import resource
import signal
from collections.abc import Callable

KILLED, SURVIVED, TIMED_OUT = "killed", "survived", "timed_out"
MOST_MEMORY = 4 << 30
"""Bytes of address space for one try: a loop that only grows ends as a failure."""


def in_a_fork(attempt: Callable[[], int | None], cpu_seconds: int) -> tuple[str, int | None]:
    """What became of an attempt in a fork: the number of the test that failed, or none, or no end."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        status = 2
        try:
            _alone(cpu_seconds)
            place = attempt()
            os.write(writing, b"" if place is None else str(place).encode())
            status = 0 if place is None else 1
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return (TIMED_OUT if os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL) else KILLED), None
    if os.WEXITSTATUS(status) == 0:
        return SURVIVED, None
    return KILLED, int(said) if said else None


def _alone(cpu_seconds: int) -> None:
    """A child that says nothing and cannot run or grow for ever."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
