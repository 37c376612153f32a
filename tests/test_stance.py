from __future__ import annotations

import sqlite3
from array import array
from base64 import b64encode
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugfacts.answering.stance import DENIED, WORD, agreement, features, lean, stance
from drugfacts.authoring.compile import compile_library
from drugfacts.authoring.load import load
from drugfacts.language.read import read

if TYPE_CHECKING:
    from pathlib import Path

    from drugfacts.store import Store

CLAIM = """\
# yaml-language-server: $schema=../../schemas/claim.json
id: rain-feeds-gardens
statement: Rain feeds gardens.
topic: lore
concepts: [[gardens, petals], [rain, shower], [feeds, starves]]
verdict: true
answer: Rain feeds gardens.
asks:
  - rain is food for gardens
  - {text: rain starves gardens, negated: true}
  - {text: rain does not feed gardens, negated: true}
not_asks: [{text: do gardens need sun, because: another thing}]
references: [{source: src-one, supports: [verdict], finding: They do.}]
review: {status: checked, on: 2026-11-24}
"""
LEANINGS = {"=feed": [100, 0], "=food": [80, 0], "=starv": [-100, 0], "=famin": [-90, 0], "=rain": [0, 10]}


@pytest.fixture
def garden(tiny_facts: Path) -> Store:
    (tiny_facts / "claims" / "lore" / "rain-feeds-gardens.yaml").write_text(CLAIM, encoding="utf-8")
    words = ", ".join(
        f"{name} {b64encode(array('b', numbers).tobytes()).decode()}" for name, numbers in LEANINGS.items()
    )
    (tiny_facts / "word-lists" / "leanings.yaml").write_text(
        "# yaml-language-server: $schema=../schemas/word-list.json\n"
        f"id: leanings\nkind: leanings\norigin: invented\nwords: {words}\n",
        encoding="utf-8",
    )
    library, problems = load([tiny_facts])
    assert problems == []
    return compile_library(library, sqlite3.connect(":memory:"))


def agrees(text: str, store: Store, *, negated: bool = False) -> float:
    question = read(text, store)
    own, claims = stance(question, store), store.stance("rain-feeds-gardens")
    return agreement(own, claims, turned=negated != question.negated)


@pytest.mark.parametrize("text", ["rain is food", "does rain feed a plant", "famine does not come with rain"])
def test_a_text_on_the_claims_side_agrees_and_its_opposite_does_not(garden: Store, text: str) -> None:
    assert agrees(text, garden) > 0
    assert agrees(text, garden, negated=True) < 0


@pytest.mark.parametrize("text", ["rain brings famine", "rain is not food", "does rain starve a plant"])
def test_a_text_on_the_other_side_agrees_as_a_denial(garden: Store, text: str) -> None:
    assert agrees(text, garden) < 0
    assert agrees(text, garden, negated=True) > 0


def test_what_takes_sides_is_the_content_each_word_and_what_follows_a_negation(garden: Store) -> None:
    said = features(read("rain does not feed the old petals", garden), garden.denials())
    assert {f"{WORD}rain", f"{WORD}not", f"{DENIED}feed", f"{DENIED}old"} <= {*said}
    assert f"{DENIED}petal" not in said
    assert f"{DENIED}rain" not in said
    assert len(said) == len({*said})


def test_a_store_without_leanings_takes_no_side(tiny_store: Store) -> None:
    assert stance(read("is quelbrin a florant", tiny_store), tiny_store) == []
    assert list(tiny_store.stance("no-such-claim")) == []
    assert agreement([], [], turned=True) == 0


def test_only_features_with_a_vector_count() -> None:
    assert lean(["=feed", "no-such"], {"=feed": [3, 4]}) == [3, 4]
    assert lean(["=feed", "=food"], {"=feed": [1, 0], "=food": [1, 2]}) == pytest.approx([2 / 2**0.5, 2 / 2**0.5])
    assert lean([], {}) == []


@given(st.lists(st.floats(-9, 9), min_size=3, max_size=3), st.lists(st.floats(-9, 9), min_size=3, max_size=3))
def test_turned_round_is_the_opposite(own: list[float], claims: list[float]) -> None:
    assert agreement(own, claims, turned=True) == -agreement(own, claims, turned=False)


def test_the_claims_of_the_store_agree_with_their_own_wordings(store: Store) -> None:
    right = wrong = 0
    for claim in store.ids("claims")[::20]:
        for row in store.wordings(claim)[1:]:
            question = read(row.text, store)
            told = agreement(stance(question, store), store.stance(claim), turned=row.negated != question.negated)
            right, wrong = right + (told > 0), wrong + (told <= 0)
    assert right > 15 * wrong
