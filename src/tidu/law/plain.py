"""Frozen dataclasses read from, and written to, plain data (what TOML and JSON hold).

One reader and one writer serve procedures, notices and office lists, so that a
file, a browser draft and a frozen body have the same shape and
`read(type(x), write(x)) == x`. An unknown key, a missing key or a value of the
wrong kind is refused with the path at which it stands.
"""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Literal,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from tidu.law.calendars import format_moment, parse_day, parse_moment
from tidu.law.refusals import Refused

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Shape = TypeVar("Shape", bound="DataclassInstance")

ENDS = "ends"
End = Annotated[datetime, ENDS]
"""A moment at which something ends: midnight is written 24:00 of the day before."""


def read(cls: type[Shape], data: object, at: str = "") -> Shape:
    """An instance of the dataclass `cls` from plain data; `at` is the path for refusals."""
    if not isinstance(data, Mapping):
        raise _malformed(at, "应为一组字段", data)
    hints = _hints(cls)
    known = {field.name: field for field in fields(cls)}
    for key in data:
        if key not in known:
            raise Refused("file_key_unknown", field=_join(at, key), value=key)
    values = {
        name: _read(hints[name], data[name], _join(at, name))
        for name, field in known.items()
        if name in data or _required(field, _join(at, name))
    }
    return cls(**values)


def faults(cls: type, data: object, at: str = "") -> Iterator[Refused]:
    """Everything that keeps `read` from reading, each with the path at which it stands."""
    if not isinstance(data, Mapping):
        yield _malformed(at, "应为一组字段", data)
        return
    known = {field.name: field for field in fields(cls)}
    for key in data:
        if key not in known:
            yield Refused("file_key_unknown", field=_join(at, key), value=key)
    for name, field in known.items():
        if name in data:
            yield from _faults(_hints(cls)[name], data[name], _join(at, name))
        elif _default(field) is MISSING:
            yield Refused("file_key_missing", field=_join(at, name), value=name)


def arrange(cls: type, data: Mapping[str, Any]) -> dict[str, Any]:
    """The same data with its keys in the order in which the dataclass declares them."""
    order = [field.name for field in fields(cls) if field.name in data]
    hints = _hints(cls)
    arranged = {name: _arranged(hints[name], data[name]) for name in order}
    return arranged | {key: value for key, value in data.items() if key not in arranged}


def part_of(cls: type, name: str) -> Any:
    """The dataclass of which a field holds one or a list; None if it holds single values or pairs."""
    shape, part = _shape(_hints(cls)[name])
    while shape == "list":
        shape, part = _shape(part)
    return part if shape == "table" else None


def defaults_of(cls: type) -> dict[str, Any]:
    """What stands for the fields that plain data leaves out, as plain data."""
    hints = _hints(cls)
    found = {field.name: _default(field) for field in fields(cls)}
    return {name: _write(hints[name], value) for name, value in found.items() if value is not MISSING}


def write(value: object) -> Any:
    """Plain data of a dataclass; what equals its default is left out."""
    if not is_dataclass(value) or isinstance(value, type):
        raise TypeError(f"not a dataclass: {value!r}")
    hints = _hints(type(value))
    return {
        field.name: _write(hints[field.name], getattr(value, field.name))
        for field in fields(value)
        if getattr(value, field.name) != _default(field)
    }


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls, include_extras=True)


def _required(field: Field[Any], at: str) -> bool:
    if _default(field) is MISSING:
        raise Refused("file_key_missing", field=at, value=field.name)
    return False


def _default(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


def _read(hint: Any, data: object, at: str) -> Any:
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _read(parts[0], data, at)
    if origin in (Union, UnionType):
        return _read_optional(parts, data, at)
    if origin is Literal:
        return _read_choice(parts, data, at)
    if origin is tuple:
        if not isinstance(data, list):
            raise _malformed(at, "应为列表", data)
        return tuple(_read(parts[0], item, f"{at}[{index}]") for index, item in enumerate(data))
    if origin is not None and issubclass(origin, Mapping):
        if not isinstance(data, Mapping):
            raise _malformed(at, "应为一组字段", data)
        return {_read(parts[0], k, at): _read(parts[1], v, _join(at, str(k))) for k, v in data.items()}
    return _read_single(hint, data, at)


def _read_single(hint: Any, data: object, at: str) -> Any:
    if is_dataclass(hint) and isinstance(hint, type):
        return read(hint, data, at)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(_read_choice(tuple(hint), data, at))
    if hint in (date, datetime):
        if not isinstance(data, str):
            raise _malformed(at, "应为文字形式的日期", data)
        return parse_day(data) if hint is date else parse_moment(data)
    # bool is an int to Python, but a yes is not a number to a notice
    if not isinstance(data, hint) or (hint is int and isinstance(data, bool)):
        raise _malformed(at, {str: "应为文字", int: "应为整数", bool: "应为 true 或 false"}[hint], data)
    return data


def _read_choice(choices: tuple[object, ...], data: object, at: str) -> Any:
    if data not in choices:
        raise Refused("file_choice_unknown", field=at, value=data, choices=[str(c) for c in choices])
    return data


def _read_optional(parts: tuple[Any, ...], data: object, at: str) -> Any:
    """One of several scalar kinds (a reading is a flag, a number or a text) or one kind or None."""
    if data is None and NoneType in parts:
        return None
    kinds = [part for part in parts if part is not NoneType]
    if len(kinds) == 1:
        return _read(kinds[0], data, at)
    if type(data) not in kinds:
        raise _malformed(at, "应为文字、整数或 true/false", data)
    return data


def _write(hint: Any, value: Any) -> Any:
    if isinstance(value, tuple):
        return [_write(get_args(hint)[0], item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _write(get_args(hint)[1], item) for key, item in value.items()}
    if isinstance(value, datetime):
        return format_moment(value, ends=ENDS in _marks(hint))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return write(value) if is_dataclass(value) else value


def _faults(hint: Any, data: object, at: str) -> Iterator[Refused]:
    shape, part = _shape(hint)
    if shape == "table" and data is not None:
        yield from faults(part, data, at)
    elif shape == "list" and isinstance(data, list):
        for index, item in enumerate(data):
            yield from _faults(part, item, f"{at}[{index}]")
    elif shape == "pairs" and isinstance(data, Mapping):
        for key, item in data.items():
            yield from _faults(part, item, _join(at, str(key)))
    else:
        try:
            _read(hint, data, at)
        except Refused as problem:
            problem.field = problem.field or at
            yield problem


def _arranged(hint: Any, data: Any) -> Any:
    shape, part = _shape(hint)
    if shape == "table" and isinstance(data, Mapping):
        return arrange(part, data)
    if shape == "list" and isinstance(data, list):
        return [_arranged(part, item) for item in data]
    return data


def _shape(hint: Any) -> tuple[Literal["table", "list", "pairs", "single"], Any]:
    """What a hint holds: one dataclass, a list or pairs of something, or a single value."""
    origin, parts = get_origin(hint), get_args(hint)
    if is_dataclass(hint):
        return "table", hint
    if origin in (Union, UnionType):
        kinds = [part for part in parts if part is not NoneType]
        return _shape(kinds[0]) if len(kinds) == 1 else ("single", hint)
    if origin is tuple:
        return "list", parts[0]
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return "pairs", parts[1]
    return "single", hint


def _marks(hint: Any) -> tuple[Any, ...]:
    """The marks of an annotated hint, also inside `X | None`."""
    if get_origin(hint) is Annotated:
        return get_args(hint)[1:]
    return tuple(mark for part in get_args(hint) for mark in _marks(part))


def _malformed(at: str, wanted: str, data: object) -> Refused:
    return Refused("file_value_malformed", field=at, value=data, wanted=wanted)


def _join(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name
