from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugfacts.answering.forest import Forest, grow, weigh
from drugfacts.errors import StoreError
from drugfacts.model import Model

if TYPE_CHECKING:
    from drugfacts.store import Store

FORK = "0 0.5 1 2; -1; 1"
NESTED = "0 0.5 1 2; -3; 1 2 3 4; 0.25; 4"


def forest(*trees: str, start: float = 0.0) -> Forest:
    return grow(Model("m", "hand", start, ("likeness", "length"), trees))


@pytest.mark.parametrize(
    ("trees", "values", "probability"),
    [
        ((), {}, 0.5),
        ((FORK,), {"likeness": 0.5}, 0.2689414),
        ((FORK,), {"likeness": 0.51}, 0.7310586),
        ((FORK, FORK), {"likeness": 1}, 0.8807971),
        ((NESTED,), {}, 0.0474259),
        ((NESTED,), {"likeness": 1, "length": 2}, 0.5621765),
        ((NESTED,), {"likeness": 1, "length": 3, "unasked": 9}, 0.9820138),
        (("1e9",), {}, 1),
        (("-1e9",), {}, 0),
    ],
)
def test_each_tree_adds_what_its_leaf_says(
    trees: tuple[str, ...], values: dict[str, float], probability: float
) -> None:
    assert weigh(values, forest(*trees)) == pytest.approx(probability)


def test_what_stands_before_the_trees_counts() -> None:
    assert weigh({}, forest(start=1.0)) == pytest.approx(0.7310586)


@pytest.mark.parametrize(
    "tree",
    ["", "nothing", "0 0.5 1", "2 0.5 1 2; 0; 0", "-1 0.5 1 2; 0; 0", "0 0.5 1 3; 0; 0", "0 0.5 0 1; 0", "1; 2 3"],
)
def test_a_tree_that_cannot_be_read_is_an_error_that_names_the_model(tree: str) -> None:
    with pytest.raises(StoreError, match="'m'"):
        forest(tree)


@given(st.dictionaries(st.sampled_from(["likeness", "length"]), st.floats(allow_nan=True)))
def test_any_evidence_has_a_probability(values: dict[str, float]) -> None:
    assert 0 <= weigh(values, forest(FORK, NESTED)) <= 1


def test_the_trees_of_the_store_can_be_grown_and_tell_apart(store: Store) -> None:
    grown = grow(store.model("answer"))
    assert len(grown.trees) > 50
    weights = {weigh(dict.fromkeys(grown.evidence[: number * 7], 1.0), grown) for number in range(8)}
    assert len(weights) > 4
