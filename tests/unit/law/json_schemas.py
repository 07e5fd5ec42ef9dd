"""Just enough of JSON Schema to hold the law's own schemas to it; a keyword that is not known here fails."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

KINDS: Mapping[str, Any] = {"object": dict, "array": list, "string": str, "null": type(None), "boolean": bool}
SAYS_NOTHING = {"$schema", "$id", "$defs", "title", "description"}


def faults(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], at: str = "$") -> Iterator[str]:
    """What of the value is not as the schema says, each with its place."""
    for keyword, wanted in schema.items():
        if keyword in SAYS_NOTHING or keyword in ("properties", "additionalProperties"):
            continue
        yield from (f"{at}: {fault}" for fault in _KEYWORDS[keyword](value, wanted, root))
    if isinstance(value, dict):
        yield from _members(value, schema, root, at)
    if isinstance(value, list) and "items" in schema:
        for number, one in enumerate(value):
            yield from faults(one, schema["items"], root, f"{at}[{number}]")


def _members(
    value: dict[str, Any], schema: Mapping[str, Any], root: Mapping[str, Any], at: str
) -> Iterator[str]:
    known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    for name, one in value.items():
        if name in known:
            yield from faults(one, known[name], root, f"{at}.{name}")
        elif others is False:
            yield f"{at}: unknown {name}"
        elif isinstance(others, Mapping):
            yield from faults(one, others, root, f"{at}.{name}")


def _type(value: Any, wanted: str, root: Any) -> Iterator[str]:
    is_right = type(value) is int if wanted == "integer" else isinstance(value, KINDS[wanted])
    if not is_right:
        yield f"{value!r} is no {wanted}"


def _const(value: Any, wanted: Any, root: Any) -> Iterator[str]:
    if value != wanted:
        yield f"{value!r} is not {wanted!r}"


def _enum(value: Any, wanted: Any, root: Any) -> Iterator[str]:
    if value not in wanted:
        yield f"{value!r} is none of {wanted}"


def _required(value: Any, wanted: Any, root: Any) -> Iterator[str]:
    yield from (f"{name} is missing" for name in wanted if isinstance(value, dict) and name not in value)


def _pattern(value: Any, wanted: str, root: Any) -> Iterator[str]:
    if isinstance(value, str) and not re.search(wanted, value):
        yield f"{value!r} is not like {wanted}"


def _ref(value: Any, wanted: str, root: Any) -> Iterator[str]:
    yield from faults(value, root["$defs"][wanted.removeprefix("#/$defs/")], root, "")


def _any_of(value: Any, wanted: Any, root: Any) -> Iterator[str]:
    if all(list(faults(value, one, root)) for one in wanted):
        yield f"{value!r} is none of what it may be"


def _items(value: Any, wanted: Any, root: Any) -> Iterator[str]:
    yield from ()


_KEYWORDS: Mapping[str, Any] = {
    "type": _type,
    "const": _const,
    "enum": _enum,
    "required": _required,
    "pattern": _pattern,
    "$ref": _ref,
    "anyOf": _any_of,
    "items": _items,
}
