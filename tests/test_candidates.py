from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drugfacts.answering.candidates import Candidate, Found, LeftOut, gather
from drugfacts.answering.likeness import alike
from drugfacts.language.read import read

if TYPE_CHECKING:
    from drugfacts.store import Store

CLAIM = "quelbrin-is-a-florant"
WORDS = st.sampled_from(
    [
        "does",
        "alcohol",
        "help",
        "you",
        "sleep",
        "can",
        "not",
        "naloxone",
        "kill",
        "never",
        "weed",
        "is",
        "addictive",
        "than",
        "heroin",
    ]
)


def gathered(text: str, store: Store, left_out: LeftOut | None = None) -> tuple[list[Candidate], list[Found]]:
    question = read(text, store)
    return gather(question, alike(question.content, store), store, left_out)


@pytest.mark.parametrize(("text", "negated"), [("is quelbrin a florant", False), ("quelbrin is not a florant", True)])
def test_what_is_worded_like_a_claim_is_a_candidate(tiny_store: Store, text: str, negated: bool) -> None:
    found, across = gathered(text, tiny_store)[0]
    assert (found.claim, found.negated) == (CLAIM, negated)
    assert not found.refused
    assert found.evidence["across"] == 0
    # The other side is weighed only where it is read.
    assert (across.claim, across.negated, bool(across.refused)) == (CLAIM, not negated, True)
    assert across.evidence["across"] == 1
    assert found.evidence["wording"] == 1
    assert found.evidence["wording score"] > 0.5
    assert found.how.startswith("worded like")


def test_what_the_gates_refuse_is_given_with_the_reason(tiny_store: Store) -> None:
    candidates, refused = gathered("is quelbrin zorvane a florant", tiny_store)
    assert candidates == []
    assert {one.claim for one in refused} >= {CLAIM}
    assert all(one.refused for one in refused)


def test_a_claim_that_several_ways_find_has_the_evidence_of_each(store: Store) -> None:
    found = next(one for one in gathered("Does alcohol help people sleep?", store)[0] if "sleep" in one.claim)
    ways = {name for name in ("wording", "ideas", "meaning") if name in found.evidence}
    assert len(ways) > 1
    for way in ways:
        assert any(name.startswith(f"{way} ") for name in found.evidence)


def test_the_model_weighs_only_what_is_gathered(store: Store) -> None:
    texts = [store.statement(claim.id) for claim in store.claims()[::15]]
    names = {name for text in texts for one in gathered(text, store)[0] for name in one.evidence}
    assert set(store.model("answer").evidence) <= names


def test_what_is_left_out_explains_nothing(tiny_store: Store) -> None:
    left_out = LeftOut((), {CLAIM: frozenset()})
    plain, without = (gathered("is quelbrin a florant", tiny_store, one) for one in (None, left_out))
    assert plain[0][0].evidence["wording unexplained"] == 0
    assert all(one.evidence["wording unexplained"] > 0 for one in without[0] if not one.refused)


def test_a_relation_and_nothing_else_may_be_the_claim_that_it_points_to(store: Store) -> None:
    text = "Metformin doesn't have any effect on vitamin B12"
    assert read(text, store).propositions
    assert not read(text, store).residue
    found = next(one for one in gathered(text, store)[0] if one.claim == "metformin-can-lower-vitamin-b12")
    assert (found.negated, bool(found.refused)) == (True, True)


@settings(deadline=None, max_examples=80)
@given(st.lists(WORDS, max_size=9).map(" ".join))
def test_any_text_gives_candidates_and_refusals_that_can_be_shown(store: Store, text: str) -> None:
    candidates, refused = gathered(text, store)
    assert len({(one.claim, one.negated) for one in candidates}) == len(candidates)
    for one in candidates:
        assert one.evidence["disputed"] == float(
            any(other.claim == one.claim and other.negated != one.negated and not other.refused for other in candidates)
        )
        if one.evidence["across"]:
            assert any((other.claim, other.negated) == (one.claim, not one.negated) for other in candidates)
        elif one.refused:  # only what the whole text points to
            found = next(
                found
                for found in refused
                if (found.claim, found.way, found.refused) == (one.claim, "pointed", one.refused)
            )
            assert one.evidence["other"] == float(found.other)
    assert all(one.refused and one.how for one in refused)
