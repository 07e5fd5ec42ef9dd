"""An attribute that is found once: `cached_property` without the lock that it takes before Python 3.12.

The lock costs more than most of what is found. Two threads may find the same thing twice; they find it equal.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class found_once(Generic[T]):  # noqa: N801 - a decorator, named as one
    """The method's value, kept in the object from the first time that it is read."""

    def __init__(self, find: Callable[[Any], T]) -> None:
        self._find = find
        self.__doc__ = find.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> "found_once[T]": ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> "found_once[T] | T":
        if instance is None:
            return self
        found = instance.__dict__[self._name] = self._find(instance)
        return found
