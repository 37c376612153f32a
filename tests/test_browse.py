from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drugfacts.answering.answer import Origin, Short, Status
from drugfacts.answering.browse import MANY, claim_answer, find_profile, related
from drugfacts.errors import UnknownNameError
from drugfacts.model import Substance, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from drugfacts.store import Store

CLAIM = "quelbrin-is-a-florant"


@pytest.mark.parametrize(
    ("name", "kind", "found"),
    [
        ("zorvane", "", "zorvane"),
        ("Zorvane", "substance", "zorvane"),
        ("  ZORVEX ", "substance", "zorvane"),
        ("ZV-2", "", "zorvane"),
        ("zv2", "", "zorvane"),
        ("zip", "", "zorvane"),  # nothing else is meant where a name is asked for
        ("zorvene", "substance", "zorvane"),
        ("florant", "class", "florant"),
        ("Florants", "class", "florant"),
        ("umbrants", "", "umbrant"),
    ],
)
def test_a_profile_is_found_by_any_of_its_names(tiny_store: Store, name: str, kind: str, found: str) -> None:
    assert find_profile(name, tiny_store, kind).id == found


@pytest.mark.parametrize(
    ("name", "kind", "what", "nearest"),
    [
        ("zorvane", "class", "drug class", ["zorvane"]),
        ("florant", "substance", "substance", ["florant"]),
        ("zorvane quelbrin", "", "substance or class", ["quelbrin", "zorvane"]),
        ("flo", "", "substance or class", ["florant"]),
        ("shimmer fever", "", "substance or class", []),  # a harm has no profile
        ("qwxyz", "substance", "substance", []),
        ("dralomine", "", "substance or class", []),  # another drug
        ("", "", "substance or class", []),
        ("?!", "", "substance or class", []),
        ("\ud800", "", "substance or class", []),
    ],
)
def test_what_goes_by_no_name_or_several_is_an_error_that_names_the_nearest(
    tiny_store: Store, name: str, kind: str, what: str, nearest: list[str]
) -> None:
    with pytest.raises(UnknownNameError, match=rf"no {what} called") as caught:
        find_profile(name, tiny_store, kind)
    assert caught.value.nearest == nearest


def test_a_drug_that_is_not_held_is_not_taken_for_one_that_sounds_like_it(tiny_store: Store) -> None:
    with pytest.raises(UnknownNameError):
        find_profile("quelbrix", tiny_store, "")


def test_of_a_substance_and_a_class_with_one_name_the_kind_decides(
    change: Callable[[str, str, str], Path], request: pytest.FixtureRequest
) -> None:
    more = "names: {street: [florants]}\nambiguous: [florants]\n"
    change("substances/quelbrin.yaml", "kind: substance\n", f"kind: substance\n{more}")
    change("classes/florant.yaml", "name: florant\n", "name: florant\nambiguous: [florant, florants]\n")
    store: Store = request.getfixturevalue("tiny_store")
    assert find_profile("florants", store, "substance").id == "quelbrin"
    assert find_profile("florants", store, "class").id == "florant"
    with pytest.raises(UnknownNameError) as caught:
        find_profile("florants", store, "")
    assert caught.value.nearest == ["florant", "quelbrin"]


def test_every_profile_of_the_store_is_found_by_its_id_and_its_name(store: Store) -> None:
    for folder, kind in (("substances", "substance"), ("classes", "class")):
        for name in store.ids(folder):
            profile = find_profile(name, store, kind)
            assert profile.id == name
            assert isinstance(profile, Substance) == (kind == "substance")
            assert find_profile(profile.name, store, kind).id == name, profile.name


def test_a_claim_is_given_as_the_answer_to_its_own_statement(tiny_store: Store) -> None:
    given = claim_answer(CLAIM, tiny_store)
    assert (given.question, given.status) == ("Quelbrin is a florant.", Status.ANSWERED)
    assert (given.answer, given.verdict, given.confidence) == (Short.NO, Verdict.FALSE, 1)
    assert given.claim is not None
    assert (given.claim.id, given.claim.origin) == (CLAIM, Origin.REVIEWED)
    assert (given.facts_version, given.facts_reviewed) == (tiny_store.meta["content"], "2026-11-24")
    assert [source.id for source in given.sources] == ["src-one"]


def test_a_claim_that_is_not_there_is_an_error_that_names_the_nearest(tiny_store: Store) -> None:
    with pytest.raises(UnknownNameError, match="no claim called") as caught:
        claim_answer("quelbrin-is-a-florin", tiny_store)
    assert caught.value.nearest == [CLAIM]


@pytest.mark.parametrize("text", ["quelbrin florant", "is quelbrin a florant?", "quelbrin", "FLORANTS quelbrin"])
def test_claims_that_have_to_do_with_a_text_are_found(tiny_store: Store, text: str) -> None:
    assert related(text, tiny_store) == [CLAIM]


@pytest.mark.parametrize("text", ["", "?", "garden", "zorvane", "qwxyz"])
def test_a_text_that_has_to_do_with_none_finds_none(tiny_store: Store, text: str) -> None:
    assert related(text, tiny_store) == []


def test_a_claim_is_the_first_that_its_own_statement_finds(store: Store) -> None:
    for row in store.claims()[::5]:
        assert row.id in related(row.statement, store)[:3], row.statement


def test_what_is_found_is_named_once_and_is_not_too_much(store: Store) -> None:
    for text in ("alcohol", "ketamine opioid", "overdose", "addictive", "weed gateway drug"):
        found = related(text, store)
        assert 0 < len(found) == len(set(found)) <= MANY
