"""Which test reaches which statement: directly, or by the result of something that is computed once and kept.

Without it every test that loads a standard would have to be tried on every mistake in loading, with each
standard read again. With it a mistake costs the tests that reach its statement, and what was kept from before
is forgotten exactly where it came from that statement.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from typing import Any

from bench.mutants.probes import Place

_NOTHING = object()


class Run:
    """A test that ran, or how a kept result was computed: what it reached, and which results it used."""

    def __init__(
        self,
        results: Callable[[], dict[Any, Any]] = dict,
        key: Any = None,
        again: Callable[[], Any] | None = None,
    ) -> None:
        self.places: set[Place] = set()
        self.used: set[Run] = set()
        self.seconds = 0.0
        self._results = results
        self._key = key
        self._again = again
        self._before: Any = _NOTHING

    def forget(self) -> None:
        """Drop the result, so that it is computed again when next asked for."""
        self._before = self._results().pop(self._key, self._before)

    def may_differ(self, place: Place, known: dict["Run", bool]) -> bool:
        """Whether another statement at a place can be noticed in it, once what came from there is forgotten.

        A result that is computed again and equals the one before hides the place from all who use it.
        """
        if self not in known:
            if self._again is not None and self._before is not _NOTHING:
                known[self] = not self._is_same_again()
            else:
                known[self] = place in self.places or any(one.may_differ(place, known) for one in self.used)
        return known[self]

    def _is_same_again(self) -> bool:
        try:
            return self._again is not None and _equal(self._again(), self._before)
        except Exception:  # noqa: BLE001 - whatever the mistake brings about, it differs
            return False


def _equal(one: Any, other: Any) -> bool:
    """Like `==`, and of what knows no equality whether all its fields are equal."""
    if one == other:
        return True
    if type(one) is not type(other) or not is_dataclass(one) or type(one).__eq__ is not object.__eq__:
        return False
    return all(_equal(getattr(one, field.name), getattr(other, field.name)) for field in fields(one))


class Watch:
    """Notes who reaches what."""

    def __init__(self) -> None:
        self.imports = Run()
        self.is_on = True
        self._stack = [self.imports]

    def reached(self, place: Place) -> bool:
        """What a probe calls."""
        self._stack[-1].places.add(place)
        return False

    @contextmanager
    def during(self, run: Run) -> Iterator[None]:
        """What is reached now is reached by this run."""
        self._stack[-1].used.add(run)
        self._stack.append(run)
        began = time.process_time()
        try:
            yield
        finally:
            run.seconds = time.process_time() - began
            self._stack.pop()

    def uses(self, run: Run) -> None:
        """A result that was computed before is asked for."""
        if self.is_on:
            self._stack[-1].used.add(run)

    def so_far(self, run: Run) -> None:
        """A run has reached at most what the one that goes on has reached by now."""
        run.places |= self._stack[-1].places
        run.used |= self._stack[-1].used
        self.uses(run)


def everything_reached(runs: Iterable[Run]) -> dict[Run, frozenset[Place]]:
    """What each run reached itself or by the results it used."""
    found: dict[Run, frozenset[Place]] = {}

    def of(run: Run) -> frozenset[Place]:
        if run not in found:
            found[run] = frozenset()  # a run does not use itself
            found[run] = frozenset(run.places).union(*(of(used) for used in run.used))
        return found[run]

    for run in runs:
        of(run)
    return found
