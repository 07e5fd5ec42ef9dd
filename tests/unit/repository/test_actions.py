"""Every action is whole or not at all: whatever it writes, it writes inside a transaction of its own.

A page runs in one transaction, and a refusal is an answer of that page: what an action wrote before it was
refused would be kept, had it not opened a savepoint of its own (`with scope(actor):`).
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOMS = Path(__file__).parents[3] / "src" / "tidu"
WRITES = frozenset(
    {
        "create",
        "save",
        "update",
        "delete",
        "bulk_create",
        "bulk_update",
        "get_or_create",
        "update_or_create",
        "execute",
    }
)
"""Methods that write rows."""
INNER = frozenset({"record", "freeze", "open_chain", "settle"})
"""Functions of other rooms that write and leave the transaction to whoever calls them."""

INSIDE_ANOTHER = {
    "offices.replace_password": "one row; called by what has checked the right and records it",
    "records.freeze": "frozen with the entry that names it",
    "records.open_chain": "opened with the thing whose ledger it is",
    "records.record": "refuses to run outside a transaction: state and ledger change together",
}
"""Actions that are parts of others, and why."""


@dataclass
class Room:
    """The functions of a room's actions by name; those that other rooms and pages may call."""

    name: str
    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)
    exported: set[str] = field(default_factory=set)


def rooms() -> Iterator[Room]:
    for place in sorted(ROOMS.glob("*/actions*")):
        if place.suffix not in ("", ".py"):
            continue
        room = Room(place.parent.name)
        modules = [place] if place.suffix else sorted(place.glob("*.py"))
        for module in modules:
            tree = ast.parse(module.read_text("utf-8"))
            room.functions |= {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
            room.exported |= set(listed(tree))
        room.exported = (room.exported or {name for name in room.functions if name[0] != "_"}) & set(
            room.functions
        )
        yield room


def listed(tree: ast.Module) -> Iterator[str]:
    """The names in `__all__`."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and called(node.targets[0]) == "__all__":
            yield from ast.literal_eval(node.value)


def called(node: ast.AST) -> str:
    """The last name of what is called or decorates: `scope`, `atomic`, `create` …"""
    target = node.func if isinstance(node, ast.Call) else node
    return target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")


def is_own_transaction(node: ast.AST) -> bool:
    return isinstance(node, ast.With) and any(
        called(item.context_expr) in ("scope", "atomic") for item in node.items
    )


def calls_outside(node: ast.AST) -> Iterator[ast.Call]:
    """The calls below a node that stand in no transaction opened below it."""
    for child in ast.iter_child_nodes(node):
        if is_own_transaction(child):
            continue
        if isinstance(child, ast.Call):
            yield child
        yield from calls_outside(child)


def writes_outside(function: ast.FunctionDef, room: Room, seen: frozenset[str] = frozenset()) -> list[str]:
    """What a function writes, itself or through its room's own helpers, without a transaction of its own."""
    if any(called(decorator) == "atomic" for decorator in function.decorator_list):
        return []
    found = []
    for call in calls_outside(function):
        name = called(call)
        if isinstance(call.func, ast.Attribute):
            found += [f"{name}, line {call.lineno}"] if name in WRITES else []
        elif name in room.functions and name not in seen:
            found += writes_outside(room.functions[name], room, seen | {name})
        elif name in INNER:
            found.append(f"{name}, line {call.lineno}")
    return found


ACTIONS = {f"{room.name}.{name}": (room, name) for room in rooms() for name in sorted(room.exported)}


def test_the_actions_of_every_room_are_found() -> None:
    assert {name.split(".")[0] for name in ACTIONS} == {
        "aftermath", "applications", "deliveries", "documents", "enterprises", "files", "inspections",
        "messages", "offices", "panels", "programmes", "publicity", "records", "titles",
    }  # fmt: skip
    assert {"applications.submit", "files.append_chunk", "publicity.file_objection"} <= set(ACTIONS)


@pytest.mark.parametrize("name", sorted(set(ACTIONS) - set(INSIDE_ANOTHER)))
def test_an_action_writes_only_inside_its_own_transaction(name: str) -> None:
    room, function = ACTIONS[name]
    assert writes_outside(room.functions[function], room) == []


@pytest.mark.parametrize("name", sorted(INSIDE_ANOTHER))
def test_what_is_exempt_would_be_found_otherwise(name: str) -> None:
    """So that no exception outlives its reason, and the search is known to find something."""
    room, function = ACTIONS[name]
    assert writes_outside(room.functions[function], room)
