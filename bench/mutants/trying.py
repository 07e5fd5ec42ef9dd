"""Trying mistakes inside one run of pytest: collected once, a fork for each mistake, nothing written to disk.

A mistake inside a function replaces the code of the live function in the fork, so that a try costs the tests
it needs to be noticed and no start of Python. A mistake outside of functions is imported afresh.
"""

import gc
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from inspect import signature
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest

from bench.mutants.forks import KILLED, in_a_fork
from bench.mutants.making import CODE, caches, live_functions, replace
from bench.mutants.sites import Mutant, mutated

NOT_REACHED, NOT_TRIED = "not_reached", "not_tried"
LINE = tuple[str, int]


class SameExamples:
    """A pytest plugin for property tests: the same examples each time, and few."""

    def pytest_collection(self) -> None:
        """The same examples in every try, and no search for the shortest one that fails."""
        from hypothesis import Phase, settings

        phases = (Phase.explicit, Phase.generate)
        settings.register_profile(
            "mutation", deadline=None, derandomize=True, database=None, max_examples=15, phases=phases
        )
        settings.load_profile("mutation")


class Tries(SameExamples):
    """A pytest plugin whose test loop runs the tests once as they are, then each mistake in a fork."""

    def __init__(
        self, paths: dict[str, Path], mutants: Sequence[Mutant], *, judging: frozenset[str], until: float,
        say: Callable[[Mutant, str, str], None],
    ) -> None:  # fmt: skip
        self._paths = paths
        self._mutants = mutants
        self._judging = judging
        self._until = until
        self._say = say
        self._reached: dict[int, set[CODE]] = defaultdict(set)
        self._lines: set[LINE] = set()
        self._left: dict[CodeType, set[LINE]] = {}
        self._seconds: dict[int, float] = {}
        self._kills: dict[str, Counter[int]] = defaultdict(Counter)
        self._caches: list[Any] = []
        self.seconds_as_is = 0.0

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._caches = caches()
        self._forget()
        began = time.process_time()
        self._as_is(session)
        self.seconds_as_is = time.process_time() - began
        live = live_functions(set(map(str, self._paths.values())))
        gc.freeze()
        for mutant in self._mutants:
            self._try(session.items, mutant, live)
        return True

    def _forget(self) -> None:
        """Empty the caches of the law, so that what stood in them is read again."""
        for one in self._caches:
            one.cache_clear()

    def _as_is(self, session: pytest.Session) -> None:
        """All tests on the code as it stands: what each takes, and what it reaches."""
        files = set(map(str, self._paths.values()))
        items = session.items
        failed: list[str] = []
        for place, item in enumerate(items):
            began = time.process_time()
            if not hasattr(item.obj, "hypothesis"):  # type: ignore[attr-defined]
                sys.settrace(self._tracer(files, self._reached[place]))
            try:
                is_good = _passes(item, items[place + 1] if place + 1 < len(items) else None)
            finally:
                sys.settrace(None)
            self._seconds[place] = time.process_time() - began
            failed += [] if is_good else [item.nodeid]
        if failed:
            raise pytest.UsageError(f"these fail before any mistake is made: {failed[:5]}")

    def _tracer(self, files: set[str], reached: set[CODE]) -> Callable[[FrameType, str, Any], Any]:
        lines = self._lines
        left = self._left

        def on_line(frame: FrameType, _event: str, _: Any) -> Any:
            lines.add((frame.f_code.co_filename, frame.f_lineno))
            return on_line

        def on_call(frame: FrameType, _event: str, _: Any) -> Any:
            code = frame.f_code
            if code.co_filename not in files:
                return None
            reached.add((code.co_filename, code.co_firstlineno))
            if code not in left:
                left[code] = {(code.co_filename, line) for _, _, line in code.co_lines() if line}
            left[code] -= lines
            return on_line if left[code] else None

        return on_call

    def _try(
        self, items: Sequence[pytest.Item], mutant: Mutant, live: dict[CODE, list[FunctionType]]
    ) -> None:
        path = str(self._paths[mutant.module])
        if time.monotonic() > self._until:
            self._say(mutant, NOT_TRIED, "")
            return
        if mutant.start and (path, mutant.line) not in self._lines:
            self._say(mutant, NOT_REACHED, "")
            return
        order = self._order(mutant, path)
        functions = live.get((path, mutant.start), [])
        limit = int(self.seconds_as_is) + 5
        result, killer = in_a_fork(lambda: self._noticed(items, order, mutant, functions), limit)
        if result == KILLED and killer is not None:
            self._kills[f"{mutant.module}.{mutant.function}"][killer] += 1
            self._kills[mutant.module][killer] += 1
        self._say(mutant, result, items[killer].name if killer is not None else "")

    def _order(self, mutant: Mutant, path: str) -> list[int]:
        """The tests that can notice it: first those that noticed others nearby, then the quickest."""
        if mutant.module in self._judging:
            places = [
                p for p in self._seconds if not self._reached[p] or (path, mutant.start) in self._reached[p]
            ]
        else:
            places = list(self._seconds)
        near, nearer = self._kills[mutant.module], self._kills[f"{mutant.module}.{mutant.function}"]
        return sorted(places, key=lambda place: (-nearer[place], -near[place], self._seconds[place]))

    def _noticed(
        self,
        items: Sequence[pytest.Item],
        order: Sequence[int],
        mutant: Mutant,
        functions: list[FunctionType],
    ) -> int | None:
        """The first test that fails with the mistake made; None if none does. Only in a fork."""
        replace(functions, mutated(self._paths[mutant.module], mutant.number), self._paths[mutant.module])
        if mutant.module not in self._judging:
            self._forget()
        for number, place in enumerate(order):
            after = items[order[number + 1]] if number + 1 < len(order) else items[place]
            if not _passes(items[place], after):
                return place
        return None


def _passes(item: pytest.Item, after: pytest.Item | None) -> bool:
    """Whether a test passes. One that asks for no fixture is called plainly: most of its time is pytest's."""
    if isinstance(item, pytest.Function):
        call = getattr(item, "callspec", None)
        given = call.params if call else {}
        if set(signature(item.obj).parameters) <= set(given):
            return pytest.CallInfo.from_call(lambda: item.obj(**given), "call").excinfo is None
    from _pytest.runner import runtestprotocol

    reports = runtestprotocol(item, log=False, nextitem=after)
    return not any(report.failed for report in reports)
