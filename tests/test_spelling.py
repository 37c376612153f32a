from __future__ import annotations

import random
import string
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drugfacts.language.read import read
from drugfacts.language.spelling import LONGEST, SHORTEST, mend
from drugfacts.text import stem

if TYPE_CHECKING:
    from drugfacts.store import Store


def known(store: Store, kind: str) -> list[str]:
    """Give the words that a store knows as a name (n), vocabulary (v), another drug (o) or everyday English (e)."""
    return [word for word, kinds in store._rows("SELECT word, kinds FROM word ORDER BY word") if kind in kinds]


def misspelt(word: str, place: int, chance: random.Random) -> str:
    """Change, drop, double or swap a letter of a word at a place."""
    letter = chance.choice(string.ascii_lowercase)
    return chance.choice(
        [
            word[:place] + letter + word[place + 1 :],
            word[:place] + word[place + 1 :],
            word[:place] + letter + word[place:],
            word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
        ]
    )


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("zorvan", "zorvane"),  # dropped
        ("zorrvane", "zorvane"),  # doubled
        ("zorvanr", "zorvane"),  # another key
        ("zrovane", "zorvane"),  # swapped
        ("florunt", "florant"),
    ],
)
def test_a_misspelling_with_one_near_name_is_mended(tiny_store: Store, word: str, meant: str) -> None:
    mended = mend(word, tiny_store)
    assert mended is not None
    assert stem(mended) == stem(meant)


@pytest.mark.parametrize("word", ["quelbri", "quelbrim"])
def test_a_misspelling_between_two_drugs_is_left(tiny_store: Store, word: str) -> None:
    assert mend(word, tiny_store) is None


@pytest.mark.parametrize("word", ["zorvane", "quelbrin", "quelbrix", "dralomine", "garden", "petal", "petals"])
def test_a_real_word_or_drug_is_left(tiny_store: Store, word: str) -> None:
    assert mend(word, tiny_store) is None


def test_a_misspelling_of_a_drug_that_is_not_held_does_not_become_one_that_is(tiny_store: Store) -> None:
    assert mend("dralomin", tiny_store) is None
    assert mend("dralomime", tiny_store) is None


@pytest.mark.parametrize("word", ["", "zv", "zp", "ziip", "zorv4ne", "zor'vane", "zor vane", "x" * (LONGEST + 1)])
def test_short_words_and_words_with_other_marks_are_left(tiny_store: Store, word: str) -> None:
    assert mend(word, tiny_store) is None


def test_a_short_word_is_not_read_as_a_name_two_edits_away(tiny_store: Store) -> None:
    assert mend("zorvaxx", tiny_store) is None
    assert mend("florxxt", tiny_store) is None


def test_what_was_mended_is_told(tiny_store: Store) -> None:
    question = read("is zrovane a florant", tiny_store)
    assert [mention.id for mention in question.mentions] == ["zorvane", "florant"]
    assert [mention.corrected for mention in question.mentions] == [True, False]
    assert [typed for typed, _ in question.corrections] == ["zrovane"]


def test_no_name_of_a_real_drug_is_turned_into_another_word(store: Store) -> None:
    words = {*known(store, "n"), *known(store, "o")}
    assert len(words) > 500
    assert {word: better for word in words if (better := mend(word, store))} == {}


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("clonidine", "clonazepam"),
        ("hydroxyzine", "hydralazine"),
        ("hydralazine", "hydroxyzine"),
        ("trazodone", "tramadol"),
        ("toradol", "tramadol"),
        ("tramadol", "trazodone"),
        ("metformin", "metoprolol"),
    ],
)
def test_names_that_look_alike_stay_apart(store: Store, name: str, other: str) -> None:
    question = read(f"is {name} addictive", store)
    assert other not in {mention.id for mention in question.mentions}
    assert question.corrections == ()


@pytest.mark.parametrize(
    ("word", "drug"),
    [
        ("klonidine", "clonazepam"),  # clonidine is one edit away, "klonipin" (Klonopin) two
        ("tramadone", "trazodone"),  # tramadol is as near as its reach
    ],
)
def test_a_misspelling_near_a_known_look_alike_pair_is_left(store: Store, word: str, drug: str) -> None:
    assert drug not in {mention.id for mention in read(f"is {word} addictive", store).mentions}


def test_a_slip_within_the_name_of_a_drug_that_is_not_held_names_no_other_drug(store: Store) -> None:
    assert taken_for_others(store, first_letter=False) == {}


def test_a_slip_in_the_first_letter_of_a_drug_that_is_not_held_names_no_other_drug(store: Store) -> None:
    assert taken_for_others(store, first_letter=True) == {}


def taken_for_others(store: Store, *, first_letter: bool) -> dict[str, str]:
    """Give misspellings of drugs that the store does not hold, with the name of a drug that it took them for."""
    chance = random.Random(20261123)
    others = [word for word in known(store, "o") if len(word) > SHORTEST and word.isalpha()]
    names = set(known(store, "n"))
    taken = {}
    for word in chance.sample(others, min(1500, len(others))):
        wrong = misspelt(word, 0 if first_letter else chance.randrange(1, len(word)), chance)
        better = mend(wrong, store)
        if better in names and better != word and stem(better) != stem(word):
            taken[f"{word}: {wrong}"] = str(better)
    return taken


def test_a_slip_in_the_name_of_a_drug_never_names_another(store: Store) -> None:
    chance = random.Random(20261123)
    wrong: dict[str, set[str]] = {}
    mended = 0
    for name in store.ids("substances"):
        if len(name) < SHORTEST or not name.isalpha():
            continue
        for _ in range(6):
            word = misspelt(name, chance.randrange(1, len(name)), chance)
            question = read(f"is {word} an opioid", store)
            named = {mention.id for mention in question.mentions} - {"opioid"}
            mended += named == {name}
            if named - {name} and not store.word_kinds(word):
                wrong[f"{name}: {word}"] = named
    assert wrong == {}
    assert mended > 500


@settings(deadline=None)
@given(st.text(max_size=50))
def test_whatever_is_mended_was_no_word_and_becomes_one_that_is_near(store: Store, word: str) -> None:
    better = mend(word, store)
    if better is not None:
        assert not store.word_kinds(word)
        assert store.word_kinds(better)
        assert abs(len(better) - len(word)) <= 2
