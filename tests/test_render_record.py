from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from drugfacts.answering.answer import Answer, Fault, Status
from drugfacts.answering.coverage import coverage
from drugfacts.answering.decide import answer
from drugfacts.answering.ranking import find_amount, rank
from drugfacts.render.record import answer_data, coverage_data, dump, profile_data, ranking_data

if TYPE_CHECKING:
    from drugfacts.store import Store

SCHEMA = Path(__file__).parents[1] / "docs" / "answer.schema.json"
VOCABULARY = (
    "is isn't are does can't not never ketamine heroin fentanyl naloxone opioid opioids weed alcohol addictive an a "
    "the stronger than reverse overdose myth that it true right what how much why should i he overdosing only kids "
    "special k metformin klonidine tramadl the same as and illegal drug test withdrawal kill you ? 100"
)


@pytest.fixture(scope="module")
def schema() -> Draft7Validator:
    found = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft7Validator.check_schema(found)
    return Draft7Validator(found)


def faults(data: Any, schema: Draft7Validator) -> list[str]:
    return [f"{list(error.path)}: {error.message}" for error in schema.iter_errors(data)]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(VOCABULARY.split()), max_size=12).map(" ".join) | st.text(max_size=120))
@example("is ketamine an opioid")
@example("ketamine isn't an opioid, right?")
@example("what is heroin")
@example("how much ketamine should i take")
@example("he is overdosing, is naloxone an opioid")
@example("")
@example("x" * 5000)
@example("\ud800\u202e\x1b[31m")
def test_every_answer_has_the_form_of_the_schema(store: Store, schema: Draft7Validator, text: str) -> None:
    data = json.loads(dump(answer_data(answer(text, store)), one_line=True))
    assert faults(data, schema) == []


def test_the_answer_to_the_statement_of_a_claim_has_the_form_of_the_schema(
    store: Store, schema: Draft7Validator
) -> None:
    for row in list(store.claims())[::4]:
        data = answer_data(answer(row.statement, store))
        assert faults(json.loads(dump(data, one_line=False)), schema) == []


def test_an_answer_with_its_reasons_has_the_form_of_the_schema(store: Store, schema: Draft7Validator) -> None:
    data = answer_data(answer("is ketamine an opioid", store), why=True)
    assert data["why"]
    assert faults(data, schema) == []
    assert "why" not in answer_data(answer("is ketamine an opioid", store))


def test_a_line_that_could_not_be_read_has_the_form_of_the_schema(schema: Draft7Validator) -> None:
    given = Answer("", Status.ERROR, error=Fault("not-utf8", "byte 3"), facts_version="1", facts_reviewed="2026-11-23")
    data = answer_data(given)
    assert faults(data, schema) == []
    assert data["error"] == {"code": "not-utf8", "message": "byte 3"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("verdict", "maybe"),
        ("status", "ok"),
        ("answer", "perhaps"),
        ("confidence", 2),
        ("schema", "drugfacts.answer/2"),
    ],
)
def test_the_schema_refuses_other_words(store: Store, schema: Draft7Validator, key: str, value: object) -> None:
    data = answer_data(answer("is ketamine an opioid", store))
    assert faults({**data, key: value}, schema)
    assert faults({**data, "surprise": value}, schema)
    del data[key]
    assert faults(data, schema)


def test_the_schema_has_no_room_for_a_verdict_on_a_suggestion(store: Store, schema: Draft7Validator) -> None:
    data = answer_data(answer("is ketamine always addictive", store))
    assert data["suggestions"]
    data["suggestions"][0]["verdict"] = "true"
    assert faults(data, schema)


def test_what_is_not_there_is_null(store: Store) -> None:
    data = answer_data(answer("is the moon made of cheese", store))
    for key in ("answer", "verdict", "claim", "summary", "mechanism", "effects", "addiction_risk", "nuance", "error"):
        assert data[key] is None
    assert data["sources"] == data["substances"] == data["classes"] == []


def test_the_claim_keeps_its_verdict_under_negation(store: Store) -> None:
    data = answer_data(answer("ketamine is not an opioid", store))
    assert (data["verdict"], data["answer"], data["polarity"]) == ("true", "yes", "negated")
    assert (data["claim"]["verdict"], data["claim"]["origin"]) == ("false", "reviewed")


def test_parts_are_answers_of_the_same_form_without_parts(tiny_store: Store, schema: Draft7Validator) -> None:
    one = answer("is quelbrin a florant", tiny_store)
    assert answer_data(one)["parts"] == []
    assert faults(answer_data(one), schema) == []
    data = answer_data(one._replace(parts=(one, one._replace(polarity="negated"))), why=True)
    assert faults(data, schema) == []
    assert [part["polarity"] for part in data["parts"]] == ["affirmed", "negated"]
    assert all("parts" not in part and part["why"] for part in data["parts"])
    data["parts"][0]["parts"] = []
    assert faults(data, schema)
    del data["parts"]
    assert faults(data, schema)


def test_a_look_alike_has_the_form_of_the_schema(larger_store: Store, schema: Draft7Validator) -> None:
    data = answer_data(answer("what is murkene", larger_store))
    assert [notice["kind"] for notice in data["notices"]] == ["look-alike"]
    assert faults(data, schema) == []


def test_a_ranking_and_the_gaps_are_given_as_data(larger_store: Store) -> None:
    field = find_amount("heft", larger_store)
    data = ranking_data(field, rank(field, larger_store), larger_store)
    assert [len(scale["values"]) for scale in data["scales"]] == [2, 1]
    assert data["scales"][0]["values"][0]["sources"][0]["url"] == "https://example.org/bags"
    gaps = coverage_data(coverage(larger_store, ["murkene"], ["habit"]))
    assert gaps == {
        "filled": 0,
        "cells": 1,
        "fields": [{"id": "habit", "label": "Habit", "filled": 0, "own": 0}],
        "substances": [{"id": "murkene", "name": "murkene", "missing": ["habit"]}],
    }
    assert dump([data, gaps], one_line=True)


def test_one_line_is_one_line_and_letters_stay_letters() -> None:
    data = {"question": "μ-opioid\n“é” 中"}
    assert dump(data, one_line=True) == '{"question": "μ-opioid\\n“é” 中"}'
    assert dump(data, one_line=False).count("\n") == 2


@settings(deadline=None)
@given(st.recursive(st.text(st.characters()) | st.integers() | st.none(), st.lists, max_leaves=5))
def test_whatever_is_dumped_is_json_in_utf8(value: object) -> None:
    text = dump({"value": value}, one_line=True)
    assert "\n" not in text
    read = json.loads(text.encode("utf-8"))
    if "\\ud" not in ascii(value):
        assert read == {"value": value}


def test_a_profile_is_given_without_what_it_does_not_hold(tiny_store: Store) -> None:
    profile = tiny_store.profile("quelbrin")
    assert profile is not None
    data = profile_data(profile)
    assert data["id"] == "quelbrin"
    assert data["summary"]["text"] == "Quelbrin is a salt."
    assert "mechanism" not in data
    assert json.loads(dump(data, one_line=True)) == data
