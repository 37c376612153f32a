from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drugfacts.render.safe import safe

DIRECTIONS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize(
    "text", ["Is ketamine an opioid?", "two\nlines\tand a tab", "café μ-opioid “quoted” 中文 👍🏽", "[bold]x[/]", ""]
)
def test_text_is_left_as_it_is(text: str) -> None:
    assert safe(text) == text


@pytest.mark.parametrize("mark", ["\x00", "\x07", "\x08", "\r", "\x1b", "\x7f", "\x85", "\x9b", "\x9d", "\ud800"])
def test_a_control_character_is_shown_as_replaced(mark: str) -> None:
    assert safe(f"a{mark}b") == "a\ufffdb"


@pytest.mark.parametrize("mark", DIRECTIONS, ids=lambda mark: f"U+{ord(mark):04X}")
def test_a_mark_that_turns_the_direction_of_a_line_is_replaced(mark: str) -> None:
    assert safe(f"a{mark}b") == "a\ufffdb"


@settings(deadline=None, max_examples=500)
@given(st.text(st.characters()))
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    shown = safe(text)
    assert len(shown) == len(text)
    assert not [ch for ch in shown if unicodedata.category(ch) in ("Cc", "Cs") and ch not in "\t\n"]
    assert not set(shown) & set(DIRECTIONS)
    assert safe(shown) == shown
    shown.encode()
