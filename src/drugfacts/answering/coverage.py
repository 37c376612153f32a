"""Which substance lacks which main field."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drugfacts.answering.findings import findings
from drugfacts.model import Substance

if TYPE_CHECKING:
    from drugfacts.model import Field
    from drugfacts.store import Store


class Lacking(NamedTuple):
    """A substance and the ids of the fields that it lacks."""

    id: str
    name: str
    missing: tuple[str, ...]


class Filled(NamedTuple):
    """A field and how many substances hold it themselves, or have it from a class."""

    id: str
    label: str
    filled: int
    own: int


class Coverage(NamedTuple):
    """How far the substances hold some fields.

    Attributes:
        substances: every substance looked at, with what it lacks.
        fields: every field looked at, with how many of them hold it.
    """

    substances: tuple[Lacking, ...]
    fields: tuple[Filled, ...]

    @property
    def cells(self) -> int:
        """How many values there could be."""
        return len(self.substances) * len(self.fields)

    @property
    def filled(self) -> int:
        """How many values there are."""
        return sum(field.filled for field in self.fields)


def main_fields(store: Store) -> list[str]:
    """Give the ids of the fields that every substance should hold."""
    return [name for name in store.ids("fields") if (field := store.field(name)) and field.main]


def coverage(store: Store, substances: list[str], fields: list[str]) -> Coverage:
    """Say which substances lack which fields.

    A field counts as filled when the substance holds a finding, or has one from a class; of a link that holds both
    ways also when another record names the substance or one of its classes.

    Args:
        store: the store.
        substances: ids of the substances to look at.
        fields: ids of the fields to look at.
    """
    own: dict[str, set[str]] = {name: set() for name in fields}
    had: dict[str, set[str]] = {name: set() for name in fields}
    rows = []
    named = {name: _named(described, store) for name in fields if (described := store.field(name))}
    for key in substances:
        profile = store.profile(key)
        assert isinstance(profile, Substance)
        missing = []
        above = {key, *store.ancestors(key)}
        for name in fields:
            if profile.facts.get(name):
                own[name].add(key)
            if findings(profile, name, store) or named.get(name, set()) & above:
                had[name].add(key)
            else:
                missing.append(name)
        rows.append(Lacking(key, profile.name, tuple(missing)))
    filled = [
        Filled(name, described.label, len(had[name]), len(own[name]))
        for name in fields
        if (described := store.field(name))
    ]
    return Coverage(tuple(rows), tuple(filled))


def _named(field: Field, store: Store) -> set[str]:
    """Give what any record names in a link that holds both ways."""
    if not field.symmetric:
        return set()
    profiles = (store.profile(name) for folder in ("substances", "classes") for name in store.ids(folder))
    return {finding.object for profile in profiles if profile for finding in profile.facts.get(field.id, ())}
