"""JSON Schemas (draft-07) of the fact files, made from the model, for editors to help authors with."""

from __future__ import annotations

import typing
from enum import Enum
from typing import TYPE_CHECKING, Any

from drugfacts.authoring.load import KINDS
from drugfacts.authoring.shape import SHORTHAND
from drugfacts.model import FieldKind, Finding
from drugfacts.records import hints, is_record, optional_part

if TYPE_CHECKING:
    from drugfacts.authoring.load import Library

FOLDER = "schemas"
_DRAFT = "http://json-schema.org/draft-07/schema#"
_NAMES = {
    "sources": "source",
    "fields": "field",
    "relations": "relation",
    "terms": "term",
    "classes": "class",
    "substances": "substance",
    "claims": "claim",
    "lexicon": "lexicon",
    "models": "model",
    "encoders": "encoder",
    "regions": "region",
    "word-lists": "word-list",
}


def first_line(folder: str) -> str:
    """Give the line that names a record's schema, as it stands first in each file of a folder."""
    up = "../.." if "/" in KINDS[folder][1] else ".."
    return f"# yaml-language-server: $schema={up}/{FOLDER}/{_NAMES[folder]}.json"


def schemas(library: Library) -> dict[str, dict[str, Any]]:
    """Give every schema by its file name.

    Args:
        library: where the fields come from, which are data.
    """
    return {f"{_NAMES[folder]}.json": _top(record, _NAMES[folder], library) for folder, (record, _) in KINDS.items()}


def _top(record: type, title: str, library: Library) -> dict[str, Any]:
    return {"$schema": _DRAFT, "title": f"drugfacts {title}", **_record(record, library)}


def _record(record: Any, library: Library) -> dict[str, Any]:
    parts = hints(record)
    properties: dict[str, Any] = {}
    for name, wanted in parts.items():
        properties[name] = _facts(library) if name == "facts" else _of(wanted, library)
    shape = {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name in parts if name not in record._field_defaults],
        "properties": properties,
    }
    doc = (record.__doc__ or "").strip().splitlines()
    if doc and not doc[0].startswith(f"{record.__name__}("):
        shape["description"] = doc[0]
    if record.__name__ in SHORTHAND:
        return {"oneOf": [{"type": "string"}, shape]}
    return shape


def _of(wanted: Any, library: Library) -> dict[str, Any]:
    inner = optional_part(wanted)
    if inner is not None:
        return _of(inner, library)
    if is_record(wanted):
        return _record(wanted, library)
    origin = typing.get_origin(wanted)
    if origin is tuple:
        return {"type": "array", "items": _of(typing.get_args(wanted)[0], library)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _of(typing.get_args(wanted)[1], library)}
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        # An editor reads true and false as booleans; the program reads every scalar as text.
        values: list[Any] = [member.value for member in wanted]
        return {"enum": values + [{"true": True, "false": False}[word] for word in values if word in ("true", "false")]}
    if wanted is bool:
        return {"type": "boolean"}
    if wanted in (int, float):
        return {"type": "integer" if wanted is int else "number"}
    return {"type": ["string", "number", "boolean"]}


def _facts(library: Library) -> dict[str, Any]:
    one = _record(Finding, library)
    properties = {}
    for field in library.records("fields"):
        needed = ["says", "sources"]
        if field.kind is FieldKind.VERDICT or field.verdict_required:
            needed.append("verdict")
        if field.kind is FieldKind.LINK:
            needed.append("object")
        if field.kind is FieldKind.AMOUNT:
            needed += ["low", "high", "unit"]
        shape = {**one, "required": needed, "description": field.meaning}
        several = {"type": "array", "items": shape}
        properties[field.id] = {"oneOf": [shape, several]} if field.kind is not FieldKind.VERDICT else shape
    return {"type": "object", "additionalProperties": False, "properties": properties}
