from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from drugfacts.answering.pieces import FIRST, LAST, LONG, MOST, UNKNOWN, pieces

NAMES = [FIRST, LAST, UNKNOWN, "rain", "##s", "##ing", "r", "##a", "##i", "##n", "?"]
KNOWN = {name: number for number, name in enumerate(NAMES)}


def cut(*words: str) -> list[str]:
    return [NAMES[number] for number in pieces(words, KNOWN)]


def test_a_known_word_is_one_piece() -> None:
    assert cut("rain") == [FIRST, "rain", LAST]


def test_the_longest_piece_comes_first() -> None:
    assert cut("rains", "raining") == [FIRST, "rain", "##s", "rain", "##ing", LAST]
    assert cut("rainai") == [FIRST, "rain", "##a", "##i", LAST]


def test_a_word_with_an_unknown_part_is_unknown_as_a_whole() -> None:
    assert cut("rainx", "rain") == [FIRST, UNKNOWN, "rain", LAST]
    assert cut("r" + "a" * LONG) == [FIRST, UNKNOWN, LAST]


def test_marks_stay_whole() -> None:
    assert cut("rain", "?") == [FIRST, "rain", "?", LAST]


@given(st.lists(st.text(max_size=60), max_size=80))
def test_whatever_is_said_is_cut_into_known_pieces(words: list[str]) -> None:
    found = cut(*words)
    assert found[0] == FIRST
    assert found[-1] == LAST
    assert 2 <= len(found) <= MOST


@given(st.lists(st.text("rain", min_size=1, max_size=12), max_size=8))
def test_pieces_make_up_their_words(words: list[str]) -> None:
    inner = [name for name in cut(*words)[1:-1] if name != UNKNOWN]
    letters = "".join(name.removeprefix("##") for name in inner)
    assert "".join(words).startswith(letters) or UNKNOWN in cut(*words)
