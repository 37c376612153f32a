"""Records to plain data and back: how the compiled store keeps them, and how a record's shape is looked at."""

from __future__ import annotations

import types
import typing
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

R = TypeVar("R")
_HINTS: dict[type, dict[str, Any]] = {}
_BUILDERS: dict[Any, Callable[[Any], Any] | None] = {}


def hints(record: type) -> dict[str, Any]:
    """Give the resolved annotations of a record type, in field order."""
    if record not in _HINTS:
        _HINTS[record] = dict(record.__annotations__)
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
    build = _builder(record)
    assert build is not None
    return typing.cast("R", build(data))


def _builder(wanted: Any) -> Callable[[Any], Any] | None:
    """Give the function that builds a value of an annotation from data; None where the data is the value."""
    if wanted not in _BUILDERS:
        _BUILDERS[wanted] = _make_builder(wanted)
    return _BUILDERS[wanted]


def _make_builder(wanted: Any) -> Callable[[Any], Any] | None:
    inner = optional_part(wanted)
    if inner is not None:
        build = _builder(inner)
        return build and (lambda data: None if data is None else build(data))
    if is_record(wanted):
        parts = {name: _builder(part) for name, part in hints(wanted).items()}

        def build_record(data: Any) -> Any:
            return wanted(**{name: part(value) if (part := parts[name]) else value for name, value in data.items()})

        return build_record
    origin = typing.get_origin(wanted)
    if origin is tuple:
        item = _builder(typing.get_args(wanted)[0])
        return (lambda data: tuple(map(item, data))) if item else tuple
    if origin is dict:
        value = _builder(typing.get_args(wanted)[1])
        return (lambda data: {key: value(part) for key, part in data.items()}) if value else None
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return wanted
    return None
