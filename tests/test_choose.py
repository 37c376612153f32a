from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drugfacts.language.choose import choose
from drugfacts.language.question import NUMBER
from drugfacts.language.segment import expand, segment
from drugfacts.text import fold, tokens

if TYPE_CHECKING:
    from drugfacts.language.question import Chosen
    from drugfacts.store import Store


def chosen(text: str, store: Store, *, lenient: bool = False, trusting: bool = False) -> list[tuple[str, Chosen]]:
    found = expand(tokens(fold(text)), store)
    _, parts = choose(segment(found, store), found, store, lenient=lenient, trusting=trusting)
    return [(" ".join(token.word for token in found[one.span.start : one.span.end]), one) for one in parts]


def kinds(text: str, store: Store, *, trusting: bool = False) -> dict[str, str]:
    return {words: one.meaning.kind for words, one in chosen(text, store, trusting=trusting)}


def test_a_name_comes_before_any_other_meaning(tiny_store: Store) -> None:
    assert kinds("does zorvane bring on shimmer fever", tiny_store) == {
        "does": "words",
        "zorvane": "substance",
        "bring on": "cue",
        "shimmer fever": "term",
    }


def test_an_ambiguous_name_counts_where_the_text_is_about_drugs(tiny_store: Store) -> None:
    assert "zip" not in kinds("the zip of my coat", tiny_store)
    assert kinds("is zip habit forming", tiny_store)["zip"] == "substance"
    assert kinds("the zip of my coat", tiny_store, trusting=True)["zip"] == "substance"


def test_beside_the_sure_name_of_another_drug_it_counts_only_as_the_subject(tiny_store: Store) -> None:
    assert "zip" not in kinds("quelbrin will not zip through you", tiny_store)
    assert kinds("is zip quelbrin", tiny_store)["zip"] == "substance"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("zorvane 24", "24"),
        ("zorvane twenty four", "24"),
        ("zorvane two hundred", "200"),
        ("zorvane four twenty", None),
        ("zorvane twenty forty", None),
    ],
)
def test_numbers_side_by_side_are_one_where_they_make_one(text: str, number: str | None, store: Store) -> None:
    found = [one.meaning.id for _, one in chosen(text, store) if one.meaning.id.startswith(NUMBER)]
    if number:
        assert found == [f"{NUMBER}{number}"]
    else:
        assert len(found) == 2


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=60))
def test_the_parts_lie_in_order_and_apart(text: str, store: Store) -> None:
    parts = [one for _, one in chosen(text, store)]
    assert all(left.span.end <= right.span.start for left, right in itertools.pairwise(parts))
