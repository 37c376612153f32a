from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drugfacts.language.segment import expand, segment
from drugfacts.text import fold, tokens

if TYPE_CHECKING:
    from drugfacts.language.segment import Segments
    from drugfacts.store import Store

VOCABULARY = (
    "is isn't not it true that a an the can you die from heroin withdrawal overdose reverse naloxone angel dust "
    "special k opioids opioid right myth only never stronger than weaker and or moon cheese 3 = what how"
)
WORDS = st.lists(
    st.sampled_from(VOCABULARY.split()),
    max_size=14,
).map(" ".join)


def cut(text: str, store: Store) -> tuple[list[str], Segments]:
    found = expand(tokens(fold(text)), store)
    return [token.word for token in found], segment(found, store)


def roles(text: str, store: Store) -> dict[str, set[str]]:
    words, segments = cut(text, store)
    return {" ".join(words[one.start : one.end]): {meaning.role for meaning in one.meanings} for one in segments.spans}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("isn't it", "is not it"),
        ("Zorvane ISN\u2019T", "zorvane is not"),
        ("zorvane's petals", "zorvane petals"),
        ("zorvanes' petals", "zorvanes petals"),
        ("'zorvane'", "zorvane"),
        ("'s", "s"),
    ],
)
def test_contractions_are_spelt_out_and_the_possessive_is_dropped(tiny_store: Store, text: str, words: str) -> None:
    assert " ".join(cut(text, tiny_store)[0]) == words


def test_a_contraction_keeps_the_place_of_the_word_that_was_typed(tiny_store: Store) -> None:
    found = expand(tokens("zorvane isn't a florant"), tiny_store)
    assert {(token.start, token.end) for token in found if token.word in ("is", "not")} == {(8, 13)}


def test_the_longest_phrase_wins_over_the_words_within(tiny_store: Store) -> None:
    assert roles("is it true that zorvane is a florant", tiny_store) == {
        "is it true that": {"frame"},
        "zorvane": {"name"},
        "is": {"copula"},
        "a": {"article"},
        "florant": {"name"},
    }


def test_word_endings_do_not_hide_a_phrase(tiny_store: Store) -> None:
    found = roles("zorvanes belongs to the florants", tiny_store)
    assert found["belongs to"] == {"plain"}
    assert found["zorvanes"] == found["florants"] == {"name"}


def test_words_that_the_lexicon_does_not_have_are_left_over(tiny_store: Store) -> None:
    words, segments = cut("is zorvane made of cheese", tiny_store)
    assert [words[place] for place in segments.rest] == ["made", "of", "cheese"]


def test_a_span_has_every_meaning_of_its_words(store: Store) -> None:
    _, segments = cut("smoking", store)
    assert len(segments.spans) == 1
    assert "condition" in {meaning.role for meaning in segments.spans[0].meanings}


def test_a_cue_with_a_gap_takes_both_its_parts_and_leaves_what_is_between(store: Store) -> None:
    words, segments = cut("does naloxone reverse a heroin overdose", store)
    found = {" ".join(words[one.start : one.end]): one.meanings for one in segments.spans}
    assert "reverses" in {meaning.id for meaning in found["reverse a"]}
    assert found["overdose"][0].role == "part"
    assert found["heroin"][0].id == "heroin"


def test_without_its_second_part_a_cue_with_a_gap_is_not_there(store: Store) -> None:
    _, segments = cut("how does naloxone feel", store)
    assert "profile" in {meaning.role for one in segments.spans for meaning in one.meanings}
    _, segments = cut("how does naloxone", store)
    assert "profile" not in {meaning.role for one in segments.spans for meaning in one.meanings}


@pytest.mark.parametrize(
    ("text", "closing"),
    [
        ("ketamine is an opioid, right?", "right"),
        ("ketamine is an opioid, isn't it?", "is not it"),
        ("ketamine is an opioid, true or false?", "true or false"),
    ],
)
def test_closings_are_taken_off_the_end(store: Store, text: str, closing: str) -> None:
    assert roles(text, store)[closing] == {"closing"}


def test_a_closing_is_none_at_the_beginning(store: Store) -> None:
    assert "closing" not in {role for found in roles("right", store).values() for role in found}
    assert "closing" not in roles("right ketamine", store).get("right", set())


def test_nothing_is_cut_into_nothing(store: Store) -> None:
    assert cut("", store) == ([], segment([], store))
    assert segment([], store) == ((), ())


@settings(deadline=None, max_examples=300)
@given(WORDS)
def test_every_word_is_in_exactly_one_span_or_left_over(store: Store, text: str) -> None:
    words, segments = cut(text, store)
    places = [place for one in segments.spans for place in range(one.start, one.end)]
    assert sorted([*places, *segments.rest]) == list(range(len(words)))
    assert list(segments.spans) == sorted(segments.spans, key=lambda one: one.start)
    assert all(one.meanings and one.start < one.end for one in segments.spans)
