from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drugfacts.answering import understood as module
from drugfacts.answering.understood import AGREED, SURE_DENIAL, SURE_RELATION, Understood, understood
from drugfacts.language.question import Proposed
from drugfacts.language.read import read

if TYPE_CHECKING:
    from drugfacts.store import Store


def told(
    text: str,
    store: Store,
    patch: pytest.MonkeyPatch,
    relation: str,
    *,
    turned: bool = False,
    denied: bool = False,
    share: float = 1.0,
) -> Understood | str:
    patch.setattr(module, "proposed", lambda *_: [(relation, turned, denied, share)])
    return understood(read(text, store), store)


def test_what_one_drug_is_said_to_do(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    found = told("nobody gets rid of zorvane again", tiny_store, monkeypatch, "habit")
    assert found == Understood((Proposed("zorvane", "habit", "", denied=False),), 1.0)


def test_the_side_is_that_of_the_whole_text(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in ("zorvane lets go of you", "zorvane does not keep you"):
        found = told(text, tiny_store, monkeypatch, "habit", denied=True, share=SURE_DENIAL)
        assert isinstance(found, Understood)
        assert found.proposed[0].denied != read(text, tiny_store).negated


def test_a_negation_that_is_not_read_as_a_denial_is_not_understood(
    tiny_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(told("zorvane does not let go of you", tiny_store, monkeypatch, "habit"), str)


def test_an_object_of_a_kind_that_the_relation_takes(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    found = told("shimmers follow zorvane", tiny_store, monkeypatch, "brings")
    assert isinstance(found, Understood)
    assert found.proposed[0][:3] == ("zorvane", "brings", "shimmer-fever")


def test_subject_and_object_in_either_order(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for text, turned in (("quelbrin sits among the florants", False), ("florants include quelbrin", True)):
        found = told(text, tiny_store, monkeypatch, "is-a", turned=turned)
        assert isinstance(found, Understood)
        assert found.proposed[0][:3] == ("quelbrin", "is-a", "florant")


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("zorvane and quelbrin stay with you", "habit"),  # of which?
        ("zorvane lights up", "brings"),  # what?
        ("it stays with you", "habit"),
        ("zorvane does something", "none"),
        ("zorvane does something", "no-relation"),
    ],
)
def test_too_little_or_too_much_is_not_understood(
    text: str, relation: str, tiny_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(told(text, tiny_store, monkeypatch, relation), str)


def test_a_class_that_stands_beside_its_drug_is_no_second_drug(
    tiny_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = told("the florant zorvane stays with you", tiny_store, monkeypatch, "habit")
    assert found == Understood((Proposed("zorvane", "habit", "", denied=False),), 1.0)


def test_several_objects_are_as_many_propositions(wide: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "fever and rust follow zorvane"
    found = told(text, wide, monkeypatch, "brings", share=SURE_DENIAL)
    assert isinstance(found, Understood)
    assert [one[:3] for one in found.proposed] == [("zorvane", "brings", "fever"), ("zorvane", "brings", "rust")]
    assert isinstance(told(text, wide, monkeypatch, "brings", share=SURE_DENIAL - 0.01), str)
    denied = "fever and rust do not follow zorvane"  # neither of them, or not both?
    assert isinstance(told(denied, wide, monkeypatch, "brings", denied=True), str)


def test_another_relation_of_the_same_field_may_take_what_is_named(
    wide: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = told("zorvane gets into the soil", wide, monkeypatch, "brings")
    assert isinstance(found, Understood)
    assert [one[:3] for one in found.proposed] == [("zorvane", "spoils", "soil")]
    assert isinstance(told("zorvane gets into the soil", wide, monkeypatch, "habit-of-none"), str)


def test_what_is_not_sure_is_not_understood(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    found = told("zorvane stays with you", tiny_store, monkeypatch, "habit", share=SURE_RELATION - 0.01)
    assert isinstance(found, str)
    found = told("zorvane lets go", tiny_store, monkeypatch, "habit", denied=True, share=SURE_DENIAL - 0.01)
    assert isinstance(found, str)


def test_names_alone_say_nothing(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told("florant quelbrin", tiny_store, monkeypatch, "is-a", turned=True) == "it says nothing besides names"


def test_what_its_words_propose_as_well_needs_less(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for text, denied in (("is quelbrin a florant", False), ("quelbrin is not a florant", True)):
        found = told(text, tiny_store, monkeypatch, "is-a", denied=denied, share=AGREED)
        assert isinstance(found, Understood)
        assert found.proposed[0][:3] == ("quelbrin", "is-a", "florant")
    assert isinstance(told("is quelbrin a florant", tiny_store, monkeypatch, "is-a", share=AGREED - 0.01), str)
    assert isinstance(told("is quelbrin a florant", tiny_store, monkeypatch, "is-a", denied=True, share=AGREED), str)


def test_without_an_encoder_nothing_is_understood(tiny_store: Store) -> None:
    assert understood(read("zorvane stays with you", tiny_store), tiny_store) == "there is no encoder"
