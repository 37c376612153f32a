from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drugfacts.answering import match as module
from drugfacts.answering.answer import short_of
from drugfacts.answering.assure import Assured
from drugfacts.answering.candidates import Candidate
from drugfacts.answering.decide import answer
from drugfacts.answering.likeness import alike
from drugfacts.answering.match import (
    LIKELY,
    ONE_SIDE,
    OWN,
    SURE,
    SURE_BESIDE,
    UNLIKE,
    Match,
    _beats,
    _swept,
    _weighed,
    matches,
)
from drugfacts.answering.verify import Judged
from drugfacts.language.read import read
from drugfacts.model import Verdict

if TYPE_CHECKING:
    from drugfacts.store import Store

VOCABULARY = (
    "is ketamine an opioid naloxone addiction choice does not weed gateway drug overdose children a in with "
    "withdrawal never fentanyl touching kill you alcohol cancer cure only one the people heroin"
)
CLAIM = "quelbrin-is-a-florant"


def passed(text: str, store: Store) -> list[Match]:
    return [match for match in matches(read(text, store), store) if not match.refused]


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Quelbrin is a florant.", False),
        ("is quelbrin a florant", False),
        ("does quelbrin belong to the florants", False),
        ("do florants include quelbrin", False),
        ("is it true that quelbrin is a florant", False),
        ("quelbrin isn't a florant", True),
        ("quelbrin is not a kind of florant", True),
    ],
)
def test_every_way_to_propose_a_claim_leads_to_it(tiny_store: Store, text: str, negated: bool) -> None:
    assert [(match.claim, match.negated) for match in passed(text, tiny_store)] == [(CLAIM, negated)]


@pytest.mark.parametrize(
    "text",
    [
        "is zorvane a florant",
        "is quelbrin an umbrant",
        "can quelbrin become a habit",
        "is quelbrin zorvane a florant",
        "is quelbrix a florant",
        "is a florant quelbrin",
        "quelbrin",
        "florant",
        "garden",
        "",
    ],
)
def test_a_near_miss_passes_no_gate(tiny_store: Store, text: str) -> None:
    assert passed(text, tiny_store) == []


def test_what_is_only_like_a_near_miss_is_weighed_where_the_claim_was_read(tiny_store: Store) -> None:
    near = alike(read("is zorvane a florant", tiny_store).content, tiny_store, misses=True)
    miss = next(one for one in near if one.row.miss)
    said = Match(miss.row.claim, False, SURE, "alike", share=0.9)
    assert _beats(said, {said.claim: miss._replace(strict=0.9)})
    assert not _beats(said._replace(share=0.0), {said.claim: miss._replace(strict=0.9)})
    # A near miss to the letter is one, whatever it reads like.
    assert not _beats(said._replace(share=1.0), {said.claim: miss._replace(strict=1.0)})


def test_what_is_refused_says_why(tiny_store: Store) -> None:
    (found,) = matches(read("is quelbrin zorvane a florant", tiny_store), tiny_store)
    assert found.claim == CLAIM
    assert "zorvane" in found.refused


@pytest.mark.parametrize("word", ["only", "partly"])
def test_strength_in_the_question_alone_is_refused(store: Store, word: str) -> None:
    assert passed("ketamine is an opioid", store)
    assert "ketamine-is-an-opioid" not in {one.claim for one in passed(f"ketamine is {word} an opioid", store)}


@pytest.mark.parametrize(
    "text",
    [
        "is ketamine an opioid in pregnancy",
        "is ketamine an opioid antagonist",
        "is ketamine stronger than an opioid",
        "is esketamine an opioid",
        "is ketamine an opioid or a benzo",
        "is ketamine an opioid for metformin",
    ],
)
def test_the_claim_on_ketamine_answers_nothing_else(store: Store, text: str) -> None:
    assert "ketamine-is-an-opioid" not in {match.claim for match in passed(text, store)}


def test_what_is_sure_comes_first_and_the_better_before_the_worse(store: Store) -> None:
    for text in ("is ketamine an opioid", "can naloxone hurt someone", "weed is a gateway drug", "narcan enables"):
        found = matches(read(text, store), store)
        assert found
        sure = [not match.refused and match.confidence >= SURE for match in found]
        assert sure == sorted(sure, reverse=True)
        for group in (True, False):
            ranked = [match.confidence for match, one in zip(found, sure, strict=True) if one is group]
            assert ranked == sorted(ranked, reverse=True)
        assert len({match.claim for match in found}) == len(found)


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.sampled_from(VOCABULARY.split()),
        min_size=1,
        max_size=12,
    ).map(" ".join)
)
def test_confidence_is_a_share_and_every_claim_is_there(store: Store, text: str) -> None:
    for match in matches(read(text, store), store):
        assert 0 <= match.confidence <= 1
        assert match.how
        assert store.claim(match.claim).id == match.claim


def test_nothing_said_matches_nothing(store: Store) -> None:
    for text in ("", "?", "is it the", "qwxyz"):
        assert passed(text, store) == []


def test_the_statement_of_every_claim_leads_to_it_or_to_the_same_answer(store: Store) -> None:
    astray = []
    for row in store.claims():
        found = passed(row.statement, store)
        if any(match.claim == row.id and not match.negated for match in found):
            continue
        if answer(row.statement, store).answer is not short_of(Verdict(row.verdict)):
            astray.append(row.id)
    assert astray == []


def alone(turn: float = 0.2, *, worded: bool = False) -> Candidate:
    return Candidate(CLAIM, negated=False, how="so", evidence={"wording score": 1, "pointed turn": turn}, worded=worded)


def weighed(candidate: Candidate, text: str, store: Store, start: float, told: Judged | None = None) -> Match:
    confidence = 1 / (1 + exp(-start))
    return _weighed(Assured(candidate, confidence, told), read(text, store), store)


def test_a_side_that_cannot_be_told_is_refused(tiny_store: Store) -> None:
    for turn, refused in ((ONE_SIDE - 0.01, True), (ONE_SIDE, False)):
        assert bool(weighed(alone(turn, worded=True), "petals", tiny_store, 5.0).refused) is refused


def test_what_is_set_against_something_is_not_taken_by_direction_alone(store: Store) -> None:
    text = "it is a habit, not an addiction"
    assert read(text, store).contrasts
    assert weighed(alone(), text, store, 5.0).refused
    assert not weighed(alone(worded=True), text, store, 5.0).refused


def test_what_was_read_beside_its_statement_is_as_sure_as_both_make_it(tiny_store: Store) -> None:
    candidate = alone(0.0)._replace(refused="another strength")
    sure = log(SURE / (1 - SURE))
    read_so = Judged(0.9, 0.04, 0.06)
    assert weighed(candidate, "quelbrin petals", tiny_store, 9.0).refused == "another strength"
    assert weighed(candidate, "quelbrin petals", tiny_store, sure - 0.1, read_so).refused == "another strength"
    found = weighed(candidate, "quelbrin petals", tiny_store, sure + 0.1, read_so)
    assert not found.refused
    assert found.how.endswith("0.90 says it")
    assert "not sure" in weighed(alone(), "quelbrin petals", tiny_store, sure - 0.1, read_so).refused


def test_a_question_that_names_a_drug_beside_those_of_the_claim_has_to_be_surer(tiny_store: Store) -> None:
    read_so, between = Judged(0.9, 0.04, 0.06), (SURE + SURE_BESIDE) / 2
    start = log(between / (1 - between))
    assert not weighed(alone(), "quelbrin petals", tiny_store, start, read_so).refused
    assert "not sure" in weighed(alone(), "quelbrin and zorvane petals", tiny_store, start, read_so).refused
    enough = log(SURE_BESIDE / (1 - SURE_BESIDE)) + 0.1
    assert not weighed(alone(), "quelbrin and zorvane petals", tiny_store, enough, read_so).refused


@pytest.mark.parametrize(
    ("text", "negated", "every"),
    [
        ("Quelbrin is a florant.", False, False),
        ("All quelbrin is a florant.", False, True),
        ("quelbrin isn't a florant", True, False),
        ("quelbrin is never a florant", True, True),
        ("not all quelbrin is a florant", True, False),
    ],
)
def test_what_is_said_or_denied_of_every_case_is_marked_where_a_claim_is_so_in_part(
    tiny_store: Store, monkeypatch: pytest.MonkeyPatch, text: str, negated: bool, every: bool
) -> None:
    question = read(text, tiny_store)
    said = Match(CLAIM, negated, OWN, "so")
    assert not _swept(said, question, tiny_store).sweeping  # what is false needs none
    monkeypatch.setattr(type(tiny_store), "verdict", lambda *_: Verdict.MIXED)
    assert _swept(said, question, tiny_store).sweeping is every
    # Where the claim itself denies ("never mix …"), a "never" may be its own.
    own = tuple(row._replace(parity=True) for row in tiny_store.wordings(CLAIM))
    monkeypatch.setattr(type(tiny_store), "wordings", lambda *_: own)
    assert _swept(said, question, tiny_store).sweeping is (every and not negated)


def test_the_same_words_that_read_as_something_else_are_no_wording(
    tiny_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Quelbrin, a florant"
    (own,) = [one for one in matches(read(text, tiny_store), tiny_store) if one.confidence == OWN]
    for share, kept in ((UNLIKE, True), (UNLIKE - 0.01, False)):
        monkeypatch.setattr(module, "judged", lambda *_, says=share: Judged(says, 0.0, 1 - says))
        found = [one for one in matches(read(text, tiny_store), tiny_store) if one.confidence == OWN]
        assert [one.claim for one in found] == ([own.claim] if kept else [])


@pytest.mark.parametrize("text", ["is ketamine an opioid", "Naloxone reverses an opioid overdose."])
def test_a_quick_look_finds_a_claim_in_its_own_words_and_tells_others_as_refused(store: Store, text: str) -> None:
    quick = matches(read(text, store), store, quick=True)
    full = matches(read(text, store), store)
    assert [one for one in quick if not one.refused] == [one for one in full if one.confidence > LIKELY]
    assert any(one.refused for one in quick)
