"""The sandbox's own process: ``python -m tidu.files.sandbox DOOR``, a socket handed down by who starts it.

It has everything imported and waits. Each request comes with a pipe for the answer and is worked on in a
child that is confined before it opens anything and ends with its task. Between the two stands a guard that
sees how the worker ended and says so in the last octet of the answer.
"""

import json
import os
import resource
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tidu.files.sandbox.inspection import inspect_file
from tidu.files.sandbox.pictures import draw
from tidu.files.sandbox.terms import DONE, FAILED, LONGEST_REQUEST, SECONDS, TOO_MUCH, Rules
from tidu.law.refusals import Refused

MEMORY = 1536 * 1024 * 1024
PROCESSOR_SECONDS = 25


def serve(door: socket.socket) -> None:
    """Until whoever started us closes the other end of the door."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        request, answers, _, _ = socket.recv_fds(door, LONGEST_REQUEST, 1)
        if not request:
            return
        if os.fork() == 0:
            door.close()
            guard(request, answers[0])
        os.close(answers[0])
        door.send(b".")


def guard(request: bytes, answer: int) -> None:
    """Lets a worker answer, and adds how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    worker = os.fork()
    if worker == 0:
        os._exit(work(request, answer))
    _, status = os.waitpid(worker, 0)
    ended = os.waitstatus_to_exitcode(status)
    out_of_bounds = {-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL}
    os.write(answer, DONE if ended == 0 else TOO_MUCH if ended in out_of_bounds else FAILED)
    os._exit(0)


def work(request: bytes, answer: int) -> int:
    confine()
    try:
        task, arguments = json.loads(request)
        with os.fdopen(answer, "wb") as output:
            output.write(TASKS[task](**arguments))
    except BaseException:  # noqa: BLE001 (whatever it was, this process ends with it)
        traceback.print_exc()
        return 1
    return 0


def confine() -> None:
    """Before anything is opened: little memory, little time, no file may be written, no core dumped."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    signal.alarm(SECONDS)


def inspect(path: str, name: str, rules: dict[str, Any]) -> bytes:
    answer: dict[str, Any]
    try:
        answer = asdict(inspect_file(Path(path), name, Rules(**rules)))
    except Refused as refused:
        answer = {"refused": refused.code, "values": refused.values}
    return json.dumps(answer).encode()


def picture(path: str, kind: str, page: int, width: int) -> bytes:
    return draw(Path(path), kind, page, width)


TASKS: dict[str, Callable[..., bytes]] = {"inspect": inspect, "picture": picture}

if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
