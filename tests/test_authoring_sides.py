from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import numpy as np
import pytest

from drugfacts.answering.encoder import both_sides, hidden, network, packed_sides, pointing
from drugfacts.authoring.build import from_store, write_store
from drugfacts.authoring.compile import compile_library
from drugfacts.authoring.load import load
from drugfacts.authoring.sides import weights_of, without_numbers
from drugfacts.language.plain import plain
from drugfacts.language.read import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from drugfacts.model import Encoder
    from drugfacts.store import Store

PIECES = ["quelbrin", "florant", "florants", "is", "a", "not", "does", "belong", "to", "the", "?"]
CLAIM = "quelbrin-is-a-florant"
AXIS = np.eye(16, dtype=np.float32)


def compiled(folder: Path, encoder: Encoder, as_file: Callable[[Encoder], str]) -> Store:
    (folder / "encoders").mkdir()
    (folder / "encoders" / "texts.yaml").write_text(as_file(encoder), encoding="utf-8")
    library, problems = load([folder])
    assert problems == []
    return compile_library(library, sqlite3.connect(":memory:"))


def test_directions_come_with_the_encoder(
    tiny_facts: Path, make_encoder: Callable[..., Encoder], as_file: Callable[[Encoder], str]
) -> None:
    given = {CLAIM: packed_sides(AXIS[0], AXIS[1]), "gone": packed_sides(AXIS[2], AXIS[3])}
    encoder = make_encoder(PIECES, given)
    store = compiled(tiny_facts, encoder, as_file)
    assert store.sides() == {CLAIM: given[CLAIM]}
    assert store.encoder() == without_numbers(encoder)
    assert store.weights() == weights_of(encoder)


def test_its_numbers_come_back_from_a_store(
    tiny_facts: Path, make_encoder: Callable[..., Encoder], as_file: Callable[[Encoder], str], tmp_path: Path
) -> None:
    encoder = make_encoder(PIECES, {CLAIM: packed_sides(AXIS[0], AXIS[1])})
    compiled(tiny_facts, encoder, as_file)
    write_store(load([tiny_facts])[0], tmp_path / "tiny.sqlite")
    (again,) = from_store(tmp_path / "tiny.sqlite").records("encoders")
    assert again._replace(tables=()) == encoder._replace(tables=())
    assert sorted(again.tables) == sorted(encoder.tables)


def test_those_of_another_claim_are_the_means_over_its_wordings(
    tiny_facts: Path, make_encoder: Callable[..., Encoder], as_file: Callable[[Encoder], str]
) -> None:
    encoder = make_encoder(PIECES)
    store = compiled(tiny_facts, encoder, as_file)
    net = network(encoder, weights_of(encoder))
    sums = {False: np.zeros(16, np.float32), True: np.zeros(16, np.float32)}
    for row in store.wordings(CLAIM):
        sums[row.negated] += pointing(hidden(plain(read(row.text, store)), net), net)
    rows = both_sides([store.sides()[CLAIM]])
    for row, whole in zip(rows, sums.values(), strict=True):
        assert row.tolist() == pytest.approx((whole / np.linalg.norm(whole)).tolist(), abs=0.005)


def test_a_side_that_no_wording_takes_lies_across_from_the_other(
    tiny_facts: Path, make_encoder: Callable[..., Encoder], as_file: Callable[[Encoder], str]
) -> None:
    path = tiny_facts / "claims" / "lore" / "quelbrin-is-a-florant.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('  - {text: "quelbrin isn\'t a florant", negated: true}\n', ""), encoding="utf-8")
    said, denied = both_sides([compiled(tiny_facts, make_encoder(PIECES), as_file).sides()[CLAIM]])
    assert denied.tolist() == pytest.approx((-said).tolist(), abs=0.01)


def test_facts_without_an_encoder_have_no_directions(tiny_facts: Path) -> None:
    store = compile_library(load([tiny_facts])[0], sqlite3.connect(":memory:"))
    assert store.sides() == {}
    assert store.encoder() is None
