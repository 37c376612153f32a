"""Count what a store holds."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from drugfacts.store import Store


def count(store: Store) -> dict[str, Any]:
    """Give the counts of records, verdicts, topics, wordings and source levels."""
    rows = store.claims()
    sources = [source for name in store.ids("sources") if (source := store.source(name))]
    return {
        "facts": store.meta["content"],
        "reviewed": store.meta["reviewed"],
        "substances": store.count("substances"),
        "classes": store.count("classes"),
        "relations": store.count("relations"),
        "claims": len(rows),
        "topics": len({row.topic for row in rows}),
        "verdicts": dict(sorted(Counter(row.verdict for row in rows).items())),
        "wordings": sum(len(store.claim(row.id).asks) for row in rows),
        "sources": len(sources),
        "source_levels": dict(sorted(Counter(source.level.value for source in sources).items())),
    }
