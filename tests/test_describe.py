from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from drugfacts.answering.describe import PARTS, cite, explain, passage, profiles_of, side, supports_of
from drugfacts.authoring.compile import compile_library
from drugfacts.authoring.load import load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from drugfacts.store import Profile, Store

SOURCE = """\
id: {name}
title: On {name}
publisher: Nobody
year: 2020
url: https://example.org/{name}
level: {level}
kind: review
read: full
read_on: 2026-11-23
"""


@pytest.fixture
def cited_store(tiny_facts: Path) -> Iterator[Store]:
    """Give the small store with a source of every level, and an effect text on a class."""
    for level in "ABCD":
        name = f"level-{level.lower()}"
        (tiny_facts / f"sources/{name}.yaml").write_text(SOURCE.format(name=name, level=level))
    path = tiny_facts / "classes/florant.yaml"
    text = "effects: {text: Florants tickle., short: Tickle, sources: [level-b]}\n"
    path.write_text(path.read_text() + text)
    library, problems = load([tiny_facts])
    assert problems == []
    connection = sqlite3.connect(":memory:")
    yield compile_library(library, connection)
    connection.close()


def profile(name: str, store: Store) -> Profile:
    found = store.profile(name)
    assert found is not None
    return found


def test_sources_of_the_verdict_come_first_then_the_best(cited_store: Store) -> None:
    found = cite({"level-b": ["effects"], "level-c": ["verdict"], "level-a": ["effects"]}, cited_store)
    assert [source.id for source in found] == ["level-c", "level-a", "level-b"]


def test_a_commercial_page_is_cited_only_where_there_is_nothing_better(cited_store: Store) -> None:
    assert [one.id for one in cite({"level-d": ["verdict"], "level-a": ["effects"]}, cited_store)] == ["level-a"]
    assert [one.id for one in cite({"level-d": ["verdict"], "level-b": ["effects"]}, cited_store)] == ["level-b"]
    assert [one.id for one in cite({"level-d": ["verdict"]}, cited_store)] == ["level-d"]


def test_a_source_says_each_part_that_leans_on_it_once(cited_store: Store) -> None:
    (found,) = cite({"level-a": ["verdict", "effects", "verdict"]}, cited_store)
    assert found.supports == ("verdict", "effects")
    assert (found.title, found.publisher, found.url) == ("On level-a", "Nobody", "https://example.org/level-a")
    assert (found.year, found.level) == ("2020", "A")


def test_no_source_is_made_up(cited_store: Store) -> None:
    assert cite({}, cited_store) == ()
    assert cite({"no-such-source": ["verdict"]}, cited_store) == ()


def test_a_passage_is_the_profiles_own_or_that_of_the_nearest_class(cited_store: Store) -> None:
    zorvane = profile("zorvane", cited_store)
    own, inherited = passage(zorvane, "mechanism", cited_store), passage(zorvane, "effects", cited_store)
    assert own is not None
    assert own.text == "It opens petals."
    assert inherited is not None
    assert inherited.text == "Florants tickle."
    assert passage(zorvane, "addiction_risk", cited_store) is None
    assert passage(profile("quelbrin", cited_store), "effects", cited_store) is None


def test_a_text_that_two_profiles_share_is_told_once(cited_store: Store) -> None:
    both = [profile("zorvane", cited_store), profile("umbrant", cited_store)]
    assert explain(both, "effects", cited_store) == ("Florants tickle.", ("level-b",))
    assert explain(both, "mechanism", cited_store) == ("It opens petals.", ("src-one",))
    assert explain([], "mechanism", cited_store) == ("", ())


def test_a_side_has_the_short_forms(cited_store: Store) -> None:
    found = side(profile("zorvane", cited_store), cited_store)
    assert (found.id, found.name) == ("zorvane", "zorvane")
    assert (found.mechanism, found.effects, found.addiction_risk) == ("Opens petals", "Tickle", "")
    assert side(profile("florant", cited_store), cited_store).name == "florants"


def test_the_supports_of_a_claim_are_those_of_its_references(tiny_store: Store) -> None:
    assert supports_of(tiny_store.claim("quelbrin-is-a-florant")) == {"src-one": ["verdict"]}


def test_profiles_are_given_once_and_in_order_and_terms_are_none(tiny_store: Store) -> None:
    names = ["florant", "shimmer-fever", "zorvane", "florant", "", "no-such-thing"]
    assert [found.id for found in profiles_of(names, tiny_store)] == ["florant", "zorvane"]


def test_every_profile_of_the_store_cites_sources_that_are_there(store: Store) -> None:
    for name in [*store.ids("substances"), *store.ids("classes")]:
        record = profile(name, store)
        for part in PARTS:
            found = passage(record, part, store)
            if found:
                assert found.sources
                assert {source for source in found.sources if store.source(source) is None} == set()
