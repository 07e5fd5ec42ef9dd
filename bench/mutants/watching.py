"""Which test reaches which statement: directly, or by the result of something that is computed once and kept.

Without it every test that loads a standard would have to be tried on every mistake in loading, with each
standard read again. With it a mistake costs the tests that reach its statement, and what was kept from before
is forgotten exactly where it came from that statement.
"""

import functools
import time
import weakref
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
        self._before = self._results().pop(self._key, _NOTHING)

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
    """Notes who reaches what. Code with probes hands its decorators that keep results to it."""

    def __init__(self) -> None:
        self.imports = Run()
        self.is_on = True
        self._stack = [self.imports]
        self._computed: list[Run] = []
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
        if self.is_on:
            self._stack[-1].used.add(run)

    def kept(self) -> list[Run]:
        """How each result that is still kept was computed."""
        return [*self._computed, *(run for one in self._properties for run in one.runs())]

    def stop(self) -> None:
        """Note nothing any more."""
        self.is_on = False
        for one in self._properties:
            one.become_plain()

    def keeping_in_object(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Instead of `cached_property`, or what does the same."""

        def decorator(function: Callable[[Any], Any]) -> Any:
            self._properties.append(_Property(function, original, self))
            return self._properties[-1]

        return decorator

    def keeping_so_many(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Instead of `lru_cache`: what a run of tests asks for is never too much."""
        del original
        return lambda **_: self.keeping(functools.cache)

    def keeping(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Instead of `cache`."""
        del original
        return self._cached

    def _cached(self, function: Callable[..., Any]) -> Any:
        values: dict[Any, Any] = {}
        runs: dict[Any, Run] = {}

        @functools.wraps(function)
        def ask(*args: Any, **kwargs: Any) -> Any:
            key = (args, tuple(kwargs.items()))
            if key in values:
                if self.is_on:
                    self.uses(runs[key])
                return values[key]
            if not self.is_on:
                values[key] = function(*args, **kwargs)
                return values[key]
            if key not in runs:
                runs[key] = Run(lambda: values, key, functools.partial(ask, *args, **kwargs))
                self._computed.append(runs[key])
            with self.during(runs[key]):
                values[key] = function(*args, **kwargs)
            return values[key]

        ask.cache_clear = values.clear  # type: ignore[attr-defined]
        return ask


class _Property:
    """A value that is kept in its object, and asked for here each time so that it is known who uses it."""

    def __init__(
        self, function: Callable[[Any], Any], original: Callable[[Callable[[Any], Any]], Any], watch: Watch
    ) -> None:
        self.__doc__ = function.__doc__
        self._function = function
        self._original = original
        self._watch = watch
        self._runs: dict[int, tuple[weakref.ref[Any], Run]] = {}

    def __set_name__(self, owner: type, name: str) -> None:
        self._owner = owner
        self._name = name

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        found, number = instance.__dict__, id(instance)
        if self._name in found:
            if number in self._runs:
                self._watch.uses(self._runs[number][1])
            return found[self._name]
        held = weakref.ref(instance, lambda _: self._runs.pop(number, None))
        run = Run(lambda: vars(held()) if held() is not None else {}, self._name)
        self._runs[number] = (held, run)
        with self._watch.during(run):
            found[self._name] = self._function(instance)
        return found[self._name]

    def __set__(self, instance: Any, value: Any) -> None:
        raise AttributeError(self._name)

    def runs(self) -> list[Run]:
        """How the values that are still kept were found."""
        return [run for held, run in self._runs.values() if held() is not None]

    def become_plain(self) -> None:
        """The class has the original again, which finds the values that are kept."""
        plain = self._original(self._function)
        plain.__set_name__(self._owner, self._name)
        setattr(self._owner, self._name, plain)


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
