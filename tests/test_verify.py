from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drugfacts.answering.verify import Judged, judged, judged_each, names_alone
from drugfacts.authoring.compile import compile_library
from drugfacts.authoring.load import load
from drugfacts.language.read import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from drugfacts.model import Encoder
    from drugfacts.store import Store

STATEMENT = "Quelbrin is a florant."
NAMES = ("zorvane", "Zorvex", "ZV-2")


@pytest.fixture
def reading(tiny_facts: Path, make_encoder: Callable[..., Encoder], as_file: Callable[[Encoder], str]) -> Store:
    """Give the tiny store with a network that reads texts beside statements."""
    pieces = ["quelbrin", "zorvane", "florant", "is", "a", "not", "never", "?"]
    (tiny_facts / "encoders").mkdir()
    (tiny_facts / "encoders" / "pairs.yaml").write_text(as_file(make_encoder(pieces, key="pairs")), encoding="utf-8")
    library, problems = load([tiny_facts])
    assert problems == []
    return compile_library(library, sqlite3.connect(":memory:"))


def test_three_shares_tell_what_a_text_says(reading: Store) -> None:
    told = [
        judged(read(text, reading), STATEMENT, reading) for text in ("is quelbrin a florant", "zorvane never glows")
    ]
    for one in told:
        assert one is not None
        assert sum(one) == pytest.approx(1, abs=0.001)
    assert told[0] != told[1]


def test_a_drug_is_the_same_by_any_of_its_names(reading: Store) -> None:
    told = {judged(read(f"{name} is a florant", reading), STATEMENT, reading) for name in NAMES}
    assert len(told) == 1


def test_a_text_that_is_read_in_two_ways_is_told_twice(reading: Store) -> None:
    question = read("is quelbrin a florant", reading)
    other = question._replace(mentions=())  # a name that is not taken for one
    other = other._replace(tokens=tuple(token._replace(word="never") for token in other.tokens))
    assert judged(question, STATEMENT, reading) != judged(other, STATEMENT, reading)


def test_nothing_is_told_where_there_is_no_network(tiny_store: Store) -> None:
    assert judged(read("is quelbrin a florant", tiny_store), STATEMENT, tiny_store) is None


def test_a_side_is_said_or_denied() -> None:
    told = Judged(0.7, 0.2, 0.1)
    assert (told.side(negated=False), told.side(negated=True)) == (0.7, 0.2)
    assert not told.denied
    assert Judged(0.2, 0.3, 0.5).denied


def test_what_is_said_of_the_opposite_of_a_statement_is_the_other_side() -> None:
    told = Judged(0.7, 0.2, 0.1)
    assert told.turned() == Judged(0.2, 0.7, 0.1)
    assert told.turned(turned=False) == told
    assert told.turned().turned() == told


def test_several_statements_are_told_as_one_by_one(reading: Store) -> None:
    question = read("quelbrin is not a florant", reading)
    statements = [STATEMENT, "Zorvane never glows.", STATEMENT]
    told = judged_each(question, statements, reading)
    assert told[0] == told[2] == judged(question, STATEMENT, reading)
    assert len(told) == 3
    assert judged_each(question, [], reading) == []


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=200))
def test_any_text_can_be_read(store: Store, text: str) -> None:
    question = read(text, store)
    told = judged(question, "Ketamine is an opioid.", store)
    assert (told is None) is names_alone(question)
    assert all(0 <= share <= 1 for share in told or ())


def test_names_alone_say_nothing(store: Store) -> None:
    for text in ("opioid ketamine", "xanax or buspirone"):
        assert names_alone(read(text, store))
        assert judged(read(text, store), "Ketamine is an opioid.", store) is None
    for text in ("is ketamine an opioid", "kava liver damage"):
        assert not names_alone(read(text, store))


@pytest.mark.parametrize(
    ("text", "statement", "says"),
    [
        ("is ketamine some sort of opioid", "Ketamine is an opioid.", True),
        ("ketamine isn't one of the opioids", "Ketamine is an opioid.", False),
        ("vaping does your lungs no harm", "Vaping harms the lungs.", False),
    ],
)
def test_it_tells_what_is_said_from_what_is_denied(text: str, statement: str, says: bool, store: Store) -> None:
    told = judged(read(text, store), statement, store)
    assert told is not None
    assert (told.says > told.denies) is says
