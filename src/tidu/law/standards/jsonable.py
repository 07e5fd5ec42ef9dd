"""Results as plain JSON: dataclasses become objects, tuples lists, days ISO text.

Of a dataclass that says so with `SHOWN` these attributes are shown, of any other its fields.
"""

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from tidu.law.facts.definitions import JSON

_PLAIN = frozenset({str, int, bool, type(None)})


def jsonable(value: Any) -> JSON:
    """The value as the json module writes it."""
    kind: type = type(value)
    if kind in _PLAIN:
        return value
    if names := _fields(kind):
        return {name: jsonable(getattr(value, name)) for name in names}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (tuple, list)):
        return [jsonable(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """The names of what is shown of a dataclass or a named tuple; none for any other kind of value."""
    if not is_dataclass(kind):
        return getattr(kind, "_fields", ())
    shown: tuple[str, ...] | None = getattr(kind, "SHOWN", None)
    return shown or tuple(field.name for field in fields(kind))
