from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from drugfacts.answering.likeness import alike
from drugfacts.answering.meaning import MOST, Meant, meant
from drugfacts.authoring.compile import compile_library
from drugfacts.authoring.load import load
from drugfacts.language.read import read

if TYPE_CHECKING:
    from pathlib import Path

    from drugfacts.store import Store

CLAIM = """\
# yaml-language-server: $schema=../../schemas/claim.json
id: gardens-need-rain
statement: Gardens need rain.
topic: lore
concepts: [[gardens, petals], [rain, shower]]
verdict: true
answer: Gardens need rain.
asks:
  - do gardens need rain
  - petals want a shower
  - {text: gardens do not need rain, negated: true}
not_asks: [{text: do gardens need sun, because: another thing}]
references: [{source: src-one, supports: [verdict], finding: They do.}]
review: {status: checked, on: 2026-11-24}
"""
# Two numbers for each word: what is of gardens points one way, what is of rain another.
VECTORS = """\
# yaml-language-server: $schema=../schemas/word-list.json
id: vectors
kind: vectors
origin: invented
words: garden eAo=, petal eBQ=, bed dwo=, rain Cng=, shower FHg=, drizzl FHc=, need PDw=, want PDw=
"""


@pytest.fixture
def garden(tiny_facts: Path) -> Store:
    (tiny_facts / "claims" / "lore" / "gardens-need-rain.yaml").write_text(CLAIM, encoding="utf-8")
    (tiny_facts / "word-lists" / "vectors.yaml").write_text(VECTORS, encoding="utf-8")
    library, problems = load([tiny_facts])
    assert problems == []
    return compile_library(library, sqlite3.connect(":memory:"))


def judged(text: str, store: Store) -> list[Meant]:
    question = read(text, store)
    return meant(question, alike(question.content, store), store)


def test_a_claim_is_found_by_words_that_point_where_its_own_do(garden: Store) -> None:
    first = judged("beds want drizzle and petals", garden)[0]
    assert first.claim == "gardens-need-rain"
    assert not first.negated
    assert first.evidence["best"] > 0.95
    assert 0 < first.evidence["ideas"] < 1


def test_a_negation_turns_it_round(garden: Store) -> None:
    assert judged("gardens do not want rain", garden)[0].negated


def test_what_points_elsewhere_is_less_near(garden: Store) -> None:
    near, far = judged("petals want rain", garden)[0], judged("petals", garden)[0]
    assert near.evidence["best"] > far.evidence["best"]


def test_a_drug_that_the_claim_knows_nothing_of_is_refused(garden: Store) -> None:
    assert "zorvane" in judged("gardens need zorvane rain", garden)[0].refused


def test_a_wording_that_is_left_out_has_no_say(garden: Store) -> None:
    question = read("petals want a shower", garden)
    ranked = alike(question.content, garden)
    whole = meant(question, ranked, garden)[0]
    without = meant(question, ranked, garden, ("petals want a shower",))[0]
    assert whole.evidence["best"] >= without.evidence["best"]
    assert without.row.text != "petals want a shower"


def test_a_store_without_vectors_finds_nothing(tiny_store: Store) -> None:
    assert judged("is quelbrin a florant", tiny_store) == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
@example("0:L:¼")  # three numbers
def test_any_text_can_be_judged(store: Store, text: str) -> None:
    found = judged(text, store)
    assert len(found) <= MOST
    forces = len(read(text, store).forces)
    for one in found:
        assert one.row.claim == one.claim
        counted = one.evidence["light"]
        assert 0 <= counted <= forces
        assert all(-1.01 <= value <= 2 for name, value in one.evidence.items() if name != "light")


def test_what_stands_in_the_place_of_an_idea_is_refused(garden: Store) -> None:
    assert judged("do petals want a zeppelin", garden)[0].refused
    assert not judged("do petals want a shower", garden)[0].refused
