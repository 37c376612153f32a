from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import numpy as np
import pytest

from drugfacts.answering.encoder import hidden, network, packed_sides, pointing
from drugfacts.answering.sides import NONE, Pointed, Table, pointed, proposed
from drugfacts.authoring.compile import compile_library
from drugfacts.authoring.load import load
from drugfacts.authoring.sides import weights_of
from drugfacts.language.plain import masked, plain
from drugfacts.language.read import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from drugfacts.model import Encoder
    from drugfacts.store import Store

    Write = Callable[..., Store]

PIECES = ["quelbrin", "zorvane", "florant", "is", "a", "not", "does", "habit", "[drug1]", "[class1]", "become", "?"]
CLAIM = "quelbrin-is-a-florant"
SAID, DENIED, ASIDE = "is quelbrin a florant", "quelbrin is not a florant", "does zorvane become a habit"


@pytest.fixture
def write(tiny_facts: Path, make_encoder: Callable[..., Encoder], as_file: Callable[[Encoder], str]) -> Write:
    def written(*, taught: bool = True) -> Store:
        return _written(tiny_facts, make_encoder, as_file, taught=taught)

    return written


def _written(folder: Path, make: Callable[..., Encoder], as_file: Callable[[Encoder], str], *, taught: bool) -> Store:
    """Compile the tiny facts with an encoder that was taught their claim by two texts, and two relations by others."""
    encoder = make(PIECES)
    plain_net = network(encoder, weights_of(encoder))
    store = compile_library(load([folder])[0], sqlite3.connect(":memory:"))

    def points(text: str, head: str) -> np.ndarray:
        question = read(text, store)
        words = plain(question) if head == "head" else masked(question)
        return pointing(hidden(words, plain_net), plain_net, head)

    said, denied, other = (points(text, "head") for text in (SAID, DENIED, ASIDE))
    claims = {"another": packed_sides(other, -other), **({CLAIM: packed_sides(said, denied)} if taught else {})}
    belongs, habit = points(SAID, "relation head"), points(ASIDE, "relation head")
    relations = {
        "is-a": packed_sides(belongs, points(DENIED, "relation head")),
        "habit<": packed_sides(habit, -habit),
        NONE: packed_sides(-belongs, -belongs),
    }
    (folder / "encoders").mkdir(exist_ok=True)
    (folder / "encoders" / "texts.yaml").write_text(as_file(make(PIECES, claims, relations)), encoding="utf-8")
    library, problems = load([folder])
    assert problems == []
    return compile_library(library, sqlite3.connect(":memory:"))


def test_a_text_points_to_its_claim_and_its_side(write: Write) -> None:
    store = write()
    for text, negated in ((SAID, False), (DENIED, True)):
        found = pointed(read(text, store), store)
        assert found is not None
        assert found.best(1) == [(CLAIM, negated)]
        evidence = found.evidence(CLAIM, negated=negated)
        assert evidence["pointed cosine"] == pytest.approx(1, abs=0.02)
        assert evidence["pointed turn"] > 0 > found.evidence(CLAIM, negated=not negated)["pointed turn"]
        assert evidence["pointed claim"] == pytest.approx(
            evidence["pointed share"] + found.evidence(CLAIM, negated=not negated)["pointed share"], abs=1e-3
        )


def test_what_comes_to_the_same_is_no_rival() -> None:
    names = ["rain-is-wet", "rain-is-dry", "rain-is-late"]
    table = Table(names, None, {name: at for at, name in enumerate(names)}, np.array([1, -1, -1, 1, 0, 0]))
    found = Pointed(table, np.array([0.8, 0.1, 0.2, 0.7, 0.3, 0.4]), np.array([0.5, 0.05, 0.05, 0.3, 0.04, 0.06]))
    told = found.evidence("rain-is-wet", negated=False)
    assert told["pointed lead"] == pytest.approx(0.1)
    assert told["pointed ahead"] == pytest.approx(0.4)
    assert told["pointed with"] == pytest.approx(0.8)
    assert found.evidence("rain-is-late", negated=True)["pointed with"] == pytest.approx(0.06)


def test_shares_add_up_to_one(write: Write) -> None:
    found = pointed(read(ASIDE, write()), write())
    assert found is not None
    assert float(found.shares.sum()) == pytest.approx(1)


def test_a_claim_that_is_left_out_gives_no_evidence(write: Write) -> None:
    store = write()
    found = pointed(read(SAID, store), store, {CLAIM})
    assert found is not None
    assert found.evidence(CLAIM, negated=False) == {}
    assert found.best(2) == []


def test_a_claim_it_was_not_taught_gets_the_mean_of_its_wordings(write: Write) -> None:
    store = write(taught=False)
    found = pointed(read(DENIED, store), store)
    assert found is not None
    assert found.best(1) == [(CLAIM, True)]
    assert found.evidence("unheard-of", negated=False) == {}


def test_relations_are_told_whatever_the_drug(write: Write) -> None:
    store = write()
    assert proposed(read(SAID, store), store)[0][:3] == ("is-a", False, False)
    assert proposed(read("is zorvane a florant", store), store)[0][:3] == ("is-a", False, False)
    assert proposed(read(DENIED, store), store)[0][:3] == ("is-a", False, True)
    assert proposed(read("does quelbrin become a habit", store), store)[0][:3] == ("habit", True, False)


def test_without_an_encoder_nothing_is_told(tiny_store: Store) -> None:
    assert pointed(read(SAID, tiny_store), tiny_store) is None
    assert proposed(read(SAID, tiny_store), tiny_store) == []
