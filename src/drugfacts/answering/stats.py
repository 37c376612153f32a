"""Count what a store holds."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from drugfacts.model import Verdict

if TYPE_CHECKING:
    from drugfacts.store import Store


class TopicCount(NamedTuple):
    """A topic and how many reviewed claims it has, in all and of each verdict."""

    topic: str
    claims: int
    verdicts: dict[str, int]


def topics(store: Store) -> list[TopicCount]:
    """Give every topic by name, with its claims counted by verdict; each verdict is there, with 0 if need be."""
    found: dict[str, Counter[str]] = {}
    for row in store.claims():
        found.setdefault(row.topic, Counter())[row.verdict] += 1
    return [
        TopicCount(topic, sum(counts.values()), {verdict.value: counts[verdict.value] for verdict in Verdict})
        for topic, counts in sorted(found.items())
    ]


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
