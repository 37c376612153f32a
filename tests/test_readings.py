from __future__ import annotations

from typing import TYPE_CHECKING

from drugfacts.answering import readings as module
from drugfacts.answering.readings import LEAST, SURE, SURE_DENIAL, Reading, readings
from drugfacts.answering.sides import NONE
from drugfacts.answering.verify import Judged
from drugfacts.language.question import Proposed
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
    assert (found.share, found.cued, found.judged, found.sure) == (0.4, False, SAYS, SAYS.says)


def test_what_hardly_points_to_a_relation_or_to_none_is_not_tried(
    tiny_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told("zorvane lets go", tiny_store, monkeypatch, [("habit", LEAST / 2), (NONE, 0.9)]) == []


def test_the_side_is_that_of_the_sentence(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for text, judgement in (("zorvane lets go of you", SAYS), ("zorvane does not keep you", DENIES)):
        monkeypatch.setattr(module, "proposed", lambda *_: [("habit", False, False, 0.5)])
        monkeypatch.setattr(module, "judged_each", lambda _, texts, __, told=judgement: [told] * len(texts))
        question = read(text, tiny_store)
        (found,) = readings(question, tiny_store)
        assert (found.proposed.denied != question.negated) is (judgement is DENIES)


def test_a_denial_without_a_word_that_denies_is_none(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "proposed", lambda *_: [("habit", False, False, 0.5)])
    monkeypatch.setattr(module, "judged_each", lambda _, texts, __: [DENIES] * len(texts))
    assert readings(read("zorvane lets go of you", tiny_store), tiny_store) == []


def test_what_the_words_propose_is_tried_too(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = told("quelbrin is a florant", tiny_store, monkeypatch, [])
    assert (found.proposed[:3], found.cued, found.share) == (("quelbrin", "is-a", "florant"), True, 0.0)


def test_what_the_records_settle_of_two_things_is_tried(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    found = told("zorvane shimmers galore", tiny_store, monkeypatch, [])
    assert [one.proposed[:3] for one in found] == [("zorvane", "brings", "shimmer-fever")]
    assert not found[0].cued


def test_nothing_is_read_without_a_network(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "proposed", lambda *_: [("habit", False, False, 0.9)])
    assert readings(read("zorvane lets go of you", tiny_store), tiny_store) == []


def test_where_words_name_a_relation_no_other_is_tried(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    found = told("quelbrin is a florant", tiny_store, monkeypatch, [("same-as", 0.9), ("is-a", 0.1)])
    assert {one.proposed.relation for one in found} == {"is-a"}


def test_the_side_that_the_words_take_is_not_turned_round(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"Quelbrin is a florant.": DENIES}
    assert told("quelbrin is a florant", tiny_store, monkeypatch, [], said) == []
    assert len(told("quelbrin is not a florant", tiny_store, monkeypatch, [], said)) == 1


def test_what_the_words_propose_in_one_direction_is_not_tried_in_the_other(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {one.proposed[:3] for one in told("Heroin reverses an overdose of naloxone.", store, monkeypatch, [])}
    assert ("naloxone", "reverses", "heroin") not in found
    found = {one.proposed[:3] for one in told("Naloxone reverses an overdose of heroin.", store, monkeypatch, [])}
    assert ("naloxone", "reverses", "heroin") in found


def test_a_denial_has_to_be_surer() -> None:
    one = Reading(Proposed("a", "r"), 0.0, False, Judged(SURE, 1 - SURE, 0.0))
    assert one.is_sure
    assert not one._replace(judged=Judged(1 - SURE, SURE, 0.0)).is_sure
    assert one._replace(judged=Judged(0.0, SURE_DENIAL, 0.0)).is_sure


def test_where_no_drug_is_named_nothing_is_read(store: Store) -> None:
    for text in ("", "?", "is it safe", "does it hurt the liver"):
        assert all(one.proposed.subject for one in readings(read(text, store), store))
