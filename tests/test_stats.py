from __future__ import annotations

from typing import TYPE_CHECKING

from drugfacts.answering.stats import count, topics
from drugfacts.render.record import dump

if TYPE_CHECKING:
    from drugfacts.store import Store


def test_everything_in_a_small_store_is_counted(tiny_store: Store) -> None:
    assert count(tiny_store) == {
        "facts": tiny_store.meta["content"],
        "reviewed": "2026-11-24",
        "substances": 2,
        "classes": 2,
        "relations": 3,
        "claims": 1,
        "topics": 1,
        "verdicts": {"false": 1},
        "wordings": 3,
        "sources": 1,
        "source_levels": {"A": 1},
    }


def test_the_parts_of_the_real_store_add_up(store: Store) -> None:
    found = count(store)
    assert sum(found["verdicts"].values()) == found["claims"] == len(store.claims())
    assert sum(found["source_levels"].values()) == found["sources"] == len(store.ids("sources"))
    assert list(found["verdicts"]) == sorted(found["verdicts"])
    assert list(found["source_levels"]) == sorted(found["source_levels"])
    assert found["wordings"] >= found["claims"] >= found["topics"] > 1
    assert dump(found, one_line=True)


def test_topics_are_counted_by_verdict(larger_store: Store) -> None:
    bags, lore = topics(larger_store)
    assert (bags.topic, bags.claims, bags.verdicts["true"], bags.verdicts["mixed"]) == ("bags", 9, 3, 1)
    assert (lore.topic, lore.claims, lore.verdicts["false"], lore.verdicts["true"]) == ("lore", 1, 1, 0)
    assert list(lore.verdicts) == list(bags.verdicts)
