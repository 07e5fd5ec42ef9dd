"""Trying mistakes inside one run of pytest: collected once, a fork for each mistake, nothing written to disk.

First all tests run once on code that says which statements it reaches (`probes`, `watching`, `keeping`).
Then each mistake meets only the tests that reach its statement, first those that noticed others nearby, then
the quickest, up to the first that fails. A mistake inside a function replaces the code of the live function
in the fork, so that a try costs these tests and no start of Python; one that works only while modules are
imported has them imported afresh.
"""

import builtins
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from inspect import signature
from pathlib import Path
from types import FunctionType
from typing import TypeVar

import pytest

from bench.mutants.forks import KILLED, Attempt, allow, in_forks
from bench.mutants.keeping import Keeper
from bench.mutants.making import Instead, Live, codes_of, live_functions, replace
from bench.mutants.probes import WATCH, Place, probed
from bench.mutants.sites import Mutant, mutated
from bench.mutants.watching import Run, Watch, everything_reached

NOT_REACHED, NOT_TRIED = "not_reached", "not_tried"
SLOWER, MORE_SECONDS = 20, 5
"""A test is endless if it takes so many times as long as without the mistake, and these seconds more."""
Say = Callable[[Mutant, str, str], None]
T = TypeVar("T")


class SameExamples:
    """A pytest plugin for property tests: the same examples each time, and few."""

    def pytest_collection(self) -> None:
        """The same examples in every try, and no search for the shortest one that fails."""
        from hypothesis import HealthCheck, Phase, settings

        settings.register_profile(
            "mutation", deadline=None, derandomize=True, database=None, max_examples=15,
            phases=(Phase.explicit, Phase.generate), suppress_health_check=tuple(HealthCheck),
        )  # fmt: skip
        settings.load_profile("mutation")


class Afresh(SameExamples):
    """A pytest plugin for one run with a mistake that is there from the start: the quickest tests first."""

    def __init__(self, seconds: dict[str, float]) -> None:
        self._seconds = seconds
        self.failed = ""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: self._seconds.get(item.nodeid, 0.0))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed = self.failed or (report.nodeid if report.failed else "")


class Tries(SameExamples):
    """A pytest plugin whose test loop runs the tests once as they are, then each mistake in a fork."""

    def __init__(
        self, paths: dict[str, Path], mutants: Sequence[Mutant], *, until: float, workers: int,
        run_afresh: Callable[[object], int], say: Say,
    ) -> None:  # fmt: skip
        self._paths = paths
        self._mutants = mutants
        self._until = until
        self._workers = workers
        self._run_afresh = run_afresh
        self._say = say
        self._watch = Watch()
        self._keeper = Keeper(self._watch)
        self._probing = Instead(paths, probed)
        self._tests: dict[int, Run] = {}
        self._kills: dict[str, Counter[str]] = defaultdict(Counter)
        self.seconds_as_is = 0.0
        self.failing: list[str] = []
        """What keeps mistakes from being tried: tests that fail without any, or an error here."""

    def watch(self) -> None:
        """Before anything of the package is imported: import it so that it says what it reaches."""
        setattr(builtins, WATCH, self._keeper)
        sys.meta_path.insert(0, self._probing)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        began = time.process_time()
        self._as_is(session.items)
        live = self._settle()
        self.seconds_as_is = time.process_time() - began
        self._kept = self._keeper.kept()
        everything = everything_reached([self._watch.imports, *self._kept, *self._tests.values()])
        self._at_import = everything[self._watch.imports]
        self._tests_at = by_place({place: everything[run] for place, run in self._tests.items()})
        self._kept_at = by_place({run: everything[run] for run in self._kept})
        for mutant, result, killer in in_forks(self._attempts(session.items, live), self._workers):
            if result == KILLED:
                self._kills[f"{mutant.module}.{mutant.function}"][killer] += 1
                self._kills[mutant.module][killer] += 1
            self._say(mutant, result, killer)
        return True

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        self.failing.append(str(excinfo.value))

    def _as_is(self, items: Sequence[pytest.Item]) -> None:
        """All tests on the code as it stands: what each takes, and what it reaches."""
        for place, item in enumerate(items):
            self._tests[place] = Run()
            with self._watch.during(self._tests[place]):
                is_good = passes(item)
            self.failing += [] if is_good else [item.nodeid]
        if self.failing:
            raise pytest.UsageError("some fail before any mistake is made")

    def _settle(self) -> Live:
        """The code as it is written again, without what watched it."""
        self._keeper.stop()
        sys.meta_path.remove(self._probing)
        live = live_functions(self._paths.values())
        by_file = {str(path): codes_of(mutated(path, None), path) for path in self._paths.values()}
        for (file, _), functions in live.items():
            replace(functions, by_file[file])
        return live

    def _attempts(self, items: Sequence[pytest.Item], live: Live) -> Iterator[tuple[Mutant, Attempt, int]]:
        """How to try each mistake that can be tried, while there is time."""
        most = 3 * int(self.seconds_as_is) + 30
        for mutant in self._mutants:
            if time.monotonic() > self._until:
                self._say(mutant, NOT_TRIED, "")
                continue
            order = self._order(items, mutant)
            functions = live.get((str(self._paths[mutant.module]), mutant.start), ())
            if order and functions:
                yield mutant, partial(self._in_functions, items, order, mutant, functions), most
            elif not mutant.start or mutant.place in self._at_import:
                yield mutant, partial(self._afresh, items, mutant), most
            else:
                self._say(mutant, NOT_REACHED, "")

    def _order(self, items: Sequence[pytest.Item], mutant: Mutant) -> list[int]:
        """The tests that reach it: first those that noticed others nearby, then the quickest."""
        near, nearer = self._kills[mutant.module], self._kills[f"{mutant.module}.{mutant.function}"]
        forgotten = set(self._kept_at.get(mutant.place, ()))

        def rank(place: int) -> tuple[float, ...]:
            run, name = self._tests[place], items[place].nodeid
            return (-nearer[name], -near[name], sum(one.seconds for one in run.used & forgotten), run.seconds)

        return sorted(self._tests_at.get(mutant.place, ()), key=rank)

    def _in_functions(
        self, items: Sequence[pytest.Item], order: Sequence[int], mutant: Mutant,
        functions: Sequence[FunctionType],
    ) -> str | None:  # fmt: skip
        """The first test that fails with the mistake made; None if none does. Only in a fork."""
        path = self._paths[mutant.module]
        for run in self._kept_at.get(mutant.place, ()):
            run.forget()
        if not replace(functions, codes_of(mutated(path, mutant.number), path)):
            for run in self._kept:
                run.forget()
        known: dict[Run, bool] = {}
        for place in order:
            allow(SLOWER * self._tests[place].seconds + MORE_SECONDS)
            if self._tests[place].may_differ(mutant.place, known) and not passes(items[place]):
                return items[place].nodeid
        return None

    def _afresh(self, items: Sequence[pytest.Item], mutant: Mutant) -> str | None:
        """The same for a mistake that works only while modules are imported."""
        for name in [name for name in sys.modules if name.split(".")[0] in ("tidu", "tests")]:
            del sys.modules[name]
        path = self._paths[mutant.module]
        mistaken = Instead({mutant.module: path}, lambda _, path: mutated(path, mutant.number))
        sys.meta_path.insert(0, mistaken)
        plugin = Afresh({items[place].nodeid: run.seconds for place, run in self._tests.items()})
        return None if self._run_afresh(plugin) == 0 else plugin.failed or "import"


def by_place(reached: Mapping[T, Collection[Place]]) -> dict[Place, list[T]]:
    """Who reaches each place."""
    found: dict[Place, list[T]] = defaultdict(list)
    for one, places in reached.items():
        for place in places:
            found[place].append(one)
    return found


def passes(item: pytest.Item) -> bool:
    """Whether a test passes. One that asks for no fixture is called plainly: most of its time is pytest's."""
    if isinstance(item, pytest.Function):
        call = getattr(item, "callspec", None)
        given = call.params if call else {}
        if set(signature(item.obj).parameters) <= set(given):
            return pytest.CallInfo.from_call(lambda: item.obj(**given), "call").excinfo is None
    from _pytest.runner import runtestprotocol

    reports = runtestprotocol(item, log=False, nextitem=None)
    return not any(report.failed for report in reports)
