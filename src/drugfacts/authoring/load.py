"""Load fact folders into a library of records, with every fault that keeps a record from being built."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from drugfacts.authoring.read import Mapping, Place, Text, read_bytes, read_file
from drugfacts.authoring.shape import build
from drugfacts.errors import Problem
from drugfacts.model import (
    Claim,
    DrugClass,
    Encoder,
    Field,
    LexiconFile,
    Model,
    Region,
    Relation,
    Source,
    Substance,
    Term,
    WordList,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

# Folder, record type, and how deep the files lie below the folder.
KINDS: dict[str, tuple[type, str]] = {
    "sources": (Source, "*.yaml"),
    "fields": (Field, "*.yaml"),
    "relations": (Relation, "*.yaml"),
    "terms": (Term, "*.yaml"),
    "classes": (DrugClass, "*.yaml"),
    "substances": (Substance, "*.yaml"),
    "claims": (Claim, "*/*.yaml"),
    "lexicon": (LexiconFile, "*.yaml"),
    "models": (Model, "*.yaml"),
    "encoders": (Encoder, "*.yaml"),
    "regions": (Region, "*.yaml"),
    "word-lists": (WordList, "*.yaml"),
}
R = TypeVar("R")


class Loaded(NamedTuple):
    """A record and where it came from.

    Attributes:
        record: the record.
        folder: which folder of the store it belongs to.
        path: the file it was read from; None when it was taken from a compiled store.
        shown_as: the file's name in problems.
        digest: a digest of the file's content.
    """

    record: Any
    folder: str
    path: Path | None
    shown_as: str
    digest: str

    def problem(self, code: str, message: str, *steps: str | int) -> Problem:
        """Make a problem that points at a part of the record.

        Args:
            code: the kind of fault.
            message: what is wrong and what would be right.
            steps: keys and list positions that lead to the part; as far as they go they are followed.
        """
        return Problem(self.shown_as, *self._place(steps), code, message)

    def _place(self, steps: Sequence[str | int]) -> Place:
        if self.path is None:
            return Place(1, 1)
        node: Any = read_file(self.path, self.shown_as)[0]
        place = Place(1, 1)
        for step in steps:
            if isinstance(node, Mapping) and isinstance(step, str):
                entry = next((entry for entry in node.entries if entry.key.value == step), None)
                if entry is None:
                    break
                node, place = entry.value, entry.key.place
            elif node is not None and not isinstance(node, (Mapping, Text)) and isinstance(step, int):
                if step >= len(node.values):
                    break  # somebody has shortened the file since it was read
                node = node.values[step]
                place = node.place
            # A single finding under `facts` stands for a list of one.
        return place


class Library:
    """All records of a store, by folder and id."""

    def __init__(self) -> None:
        """Start empty."""
        self.shelves: dict[str, dict[str, Loaded]] = {folder: {} for folder in KINDS}

    def add(self, loaded: Loaded) -> None:
        """Put a record on its shelf, in place of one with the same id."""
        self.shelves[loaded.folder][loaded.record.id] = loaded

    def all(self, folder: str) -> Iterator[Loaded]:
        """Give the loaded records of a folder in the order of their ids."""
        shelf = self.shelves[folder]
        return (shelf[key] for key in sorted(shelf))

    def records(self, folder: str) -> list[Any]:
        """Give the bare records of a folder in the order of their ids."""
        return [loaded.record for loaded in self.all(folder)]

    def get(self, folder: str, key: str) -> Any:
        """Give one record, or None."""
        loaded = self.shelves[folder].get(key)
        return loaded.record if loaded else None

    def profile(self, key: str) -> Substance | DrugClass | None:
        """Give the substance or class with an id, or None."""
        found = self.get("substances", key) or self.get("classes", key)
        return found if isinstance(found, (Substance, DrugClass)) else None


def fact_files(root: Path) -> Iterator[tuple[str, Path]]:
    """Give folder and path of every file of a fact folder that is read, in a stable order."""
    for folder, (_, pattern) in KINDS.items():
        for path in sorted((root / folder).glob(pattern)):
            if path.is_file() and not path.name.startswith("."):
                yield folder, path


def digest_of(raw: bytes) -> str:
    """Give the digest by which an unchanged file is known again."""
    return hashlib.blake2b(raw, digest_size=12).hexdigest()


def load(roots: Iterable[Path], known: dict[tuple[str, str], Any] | None = None) -> tuple[Library, list[Problem]]:
    """Load fact folders, a later one over the earlier ones.

    Args:
        roots: the folders; a record of a later one replaces the record with the same id.
        known: records of an earlier load by folder and digest, which need not be parsed again.

    Returns:
        The library of all records that could be built, and the problems with the rest.
    """
    library, problems = Library(), []
    known = known or {}
    for root in roots:
        for folder, path in fact_files(root):
            shown_as = str(path.relative_to(root))
            try:
                raw = path.read_bytes()
            except OSError as error:
                problems.append(Problem(shown_as, 1, 1, "unreadable", error.strerror or str(error)))
                continue
            digest = digest_of(raw)
            record = known.get((folder, digest))
            if record is None:
                record, faults = parse(folder, raw, shown_as)
                problems += faults
            if record is None:
                continue
            loaded = Loaded(record, folder, path, shown_as, digest)
            problems += _misplaced(loaded, library, root)
            library.add(loaded)
    return library, problems


def parse(folder: str, raw: bytes, shown_as: str) -> tuple[Any, list[Problem]]:
    """Build the record of one file; gives None and the problems when it cannot be built."""
    node, problems = read_bytes(raw, shown_as)
    if node is None:
        return None, problems
    record = build(
        KINDS[folder][0],
        node,
        lambda place, code, message: problems.append(Problem(shown_as, *place, code, message)),
    )
    return record, problems


def _misplaced(loaded: Loaded, library: Library, root: Path) -> Iterator[Problem]:
    assert loaded.path is not None
    name = loaded.record.id
    if loaded.path.stem != name:
        yield loaded.problem(
            "id-not-file-name", f"the id is {name!r} and the file {loaded.path.name!r}; make them equal", "id"
        )
    if isinstance(loaded.record, Claim) and loaded.path.parent.name != loaded.record.topic:
        right = loaded.path.parent.name
        yield loaded.problem("topic-not-folder", f"the topic is {loaded.record.topic!r}, the folder {right!r}", "topic")
    twin = library.shelves[loaded.folder].get(name)
    if twin and twin.path and root in twin.path.parents:
        yield loaded.problem("duplicate-id", f"the id {name!r} is taken by {twin.shown_as}; choose another", "id")
