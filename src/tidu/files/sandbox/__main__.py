"""The sandbox itself: ``python -m tidu.files.sandbox inspect|picture {json}``."""

import json
import resource
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tidu.law.refusals import Refused

MEMORY = 1536 * 1024 * 1024
PROCESSOR_SECONDS = 25


def confine() -> None:
    """Before anything is opened: little memory, little time, no file may be written, no core dumped."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))


def inspect(path: str, name: str, rules: dict[str, Any]) -> bytes:
    from tidu.files.sandbox.inspection import inspect_file  # noqa: PLC0415
    from tidu.files.sandbox.terms import Rules  # noqa: PLC0415

    answer: dict[str, Any]
    try:
        answer = asdict(inspect_file(Path(path), name, Rules(**rules)))
    except Refused as refused:
        answer = {"refused": refused.code, "values": refused.values}
    return json.dumps(answer).encode()


def picture(path: str, kind: str, page: int, width: int) -> bytes:
    from tidu.files.sandbox.pictures import draw  # noqa: PLC0415

    return draw(Path(path), kind, page, width)


if __name__ == "__main__":
    confine()
    tasks: dict[str, Callable[..., bytes]] = {"inspect": inspect, "picture": picture}
    sys.stdout.buffer.write(tasks[sys.argv[1]](**json.loads(sys.argv[2])))
