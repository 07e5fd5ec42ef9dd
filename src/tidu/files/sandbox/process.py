"""Hands files to the sandbox and reads its answers.

The sandbox's process is started with the first file and kept: its imports take a quarter of a second, a task
a few milliseconds. It ends when ours does, and is started anew if it has died.
"""

import atexit
import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from threading import Lock
from typing import Any

from tidu.files.sandbox.terms import DONE, TOO_MUCH, Inspected, Rules
from tidu.law.refusals import Refused


def inspect(path: Path, *, name: str, rules: Rules) -> Inspected:
    """Opens a file by its content. Raises Refused for whatever makes it unacceptable."""
    answer = json.loads(_ask("inspect", name, {"path": str(path), "name": name, "rules": asdict(rules)}))
    if "refused" in answer:
        raise Refused(answer["refused"], field="file", **answer["values"])
    return Inspected(kind=answer["kind"], pages=answer["pages"])


def picture(path: Path, *, name: str, kind: str, page: int, width: int) -> bytes:
    """A page of a PDF, or an image, as a PNG of the given width in pixels. Raises Refused."""
    return _ask("picture", name, {"path": str(path), "kind": kind, "page": page, "width": width})


def _ask(task: str, name: str, arguments: dict[str, Any]) -> bytes:
    answer = _sandbox.ask(json.dumps([task, arguments]).encode())
    if answer[-1:] == DONE:
        return answer[:-1]
    code = "file_too_complex" if answer[-1:] == TOO_MUCH else "file_damaged"
    raise Refused(code, field="file", name=name)


class _Sandbox:
    """The process, shared by the threads of ours; a fork of ours starts its own."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._door: socket.socket | None = None
        self._owner = 0
        atexit.register(self.close)

    def ask(self, request: bytes) -> bytes:
        reading, writing = os.pipe()
        with os.fdopen(reading, "rb") as answer:
            try:
                with self._lock:
                    self._hand_over(request, writing)
            finally:
                os.close(writing)
            return answer.read()

    def close(self) -> None:
        if self._process is not None and self._door is not None and self._owner == os.getpid():
            self._door.close()
            self._process.wait()
        self._process = self._door = None

    def _hand_over(self, request: bytes, answer: int) -> None:
        try:
            self._send(self._open_door(), request, answer)
        except OSError:
            self.close()
            self._send(self._open_door(), request, answer)

    def _send(self, door: socket.socket, request: bytes, answer: int) -> None:
        socket.send_fds(door, [request], [answer])
        if not door.recv(1):
            raise BrokenPipeError("the sandbox has died")

    def _open_door(self) -> socket.socket:
        if self._door is None or self._owner != os.getpid():
            ours, theirs = socket.socketpair()
            with theirs:
                command = [sys.executable, "-P", "-s", "-m", "tidu.files.sandbox", str(theirs.fileno())]
                self._process = subprocess.Popen(command, env=environment(), pass_fds=[theirs.fileno()])
            self._door, self._owner = ours, os.getpid()
        return self._door


def environment() -> Mapping[str, str]:
    """No secrets of ours: only where Python finds its modules.

    The process is the same user's as ours, so it could read the files of `secrets/`: see docs/security.md.
    """
    return {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LANG": "C.UTF-8", "PYTHONUTF8": "1"}


_sandbox = _Sandbox()
