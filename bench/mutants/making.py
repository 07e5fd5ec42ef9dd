"""Making a mistake: in the live functions of this process, or in a module that is imported afresh."""

import ast
import functools
import gc
from collections import defaultdict
from collections.abc import Iterator, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from bench.mutants.sites import Mutant, mutated

CODE = tuple[str, int]
"""Which function: its file and its first line."""
_CACHED = type(functools.cache(len))


def live_functions(files: set[str]) -> dict[CODE, list[FunctionType]]:
    """Every function of these files that lives, by its file and first line."""
    found: dict[CODE, list[FunctionType]] = defaultdict(list)
    for one in gc.get_objects():
        if type(one) is FunctionType and one.__code__.co_filename in files:
            found[one.__code__.co_filename, one.__code__.co_firstlineno].append(one)
    return found


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def replace(functions: Sequence[FunctionType], tree: ast.Module, path: Path) -> None:
    """Give live functions the code that they have in another tree of their module."""
    codes = list(_codes(compile(tree, str(path), "exec")))
    for function in functions:
        old = function.__code__
        same = [
            c for c in codes if (c.co_qualname, c.co_firstlineno) == (old.co_qualname, old.co_firstlineno)
        ]
        function.__code__ = same[0]


def caches() -> list[Any]:
    """Every cache of the law."""
    return [one for one in gc.get_objects() if type(one) is _CACHED and one.__module__.startswith("tidu.")]


class Imported(MetaPathFinder):
    """Imports one module from a tree with a mistake in it; for mistakes outside of functions."""

    def __init__(self, mutant: Mutant, path: Path) -> None:
        self._mutant = mutant
        self._path = path

    def find_spec(
        self, fullname: str, path: Any = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self._mutant.module:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None:
            spec.loader = _Mistaken(fullname, str(self._path), self._mutant.number)
        return spec


class _Mistaken(SourceFileLoader):
    def __init__(self, fullname: str, path: str, number: int) -> None:
        super().__init__(fullname, path)
        self._number = number

    def get_code(self, fullname: str) -> CodeType:
        del fullname
        return compile(mutated(Path(self.path), self._number), self.path, "exec")
