"""Code that says which of its statements it reaches."""

import ast
from collections.abc import Iterator
from pathlib import Path

Place = tuple[str, int, int]
"""The module, and where in it a statement or the body of a lambda begins."""
WATCH = "__watch__"
"""The name by which code with probes knows its `Keeper`."""
KEEPING = {
    "cache": "keeping",
    "lru_cache": "keeping_so_many",
    "cached_property": "keeping_in_object",
    "found_once": "keeping_in_object",
    "WeakKeyDictionary": "keeping_beside",
}
"""What keeps results, and what of a `Keeper` takes its place."""


def statements(tree: ast.Module) -> dict[int, tuple[int, int]]:
    """For every node of a module, by its id, where the statement or lambda around it begins."""
    found: dict[int, tuple[int, int]] = {}

    def walk(node: ast.AST, begin: tuple[int, int]) -> None:
        for field, value in ast.iter_fields(node):
            for child in value if isinstance(value, list) else [value]:
                if not isinstance(child, ast.AST):
                    continue
                is_own = isinstance(child, ast.stmt) or (isinstance(node, ast.Lambda) and field == "body")
                at = (child.lineno, child.col_offset) if is_own else begin  # type: ignore[attr-defined]
                found[id(child)] = at
                walk(child, at)

    walk(tree, (0, 0))
    return found


def probed(module: str, path: Path) -> ast.Module:
    """The module's tree in which every statement of a function first says that it is reached."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    _Probes(module).visit(tree)
    return ast.fix_missing_locations(tree)


class _Probes(ast.NodeTransformer):
    def __init__(self, module: str) -> None:
        self._module = module
        self._is_inside = False

    def generic_visit(self, node: ast.AST) -> ast.AST:
        was_inside = self._is_inside
        self._is_inside = was_inside or isinstance(node, ast.FunctionDef)
        super().generic_visit(node)
        if self._is_inside:
            for field in ("body", "orelse", "finalbody"):
                block = getattr(node, field, None)
                if isinstance(block, list):
                    setattr(node, field, [one for part in block for one in (*self._before(part), part)])
        self._is_inside = was_inside
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        call = self._call(node.body.lineno, node.body.col_offset)
        self.generic_visit(node)
        node.body = ast.copy_location(ast.BoolOp(ast.Or(), [call, node.body]), node.body)
        return node

    def visit_ImportFrom(self, node: ast.ImportFrom) -> list[ast.stmt]:
        """What is imported to keep results is handed over, and what is given back is used."""
        names = [one.name for one in node.names if one.name in KEEPING and one.asname is None]
        handed = [ast.Call(_of_watch(KEEPING[name]), [ast.Name(name, ast.Load())], []) for name in names]
        own = [
            ast.Assign([ast.Name(name, ast.Store())], call) for name, call in zip(names, handed, strict=True)
        ]
        return [node, *(ast.copy_location(one, node) for one in own)]

    def _before(self, node: ast.AST) -> Iterator[ast.AST]:
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if isinstance(node, ast.stmt) and not is_docstring:
            yield ast.copy_location(ast.Expr(self._call(node.lineno, node.col_offset)), node)

    def _call(self, line: int, column: int) -> ast.Call:
        place = ast.Tuple([ast.Constant(one) for one in (self._module, line, column)], ast.Load())
        return ast.Call(_of_watch("reached"), [place], [])


def _of_watch(name: str) -> ast.Attribute:
    return ast.Attribute(ast.Name(WATCH, ast.Load()), name, ast.Load())
