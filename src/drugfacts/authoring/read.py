"""Read a YAML file as text scalars with their positions, refusing what a fact file has no business holding."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from drugfacts.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# The C loader reads the same language about seven times faster; PyYAML may be built without it.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

# The encoder of texts is the largest file, by far.
MAX_BYTES = 24_000_000
MAX_DEPTH = 20
_PLAIN_TAGS = frozenset({None, "!", *(f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))})


class Place(NamedTuple):
    """Where something stands in a file: line and column, counted from 1."""

    line: int
    column: int


class Text(NamedTuple):
    """A scalar."""

    place: Place
    value: str


class Items(NamedTuple):
    """A list."""

    place: Place
    values: tuple[Node, ...]


class Entry(NamedTuple):
    """One key of a mapping with its value."""

    key: Text
    value: Node


class Mapping(NamedTuple):
    """A mapping, in the order of the file."""

    place: Place
    entries: tuple[Entry, ...]

    def get(self, key: str) -> Node | None:
        """Give the value under a key, or None."""
        return next((entry.value for entry in self.entries if entry.key.value == key), None)


Node = Text | Items | Mapping


class _RefusedError(Exception):
    def __init__(self, place: Place, code: str, message: str) -> None:
        super().__init__(message)
        self.place, self.code = place, code


def read_file(path: Path, shown_as: str) -> tuple[Mapping | None, list[Problem]]:
    """Read one file.

    Args:
        path: the file.
        shown_as: its name in problems.

    Returns:
        Its top mapping, or None with the problems that made it unreadable.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        return None, [Problem(shown_as, 1, 1, "unreadable", error.strerror or str(error))]
    return read_bytes(raw, shown_as)


def read_bytes(raw: bytes, shown_as: str) -> tuple[Mapping | None, list[Problem]]:
    """Read the content of one file; see ``read_file``."""

    def fault(line: int, column: int, code: str, message: str) -> tuple[None, list[Problem]]:
        return None, [Problem(shown_as, line, column, code, message)]

    if len(raw) > MAX_BYTES:
        return fault(1, 1, "too-large", f"the file has {len(raw)} bytes; a fact file has at most {MAX_BYTES}")
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        return fault(line, column, "not-utf8", "a byte that is not UTF-8; save the file as UTF-8")
    try:
        node = _document(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
        what = " ".join(part for part in (error.context, error.problem) if part)
        return fault(*place, "bad-yaml", f"{what}; quote a text that holds ': ' or ' #', and check the indentation")
    except _RefusedError as refused:
        return fault(*refused.place, refused.code, str(refused))
    except (yaml.YAMLError, ValueError) as error:
        return fault(1, 1, "bad-yaml", " ".join(str(error).split()))
    if node is None:
        return fault(1, 1, "empty-file", "the file is empty; it should hold one record")
    if not isinstance(node, Mapping):
        return fault(*node.place, "wrong-type", "a record is a mapping: lines of the form `key: value`")
    problems = [
        Problem(shown_as, *entry.place, "duplicate-key", f"{entry.value!r} stands twice in this mapping; keep one")
        for entry in _duplicates(node)
    ]
    return (None if problems else node), problems


def _document(events: Iterator[Any]) -> Node | None:
    """Build the one document of a stream of events, so that depth is known before anything is built on it."""
    found: Node | None = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            if found is not None:
                raise _RefusedError(_place(event), "bad-yaml", "a file holds one record; take out the `---`")
            found = _node(next(events), events, 0)
    return found


def _place(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)


def _node(event: Any, events: Iterator[Any], depth: int) -> Node:
    place = _place(event)
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        # An alias can make a small file unfold to gigabytes.
        raise _RefusedError(place, "alias", "anchors and aliases (& and *) are not used in fact files; write it out")
    if event.tag not in _PLAIN_TAGS:
        message = f"the tag {event.tag} is not used in fact files; take it out, or quote the text"
        raise _RefusedError(place, "tag", message)
    if depth > MAX_DEPTH:
        raise _RefusedError(place, "too-deep", f"nested more than {MAX_DEPTH} deep")
    if isinstance(event, yaml.ScalarEvent):
        return Text(place, event.value)
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(_node(event, events, depth + 1))
        return Items(place, tuple(items))
    entries = []
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        left = _node(event, events, depth + 1)
        if not isinstance(left, Text):
            raise _RefusedError(left.place, "wrong-type", "a key is one word, not a list or a mapping")
        entries.append(Entry(left, _node(next(events), events, depth + 1)))
    return Mapping(place, tuple(entries))


def _duplicates(node: Node) -> Iterator[Text]:
    if isinstance(node, Mapping):
        seen: set[str] = set()
        for entry in node.entries:
            if entry.key.value in seen:
                yield entry.key
            seen.add(entry.key.value)
            yield from _duplicates(entry.value)
    elif isinstance(node, Items):
        for item in node.values:
            yield from _duplicates(item)
