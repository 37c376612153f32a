from __future__ import annotations

import random
import sqlite3
from typing import TYPE_CHECKING

import pytest

from drugfacts.answering.decide import answer
from drugfacts.authoring.build import write_store
from drugfacts.authoring.load import KINDS, load
from drugfacts.errors import StoreError, UnknownNameError
from drugfacts.model import Relation, Substance
from drugfacts.rows import ClaimRow
from drugfacts.store import Store, looks_whole
from drugfacts.text import letters

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# The small store has no encoder; ``test_authoring_sides`` takes one through a store.
SERVED = [folder for folder in KINDS if folder not in ("lexicon", "word-lists", "encoders")]
QUESTIONS = [
    "is quelbrin a florant",
    "zorvane is not a florant",
    "is zip habit forming",
    "does zorvane bring on shimmer fever",
    "what is zorvane",
    "how much zorvane",
    "zorvene in a garden",
]


@pytest.fixture
def file(tiny_facts: Path, tmp_path: Path) -> Path:
    """Write the small store into a file."""
    path = tmp_path / "tiny.sqlite"
    write_store(load([tiny_facts])[0], path)
    return path


@pytest.fixture
def opened(file: Path) -> Iterator[Store]:
    store = Store.open(file)
    yield store
    store._connection.close()


def use(path: Path) -> None:
    """Open a store and ask everything of it; it may fail in the way it says and in no other."""
    store = Store.open(path)
    try:
        for question in QUESTIONS:
            answer(question, store)
        for row in store.claims():
            store.claim(row.id)
        for folder in SERVED:
            store.count(folder)
            for key in store.ids(folder):
                store.profile(key)
                store.ancestors(key)
    finally:
        store._connection.close()


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


def test_phrases_are_found_by_their_first_stem(tiny_store: Store) -> None:
    found = tiny_store.phrases(["zorvan", "zip", "brought", "gone"])
    assert [(phrase.parts, phrase.meaning[:3]) for phrase in found["zorvan"]] == [
        ((("zorvan",),), ("substance", "zorvane", "name"))
    ]
    assert [phrase.meaning.role for phrase in found["zip"]] == ["ambiguous"]
    assert [(phrase.parts, phrase.meaning.role) for phrase in found["brought"]] == [
        ((("brought", "on", "by"),), "passive")
    ]
    assert found["gone"] == ()


def test_a_name_is_found_joined_and_apart(tiny_store: Store) -> None:
    assert [phrase.parts for phrase in tiny_store.phrases(["zv"])["zv"]] == [(("zv", "2"),)]
    assert [phrase.parts for phrase in tiny_store.phrases(["zv2"])["zv2"]] == [(("zv2",),)]


def test_more_phrases_can_be_asked_for_than_a_query_takes(tiny_store: Store) -> None:
    heads = [f"no{number}" for number in range(3000)]
    found = tiny_store.phrases([*heads, "zip"])
    assert len(found) == 3001
    assert {head for head, phrases in found.items() if phrases} == {"zip"}


@pytest.mark.parametrize(
    ("word", "kinds"),
    [("zorvane", "n"), ("florants", "n"), ("bloom", "v"), ("dralomine", "o"), ("garden", "e"), ("moon", "")],
)
def test_a_word_is_known_by_what_it_is(tiny_store: Store, word: str, kinds: str) -> None:
    assert tiny_store.word_kinds(word) == kinds


def test_words_alike_begin_alike_and_are_of_a_length(tiny_store: Store) -> None:
    found = sorted(tiny_store.words_like("quelbrim", 1))
    assert found == [("quelbrin", "n", letters("quelbrin")), ("quelbrix", "o", letters("quelbrix"))]
    assert tiny_store.words_like("quelbr", 1) == []
    assert tiny_store.words_like("gardem", 1) == []


def test_a_notice_is_found_by_its_entry(tiny_store: Store) -> None:
    assert tiny_store.notice("dose") == "Doses are not given here."


def test_the_wordings_of_a_claim_begin_with_its_statement(tiny_store: Store) -> None:
    rows = tiny_store.wordings("quelbrin-is-a-florant")
    assert [(row.text, row.negated) for row in rows] == [
        ("Quelbrin is a florant.", False),
        ("is quelbrin a florant", False),
        ("Does quelbrin belong to the florants?", False),
        ("quelbrin isn't a florant", True),
    ]


def test_a_part_of_what_is_said_leads_to_its_wordings_and_weighs_more_the_rarer_it_is(tiny_store: Store) -> None:
    found = tiny_store.features(["~is-a", "<florant>", "gone"])
    assert {
        name: [row.text for row in tiny_store.asks(feature.asks).values() if not row.miss]
        for name, feature in found.items()
    } == {
        "~is-a": ["Does quelbrin belong to the florants?"],
        "<florant>": [row.text for row in tiny_store.wordings("quelbrin-is-a-florant")],
    }
    assert found["~is-a"].weight > found["<florant>"].weight > 0


def test_the_statement_of_a_claim_is_given_without_the_rest(tiny_store: Store) -> None:
    assert tiny_store.statement("quelbrin-is-a-florant") == "Quelbrin is a florant."


def test_as_many_parts_as_the_longest_question_has_can_be_looked_up_at_once(tiny_store: Store) -> None:
    assert list(tiny_store.features([*map(str, range(2000)), "~is-a"])) == ["~is-a"]


def test_a_file_of_this_format_looks_whole(file: Path) -> None:
    assert looks_whole(file)


@pytest.mark.parametrize("kept", [0, 1, 99, 100, 4096, -4096, -1])
def test_a_file_cut_short_does_not_look_whole_and_is_not_opened(file: Path, kept: int) -> None:
    file.write_bytes(file.read_bytes()[:kept])
    assert not looks_whole(file)
    with pytest.raises(StoreError, match="not a whole compiled store"):
        Store.open(file)


def test_a_file_with_something_after_its_end_does_not_look_whole(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"x")
    assert not looks_whole(file)


def test_a_file_that_is_not_there_or_is_a_folder_does_not_look_whole(tmp_path: Path) -> None:
    assert not looks_whole(tmp_path / "none.sqlite")
    assert not looks_whole(tmp_path)


@pytest.mark.parametrize("pragma", ["application_id", "user_version"])
def test_a_database_of_another_program_or_format_does_not_look_whole(file: Path, pragma: str) -> None:
    connection = sqlite3.connect(file)
    connection.execute(f"PRAGMA {pragma} = 77")
    connection.commit()
    connection.close()
    assert not looks_whole(file)


def test_an_open_store_cannot_be_written(opened: Store) -> None:
    with pytest.raises(StoreError, match="readonly"):
        opened._rows("DELETE FROM record")


@pytest.mark.parametrize("seed", range(8))
def test_a_store_damaged_in_the_middle_says_so_or_answers(file: Path, seed: int) -> None:

    whole = file.read_bytes()
    chance = random.Random(seed)
    for page in range(0, len(whole), 4096):
        damaged = bytearray(whole)
        start = max(page, 100)
        for place in range(start, page + 4096) if seed == 0 else chance.sample(range(start, page + 4096), 40):
            damaged[place] = chance.randrange(256)
        file.write_bytes(damaged)
        try:
            use(file)
        except (StoreError, UnknownNameError) as error:
            assert str(error)  # noqa: PT017  (either outcome will do)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE record SET data = '{'",
        "UPDATE record SET data = '[]'",
        "UPDATE record SET data = '{}'",
        "UPDATE record SET data = NULL",
        "UPDATE record SET data = X'ff'",
        "DELETE FROM meta",
        "DROP TABLE meta",
        "DROP TABLE phrase",
        "UPDATE phrase SET parts = NULL",
        "DELETE FROM record",
    ],
)
def test_a_store_with_content_that_is_none_says_so(file: Path, statement: str) -> None:

    connection = sqlite3.connect(file)
    connection.execute(statement)
    connection.commit()
    connection.close()
    assert looks_whole(file)
    with pytest.raises((StoreError, UnknownNameError)):
        use(file)


def test_what_a_record_is_mixed_up_with_is_found_from_the_other_side(larger_store: Store) -> None:
    assert larger_store.confused("zorvane") == ["murkane"]
    assert larger_store.confused("florant") == ["murkane"]
    assert larger_store.confused("umbrant") == []


def test_a_region_is_given_by_its_id(tiny_store: Store) -> None:
    region = tiny_store.region("arden")
    assert region
    assert (region.name, region.emergency) == ("Arden", "777")
    assert tiny_store.region("ZZ") is None


def test_however_little_is_kept_the_answers_are_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [store.statement(claim.id) for claim in store.claims()[::40]]
    before = [answer(text, store) for text in texts]
    monkeypatch.setattr("drugfacts.store._KEEP", 60)
    fresh = Store(store._connection)
    assert [answer(text, fresh) for text in texts] == before
