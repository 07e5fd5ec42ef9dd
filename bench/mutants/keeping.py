"""Stands in for the decorators and tables by which the law keeps results, so that it is known who uses them.

Code with probes hands over what it imports (`probes.KEEPING`) and takes what it is given back.
"""

import functools
import weakref
from collections.abc import Callable
from typing import Any

from bench.mutants.watching import Run, Watch


class Keeper:
    """Every result that is kept, and how it was computed."""

    def __init__(self, watch: Watch) -> None:
        self.reached = watch.reached
        self._watch = watch
        self._computed: list[Run] = []
        self._properties: list[_Property] = []
        self._beside: list[_Beside] = []

    def kept(self) -> list[Run]:
        """How each result that is still kept was computed."""
        of_objects = [run for one in self._properties for run in one.runs()]
        return [*self._computed, *of_objects, *(run for one in self._beside for run in one.runs())]

    def stop(self) -> None:
        """Note nothing any more."""
        self._watch.is_on = False
        for one in self._properties:
            one.become_plain()

    def keeping_in_object(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Instead of `cached_property`, or what does the same."""

        def decorator(function: Callable[[Any], Any]) -> Any:
            self._properties.append(_Property(function, original, self._watch))
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

    def keeping_beside(self, original: object) -> type:
        """Instead of `WeakKeyDictionary`."""
        del original
        watch, tables = self._watch, self._beside

        class Table(_Beside):
            def __init__(self) -> None:
                super().__init__(watch)
                tables.append(self)

        return Table

    def _cached(self, function: Callable[..., Any]) -> Any:
        values: dict[Any, Any] = {}
        runs: dict[Any, Run] = {}

        @functools.wraps(function)
        def ask(*args: Any, **kwargs: Any) -> Any:
            key = (args, tuple(kwargs.items()))
            if key in values:
                if self._watch.is_on:
                    self._watch.uses(runs[key])
                return values[key]
            if not self._watch.is_on:
                values[key] = function(*args, **kwargs)
                return values[key]
            if key not in runs:
                runs[key] = Run(lambda: values, key, functools.partial(ask, *args, **kwargs))
                self._computed.append(runs[key])
            with self._watch.during(runs[key]):
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


class _Beside(weakref.WeakKeyDictionary[Any, Any]):
    """A table of what was found for objects as long as they live."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch
        self._run_of: weakref.WeakKeyDictionary[Any, Run] = weakref.WeakKeyDictionary()

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(key, value)
        if self._watch.is_on:
            self._run_of[key] = Run(lambda: vars(self)["data"], weakref.ref(key))
            self._watch.so_far(self._run_of[key])

    def get(self, key: Any, default: Any = None) -> Any:
        if key in self._run_of:
            self._watch.uses(self._run_of[key])
        return super().get(key, default)

    def runs(self) -> list[Run]:
        """How what is still kept was found."""
        return list(self._run_of.values())
