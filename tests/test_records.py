from __future__ import annotations

import json
import typing
from enum import Enum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drugfacts.authoring.load import KINDS
from drugfacts.model import Claim, Finding, Names, Review, ReviewStatus, Term, TermKind, Verdict
from drugfacts.records import from_data, hints, is_record, optional_part, to_data


def anything_of(wanted: Any) -> st.SearchStrategy[Any]:
    """Give values of an annotation of the model, every field of a record filled or left as it is."""
    inner = optional_part(wanted)
    if inner is not None:
        return st.none() | anything_of(inner)
    if is_record(wanted):
        parts = hints(wanted)
        needed = {name: anything_of(part) for name, part in parts.items() if name not in wanted._field_defaults}
        others = {name: anything_of(part) for name, part in parts.items() if name in wanted._field_defaults}
        return st.fixed_dictionaries(needed, optional=others).map(lambda values: wanted(**values))
    origin = typing.get_origin(wanted)
    if origin is tuple:
        return st.lists(anything_of(typing.get_args(wanted)[0]), max_size=2).map(tuple)
    if origin is dict:
        return st.dictionaries(st.text(max_size=3), anything_of(typing.get_args(wanted)[1]), max_size=2)
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return st.sampled_from(list(wanted))
    if wanted is float:
        return st.floats(allow_nan=False, allow_infinity=False)
    return st.booleans() if wanted is bool else st.text(max_size=5)


@pytest.mark.parametrize("record", [record for record, _ in KINDS.values()])
def test_a_record_comes_back_from_json_as_it_was(record: type) -> None:
    @settings(deadline=None, max_examples=30)
    @given(anything_of(record))
    def check(value: Any) -> None:
        assert from_data(record, json.loads(json.dumps(to_data(value)))) == value

    check()


def test_parts_with_their_default_are_left_out() -> None:
    assert to_data(Term("t", "t", TermKind.HARM)) == {"id": "t", "name": "t", "kind": "harm"}


def test_parts_within_parts_lose_their_defaults_too() -> None:
    finding = Finding("It does.", ("s",), Verdict.FALSE)
    assert to_data(finding) == {"says": "It does.", "sources": ["s"], "verdict": "false"}


def test_a_false_that_is_not_the_default_is_kept() -> None:
    data = to_data(Finding("s", (), low=0.0))
    assert data["low"] == 0.0


def test_enums_come_back_as_members() -> None:
    review = from_data(Review, {"status": "checked", "on": "2026-11-23"})
    assert review.status is ReviewStatus.CHECKED


def test_lists_come_back_as_tuples() -> None:
    assert from_data(Names, {"street": ["a", "b"]}).street == ("a", "b")


def test_hints_are_in_the_order_of_the_fields() -> None:
    assert tuple(hints(Claim)) == Claim._fields


@pytest.mark.parametrize(("wanted", "is_one"), [(Claim, True), (Names, True), (str, False), (tuple, False), (3, False)])
def test_only_records_of_the_model_are_records(wanted: Any, is_one: bool) -> None:
    assert is_record(wanted) is is_one


def test_an_optional_annotation_gives_what_may_be_there() -> None:
    assert optional_part(Verdict | None) is Verdict
    assert optional_part(Verdict) is None
