from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drugfacts.authoring.load import KINDS, load
from drugfacts.errors import UnknownNameError
from drugfacts.model import Relation, Substance
from drugfacts.rows import ClaimRow

if TYPE_CHECKING:
    from pathlib import Path

    from drugfacts.store import Store

# The small store has no encoder; ``test_authoring_sides`` takes one through a store.
SERVED = [folder for folder in KINDS if folder not in ("lexicon", "word-lists", "encoders")]


@pytest.mark.parametrize("folder", SERVED)
def test_every_record_comes_back_as_it_was_loaded(tiny_facts: Path, opened: Store, folder: str) -> None:
    library, _ = load([tiny_facts])
    assert opened.ids(folder) == [record.id for record in library.records(folder)] != []
    assert opened.count(folder) == len(opened.ids(folder))
    for record in library.records(folder):
        assert opened._record(KINDS[folder][0], folder, record.id) == record


def test_records_are_given_by_kind_and_id(tiny_store: Store) -> None:
    profile = tiny_store.profile("zorvane")
    assert isinstance(profile, Substance)
    assert profile.names.street == ("zip",)
    assert isinstance(tiny_store.relation("is-a"), Relation)
    assert [found.id for found in (tiny_store.field("habit"), tiny_store.term("shimmer-fever")) if found] == [
        "habit",
        "shimmer-fever",
    ]
    source = tiny_store.source("src-one")
    assert source is not None
    assert source.year == "2020"


def test_what_is_not_there_is_none(tiny_store: Store) -> None:
    assert tiny_store.profile("shimmer-fever") is None
    assert tiny_store.term("zorvane") is None
    assert tiny_store.relation("gone") is None
    assert tiny_store.field("gone") is None
    assert tiny_store.source("gone") is None
    assert tiny_store.ancestors("gone") == ()
    assert tiny_store.wordings("gone") == []
    assert tiny_store.notice("gone") == ""
    assert tiny_store.features(["gone"]) == {}
    assert tiny_store.asks([99]) == {}


def test_an_unknown_claim_is_answered_with_those_that_look_like_it(tiny_store: Store) -> None:
    with pytest.raises(UnknownNameError) as caught:
        tiny_store.claim("quelbrin is a florand")
    assert caught.value.nearest == ["quelbrin-is-a-florant"]


def test_claims_are_listed_with_what_a_list_needs(tiny_store: Store) -> None:
    assert tiny_store.claims() == [ClaimRow("quelbrin-is-a-florant", "Quelbrin is a florant.", "lore", "false")]


@pytest.mark.parametrize(
    ("name", "claims"),
    [("quelbrin", ["quelbrin-is-a-florant"]), ("florant", ["quelbrin-is-a-florant"]), ("zorvane", [])],
)
def test_claims_are_found_by_what_their_wordings_name(tiny_store: Store, name: str, claims: list[str]) -> None:
    assert tiny_store.claims_about(name) == claims


def test_claims_are_found_by_their_proposition(tiny_store: Store) -> None:
    assert tiny_store.claims_proposing("quelbrin", "is-a", "florant") == [("quelbrin-is-a-florant", "")]
    assert tiny_store.claims_proposing("florant", "is-a", "quelbrin") == []


def test_classes_and_members_are_found_by_way_of_other_classes(tiny_store: Store) -> None:
    assert tiny_store.ancestors("zorvane") == ("umbrant", "florant")
    assert tiny_store.ancestors("umbrant") == ("florant",)
    assert tiny_store.ancestors("florant") == tiny_store.ancestors("quelbrin") == ()
    assert tiny_store.members("florant") == tiny_store.members("umbrant") == ["zorvane"]


def test_the_statement_of_a_claim_is_given_without_the_rest(tiny_store: Store) -> None:
    assert tiny_store.statement("quelbrin-is-a-florant") == "Quelbrin is a florant."


def test_what_a_record_is_mixed_up_with_is_found_from_the_other_side(larger_store: Store) -> None:
    assert larger_store.confused("zorvane") == ["murkane"]
    assert larger_store.confused("florant") == ["murkane"]
    assert larger_store.confused("umbrant") == []


def test_a_region_is_given_by_its_id(tiny_store: Store) -> None:
    region = tiny_store.region("arden")
    assert region
    assert (region.name, region.emergency) == ("Arden", "777")
    assert tiny_store.region("ZZ") is None
