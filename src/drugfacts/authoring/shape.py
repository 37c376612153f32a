"""Turn nodes into the records of the model by reading the model's own annotations."""

from __future__ import annotations

import typing
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from drugfacts.authoring.read import Items, Mapping, Node, Place, Text
from drugfacts.records import hints, is_record, optional_part

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
_TRUE, _FALSE = frozenset({"true", "yes"}), frozenset({"false", "no"})


class _Failed:
    """The mark of a value that could not be built; its fault has been reported."""


FAILED = _Failed()
# What may be written as a bare text in place of a mapping, and which field that text is.
SHORTHAND = {"Ask": "text"}


def build(record: type[T], node: Node, report: Callable[[Place, str, str], None]) -> T | None:
    """Build a record from a node.

    Args:
        record: one of the model's record types.
        node: what the file holds.
        report: called with place, code and message for each fault.

    Returns:
        The record, or None when a fault kept it from being built.
    """
    built = _value(record, node, report, record.__name__)
    return None if built is FAILED else typing.cast("T", built)


def _value(wanted: Any, node: Node, report: Callable[[Place, str, str], None], what: str) -> Any:
    inner = optional_part(wanted)
    if inner is not None:
        return _value(inner, node, report, what)
    if is_record(wanted):
        return _record(wanted, node, report)
    origin = typing.get_origin(wanted)
    if origin is tuple:
        return _items(typing.get_args(wanted)[0], node, report, what)
    if origin is dict:
        return _mapping(typing.get_args(wanted)[1], node, report, what)
    if not isinstance(node, Text):
        report(node.place, "wrong-type", f"{what} is a text, not a {_shape(node)}")
        return FAILED
    return _scalar(wanted, node, report, what)


def _scalar(wanted: Any, node: Text, report: Callable[[Place, str, str], None], what: str) -> Any:
    text = " ".join(node.value.split())
    if wanted is str:
        return text
    if wanted is bool:
        if text in _TRUE | _FALSE:
            return text in _TRUE
        report(node.place, "wrong-type", f"{what} is true or false, not {text!r}")
        return FAILED
    if wanted in (int, float):
        return _number(wanted, text, node, report, what)
    assert issubclass(wanted, Enum)
    for member in wanted:
        if member.value == text:
            return member
    words = ", ".join(str(member.value) for member in wanted)
    report(node.place, f"unknown-{what.replace('_', '-')}", f"{text!r} is not one of: {words}")
    return FAILED


def _number(wanted: Any, text: str, node: Text, report: Callable[[Place, str, str], None], what: str) -> Any:
    try:
        number = wanted(text)
    except ValueError:
        number = float("nan")
    if number != number or number in (float("inf"), float("-inf")):  # noqa: PLR0124  (a test for NaN)
        kind = "a whole number" if wanted is int else "a number"
        report(node.place, "wrong-type", f"{what} is {kind}, not {text!r}")
        return FAILED
    return number


def _items(wanted: Any, node: Node, report: Callable[[Place, str, str], None], what: str) -> Any:
    if isinstance(node, Mapping) and what == "facts":
        nodes: tuple[Node, ...] = (node,)  # a verdict field holds one finding, a list field several
    elif isinstance(node, Items):
        nodes = node.values
    else:
        report(node.place, "wrong-type", f"{what} is a list: [one, two], or lines that begin with `- `")
        return FAILED
    values = tuple(_value(wanted, item, report, what) for item in nodes)
    return FAILED if any(value is FAILED for value in values) else values


def _mapping(wanted: Any, node: Node, report: Callable[[Place, str, str], None], what: str) -> Any:
    if not isinstance(node, Mapping):
        report(node.place, "wrong-type", f"{what} is a mapping: lines of the form `key: value`")
        return FAILED
    values = {entry.key.value: _value(wanted, entry.value, report, what) for entry in node.entries}
    return FAILED if any(value is FAILED for value in values.values()) else values


def _record(record: Any, node: Node, report: Callable[[Place, str, str], None]) -> Any:
    name = record.__name__
    if isinstance(node, Text) and name in SHORTHAND:
        text = " ".join(node.value.split())
        if not text:
            report(node.place, "empty", f"{SHORTHAND[name]!r} is empty")
            return FAILED
        return record(**{SHORTHAND[name]: text})
    if not isinstance(node, Mapping):
        report(node.place, "wrong-type", f"expected a mapping with {', '.join(record._fields)}, not a {_shape(node)}")
        return FAILED
    wanted = hints(record)
    required = _required(record)
    values: dict[str, Any] = {}
    for entry in node.entries:
        key = entry.key.value
        if key not in wanted:
            report(entry.key.place, "unknown-key", f"{key!r} is not a key here; the keys are {', '.join(wanted)}")
            continue
        value = _value(wanted[key], entry.value, report, key)
        if wanted[key] is str and value == "" and key in required:
            report(entry.value.place, "empty", f"{key!r} is empty")
            value = FAILED
        values[key] = value
    missing = [key for key in wanted if key in required and key not in values]
    for key in missing:
        report(node.place, "missing-key", f"{key!r} is missing; it is required here")
    if missing or any(value is FAILED for value in values.values()):
        return FAILED
    return record(**values)


def _required(record: Any) -> set[str]:
    return {key for key in record._fields if key not in record._field_defaults}


def _shape(node: Node) -> str:
    return "list" if isinstance(node, Items) else "mapping" if isinstance(node, Mapping) else "text"
