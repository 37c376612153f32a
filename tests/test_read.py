from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from drugfacts.language.read import read
from drugfacts.text import MAX_QUESTION

if TYPE_CHECKING:
    import random

    from drugfacts.language.question import Question
    from drugfacts.store import Store

VOCABULARY = (
    "is isn't not never ketamine opioid an the right myth that it a weed overdose can't you heroin and or "
    "stronger than why what 5 kids only \u2019s '"
)
QUESTIONS = [
    "is ketamine an opioid",
    "Ketamine isn't an opioid, right?",
    "it's a myth that you can't overdose on weed",
    "is fentanyl 50 times stronger than heroin",
    "are kids addicted to special k",
    "What does naloxone do?",
    "is chlorpromazin addictive",
    "is the moon made of cheese",
    "don't people die from alcohol withdrawal",
]


def named(question: Question) -> list[str]:
    return [mention.id for mention in question.mentions]


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        # statements
        ("ketamine is an opioid", False),
        ("ketamine is not an opioid", True),
        ("ketamine isn't an opioid", True),
        ("ketamine aint an opioid", True),
        ("ketamine is never an opioid", True),
        ("nobody gets addicted to heroin", True),
        # tag questions take the statement as it stands
        ("ketamine is an opioid, right?", False),
        ("ketamine isn't an opioid, right?", True),
        ("ketamine is an opioid, isn't it?", False),
        ("ketamine isn't an opioid, is it?", True),
        ("ketamine is not an opioid, correct?", True),
        # a question asks about the affirmative, a negative one too
        ("is ketamine an opioid", False),
        ("isn't ketamine an opioid?", False),
        ("is ketamine not an opioid?", False),
        ("aren't opioids addictive?", False),
        ("doesn't heroin cause addiction?", False),
        ("can't you get addicted to heroin?", False),
        ("don't people get addicted to heroin?", False),
        # frames
        ("is it true that ketamine is an opioid", False),
        ("isn't it true that ketamine is an opioid", False),
        ("is it true that ketamine is not an opioid", True),
        ("is it a myth that ketamine is an opioid", True),
        ("it is false that ketamine is an opioid", True),
        ("it's a misconception that ketamine is an opioid", True),
        ("i don't think ketamine is an opioid", True),
        ("my friend says ketamine is an opioid", False),
        ("my friend says ketamine isn't an opioid", True),
        ("ketamine is an opioid is a myth", True),
        # two denials make an assertion
        ("is it a myth that ketamine is not an opioid", False),
        ("it is not true that ketamine isn't an opioid", False),
        ("ketamine is not not an opioid", False),
        ("i doubt that ketamine is not an opioid", False),
        # a clipped denial begins like a question and is none
        ("can't overdose on weed", True),
        ("can't get addicted to heroin", True),
        ("not addictive", True),
    ],
)
def test_what_is_denied(store: Store, text: str, negated: bool) -> None:
    assert read(text, store).negated is negated


def test_a_denial_within_the_cue_is_the_propositions_own(store: Store) -> None:
    question = read("is heroin non-addictive", store)
    assert not question.negated
    assert [one.denied for one in question.propositions] == [True]


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("is ketamine an opioid", True),
        ("so, is ketamine an opioid", True),
        ("can heroin kill", True),
        ("ketamine is an opioid", False),
        ("heroin", False),
        ("", False),
    ],
)
def test_the_word_order_of_a_question_is_seen(store: Store, text: str, asks: bool) -> None:
    assert read(text, store).interrogative is asks


@pytest.mark.parametrize(
    ("text", "forces"),
    [
        ("is heroin addictive", []),
        ("is heroin only addictive", ["only"]),
        ("is heroin always addictive", ["always"]),
        ("are all opioids addictive", ["all"]),
        ("does heroin instantly kill", ["instantly"]),
        ("is heroin addictive after one dose", ["once"]),
        ("is heroin ever always only addictive", ["always", "only"]),
    ],
)
def test_words_of_strength_are_kept(store: Store, text: str, forces: list[str]) -> None:
    assert list(read(text, store).forces) == forces


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("is heroin addictive", []),
        ("is heroin addictive in pregnancy", ["pregnancy"]),
        ("is heroin addictive for teens", ["teens"]),
        ("is smoking heroin addictive", ["smoked"]),
        ("is heroin addictive when prescribed", ["prescribed"]),
        ("do pregnant teens get addicted to heroin", ["pregnancy", "teens"]),
    ],
)
def test_circumstances_are_kept(store: Store, text: str, conditions: list[str]) -> None:
    assert list(read(text, store).conditions) == conditions


@pytest.mark.parametrize("number", ["3", "50", "1200"])
def test_a_number_is_a_strength_of_its_own(store: Store, number: str) -> None:
    asked = read(f"is fentanyl {number} times stronger than heroin", store)
    other = read("is fentanyl 7 times stronger than heroin", store)
    plain = read("is fentanyl stronger than heroin", store)
    assert asked.forces != other.forces
    assert asked.forces != plain.forces != other.forces


@pytest.mark.parametrize(("word", "digit"), [("two", "2"), ("five", "5"), ("hundred", "100")])
def test_a_number_in_words_is_the_number_in_digits(store: Store, word: str, digit: str) -> None:
    assert read(f"heroin {word} drinks", store).forces == read(f"heroin {digit} drinks", store).forces


def test_a_number_in_a_name_is_part_of_it(tiny_store: Store) -> None:
    question = read("is ZV-2 a florant", tiny_store)
    assert named(question) == ["zorvane", "florant"]
    assert question.forces == ()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("is the moon made of cheese", {"moon", "cheese"}),
        ("is zorvane a purple florant", {"purple"}),
        ("is zorvane a florant", set()),
    ],
)
def test_words_that_nothing_accounts_for_are_left_over(tiny_store: Store, text: str, left: set[str]) -> None:
    assert left <= set(read(text, tiny_store).residue)
    if not left:
        assert read(text, tiny_store).residue == ()


@pytest.mark.parametrize(
    "text", ["is heroin an opioid than", "is heroin addictive without", "is heroin less an opioid"]
)
def test_a_word_that_turns_the_sense_and_was_not_used_is_left_over(store: Store, text: str) -> None:
    assert read(text, store).residue


def test_a_name_that_is_an_ordinary_word_needs_a_drug_beside_it(tiny_store: Store) -> None:
    assert named(read("zip", tiny_store)) == []
    assert named(read("is the zip new", tiny_store)) == []
    assert named(read("is zip a florant", tiny_store)) == ["zorvane", "florant"]
    assert named(read("can zip become a habit", tiny_store)) == ["zorvane"]


@pytest.mark.parametrize("text", ["is the ice slippery", "how fast is my speed", "a horse ate the pot"])
def test_street_names_that_are_ordinary_words_are_no_drugs_by_themselves(store: Store, text: str) -> None:
    assert read(text, store).mentions == ()


def test_a_real_drug_that_is_not_held_is_said_to_be_one(tiny_store: Store) -> None:
    question = read("is dralomine a florant", tiny_store)
    assert question.unknown_drugs == ("dralomine",)
    assert named(question) == ["florant"]
    assert question.propositions == ()


@pytest.mark.parametrize("name", ["metformin", "bosentan", "hydralazine", "clonidine"])
def test_real_drugs_that_are_not_held_are_known_by_name(store: Store, name: str) -> None:
    question = read(f"is {name} an opioid", store)
    if store.profile(name):
        assert named(question) == [name, "opioid"]
    else:
        assert question.unknown_drugs == (name,)
        assert named(question) == ["opioid"]


@pytest.mark.parametrize("text", ["is zorvane's habit forming", "is zorvane\u2019s habit forming"])
def test_the_possessive_does_not_hide_a_name(tiny_store: Store, text: str) -> None:
    assert named(read(text, tiny_store)) == ["zorvane"]


@pytest.mark.parametrize(
    ("joined", "apart", "drug"),
    [
        ("special-k", "special k", "ketamine"),
        ("specialk", "special k", "ketamine"),
        ("angeldust", "angel dust", "pcp"),
        ("crackcocaine", "crack cocaine", "crack-cocaine"),
        ("magicmushrooms", "magic mushrooms", "psilocybin-mushrooms"),
    ],
)
def test_a_joined_name_is_the_same_name_or_not_understood(store: Store, joined: str, apart: str, drug: str) -> None:
    whole, cut = read(f"is {joined} addictive", store), read(f"is {apart} addictive", store)
    assert set(named(whole)) <= set(named(cut))
    assert drug in named(cut) or store.profile(drug) is None
    assert named(whole) or whole.residue


def test_openings_of_other_kinds_of_text_are_signs(store: Store) -> None:
    assert read("what is ketamine", store).sign("profile")
    assert read("why is ketamine an opioid", store).sign("open")
    assert read("coffee knocks me out, how come", store).sign("open")
    assert not read("my aunt knows, how come or not, that coffee helps", store).sign("open")
    assert read("how much ketamine should i take", store).sign("refusal")
    assert read("he is not breathing", store).sign("emergency")
    assert not read("is ketamine an opioid", store).signs


def test_what_is_kept_of_a_text_is_the_text_as_given(store: Store) -> None:
    text = "  Is KETAMINE\t an opioid?? "
    assert read(text, store).text == text


def test_empty_words_leave_no_content(store: Store) -> None:
    assert read("is it the, well, a", store).content == ()


def test_the_order_of_words_is_the_order_of_the_content(store: Store) -> None:
    assert read("fentanyl stronger than heroin", store).content != read("heroin stronger than fentanyl", store).content


@settings(deadline=None, max_examples=400)
@given(st.text(max_size=200))
@example("\ud800 is ketamine \udfff an opioid")
@example("\u202eis ketamine an opioid")
@example("\x00\x1b[31mis heroin addictive\x07")
@example("is " + "very " * 900 + "addictive")
@example("''''' 's 's n't")
@example("\u01fe\u0149\u0130 \u03ac ½ ﷺ")
def test_any_text_can_be_read(store: Store, text: str) -> None:
    question = read(text, store)
    assert question.text == text
    assert all(0 <= one.start < one.end <= len(question.tokens) for one in question.mentions)


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.sampled_from(VOCABULARY.split()),
        max_size=16,
    )
)
def test_any_order_of_known_words_can_be_read(store: Store, words: list[str]) -> None:
    question = read(" ".join(words), store)
    assert len(question.propositions) < 20
    assert len(question.mentions) <= len(question.tokens)


def test_a_text_that_is_far_too_long_is_read_in_part(store: Store) -> None:
    question = read("is ketamine an opioid " * MAX_QUESTION, store)
    assert len(question.tokens) <= MAX_QUESTION


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(QUESTIONS), st.randoms(use_true_random=False))
def test_case_space_and_kind_of_quote_change_nothing(store: Store, text: str, chance: random.Random) -> None:
    other = "".join(chance.choice([ch.upper(), ch.lower()]) for ch in text)
    other = other.replace("'", chance.choice(["\u2019", "\u2018", "\u02bc", "'", "`"]))
    other = chance.choice(["", " ", "\n"]) + chance.choice(["  ", "\t", " \u00a0", " "]).join(other.split(" "))
    plain, changed = read(text, store), read(other, store)
    assert changed.content == plain.content
    assert changed.propositions == plain.propositions
    assert (changed.negated, changed.interrogative) == (plain.negated, plain.interrogative)
    assert (changed.forces, changed.conditions, changed.residue) == (plain.forces, plain.conditions, plain.residue)


@pytest.mark.parametrize("text", QUESTIONS)
def test_reading_again_gives_the_same(store: Store, text: str) -> None:
    assert read(text, store) == read(text, store)
