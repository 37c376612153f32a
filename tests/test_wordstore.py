from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drugfacts.text import letters

if TYPE_CHECKING:
    from drugfacts.store import Store


def test_phrases_are_found_by_their_first_stem(tiny_store: Store) -> None:
    found = tiny_store.phrases(["zorvan", "zip", "brought", "gone"])
    assert [(phrase.parts, phrase.meaning[:3]) for phrase in found["zorvan"]] == [
        ((("zorvan",),), ("substance", "zorvane", "name"))
    ]
    assert [phrase.meaning.role for phrase in found["zip"]] == ["ambiguous"]
    assert [(phrase.parts, phrase.meaning.role) for phrase in found["brought"]] == [
        ((("brought", "on", "by"),), "passive")
    ]
    assert found["gone"] == ()


def test_a_name_is_found_joined_and_apart(tiny_store: Store) -> None:
    assert [phrase.parts for phrase in tiny_store.phrases(["zv"])["zv"]] == [(("zv", "2"),)]
    assert [phrase.parts for phrase in tiny_store.phrases(["zv2"])["zv2"]] == [(("zv2",),)]


def test_more_phrases_can_be_asked_for_than_a_query_takes(tiny_store: Store) -> None:
    heads = [f"no{number}" for number in range(3000)]
    found = tiny_store.phrases([*heads, "zip"])
    assert len(found) == 3001
    assert {head for head, phrases in found.items() if phrases} == {"zip"}


@pytest.mark.parametrize(
    ("word", "kinds"),
    [("zorvane", "n"), ("florants", "n"), ("bloom", "v"), ("dralomine", "o"), ("garden", "e"), ("moon", "")],
)
def test_a_word_is_known_by_what_it_is(tiny_store: Store, word: str, kinds: str) -> None:
    assert tiny_store.word_kinds(word) == kinds


def test_words_alike_begin_alike_and_are_of_a_length(tiny_store: Store) -> None:
    found = sorted(tiny_store.words_like("quelbrim", 1))
    assert found == [("quelbrin", "n", letters("quelbrin")), ("quelbrix", "o", letters("quelbrix"))]
    assert tiny_store.words_like("quelbr", 1) == []
    assert tiny_store.words_like("gardem", 1) == []


def test_a_notice_is_found_by_its_entry(tiny_store: Store) -> None:
    assert tiny_store.notice("dose") == "Doses are not given here."


def test_the_wordings_of_a_claim_begin_with_its_statement(tiny_store: Store) -> None:
    rows = tiny_store.wordings("quelbrin-is-a-florant")
    assert [(row.text, row.negated) for row in rows] == [
        ("Quelbrin is a florant.", False),
        ("is quelbrin a florant", False),
        ("Does quelbrin belong to the florants?", False),
        ("quelbrin isn't a florant", True),
    ]


def test_a_part_of_what_is_said_leads_to_its_wordings_and_weighs_more_the_rarer_it_is(tiny_store: Store) -> None:
    found = tiny_store.features(["~is-a", "<florant>", "gone"])
    assert {
        name: [row.text for row in tiny_store.asks(feature.asks).values() if not row.miss]
        for name, feature in found.items()
    } == {
        "~is-a": ["Does quelbrin belong to the florants?"],
        "<florant>": [row.text for row in tiny_store.wordings("quelbrin-is-a-florant")],
    }
    assert found["~is-a"].weight > found["<florant>"].weight > 0


def test_as_many_parts_as_the_longest_question_has_can_be_looked_up_at_once(tiny_store: Store) -> None:
    assert list(tiny_store.features([*map(str, range(2000)), "~is-a"])) == ["~is-a"]
