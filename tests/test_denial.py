from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugfacts.language.read import read

if TYPE_CHECKING:
    from drugfacts.store import Store


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        # A reason, a condition, a concession and a relative clause deny nothing of what the sentence says.
        ("caffeine is safe because it isn't a drug", False),
        ("caffeine isn't safe because it isn't food", True),
        ("cigars are harmless if you don't inhale", False),
        ("even when it doesn't kill, an overdose may harm the brain", False),
        ("an overdose may harm the brain, even though it doesn't kill", False),
        ("xylazine is a sedative that isn't approved for people", False),
        ("people who don't inject can get hiv", False),
        ("people who don't inject can't get hiv", True),
        # What is said or thought is no clause beside it.
        ("doctors say that ketamine isn't an opioid", True),
        ("it is a myth that ketamine isn't an opioid", False),
        # "Not only" says that it is so, and more.
        ("hepatitis c is passed on by spoons, not only by needles", False),
        ("it isn't just a horse medicine", False),
        # A question that begins with "isn't", and one within a sentence.
        ("isn't addiction a lack of willpower?", False),
        ("lithium comes out of rocks, so isn't it harmless?", False),
        ("weed isn't that dangerous", True),
        # A word that denies at the end, or as what is said of the rest.
        ("weed cures cancer: myth", True),
        ("caffeine withdrawal is made up", True),
        ("is caffeine withdrawal a myth", True),
        ("crack is made up of cocaine and baking soda", False),
        ("weed cures cancer, fact or myth?", False),
        # A "no" that denies nothing.
        ("no doubt heroin is addictive", False),
        ("vapes hold water vapour, nothing else", False),
    ],
)
def test_what_counts_as_a_denial(store: Store, text: str, negated: bool) -> None:
    assert read(text, store).negated is negated


@pytest.mark.parametrize(
    ("text", "outright"),
    [
        ("cannabis is never addictive", True),
        ("nobody gets addicted to cannabis", True),
        ("you can't get addicted to cannabis", True),
        ("there is no such thing as cannabis withdrawal", True),
        ("cannabis is not addictive at all", True),
        ("cannabis isn't addictive", False),
        ("cannabis may not be addictive", False),
        ("it is a myth that cannabis is addictive", False),
        ("can cannabis be addictive at all", False),
        ("can't you get addicted to cannabis?", False),
    ],
)
def test_what_denies_of_every_case_is_told(store: Store, text: str, outright: bool) -> None:
    assert read(text, store).outright is outright


def test_a_denial_beside_the_point_is_kept_apart(store: Store) -> None:
    question = read("caffeine isn't safe because it isn't food", store)
    assert question.negators == (2,)
    assert [question.tokens[place].word for place in question.asides] == ["not"]


def test_a_clause_by_itself_is_not_beside_anything(store: Store) -> None:
    question = read("because it isn't a drug", store)
    assert question.asides == ()
    assert question.negated


@given(st.text(alphabet=" ,.?abenotkisdfch'", max_size=60))
def test_every_denial_is_counted_or_kept_apart(store: Store, text: str) -> None:
    question = read(text, store)
    assert not {*question.negators} & {*question.asides}
    assert all(0 <= place < len(question.tokens) for place in (*question.negators, *question.asides))
    assert question.negated == (len(question.negators) % 2 == 1)
