from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drugfacts.language.plain import CLASSES, DRUGS, masked, plain
from drugfacts.language.read import read

if TYPE_CHECKING:
    from drugfacts.store import Store


def test_a_name_is_told_by_its_record(tiny_store: Store) -> None:
    assert plain(read("Does Zorvex open petals?", tiny_store)) == ["does", "zorvane", "open", "petals", "?"]


def test_a_slip_is_mended_first(tiny_store: Store) -> None:
    assert plain(read("does zorvene open petals", tiny_store))[1] == "zorvane"


def test_a_denial_is_written_out(tiny_store: Store) -> None:
    assert plain(read("quelbrin isn't a florant", tiny_store)) == ["quelbrin", "is", "not", "a", "florant"]


def test_marks_stand_for_drugs_and_classes_in_order(tiny_store: Store) -> None:
    words = masked(read("is zorvane or quelbrin a florant, as ZV-2 is", tiny_store))
    assert [word for word in words if word.startswith("[")] == [DRUGS[0], DRUGS[1], CLASSES[0], DRUGS[0]]


def test_other_names_are_kept(tiny_store: Store) -> None:
    assert masked(read("zorvane brings on shimmer fever", tiny_store))[1:] == ["brings", "on", "shimmer", "fever"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_told_in_words(tiny_store: Store, text: str) -> None:
    question = read(text, tiny_store)
    for words in (plain(question), masked(question)):
        assert all(words)
        assert len(words) <= 2 * len(question.tokens) + 1
