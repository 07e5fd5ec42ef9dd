"""Results as plain JSON: dataclasses become objects, tuples lists, days ISO text."""

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from tidu.law.facts.definitions import JSON


def jsonable(value: Any) -> JSON:
    """The value as the json module writes it."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: jsonable(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, (tuple, list)):
        return [jsonable(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
