"""Which classes a substance or class belongs to, by way of which others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drugfacts.model import DrugClass, Substance

if TYPE_CHECKING:
    from drugfacts.authoring.load import Library


def lineage(library: Library, name: str) -> dict[str, int]:
    """Give the ancestors of a substance or class.

    Args:
        library: the records.
        name: the id of a substance or class.

    Returns:
        The ids of the classes above it with the number of steps up to each; a class that the library does not
        hold is left out, and a circle of parents is walked once.
    """
    found: dict[str, int] = {}
    edge, depth = _above(library, name), 1
    while edge:
        fresh = [parent for parent in edge if parent not in found and parent != name]
        found.update(dict.fromkeys(fresh, depth))
        edge = [parent for child in fresh for parent in _above(library, child)]
        depth += 1
    return found


def _above(library: Library, name: str) -> list[str]:
    record = library.profile(name)
    memberships = (
        record.classes if isinstance(record, Substance) else record.parents if isinstance(record, DrugClass) else ()
    )
    return [membership.id for membership in memberships if library.get("classes", membership.id)]
