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


def field_ids(incomplete: str) -> list[str]:
    """Give the ids of fields that begin with what has been typed."""
    return _ids("fields", incomplete)


def region_ids(incomplete: str) -> list[str]:
    """Give the ids of regions that begin with what has been typed, in whichever case."""
    return [name.upper() if incomplete.isupper() else name for name in _ids("regions", incomplete.casefold())]


def substance_names(incomplete: str) -> list[str]:
    """Give the ids of substances that begin with what has been typed."""
    return _ids("substances", incomplete)


def amounts(incomplete: str) -> list[str]:
    """Give the ids and short words of amounts that begin with what has been typed."""
    from drugfacts.answering.ranking import amount_fields

    try:
        words = [word for field in amount_fields(open_store()) for word in (field.id, *field.alias)]
    except DrugfactsError:
        return []
    return [word for word in words if word.startswith(incomplete)]


def _ids(folder: str, incomplete: str) -> list[str]:
    try:
        return [name for name in open_store().ids(folder) if name.startswith(incomplete)]
    except DrugfactsError:
        return []  # a shell that is completing has no use for an error
