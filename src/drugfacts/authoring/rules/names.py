"""Rules on names and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drugfacts.authoring.compile import names_of
from drugfacts.authoring.schema import first_line
from drugfacts.text import key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drugfacts.authoring.load import Library, Loaded
    from drugfacts.errors import Problem


def taken_twice(library: Library) -> Iterator[Problem]:
    """Report names that two records claim without marking them as ambiguous, and marks on names that are not there."""
    owners: dict[str, list[tuple[Loaded, str, bool]]] = {}
    for folder in ("substances", "classes", "terms"):
        for loaded in library.all(folder):
            record = loaded.record
            doubtful = {key(name) for name in getattr(record, "ambiguous", ())}
            seen: dict[str, str] = {}
            for name in names_of(record):
                folded = key(name)
                if folded.isdigit():
                    message = f"{name!r} is only a number; quote a name that holds a comma as one text"
                    yield loaded.problem("number-name", message, "names")
                if not folded:
                    yield loaded.problem("empty-name", f"{name!r} holds no letter or digit", "names")
                    continue
                if folded not in seen:
                    seen[folded] = name
                    owners.setdefault(folded, []).append((loaded, name, folded in doubtful))
            for index, name in enumerate(getattr(record, "ambiguous", ())):
                if key(name) not in seen:
                    message = f"{name!r} is not among the names; add it there, or take it out here"
                    yield loaded.problem("unknown-name", message, "ambiguous", index)
    for claimants in owners.values():
        unmarked = [(loaded, name) for loaded, name, doubtful in claimants if not doubtful]
        if len(claimants) > 1 and unmarked:
            for loaded, name in unmarked:
                others = ", ".join(other.shown_as for other, _, _ in claimants if other is not loaded)
                message = f"{name!r} is also a name in {others}; list it under `ambiguous` in both, or drop it from one"
                yield loaded.problem("name-taken", message, *_where(loaded.record, name))


def _where(record: Any, name: str) -> tuple[str | int, ...]:
    """Give the way to a name within a record."""
    if name == record.name:
        return ("name",)
    if name == getattr(record, "plural_name", None):
        return ("plural_name",)
    if isinstance(record.names, tuple) and not hasattr(record.names, "_fields"):
        return ("names", record.names.index(name))
    for kind, group in zip(record.names._fields, record.names, strict=True):
        if name in group:
            return ("names", kind, group.index(name))
    return ("names",)


def ids_differ(library: Library) -> Iterator[Problem]:
    """Report ids that a substance, a class and a term share, and lexicon entries with one id."""
    owners: dict[str, list[Loaded]] = {}
    for folder in ("terms", "classes", "substances"):
        for loaded in library.all(folder):
            owners.setdefault(loaded.record.id, []).append(loaded)
    for name, claimants in owners.items():
        for loaded in claimants:
            others = ", ".join(other.shown_as for other in claimants if other is not loaded)
            if others:
                yield loaded.problem("duplicate-id", f"{name!r} is the id of {others} too; choose another", "id")
    entries: dict[str, Loaded] = {}
    for loaded in library.all("lexicon"):
        for index, entry in enumerate(loaded.record.entries):
            if entry.id in entries:
                message = f"{entry.id!r} is an entry of {entries[entry.id].shown_as} too; choose another id"
                yield loaded.problem("duplicate-id", message, "entries", index, "id")
            entries.setdefault(entry.id, loaded)


def short_words_differ(library: Library) -> Iterator[Problem]:
    """Report short words that two fields, or two regions, are asked for by."""
    for folder, part in (("fields", "alias"), ("regions", "codes")):
        taken = dict(library.shelves[folder])
        for loaded in library.all(folder):
            for index, word in enumerate(getattr(loaded.record, part)):
                owner = taken.setdefault(word.casefold(), loaded)
                if owner is not loaded:
                    message = f"{word!r} stands for {owner.record.id} already; choose another, or drop it"
                    yield loaded.problem("name-taken", message, part, index)


def schema_line(library: Library) -> Iterator[Problem]:
    """Report files whose first line does not name their schema, by which editors help to write them."""
    for folder in library.shelves:
        for loaded in library.all(folder):
            if loaded.path is None:
                continue
            wanted = first_line(folder)
            with loaded.path.open(encoding="utf-8") as file:
                if file.readline().strip() != wanted:
                    yield loaded.problem("schema-line", f"the first line should be `{wanted}`")
