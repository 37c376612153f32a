from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugfacts.answering.answer import Answer, Notice, Status
from drugfacts.answering.decide import answer
from drugfacts.answering.lookalikes import distance, look_alikes, near, with_look_alike

if TYPE_CHECKING:
    from drugfacts.store import Store

WORD = st.text("abcd", max_size=8)


def told(text: str, store: Store) -> list[str]:
    return [notice.text for notice in answer(text, store).notices if notice.kind == "look-alike"]


def names(key: str, store: Store) -> list[tuple[str, bool, bool]]:
    profile = store.profile(key)
    assert profile
    return [(one.id, one.turned, one.by_name) for one in look_alikes(profile, store)]


def test_what_a_record_names_comes_first_and_then_what_names_it(larger_store: Store) -> None:
    assert names("murkane", larger_store) == [
        ("murkene", False, True),
        ("zorvane", False, False),
        ("florant", False, True),
    ]
    assert names("zorvane", larger_store) == [("quelbrin", False, False), ("murkane", True, False)]
    assert names("florant", larger_store) == [("murkane", True, True)]
    assert names("umbrant", larger_store) == []


def test_an_answer_about_one_drug_warns_of_names_that_look_like_its_own(larger_store: Store) -> None:
    assert told("is murkane a florant", larger_store) == [
        "Not to be mixed up with murkene: murkene is a salt.",
        "Not to be mixed up with florant: the word is painted on the bag.",
    ]
    assert told("what is murkene", larger_store) == ["Not to be mixed up with murkane."]


def test_nothing_is_said_where_two_drugs_are_named_or_there_is_no_answer(larger_store: Store) -> None:
    assert told("is murkane the same as murkene", larger_store) == []
    assert told("murkane blorb flarn quux", larger_store) == []
    assert told("is quelbrin a florant", larger_store) == []


def test_it_stands_after_all_other_notices(larger_store: Store) -> None:
    given = answer("what is murkene", larger_store)
    first = Notice("spelling", "Read it so.")
    bare = given._replace(notices=(first,))
    assert with_look_alike(bare, larger_store).notices[0] == first
    assert len(with_look_alike(bare, larger_store).notices) == 2


@pytest.mark.parametrize("status", [Status.UNSURE, Status.OUT_OF_SCOPE, Status.ERROR])
def test_what_is_no_answer_is_left_alone(larger_store: Store, status: Status) -> None:
    given = Answer("x", status, about=("murkane",), substances=("murkane",))
    assert with_look_alike(given, larger_store) is given


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        ("murkane", "murkene", True),
        ("naloxone", "naltrexone", True),
        ("Codeine", "caffeine", True),
        ("MDA", "MDMA", True),
        ("murkane", "murkane", False),
        ("LSD", "THC", False),
        ("tramadol", "trazodone", False),
        ("", "", False),
        ("", "abc", False),
    ],
)
def test_names_look_alike_when_few_letters_differ_and_most_are_the_same(left: str, right: str, alike: object) -> None:
    assert near(left, right) is alike
    assert near(right, left) is alike


def plainly(left: str, right: str) -> int:
    """Count edits as the textbook does."""
    if not left or not right:
        return len(left) + len(right)
    return min(
        plainly(left[1:], right) + 1,
        plainly(left, right[1:]) + 1,
        plainly(left[1:], right[1:]) + (left[0] != right[0]),
    )


@given(st.text("ab", max_size=5), st.text("ab", max_size=5))
def test_the_distance_is_that_of_the_textbook_as_far_as_it_is_counted(left: str, right: str) -> None:
    assert distance(left, right, 3) == min(4, plainly(left, right))


@given(WORD, WORD)
def test_the_distance_is_the_same_both_ways(left: str, right: str) -> None:
    assert distance(left, right, 3) == distance(right, left, 3)
