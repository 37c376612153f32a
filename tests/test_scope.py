from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from drugfacts.answering.derive import derive
from drugfacts.answering.scope import Scope, places, scope
from drugfacts.authoring.compile import compile_library
from drugfacts.authoring.load import load
from drugfacts.language.question import Proposed
from drugfacts.language.read import read

if TYPE_CHECKING:
    from pathlib import Path

    from drugfacts.store import Store


@pytest.fixture
def strong(tiny_facts: Path) -> Store:
    """Give the tiny store with a word that says more, and one that says how much."""
    path = tiny_facts / "lexicon" / "words.yaml"
    more = "  - {id: completely, role: force, effect: more, phrases: [fully]}\n"
    more += "  - {id: some-days, role: force, phrases: [on mondays]}\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    library, problems = load([tiny_facts])
    assert problems == []
    return compile_library(library, sqlite3.connect(":memory:"))


def told(text: str, proposed: Proposed, store: Store) -> Scope:
    """Tell what a text says besides a proposition."""
    derived = derive(proposed, store)
    assert derived
    return scope(read(text, store), proposed, derived, store)


def test_what_says_no_more_is_within(strong: Store) -> None:
    assert told("is zorvane habit forming", Proposed("zorvane", "habit"), strong) == Scope()


def test_what_says_more_is_told_where_it_matters_to_the_verdict(strong: Store) -> None:
    found = told("is zorvane fully habit forming", Proposed("zorvane", "habit"), strong)
    assert found.heavy
    assert "completely" in found.strength
    # What is false is false all the more of the stronger.
    assert told("is quelbrin fully habit forming", Proposed("quelbrin", "habit"), strong) == Scope()


def test_what_says_how_much_is_light(strong: Store) -> None:
    found = told("is zorvane habit forming on mondays", Proposed("zorvane", "habit"), strong)
    assert found.strength
    assert not found.heavy


def test_a_circumstance_that_the_records_say_nothing_of_is_told(store: Store) -> None:
    found = told("is heroin addictive for teens", Proposed("heroin", "addictive"), store)
    assert "teens" in found.circumstance


def test_places_are_told_from_other_circumstances(store: Store) -> None:
    question = read("is weed legal in Canada for teens", store)
    assert [store.place(one) for one in places(question, store)] == ["Canada"]
    assert places(read("is weed addictive", store), store) == []
