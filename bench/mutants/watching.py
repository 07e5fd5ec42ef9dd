"""Which test reaches which statement: directly, or by the result of something that is computed once and kept.

Without it every test that loads a standard would have to be tried on every mistake in loading, with each
standard read again. With it a mistake costs the tests that reach its statement, and what was kept from before
is forgotten exactly where it came from that statement.
"""

import functools
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from bench.mutants.probes import Place

_NOTHING = object()


class Run:
    """A test that ran, or how a kept result was computed: what it reached, and which results it used."""

    def __init__(
        self, results: dict[Any, Any] | None = None, key: Any = None, again: Callable[[], Any] | None = None
    ) -> None:
        self.places: set[Place] = set()
        self.used: set[Run] = set()
        self.seconds = 0.0
        self._results: dict[Any, Any] = {} if results is None else results
        self._key = key
        self._again = again
        self._before: Any = _NOTHING

    def forget(self) -> None:
        """Drop the result, so that it is computed again when next asked for."""
        self._before = self._results.pop(self._key, _NOTHING)

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
            return self._again is not None and bool(self._again() == self._before)
        except Exception:  # noqa: BLE001 - whatever the mistake brings about, it differs
            return False


class Watch:
    """Notes who reaches what. Code with probes has its caches from here instead of from `functools`."""

    def __init__(self) -> None:
        self.kept: list[Run] = []
        self.imports = Run()
        self._stack = [self.imports]
        self._is_on = True
        self._properties: list[_Property] = []

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
        if self._is_on:
            self._stack[-1].used.add(run)

    def computing(self, results: dict[Any, Any], key: Any, again: Callable[[], Any] | None = None) -> Run:
        """A run whose result is kept."""
        self.kept.append(Run(results, key, again))
        return self.kept[-1]

    def cached_property(self, function: Callable[[Any], Any]) -> Any:
        """Like that of `functools`."""
        self._properties.append(_Property(function, self))
        return self._properties[-1]

    def stop(self) -> None:
        """Note nothing any more."""
        self._is_on = False
        for one in self._properties:
            one.become_plain()

    def cache(self, function: Callable[..., Any]) -> Any:
        """Like that of `functools`."""
        values: dict[Any, Any] = {}
        runs: dict[Any, Run] = {}

        @functools.wraps(function)
        def ask(*args: Any, **kwargs: Any) -> Any:
            key = (args, tuple(kwargs.items()))
            if key in values:
                if self._is_on:
                    self.uses(runs[key])
                return values[key]
            if not self._is_on:
                values[key] = function(*args, **kwargs)
                return values[key]
            if key not in runs:
                runs[key] = self.computing(values, key, functools.partial(ask, *args, **kwargs))
            with self.during(runs[key]):
                values[key] = function(*args, **kwargs)
            return values[key]

        ask.cache_clear = values.clear  # type: ignore[attr-defined]
        return ask


class _Property(functools.cached_property[Any]):
    """A `cached_property` that is asked each time, so that it knows who uses it."""

    def __init__(self, function: Callable[[Any], Any], watch: Watch) -> None:
        super().__init__(function)
        self._watch = watch
        self._runs: dict[int, tuple[Any, Run]] = {}
        self._owner: type | None = None

    def __set_name__(self, owner: type, name: str) -> None:
        super().__set_name__(owner, name)
        self._owner = owner

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        name = self.attrname or ""
        found = instance.__dict__
        if name in found:
            if id(instance) in self._runs:
                self._watch.uses(self._runs[id(instance)][1])
            return found[name]
        run = self._watch.computing(found, name)
        self._runs[id(instance)] = (instance, run)
        with self._watch.during(run):
            found[name] = self.func(instance)
        return found[name]

    def __set__(self, instance: Any, value: Any) -> None:
        raise AttributeError(self.attrname)

    def become_plain(self) -> None:
        """The class has an ordinary one again, which finds the values that are kept."""
        if self._owner is not None and self.attrname is not None:
            plain = functools.cached_property(self.func)
            plain.__set_name__(self._owner, self.attrname)
            setattr(self._owner, self.attrname, plain)


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
