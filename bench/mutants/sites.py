"""The mistakes that are tried: one changed operator, number, branch or statement at a time.

Texts that only people read (docstrings, messages of errors) and annotations are left alone.
"""

import ast
import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.mutants.probes import Place, statements

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.LShift: ast.RShift,
}
_CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}
_UNREAD = {"annotation", "returns", "decorator_list", "exc", "cause", "bases", "keywords_of_class"}
_PASSED_OVER = (ast.JoinedStr, ast.Import, ast.ImportFrom)
SCOPES = (ast.FunctionDef, ast.Lambda)
"""What has code of its own that can be replaced."""


@dataclass(frozen=True)
class Mutant:
    """One mistake: `number` counts within the module; `start` is the first line of the outermost function.

    `start` is 0 where the mistake stands outside any function: it works only while the module is imported.
    `place` is the statement that holds it.
    """

    module: str
    number: int
    function: str
    start: int
    line: int
    source: str
    before: str
    after: str
    place: Place

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What names it as long as its line stands as it is."""
        return (self.module, self.function, self.source, self.before, self.after)


@dataclass(frozen=True)
class _Site:
    """A node, or a place in a list of nodes, with what may stand there instead."""

    holder: ast.AST
    field: str
    place: int | None
    old: ast.AST
    new: ast.AST
    scopes: tuple[ast.AST, ...]


def mutants_of(module: str, path: Path) -> list[Mutant]:
    """Every mistake that is tried in one module, in the order of its text."""
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    found = []
    tree = ast.parse(text)
    around = statements(tree)
    for number, site in enumerate(_sites(tree, ())):
        functions = [scope for scope in site.scopes if isinstance(scope, SCOPES)]
        line = getattr(site.old, "lineno", getattr(site.holder, "lineno", 0))
        found.append(
            Mutant(
                module,
                number,
                ".".join(getattr(scope, "name", "<lambda>") for scope in site.scopes),
                first_line(functions[0]) if functions else 0,
                line,
                lines[line - 1].strip(),
                _words(site.old),
                _words(site.new),
                (module, *around[id(site.old)]),
            )
        )
    return found


def mutated(path: Path, number: int | None) -> ast.Module:
    """The module's tree with one mistake made, or as it is."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if number is None:
        return tree
    site = next(site for place, site in enumerate(_sites(tree, ())) if place == number)
    if site.place is None:
        setattr(site.holder, site.field, site.new)
    else:
        getattr(site.holder, site.field)[site.place] = site.new
    return ast.fix_missing_locations(tree)


def first_line(scope: ast.AST) -> int:
    """The line by which the compiler knows a function: its first decorator's, else its own."""
    decorators: Sequence[ast.expr] = getattr(scope, "decorator_list", [])
    return min([getattr(scope, "lineno", 0), *(one.lineno for one in decorators)])


def _words(node: ast.AST) -> str:
    if isinstance(node, ast.cmpop | ast.operator | ast.boolop):
        return type(node).__name__
    if isinstance(node, ast.comprehension):
        return " ".join(["in", ast.unparse(node.iter), *(f"if {ast.unparse(one)}" for one in node.ifs)])
    if isinstance(node, ast.Match):
        left_out: ast.match_case | None = node.__dict__.get("left_out")
        without = f" without case {ast.unparse(left_out.pattern)}" if left_out else ""
        return f"match {ast.unparse(node.subject)}{without}"
    return " ".join(ast.unparse(node).split())[:100]


def _sites(node: ast.AST, scopes: tuple[ast.AST, ...]) -> Iterator[_Site]:
    """Every place below a node at which a mistake is tried, parents first."""
    for field, value in ast.iter_fields(node):
        if field in _UNREAD or (isinstance(node, ast.ClassDef) and field == "keywords"):
            continue
        # Defaults of a function are reckoned where it is defined, outside of it.
        inner = (*scopes, node) if field == "body" and isinstance(node, (*SCOPES, ast.ClassDef)) else scopes
        many = isinstance(value, list)
        for place, child in enumerate(value if many else [value]):
            if not isinstance(child, ast.AST) or isinstance(child, _PASSED_OVER) or _is_words(child):
                continue
            for new in _instead(child):
                yield _Site(node, field, place if many else None, child, new, inner)
            yield from _sites(child, inner)


def _is_words(node: ast.AST) -> bool:
    """A docstring, the list of exported names, or the name of a type."""
    if isinstance(node, ast.Assign):
        return any(isinstance(one, ast.Name) and one.id == "__all__" for one in node.targets)
    if isinstance(node, ast.AnnAssign):
        return ast.unparse(node.annotation) == "TypeAlias"
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _instead(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in a node's place."""
    yield from _other_statements(node)
    yield from _other_branches(node)
    yield from _other_values(node)


def _other_statements(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield ast.copy_location(ast.Return(ast.Constant(None)), node)
        case ast.Continue():
            yield ast.copy_location(ast.Break(), node)
        case ast.Break():
            yield ast.copy_location(ast.Continue(), node)
        case ast.Raise() | ast.AugAssign() | ast.Expr(value=ast.Call()):
            yield ast.copy_location(ast.Pass(), node)
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield ast.copy_location(ast.Pass(), node)
        case ast.Match(cases=cases):
            for place in range(len(cases)):
                shorter = copy.copy(node)
                shorter.cases = cases[:place] + cases[place + 1 :]
                shorter.__dict__["left_out"] = cases[place]
                yield shorter


def _other_branches(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.If() | ast.IfExp() | ast.While() if not _is_turned_by_its_operator(node.test):
            other = copy.copy(node)
            other.test = ast.copy_location(ast.UnaryOp(ast.Not(), node.test), node.test)
            yield other
        case ast.comprehension(ifs=ifs) if ifs:
            for place in range(len(ifs)):
                other_loop = copy.copy(node)
                other_loop.ifs = ifs[:place] + ifs[place + 1 :]
                yield other_loop
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield node.operand
        case ast.BoolOp():
            yield _with_operator(node, ast.Or() if isinstance(node.op, ast.And) else ast.And())


def _is_turned_by_its_operator(test: ast.expr) -> bool:
    """Whether another operator already makes the test its opposite."""
    sides = (ast.Is, ast.IsNot, ast.In, ast.NotIn, ast.Eq, ast.NotEq)
    return isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], sides)


def _other_values(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(ops=ops):
            for place, operator in enumerate(ops):
                for new in _COMPARED[type(operator)]:
                    other = copy.copy(node)
                    other.ops = [*ops[:place], new(), *ops[place + 1 :]]
                    yield other
        case ast.BinOp() if type(node.op) in _RECKONED:
            yield _with_operator(node, _RECKONED[type(node.op)]())
        case ast.Call(func=ast.Name(id=name)) if name in _CALLED:
            called = copy.copy(node)
            called.func = ast.copy_location(ast.Name(_CALLED[name], ast.Load()), node)
            yield called
        case ast.Constant(value=bool() as value):
            yield ast.copy_location(ast.Constant(not value), node)
        case ast.Constant(value=int() as value):
            yield ast.copy_location(ast.Constant(value + 1), node)


def _with_operator(node: ast.BinOp | ast.BoolOp, operator: ast.operator | ast.boolop) -> ast.AST:
    other = copy.copy(node)
    other.op = operator
    return other
