from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from drugfacts.text import distance, fold, key, letters, stem, tokens, words

WORDS = st.text("abcdexyz", max_size=7)


def plain_distance(left: str, right: str) -> int:
    """Count the edits by the textbook: the whole table, and no limit."""
    table = [[row + column for column in range(len(right) + 1)] for row in range(len(left) + 1)]
    for row in range(1, len(left) + 1):
        for column in range(1, len(right) + 1):
            table[row][column] = min(
                table[row - 1][column] + 1,
                table[row][column - 1] + 1,
                table[row - 1][column - 1] + (left[row - 1] != right[column - 1]),
            )
            if row > 1 and column > 1 and left[row - 2 : row] == right[column - 2 : column][::-1]:
                table[row][column] = min(table[row][column], table[row - 2][column - 2] + 1)
    return table[-1][-1]


@settings(deadline=None)
@given(st.text())
@example("Ǿ")
@example("ά")
@example("\u0301\u0130ﬁ\u00a0½")
def test_folding_twice_is_folding_once(text: str) -> None:

    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(st.text())
def test_a_folded_text_has_no_capitals_no_marks_and_single_spaces(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert not any(ch.isascii() and ch.isupper() for ch in folded)
    assert "\u0301" not in folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Is KETAMINE an opioid?", "is ketamine an opioid?"),
        ("  two\t words\n", "two words"),
        ("café naïve Zürich", "cafe naive zurich"),
        ("STRASSE straße", "strasse strasse"),
        ("ＫＥＴＡＭＩＮＥ", "ketamine"),  # noqa: RUF001
        ("Δ9-THC", "delta 9-thc"),
        ("μ-receptor \u00b5-receptor", "mu -receptor mu -receptor"),
        ("\u03b3-hydroxy", "gamma -hydroxy"),
        ("100%", "100 percent"),
        ("Ørsted Łódź Æsir œuvre", "orsted lodz aesir oeuvre"),
        ("\u0130stanbul", "istanbul"),
        ("", ""),
    ],
)
def test_spellings_of_the_same_words_fold_to_the_same(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("mark", ["'", "\u2018", "\u2019", "\u02bc", "\u00b4", "`", "\u201b", "\uff07"])
def test_every_kind_of_apostrophe_is_one(mark: str) -> None:

    assert fold(f"isn{mark}t") == "isn't"


@settings(deadline=None)
@given(st.text())
def test_words_are_the_tokens_of_the_folded_text(text: str) -> None:
    assert words(text) == [token.word for token in tokens(fold(text))]


@settings(deadline=None)
@given(st.text())
def test_tokens_stand_where_they_say_and_do_not_overlap(text: str) -> None:
    folded = fold(text)
    end = 0
    for token in tokens(folded):
        assert token.word == folded[token.start : token.end] != ""
        assert token.start >= end
        assert token.stem == stem(token.word)
        end = token.end


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("isn't it?", ["isn't", "it"]),
        ("2-CB & crack_cocaine", ["2", "cb", "crack", "cocaine"]),
        ("heroin = morphine", ["heroin", "=", "morphine"]),
        ("'quoted' rock'n'roll'", ["quoted", "rock'n'roll"]),
        ("?!…", []),
    ],
)
def test_marks_cut_words_apart_and_apostrophes_within_do_not(text: str, found: list[str]) -> None:
    assert words(text) == found


@settings(deadline=None)
@given(st.text())
def test_a_stem_is_never_longer_than_its_word_and_never_empty(word: str) -> None:
    assert len(stem(word)) <= len(word)
    assert bool(stem(word)) == bool(word)


@settings(deadline=None)
@given(st.text("aeiybdlsz", max_size=3) | st.from_regex(r"[a-z]*[0-9'][a-z]*", fullmatch=True))
def test_short_words_and_words_with_digits_are_their_own_stem(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize(
    "forms",
    [
        ["cause", "causes", "caused", "causing"],
        ["addict", "addicts", "addicted", "addicting"],
        ["stop", "stops", "stopped", "stopping"],
        ["kill", "kills", "killed", "killing"],
        ["study", "studies"],
        ["watch", "watches", "watched", "watching"],
        ["box", "boxes"],
        ["use", "used", "using", "uses"],
        ["opioid", "opioids"],
        ["need", "needs", "needed", "needing"],
        ["bleed", "bleeds", "bleeding"],
        ["exceed", "exceeds", "exceeded", "exceeding"],
    ],
    ids=lambda forms: forms[0],
)
def test_the_forms_of_a_word_share_a_stem(forms: list[str]) -> None:
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("glass", "glas"), ("cannabis", "cannabi"), ("virus", "viru"), ("string", "str"), ("red", "r")]
)
def test_endings_that_are_part_of_the_word_are_left(one: str, other: str) -> None:
    assert stem(one) != other


@settings(deadline=None)
@given(st.text())
def test_a_key_is_made_of_words_with_single_spaces(text: str) -> None:
    found = key(text)
    assert found == " ".join(found.split())
    assert bool(found) == bool(words(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Special-K", "special k"),
        ("angel's trumpet", "Angel trumpets"),
        ("causing seizures", "causes seizure"),
        ("don't", "dont"),
    ],
)
def test_wordings_that_are_looked_up_alike_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@settings(deadline=None)
@given(WORDS, WORDS, st.integers(0, 8))
def test_the_distance_is_the_textbook_one_up_to_its_limit(left: str, right: str, limit: int) -> None:
    assert distance(left, right, limit) == min(plain_distance(left, right), limit + 1)


@settings(deadline=None)
@given(st.text(max_size=8), st.text(max_size=8))
def test_the_distance_is_the_same_both_ways_and_none_only_from_a_word_to_itself(left: str, right: str) -> None:
    steps = distance(left, right, 20)
    assert steps == distance(right, left, 20)
    assert (steps == 0) == (left == right)
    assert abs(len(left) - len(right)) <= steps <= max(len(left), len(right))


@settings(deadline=None)
@given(st.text(max_size=8), st.integers(0, 8), st.characters())
def test_one_letter_more_or_less_is_one_step(word: str, place: int, letter: str) -> None:
    assert distance(word, word[:place] + letter + word[place:], 3) == 1


@pytest.mark.parametrize(
    ("left", "right", "steps"),
    [("ketamine", "ketmaine", 1), ("clonidine", "klonopin", 4), ("ab", "ba", 1), ("ca", "abc", 3), ("", "abc", 3)],
)
def test_known_distances(left: str, right: str, steps: int) -> None:
    assert distance(left, right, 5) == steps


def test_the_letters_of_a_word_are_bits_whatever_their_order_and_number() -> None:
    assert letters("abba") == letters("ab") == 0b11
    assert letters("2c-b") == letters("b2c") | letters("-")
    assert letters("") == 0
