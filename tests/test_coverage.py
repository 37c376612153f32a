from __future__ import annotations

from typing import TYPE_CHECKING

from drugfacts.answering.coverage import Filled, coverage, main_fields

if TYPE_CHECKING:
    from drugfacts.store import Store


def test_the_main_fields_are_those_that_the_facts_mark(larger_store: Store, tiny_store: Store) -> None:
    assert main_fields(larger_store) == ["clashes", "habit"]
    assert main_fields(tiny_store) == ["habit"]


def test_what_a_substance_has_from_a_class_is_filled_and_not_its_own(larger_store: Store) -> None:
    found = coverage(larger_store, larger_store.ids("substances"), ["habit"])
    assert {row.id: row.missing for row in found.substances} == {
        "murkane": (),
        "murkene": ("habit",),
        "quelbrin": (),
        "zorvane": (),
    }
    assert found.fields == (Filled("habit", "Habit", filled=3, own=1),)


def test_a_link_that_holds_both_ways_is_filled_on_both_sides(larger_store: Store) -> None:
    found = coverage(larger_store, larger_store.ids("substances"), ["clashes"])
    assert [row.id for row in found.substances if not row.missing] == ["murkane", "quelbrin"]
    assert found.fields[0].own == 1


def test_totals_add_up(larger_store: Store) -> None:
    found = coverage(larger_store, larger_store.ids("substances"), main_fields(larger_store))
    assert found.cells == 8
    assert found.filled == found.cells - sum(len(row.missing) for row in found.substances) == 5


def test_nothing_to_look_at_is_no_fault(larger_store: Store) -> None:
    found = coverage(larger_store, [], [])
    assert (found.cells, found.filled, found.substances) == (0, 0, ())
