"""Records to plain data and back: how the compiled store keeps them, and how a record's shape is looked at."""

from __future__ import annotations

import types
import typing
from enum import Enum
from typing import Any, TypeVar

R = TypeVar("R")
_HINTS: dict[type, dict[str, Any]] = {}


def hints(record: type) -> dict[str, Any]:
    """Give the resolved annotations of a record type, in field order."""
    if record not in _HINTS:
        _HINTS[record] = typing.get_type_hints(record)
    return _HINTS[record]


def is_record(wanted: Any) -> bool:
    """Say whether an annotation is one of the model's records."""
    return isinstance(wanted, type) and issubclass(wanted, tuple) and hasattr(wanted, "_fields")


def optional_part(wanted: Any) -> Any:
    """Give X for an annotation ``X | None``, else None."""
    if typing.get_origin(wanted) in (typing.Union, types.UnionType):
        return next(part for part in typing.get_args(wanted) if part is not type(None))
    return None


def to_data(value: Any) -> Any:
    """Turn a record into what JSON can hold; parts that have their default value are left out."""
    if is_record(type(value)):
        defaults = value._field_defaults
        return {
            name: to_data(part)
            for name, part in zip(value._fields, value, strict=True)
            if name not in defaults or part != defaults[name]
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (tuple, list)):
        return [to_data(part) for part in value]
    if isinstance(value, dict):
        return {key: to_data(part) for key, part in value.items()}
    return value


def from_data(record: type[R], data: Any) -> R:
    """Build a record from what ``to_data`` gave for it.

    Args:
        record: the record type.
        data: the data; it is trusted, since it was checked before it was compiled.
    """
    return typing.cast("R", _revive(record, data))


def _revive(wanted: Any, data: Any) -> Any:
    inner = optional_part(wanted)
    if inner is not None:
        return None if data is None else _revive(inner, data)
    if is_record(wanted):
        parts = hints(wanted)
        return wanted(**{name: _revive(parts[name], part) for name, part in data.items()})
    origin = typing.get_origin(wanted)
    if origin is tuple:
        part = typing.get_args(wanted)[0]
        return tuple(data) if part is str else tuple(_revive(part, item) for item in data)
    if origin is dict:
        part = typing.get_args(wanted)[1]
        return {key: _revive(part, item) for key, item in data.items()}
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return wanted(data)
    return data
