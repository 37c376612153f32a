from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drugfacts.answering.decide import answer
from drugfacts.answering.parts import clauses, retorted, sentences

if TYPE_CHECKING:
    from drugfacts.store import Store


def test_a_text_is_cut_into_sentences_and_a_sentence_into_clauses() -> None:
    assert sentences("Is it so? I doubt that. Ask St. John") == ["Is it so?", "I doubt that.", "Ask St. John"]
    assert clauses("well, they say: it is (not always) so - mostly") == [
        "well",
        "they say",
        "it is",
        "not always",
        "so",
        "mostly",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Overdosing on caffeine? No such thing.", "Overdosing on caffeine?"),
        ("Addicted to meth after one hit? That's a myth", "Addicted to meth after one hit?"),
        ("Caffeine withdrawal? Pure nonsense, nobody has that", "Caffeine withdrawal?"),
        ("Is tramadol an opioid? My doctor does not say.", ""),  # says something of its own
        ("Is tramadol an opioid? Thanks!", ""),
        ("Is tramadol an opioid? Or is that a myth?", ""),  # asks
        ("Kratom is a myth. Is tramadol an opioid?", ""),
        ("No such thing", ""),
    ],
)
def test_what_is_asked_and_then_denied(store: Store, text: str, found: str) -> None:
    assert retorted(text, store) == found


@pytest.mark.parametrize("question", ["Can you overdose on {}?", "Overdosing on {}?", "Getting addicted to {}?"])
@pytest.mark.parametrize("drug", ["heroin", "alcohol", "fentanyl", "Xanax", "cocaine"])
def test_a_retort_is_never_answered_as_if_it_were_not_there(store: Store, question: str, drug: str) -> None:
    asked = question.format(drug)
    for retort in ("No such thing.", "That's a myth.", "Total nonsense!"):
        one = answer(f"{asked} {retort}", store)
        assert one.verdict is None or one.verdict.leaning <= 0
