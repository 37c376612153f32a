from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drugfacts.language.question import Proposed
from drugfacts.language.read import read

if TYPE_CHECKING:
    from drugfacts.store import Store


def proposed(text: str, store: Store) -> set[tuple[str, str, str]]:
    return {(one.subject, one.relation, one.object) for one in read(text, store).propositions}


@pytest.mark.parametrize(
    "text",
    [
        "is zorvane a florant",
        "zorvane is a florant",
        "zorvane: a florant",
        "zorvane belongs to the florants",
        "does zorvane belong to the florants",
        "is zorvane a kind of florant",
        "do florants include zorvane",
    ],
)
def test_membership_is_read_from_is_from_a_cue_and_from_its_passive(tiny_store: Store, text: str) -> None:
    assert proposed(text, tiny_store) == {("zorvane", "is-a", "florant")}


def test_what_was_read_from_is_alone_is_marked(tiny_store: Store) -> None:
    assert [one.implied for one in read("is zorvane a florant", tiny_store).propositions] == [True]
    assert [one.implied for one in read("zorvane belongs to the florants", tiny_store).propositions] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "zorvane florants",  # a class in the plural, and nothing between the two
        "is a florant zorvane",  # a class is no member of a substance
        "is zorvane and a florant",
        "is zorvane a purple florant",
        "is zorvane zorvane",
        "is a florant",
        "is zorvane",
        "",
        "is zorvane quelbrin a florant",
    ],
)
def test_nothing_is_proposed_where_the_parts_make_no_proposition(tiny_store: Store, text: str) -> None:
    assert proposed(text, tiny_store) == set()


def test_a_class_can_be_a_member_of_a_class(tiny_store: Store) -> None:
    assert proposed("are umbrants florants", tiny_store) == {("umbrant", "is-a", "florant")}
    assert proposed("are florants umbrants", tiny_store) == {("florant", "is-a", "umbrant")}


def test_a_relation_without_object_needs_one_drug_and_nothing_else(tiny_store: Store) -> None:
    assert proposed("can zorvane become a habit", tiny_store) == {("zorvane", "habit", "")}
    assert proposed("is zorvane or zip habit forming", tiny_store) <= {("zorvane", "habit", "")}
    assert proposed("are zorvane quelbrin habit forming", tiny_store) == set()
    assert proposed("is zorvane shimmer fever habit forming", tiny_store) == set()
    assert proposed("is it habit forming", tiny_store) == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("does zorvane bring on shimmer fever", {("zorvane", "brings", "shimmer-fever")}),
        ("is shimmer fever brought on by zorvane", {("zorvane", "brings", "shimmer-fever")}),
        ("does shimmer fever bring on zorvane", set()),
        ("is zorvane brought on by shimmer fever", set()),
        ("does zorvane bring on quelbrin", set()),
        ("does zorvane bring on", set()),
    ],
)
def test_a_link_has_a_direction_and_takes_only_objects_of_its_kind(
    tiny_store: Store, text: str, found: set[tuple[str, str, str]]
) -> None:
    assert proposed(text, tiny_store) == found


@pytest.mark.parametrize(
    ("text", "subject", "object_"),
    [
        ("is fentanyl stronger than heroin", "fentanyl", "heroin"),
        ("is heroin stronger than fentanyl", "heroin", "fentanyl"),
        ("is heroin weaker than fentanyl", "fentanyl", "heroin"),
        ("fentanyl is more potent than heroin", "fentanyl", "heroin"),
        ("heroin is less potent than fentanyl", "fentanyl", "heroin"),
    ],
)
def test_a_comparison_keeps_its_direction(store: Store, text: str, subject: str, object_: str) -> None:
    assert proposed(text, store) == {(subject, "stronger-than", object_)}


@pytest.mark.parametrize(
    "text", ["does naloxone reverse a heroin overdose", "can a heroin overdose be reversed by naloxone"]
)
def test_active_and_passive_propose_the_same(store: Store, text: str) -> None:
    assert proposed(text, store) == {("naloxone", "reverses", "heroin")}


@pytest.mark.parametrize(
    "text",
    [
        "are heroin and fentanyl the same",
        "is heroin the same as fentanyl",
        "heroin and fentanyl are the same thing",
    ],
)
def test_names_joined_by_and_make_one_symmetric_proposition(store: Store, text: str) -> None:
    assert {(one, {left, right} == {"heroin", "fentanyl"}) for left, one, right in proposed(text, store)} == {
        ("same-as", True)
    }


@pytest.mark.parametrize(
    ("text", "parts", "either"),
    [
        ("are heroin and fentanyl opioids", {("heroin", "is-a", "opioid"), ("fentanyl", "is-a", "opioid")}, False),
        ("are heroin and fentanyl addictive", {("heroin", "addictive", ""), ("fentanyl", "addictive", "")}, False),
        ("is heroin an opioid or a benzo", {("heroin", "is-a", "opioid"), ("heroin", "is-a", "benzodiazepine")}, True),
        (
            "are heroin and fentanyl stronger than morphine",
            {("heroin", "stronger-than", "morphine"), ("fentanyl", "stronger-than", "morphine")},
            False,
        ),
    ],
)
def test_names_joined_make_several_propositions_at_once(
    store: Store, text: str, parts: set[tuple[str, str, str]], either: bool
) -> None:
    question = read(text, store)
    assert question.propositions == ()
    assert question.joint is not None
    assert {(one.subject, one.relation, one.object) for one in question.joint.parts} == parts
    assert question.joint.either is either


def test_names_joined_without_what_is_said_of_them_propose_nothing(store: Store) -> None:
    question = read("are heroin and fentanyl stronger", store)
    assert (question.propositions, question.joint) == ((), None)


@pytest.mark.parametrize("text", ["Zyban and Wellbutrin are both bupropion", "are zyban and wellbutrin bupropion"])
def test_several_names_of_one_drug_can_be_the_same(store: Store, text: str) -> None:
    assert proposed(text, store) == {("bupropion", "same-as", "bupropion")}


@pytest.mark.parametrize(
    "text", ["Zyban and Wellbutrin and bupropion", "zyban, wellbutrin or bupropion: which is best"]
)
def test_several_names_of_one_drug_without_is_propose_nothing(store: Store, text: str) -> None:
    assert proposed(text, store) == set()


def test_two_names_of_one_drug_can_be_the_same(tiny_store: Store, store: Store) -> None:
    assert proposed("is special k the same as ketamine", store) == {("ketamine", "same-as", "ketamine")}
    assert proposed("does zorvane bring on zorvex", tiny_store) == set()


@pytest.mark.parametrize(
    "text",
    [
        "does zorvane bring on shimmer fever and belong to the florants",
        "is zorvane habit forming and brought on by shimmer fever",
    ],
)
def test_two_cues_of_different_relations_propose_nothing(tiny_store: Store, text: str) -> None:
    assert proposed(text, tiny_store) == set()


def test_two_cues_of_one_relation_propose_it_once(tiny_store: Store) -> None:
    assert proposed("can habit forming zorvane become a habit", tiny_store) == {("zorvane", "habit", "")}


def test_a_negative_cue_proposes_the_denial(tiny_store: Store) -> None:
    found = read("is zorvane non habit forming", tiny_store).propositions
    assert found == (Proposed("zorvane", "habit", denied=True),)


def test_being_different_in_something_is_not_read_as_being_the_same(store: Store) -> None:
    for text in (
        "Valium and diazepam have different active drugs in them",
        "Advil and ibuprofen contain different drugs",
    ):
        assert all(one.denied for one in read(text, store).propositions)


@pytest.mark.parametrize("text", ["are heroin and fentanyl different", "is heroin different from fentanyl"])
def test_being_different_is_not_being_the_same(store: Store, text: str) -> None:
    assert {(one.relation, one.denied) for one in read(text, store).propositions} == {("same-as", True)}
