from __future__ import annotations

import math
from array import array
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugfacts.answering.likeness import alike
from drugfacts.answering.pointing import UNIT, cosine, direction, nearness
from drugfacts.language.read import read

if TYPE_CHECKING:
    from drugfacts.store import Store


def test_what_no_feature_has_a_vector_of_points_nowhere(store: Store, tiny_store: Store) -> None:
    assert direction([], store) == []
    assert direction(["no-such-feature-at-all"], store) == []
    assert direction(["bloom"], tiny_store) == []  # a store without vectors


@pytest.mark.parametrize("text", ["is heroin addictive", "coffee sobers you up", "relapse"])
def test_a_direction_has_length_one_whatever_is_said_how_often(store: Store, text: str) -> None:
    content = read(text, store).content
    pointing = direction(content, store)
    assert math.isclose(sum(part * part for part in pointing), 1, rel_tol=1e-9)
    assert direction([*content, *content], store) == pointing


def test_a_wording_points_where_its_row_in_the_store_does(store: Store) -> None:
    for claim in store.ids("claims")[::40]:
        row = store.wordings(claim)[0]
        assert row.vector
        # The numbers of a row are rounded, so that it is not quite of length one.
        length = math.sqrt(sum(part * part for part in memoryview(row.vector).cast("b"))) / UNIT
        assert cosine(direction(row.content, store), row.vector) / length > 0.99


def test_wordings_of_one_claim_are_nearer_to_each_other_than_to_those_of_others(store: Store) -> None:
    claims = store.ids("claims")[::25]
    for claim, other in pairwise(claims):
        pointing = direction(store.wordings(claim)[0].content, store)
        own = max(cosine(pointing, row.vector) for row in store.wordings(claim)[1:])
        assert own > max(cosine(pointing, row.vector) for row in store.wordings(other))


def test_where_there_is_no_vector_nothing_is_near() -> None:
    assert cosine([0.6, 0.8], b"") == 0
    assert cosine([], bytes([127, 0])) == 0


@given(st.lists(st.integers(-127, 127), min_size=3, max_size=3).filter(any))
def test_a_vector_is_as_near_to_its_own_direction_as_it_is_long(vector: list[int]) -> None:
    length = math.sqrt(sum(part * part for part in vector))
    assert math.isclose(
        cosine([part / length for part in vector], bytes(array("b", vector))), length / UNIT, rel_tol=1e-9
    )


def test_a_claim_is_nearest_to_its_own_wording_unless_that_is_left_out(store: Store) -> None:
    claim = store.ids("claims")[0]
    row = store.wordings(claim)[0]
    pointing, ranked = direction(row.content, store), alike(row.content, store)
    whole = nearness(pointing, claim, ranked, store)
    without = nearness(pointing, claim, ranked, store, (row.text,))
    assert whole["nearest"] > 0.99
    assert whole["nearest"] >= without["nearest"] >= without["third"]
    assert whole["nearer"] >= without["nearer"]
