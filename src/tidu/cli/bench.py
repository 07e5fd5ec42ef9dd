"""``./tidu bench NAME [--json] [--rounds N]``: one promise of speed, measured beside a peer or a limit.

Benchmarks stand in ``bench/`` beside the sources, not in the package: a server does not need them.
"""

import argparse
import fcntl
import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import tidu

ROOT = Path(tidu.__file__).resolve().parents[2]


def run(arguments: list[str]) -> int:
    options = parse(arguments)
    if not (ROOT / "bench" / f"{options.name}.py").exists():
        print(f"没有名为 {options.name} 的性能测试。可用：{'、'.join(names())}", file=sys.stderr)
        return 2
    place = bench_home()
    os.environ["TIDU_HOME"] = str(place)
    os.environ["TIDU_DEMONSTRATION"] = "1"
    sys.path.insert(0, str(ROOT))
    place.mkdir(parents=True, exist_ok=True)
    with (place / "bench.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("另一项性能测试正在运行，会相互影响，请等它结束。", file=sys.stderr)
            return 1
        found: dict[str, Any] = import_module(f"bench.{options.name}").measure(rounds=options.rounds)
    print(json.dumps(found, ensure_ascii=False, indent=2) if options.json else table(found))
    return 0


def bench_home() -> Path:
    """A home of its own, so that no demonstration and no test is in the way; one benchmark at a time."""
    if os.geteuid() == 0:
        return Path("/var/cache/tidu/bench")
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser().absolute() / "tidu" / "bench"


def names() -> list[str]:
    """The benchmarks there are."""
    return sorted(path.stem for path in (ROOT / "bench").glob("[a-z]*.py"))


def table(found: dict[str, Any]) -> str:
    """The same figures as lines a person reads."""
    lines = [found["title"], found["machine"]]
    lines += ["  " + "  ".join(f"{key}={value}" for key, value in row.items()) for row in found["rows"]]
    return "\n".join([*lines, *found.get("notes", ())])


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tidu bench")
    parser.add_argument("name", help="、".join(names()))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=9)
    return parser.parse_args(arguments)
