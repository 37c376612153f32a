"""Shell completion of ids and names."""

from __future__ import annotations

from drugfacts.errors import DrugfactsError
from drugfacts.locate import open_store


def claim_ids(incomplete: str) -> list[str]:
    """Give the ids of claims that begin with what has been typed."""
    return _ids("claims", incomplete)


def drug_names(incomplete: str) -> list[str]:
    """Give the ids of substances and classes that begin with what has been typed."""
    return [*_ids("substances", incomplete), *_ids("classes", incomplete)]


def topics(incomplete: str) -> list[str]:
    """Give the topics that begin with what has been typed."""
    try:
        found = {row.topic for row in open_store().claims()}
    except DrugfactsError:
        return []
    return sorted(topic for topic in found if topic.startswith(incomplete))


def _ids(folder: str, incomplete: str) -> list[str]:
    try:
        return [name for name in open_store().ids(folder) if name.startswith(incomplete)]
    except DrugfactsError:
        return []  # a shell that is completing has no use for an error
