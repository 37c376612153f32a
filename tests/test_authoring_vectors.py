from __future__ import annotations

import sqlite3
from array import array
from base64 import b64encode
from typing import TYPE_CHECKING

from drugfacts.authoring.compile import compile_library
from drugfacts.authoring.load import load
from drugfacts.authoring.vectors import pointing, vectors_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def listed(**vectors: list[int]) -> str:
    words = ",\n  ".join(f"{name} {b64encode(bytes(array('b', vector))).decode()}" for name, vector in vectors.items())
    return f"id: vectors\nkind: vectors\norigin: invented\nwords: >\n  {words}\n"


def folder(tiny_facts: Path, content: str) -> Path:
    path = tiny_facts / "word-lists" / "vectors.yaml"
    path.write_text(f"# yaml-language-server: $schema=../schemas/word-list.json\n{content}", encoding="utf-8")
    return tiny_facts


def test_vectors_are_read_as_they_were_written(tiny_facts: Path) -> None:
    library, problems = load([folder(tiny_facts, listed(salt=[1, -2, 127], box=[-127, 0, 5]))])
    assert problems == []
    assert {name: list(vector) for name, vector in vectors_of(library).items()} == {
        "salt": [1, -2, 127],
        "box": [-127, 0, 5],
    }


def test_a_content_points_where_the_sum_of_its_features_does() -> None:
    vectors = {"salt": [100, 0], "box": [0, 100]}
    assert list(array("b", pointing(["salt"], vectors))) == [127, 0]
    assert list(array("b", pointing(["salt", "box", "other"], vectors))) == [90, 90]
    assert pointing(["other"], vectors) == b""


def test_what_points_both_ways_points_nowhere() -> None:
    assert list(array("b", pointing(["up", "down"], {"up": [50, 1], "down": [-50, -1]}))) == [0, 0]


def test_wordings_and_claims_point_where_their_words_do(
    tiny_facts: Path, change: Callable[[str, str, str], Path]
) -> None:
    change("claims/lore/quelbrin-is-a-florant.yaml", "  - is quelbrin a florant\n", "  - is quelbrin a rock\n")
    library, problems = load([folder(tiny_facts, listed(rock=[0, 80], **{"<quelbrin>": [80, 0]}))])
    assert problems == []
    store = compile_library(library, sqlite3.connect(":memory:"))
    rows = {row.text: list(array("b", row.vector)) for row in store.wordings("quelbrin-is-a-florant")}
    assert rows["is quelbrin a rock"] == [90, 90]
    assert rows["Quelbrin is a florant."] == [127, 0]
    centre = list(array("b", store.centres()["quelbrin-is-a-florant"]))
    assert centre[0] > centre[1] > 0
    assert {name: list(array("b", vector)) for name, vector in store.vectors(["rock", "no-such"]).items()} == {
        "rock": [0, 80]
    }
