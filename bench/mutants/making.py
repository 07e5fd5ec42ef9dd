"""Making a mistake: in the live functions of this process, or in a module that is imported afresh."""

import ast
import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from bench.mutants.sites import SCOPES, first_line

Live = Mapping[tuple[str, int], Sequence[FunctionType]]
"""The functions that live in or are the one that begins on a line of a file."""


def live_functions(paths: Iterable[Path]) -> Live:
    """Every function of these files that lives, by its file and where the outermost one around it begins."""
    outermost = {str(path): list(_outermost(ast.parse(path.read_text(encoding="utf-8")))) for path in paths}
    found: dict[tuple[str, int], list[FunctionType]] = defaultdict(list)
    gc.unfreeze()
    gc.collect()
    for one in gc.get_objects():
        if type(one) is not FunctionType or one.__code__.co_filename not in outermost:
            continue
        file, line = one.__code__.co_filename, one.__code__.co_firstlineno
        for start in {first for first, last in outermost[file] if first <= line <= last}:
            found[file, start].append(one)
    gc.freeze()
    return found


def _outermost(node: ast.AST) -> Iterator[tuple[int, int]]:
    """The first and last lines of the functions that stand in no other."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, SCOPES):
            yield first_line(child), child.end_lineno or child.lineno
        else:
            yield from _outermost(child)


def codes_of(tree: ast.Module, path: Path) -> dict[tuple[str, int], list[CodeType]]:
    """The code of each function of a module, by its full name and first line."""
    found: dict[tuple[str, int], list[CodeType]] = defaultdict(list)

    def collect(code: CodeType) -> None:
        for constant in code.co_consts:
            if isinstance(constant, CodeType):
                found[constant.co_qualname, constant.co_firstlineno].append(constant)
                collect(constant)

    collect(compile(tree, str(path), "exec"))
    return found


def replace(functions: Iterable[FunctionType], codes: Mapping[tuple[str, int], Sequence[CodeType]]) -> bool:
    """Give live functions the code that they have in another tree; False if an inner one has none that fits.

    ValueError if two functions cannot be told apart.
    """
    could = True
    for function in functions:
        own = function.__code__
        found = codes.get((own.co_qualname, own.co_firstlineno), ())
        if len(found) > 1:
            raise ValueError(f"two functions are called {own.co_qualname} on line {own.co_firstlineno}")
        if found and found[0].co_freevars == own.co_freevars:
            function.__code__ = found[0]
        else:
            could = False
    return could


class Instead(MetaPathFinder):
    """Imports modules from trees of our own instead of from their files."""

    def __init__(self, paths: Mapping[str, Path], tree: Callable[[str, Path], ast.Module]) -> None:
        self._paths = paths
        self._tree = tree

    def find_spec(
        self, fullname: str, path: Any = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in self._paths:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None:
            spec.loader = _FromTree(fullname, str(self._paths[fullname]), self._tree)
        return spec


class _FromTree(SourceFileLoader):
    def __init__(self, fullname: str, path: str, tree: Callable[[str, Path], ast.Module]) -> None:
        super().__init__(fullname, path)
        self._tree = tree

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._tree(fullname, Path(self.path)), self.path, "exec")
