"""Mutation testing of the code that decides verdicts: does some test notice each small mistake in it?

Not a speed but a measure of the tests. 30 minutes at most, one process a core; mistakes are tried in an order
that a seed shuffles, so that a run which is cut off is a fair sample. Nothing is written to the sources: a
mistake lives in a fork (`bench/mutants`). Survivors that change no verdict are listed, each with the reason,
in `bench/mutants/equivalent.toml`; the others are printed. Every try is a line of `mutation.jsonl` in the
benchmarks' home. TIDU_MUTATION_MINUTES shortens the run, TIDU_MUTATION_WORKERS gives it fewer processes,
TIDU_MUTATION_ONLY (parts of modules' names, between commas) narrows it.
"""

import json
import os
import random
import time
import tomllib
from collections import Counter, defaultdict
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

import tidu
from bench.mutants.forks import KILLED, SURVIVED, TIMED_OUT
from bench.mutants.sites import Mutant, mutants_of
from bench.mutants.trying import NOT_REACHED, NOT_TRIED, Tries
from tidu.cli.bench import bench_home

SEED = 300
MINUTES = 30
ROOT = Path(tidu.__file__).resolve().parents[2]
LAW = Path(tidu.__file__).resolve().parent / "law"
DECIDING = (
    "amounts", "calendars", "derivation", "expressions", "facts.definitions", "facts.reading", "facts.values",
    "facts.vocabulary", "firm", "industries", "sizes", "standards.bands", "standards.bodies",
    "standards.choosing", "standards.definition", "standards.judging", "standards.overlays",
    "standards.reading", "standards.standard",
)  # fmt: skip
"""What decides a verdict: the rule language, facts, loading, deriving, size classes, terms, judging."""
ELSEWHERE = ("backends", "drafting")
"""Engines of columns are held to the interpreter by unit/law_backends; drafts are tested with a database."""
TESTS = ("unit/law", "unit/law_notices", "unit/cli/test_check.py", "unit/cli/test_odd_tables.py")
BY_PROCESSES = "tests/unit/cli/test_check.py::test_several_processes_say_the_same_in_the_same_order"
"""Starts processes of its own, in which no mistake is made."""
OF_BACKENDS = ("bits_of_multiples", "derive")
"""What only the engines of columns ask; tests/unit/law_backends holds them to the interpreter."""


def measure(*, rounds: int) -> dict[str, Any]:
    """Each module with its mistakes: tried, noticed, survived, endless, never reached."""
    del rounds
    began, minutes = time.monotonic(), float(os.environ.get("TIDU_MUTATION_MINUTES", MINUTES))
    paths = _modules()
    mutants = _mutants(paths)
    results: dict[Mutant, str] = {}
    bench_home().mkdir(parents=True, exist_ok=True)
    log = (bench_home() / "mutation.jsonl").open("w", encoding="utf-8")

    def say(mutant: Mutant, result: str, killer: str) -> None:
        results[mutant] = result
        line = {**vars(mutant), "result": result, "killer": killer, "at": round(time.monotonic() - began, 1)}
        print(json.dumps(line, ensure_ascii=False), file=log, flush=True)

    tries = Tries(
        paths, mutants, until=began + 60 * minutes, workers=_workers(), run_afresh=_pytest, say=say
    )  # fmt: skip
    tries.watch()
    code = _pytest(tries)
    log.close()
    if len(results) < len(mutants):
        raise SystemExit(f"the tests do not run as they are: pytest says {code}, {tries.failing[:5]}")
    return _report(results, time.monotonic() - began, minutes)


def _modules() -> dict[str, Path]:
    """Every module of the law that this measures, with its file."""
    found = {
        ".".join(path.relative_to(LAW).with_suffix("").parts): path for path in sorted(LAW.rglob("*.py"))
    }
    return {
        f"tidu.law.{name}": path
        for name, path in found.items()
        if path.stem != "__init__" and name.split(".")[0] not in ELSEWHERE
    }


def _decides(module: str) -> bool:
    return f"{module}.".startswith(tuple(f"tidu.law.{name}." for name in DECIDING))


def _mutants(paths: dict[str, Path]) -> list[Mutant]:
    """All mistakes, shuffled by the seed; what decides a verdict first, what changes nothing last."""
    only = os.environ.get("TIDU_MUTATION_ONLY", "").split(",")
    found = [
        one
        for module, path in paths.items()
        if any(part in module for part in only)
        for one in mutants_of(module, path)
        if one.function not in OF_BACKENDS
    ]
    random.Random(SEED).shuffle(found)  # noqa: S311 - an order, not a secret
    known = _known()
    return sorted(found, key=lambda one: (one.key in known, not _decides(one.module)))


def _workers() -> int:
    return int(os.environ.get("TIDU_MUTATION_WORKERS") or os.cpu_count() or 1)


def _pytest(plugin: object) -> int:
    """The tests of the law alone: no settings of other tests, no plugins but this."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    options = ["-x", "-q", "-p", "no:cacheprovider", "--noconftest", "--import-mode=importlib"]
    options += ["--deselect", BY_PROCESSES]
    places = ["-c", os.devnull, "--rootdir", str(ROOT), *(str(ROOT / "tests" / name) for name in TESTS)]
    with redirect_stdout(StringIO()):
        return int(pytest.main([*options, "-W", "error", *places], plugins=[plugin]))


def _report(results: dict[Mutant, str], seconds: float, minutes: float) -> dict[str, Any]:
    known = _known()
    per_module: dict[str, Counter[str]] = defaultdict(Counter)
    left: list[str] = []
    for mutant, result in results.items():
        is_known = result in (SURVIVED, NOT_REACHED) and mutant.key in known
        found = "equivalent" if is_known else result
        per_module[mutant.module][found] += 1
        if found in (SURVIVED, NOT_REACHED):
            left.append(
                f"{found} {mutant.module}:{mutant.line} {mutant.function}: {mutant.before}  →  {mutant.after}"
            )
    deciding = [counts for module, counts in per_module.items() if _decides(module)]
    return {
        "title": f"law/ 变异测试：种子 {SEED}，上限 {minutes:g} 分钟，用时 {seconds / 60:.1f} 分钟",
        "machine": f"{os.cpu_count()} 核，{_workers()} 个进程，15分钟平均负载 {os.getloadavg()[2]:.1f}",
        "rows": [
            *(_row(name.removeprefix("tidu.law."), counts) for name, counts in sorted(per_module.items())),
            _row("决定结论的", sum(deciding, Counter())),
            _row("合计", sum(per_module.values(), Counter())),
        ],
        "notes": sorted(left),
    }


def _known() -> set[tuple[str, ...]]:
    """The survivors that were looked at and change no verdict."""
    entries = tomllib.loads((ROOT / "bench" / "mutants" / "equivalent.toml").read_text("utf-8")).get(
        "mutant", ()
    )
    return {tuple(e[name] for name in ("module", "function", "source", "before", "after")) for e in entries}


def _row(name: str, counts: Counter[str]) -> dict[str, Any]:
    """`score`: of the mistakes that were tried and can change something, the share that a test noticed."""
    noticed = counts[KILLED] + counts[TIMED_OUT]
    counted = noticed + counts[SURVIVED] + counts[NOT_REACHED]
    return {
        "module": name,
        "mutants": sum(counts.values()),
        "tried": sum(counts.values()) - counts[NOT_TRIED],
        "killed": counts[KILLED],
        "timed_out": counts[TIMED_OUT],
        "survived": counts[SURVIVED],
        "equivalent": counts["equivalent"],
        "not_reached": counts[NOT_REACHED],
        "score": round(noticed / counted, 4) if counted else None,
    }
