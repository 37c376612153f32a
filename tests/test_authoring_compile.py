from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from drugfacts.authoring.build import validate
from drugfacts.authoring.compile import compile_library, content_key, names_of, phrases, spellings
from drugfacts.authoring.load import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from drugfacts.store import Store

FILES = [
    "sources/src-one.yaml",
    "fields/habit.yaml",
    "relations/is-a.yaml",
    "terms/shimmer-fever.yaml",
    "classes/florant.yaml",
    "substances/zorvane.yaml",
    "claims/lore/quelbrin-is-a-florant.yaml",
    "lexicon/words.yaml",
    "word-lists/others.yaml",
]


def key_of(root: Path) -> str:
    return content_key(load([root])[0])


def rows_of(root: Path) -> dict[str, list[tuple[object, ...]]]:
    """Give every row of every table that a fact folder compiles to."""
    connection = sqlite3.connect(":memory:")
    compile_library(load([root])[0], connection)
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = {table: list(connection.execute(f"SELECT * FROM {table}")) for table in tables}
    connection.close()
    return rows


@pytest.mark.parametrize("file", FILES)
def test_the_content_key_changes_with_any_file(tiny_facts: Path, file: str) -> None:
    before = key_of(tiny_facts)
    path = tiny_facts / file
    path.write_text(path.read_text() + "# a word more\n")
    assert key_of(tiny_facts) != before


def test_the_content_key_changes_when_a_file_is_added_or_taken_away(tiny_facts: Path) -> None:
    before = key_of(tiny_facts)
    added = tiny_facts / "terms" / "petal-loss.yaml"
    added.write_text("id: petal-loss\nname: petal loss\nkind: harm\n")
    assert key_of(tiny_facts) != before
    added.unlink()
    assert key_of(tiny_facts) == before


def test_the_content_key_does_not_depend_on_where_the_facts_lie(tiny_facts: Path, tmp_path: Path) -> None:
    shutil.copytree(tiny_facts, tmp_path / "copy")
    assert key_of(tmp_path / "copy") == key_of(tiny_facts)


def test_the_same_facts_compile_to_the_same_rows(tiny_facts: Path) -> None:
    assert rows_of(tiny_facts) == rows_of(tiny_facts)


def test_a_store_says_what_it_was_compiled_from(tiny_facts: Path, tiny_store: Store) -> None:
    assert tiny_store.meta == {"content": key_of(tiny_facts), "reviewed": "2026-11-24"}


def test_every_name_cue_and_word_is_a_phrase_with_what_it_means(tiny_facts: Path) -> None:
    found = set(phrases(load([tiny_facts])[0]))
    assert {
        ("zorvane", "substance", "zorvane", "name", ""),
        ("Zorvex", "substance", "zorvane", "name", ""),
        ("zip", "substance", "zorvane", "ambiguous", ""),
        ("florants", "class", "florant", "name", ""),
        ("shimmers", "term", "shimmer-fever", "name", ""),
        ("bring on", "cue", "brings", "plain", ""),
        ("brought on by", "cue", "brings", "passive", ""),
        ("non habit forming", "cue", "habit", "negative", ""),
        ("isn't", "words", "isnt", "expansion", "is not"),
        ("is it true that", "words", "affirming", "frame", "affirm"),
        ("dralomine", "other-drug", "dralomine", "other", ""),
    } <= found
    assert "garden" not in {text for text, *_ in found}


def test_a_record_goes_by_its_own_name_first_and_by_each_name_once(tiny_facts: Path) -> None:
    library, _ = load([tiny_facts])
    assert names_of(library.get("substances", "zorvane")) == ["zorvane", "Zorvex", "zip", "ZV-2"]
    assert names_of(library.get("classes", "florant")) == ["florant", "florants"]
    assert names_of(library.get("terms", "shimmer-fever")) == ["shimmer fever", "shimmers"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("zorvane", ["zorvane"]),
        ("2 cb", ["2 cb", "2cb"]),
        ("ZV-2", ["ZV-2", "ZV2"]),
        ("alpha-pvp", ["alpha-pvp", "alphapvp"]),
        ("angel dust", ["angel dust"]),
    ],
)
def test_names_with_digits_or_hyphens_are_found_joined_too(name: str, found: list[str]) -> None:
    assert list(spellings(name)) == found


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        # Each of these is reported; reporting must not end in a traceback of the compiler.
        ("lexicon/words.yaml", 'phrases: ["isn\'t"]', "phrases: ['!!', \"isn't\"]"),
        ("lexicon/words.yaml", "phrases: [bloom, blossom]", "phrases: ['?', ' ... ', bloom]"),
        ("lexicon/words.yaml", "id: blooming, role: concept", "id: dose, role: concept, notice: x"),
        ("relations/brings.yaml", "cues: [bring on]", "cues: ['...', '-']"),
        ("classes/florant.yaml", "facts:", "parents: [{id: florant, sources: [src-one]}]\nfacts:"),
        ("claims/lore/quelbrin-is-a-florant.yaml", "verdict: false", "concepts: [[], ['', <>]]\nverdict: false"),
        ("substances/zorvane.yaml", "names: {brand: [Zorvex]", "names: {brand: ['']"),
        ("word-lists/english.yaml", "words: garden, petal", "words: ', ,'"),
    ],
)
def test_odd_facts_can_be_tried_in_full(
    change: Callable[[str, str, str], Path], tiny_facts: Path, name: str, old: str, new: str
) -> None:
    change(name, old, new)
    library, _ = validate([tiny_facts])
    assert library.get("substances", "zorvane")


def test_a_substance_and_a_class_with_one_id_can_be_tried_in_full(tiny_facts: Path) -> None:

    text = (tiny_facts / "substances" / "zorvane.yaml").read_text()
    (tiny_facts / "substances" / "florant.yaml").write_text(text.replace("id: zorvane", "id: florant", 1))
    assert "duplicate-id" in {problem.code for problem in validate([tiny_facts])[1]}
