from __future__ import annotations

from typing import TYPE_CHECKING

from drugfacts.answering import readings as module
from drugfacts.answering.readings import (
    LEAST,
    SURE,
    TRIED,
    Reading,
    readings,
    unweighed,
)
from drugfacts.answering.sides import NONE
from drugfacts.answering.verify import Judged
from drugfacts.language.read import read

if TYPE_CHECKING:
    import pytest

    from drugfacts.store import Store

SAYS, DENIES, NEITHER = Judged(0.9, 0.06, 0.04), Judged(0.1, 0.8, 0.1), Judged(0.1, 0.1, 0.8)


def told(
    text: str,
    store: Store,
    patch: pytest.MonkeyPatch,
    relations: list[tuple[str, float]],
    said: dict[str, Judged] | None = None,
) -> list[Reading]:
    """Read a text as pointing to relations, with what it says of their sentences (``SAYS`` unless given)."""
    patch.setattr(module, "proposed", lambda *_: [(name, False, False, share) for name, share in relations])
    patch.setattr(module, "judged_each", lambda _, texts, __: [(said or {}).get(one, SAYS) for one in texts])
    return readings(read(text, store), store)


def test_each_relation_that_fits_what_is_named_is_tried(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = told("nobody gets rid of zorvane again", tiny_store, monkeypatch, [("habit", 0.4), ("brings", 0.3)])
    assert found.proposed[:3] == ("zorvane", "habit", "")
    assert (found.judged, found.evidence["share"], found.evidence["side"]) == (SAYS, 0.4, SAYS.says)
    assert (found.evidence["cued"], found.evidence["binary"]) == (0.0, 0.0)


def test_what_hardly_points_to_a_relation_or_to_none_is_not_tried(
    tiny_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told("zorvane lets go", tiny_store, monkeypatch, [("habit", LEAST / 2), (NONE, 0.9)]) == []


def test_that_it_may_propose_nothing_is_evidence(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = told("zorvane lets go", tiny_store, monkeypatch, [("habit", 0.2), (NONE, 0.7)])
    assert found.evidence["nothing"] == 0.7


def test_only_what_the_records_settle_is_tried(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "derive", lambda *_: None)
    assert told("zorvane lets go of you", tiny_store, monkeypatch, [("habit", 0.9)]) == []


def test_the_side_is_that_of_the_sentence(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for text, judgement in (("zorvane lets go of you", SAYS), ("zorvane does not keep you", DENIES)):
        monkeypatch.setattr(module, "proposed", lambda *_: [("habit", False, False, 0.5)])
        monkeypatch.setattr(module, "judged_each", lambda _, texts, __, told=judgement: [told] * len(texts))
        question = read(text, tiny_store)
        (found,) = readings(question, tiny_store)
        assert (found.proposed.denied != question.negated) is (judgement is DENIES)


def test_a_denial_without_a_word_that_denies_is_marked(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "proposed", lambda *_: [("habit", False, False, 0.5)])
    monkeypatch.setattr(module, "judged_each", lambda _, texts, __: [DENIES] * len(texts))
    (found,) = unweighed(read("zorvane lets go of you", tiny_store), tiny_store)
    assert (found.evidence["wordless denial"], found.evidence["unheeded denial"]) == (1.0, 0.0)
    (found,) = unweighed(read("zorvane does not keep you", tiny_store), tiny_store)
    assert (found.evidence["wordless denial"], found.evidence["denies"]) == (0.0, 1.0)
    monkeypatch.setattr(module, "judged_each", lambda _, texts, __: [SAYS] * len(texts))
    (found,) = unweighed(read("zorvane does not keep you", tiny_store), tiny_store)
    assert found.evidence["unheeded denial"] == 1.0


def test_what_the_words_propose_is_tried_too(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = told("quelbrin is a florant", tiny_store, monkeypatch, [])
    assert (found.proposed[:3], found.evidence["cued"]) == (("quelbrin", "is-a", "florant"), 1.0)


def test_what_the_records_settle_of_two_things_is_tried(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    found = told("zorvane shimmers galore", tiny_store, monkeypatch, [])
    assert [one.proposed[:3] for one in found] == [("zorvane", "brings", "shimmer-fever")]
    assert found[0].evidence["cued"] == 0.0


def test_nothing_is_read_without_a_network(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "proposed", lambda *_: [("habit", False, False, 0.9)])
    assert readings(read("zorvane lets go of you", tiny_store), tiny_store) == []


def test_a_relation_that_the_words_do_not_name_is_marked(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "settled_between", lambda *_: [("zorvane", "brings", "shimmer-fever")])
    found = told("zorvane is habit forming beyond dreams", tiny_store, monkeypatch, [])
    assert {one.proposed.relation: one.evidence["other relation"] for one in found} == {"habit": 0.0, "brings": 1.0}


def test_where_the_words_are_a_relation_and_nothing_else_no_other_is_tried(
    tiny_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "settled_between", lambda *_: [("zorvane", "brings", "shimmer-fever")])
    found = told("zorvane is habit forming", tiny_store, monkeypatch, [])
    assert {one.proposed.relation for one in found} == {"habit"}


def test_what_is_less_likely_than_the_bar_is_not_sure(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = told("zorvane lets go of you", tiny_store, monkeypatch, [("habit", 0.9)])
    assert found._replace(confidence=SURE).is_sure
    assert not found._replace(confidence=SURE - 0.01).is_sure


def test_that_the_words_take_the_other_side_is_marked(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"Quelbrin is a florant.": DENIES}
    (found,) = told("quelbrin is a florant", tiny_store, monkeypatch, [], said)
    assert (found.evidence["cued"], found.evidence["crossed"]) == (0.0, 1.0)
    (found,) = told("quelbrin is not a florant", tiny_store, monkeypatch, [], said)
    assert (found.evidence["cued"], found.evidence["crossed"]) == (1.0, 0.0)


def test_what_the_words_propose_in_one_direction_is_not_tried_in_the_other(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {one.proposed[:3] for one in told("Heroin reverses an overdose of naloxone.", store, monkeypatch, [])}
    assert ("naloxone", "reverses", "heroin") not in found
    found = {one.proposed[:3] for one in told("Naloxone reverses an overdose of heroin.", store, monkeypatch, [])}
    assert ("naloxone", "reverses", "heroin") in found


def test_another_sentence_that_fits_and_comes_to_something_else_is_a_rival(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    relations = [("addictive", 0.5), ("natural", 0.3)]
    found = told("heroin has you by the throat", store, monkeypatch, relations)
    verdicts = {one.proposed.relation: one.derived.verdict.leaning for one in found}
    assert verdicts["addictive"] != verdicts["natural"]
    assert all(one.evidence["rival"] == SAYS.says for one in found)


def test_no_more_than_a_few_are_tried(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    relations = [(name, 0.3) for name in store.ids("relations")]
    assert len(told("heroin has you by the throat", store, monkeypatch, relations)) == TRIED


def test_the_model_says_how_sure_a_reading_is(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = told("zorvane lets go of you", tiny_store, monkeypatch, [("habit", 0.9)])
    assert found.confidence > SURE
    said = {"Zorvane is habit forming.": NEITHER}
    every = told("zorvane lets go of you", tiny_store, monkeypatch, [("habit", 0.9)], dict.fromkeys(said, NEITHER))
    assert all(one.judged is SAYS or one.confidence < SURE for one in every)


def test_where_no_drug_is_named_nothing_is_read(store: Store) -> None:
    for text in ("", "?", "is it safe", "does it hurt the liver"):
        assert all(one.proposed.subject for one in readings(read(text, store), store))


def test_two_products_that_hold_one_drug_are_not_taken_for_one_thing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = next(
        one
        for one in (store.profile(name) for name in store.ids("substances"))
        if one and len({name.casefold() for name in one.names.product}) > 1
    )
    first, second = list(profile.names.product)[:2]
    text = f"{first} is the same thing as {second}"
    assert not any(one.proposed.subject == one.proposed.object for one in told(text, store, monkeypatch, []))
    monkeypatch.setattr(module, "_products", lambda *_: False)
    assert any(one.proposed.subject == one.proposed.object for one in told(text, store, monkeypatch, []))


def test_of_two_named_in_one_breath_neither_is_said_of_the_other(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for text, tried in (("codeine and promethazine it holds", False), ("promethazine it holds with codeine", True)):
        found = told(text, store, monkeypatch, [("contains", 0.5)])
        assert any(one.proposed.relation == "contains" for one in found) is tried


def test_what_is_named_to_set_another_against_it_is_not_spoken_of(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text, tried in (("unlike giving up weed that may kill", False), ("giving up weed may kill", True)):
        found = told(text, store, monkeypatch, [("deadly-withdrawal", 0.5)])
        assert any(one.proposed.subject == "cannabis" for one in found) is tried
