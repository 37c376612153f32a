from __future__ import annotations

import random
import sqlite3
from typing import TYPE_CHECKING

import pytest

from drugfacts.answering.decide import answer
from drugfacts.authoring.load import KINDS
from drugfacts.database import looks_whole
from drugfacts.errors import StoreError, UnknownNameError
from drugfacts.store import Store

if TYPE_CHECKING:
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


def test_however_little_is_kept_the_answers_are_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [store.statement(claim.id) for claim in store.claims()[::40]]
    before = [answer(text, store) for text in texts]
    monkeypatch.setattr("drugfacts.database._KEEP", 60)
    fresh = Store(store._connection)
    assert [answer(text, fresh) for text in texts] == before
