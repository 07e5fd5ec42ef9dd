"""Starts the sandbox and reads its answer."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import structlog

from tidu.files.sandbox.terms import Inspected, Rules
from tidu.law.refusals import Refused

SECONDS = 40
"""By the clock; the sandbox limits its own use of the processor further."""

TOO_MUCH = {-9, -24}
"""Ended by SIGKILL (no memory left) or SIGXCPU (no time left)."""

log = structlog.get_logger(__name__)


def inspect(path: Path, *, name: str, rules: Rules) -> Inspected:
    """Opens a file by its content. Raises Refused for whatever makes it unacceptable."""
    answer = json.loads(_run("inspect", name, {"path": str(path), "name": name, "rules": asdict(rules)}))
    if "refused" in answer:
        raise Refused(answer["refused"], field="file", **answer["values"])
    return Inspected(kind=answer["kind"], pages=answer["pages"])


def picture(path: Path, *, name: str, kind: str, page: int, width: int) -> bytes:
    """A page of a PDF, or an image, as a PNG of the given width in pixels. Raises Refused."""
    return _run("picture", name, {"path": str(path), "kind": kind, "page": page, "width": width})


def _run(task: str, name: str, arguments: dict[str, Any]) -> bytes:
    try:
        done = _run_python(["-m", "tidu.files.sandbox", task, json.dumps(arguments)])
    except subprocess.TimeoutExpired as error:
        raise Refused("file_too_complex", field="file", name=name) from error
    if done.returncode == 0:
        return done.stdout
    complaint = done.stderr[-2000:].decode(errors="replace")
    log.warning("sandbox failed", task=task, status=done.returncode, error=complaint)
    code = "file_too_complex" if done.returncode in TOO_MUCH else "file_damaged"
    raise Refused(code, field="file", name=name)


def _run_python(arguments: list[str]) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-P", "-s", *arguments]
    return subprocess.run(command, env=_environment(), capture_output=True, timeout=SECONDS, check=False)


def _environment() -> Mapping[str, str]:
    """No secrets of ours: only where Python finds its modules."""
    return {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
