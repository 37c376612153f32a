from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from drugfacts.answering.derive import derive
from drugfacts.authoring.compile import compile_library
from drugfacts.authoring.load import load
from drugfacts.language.question import Proposed
from drugfacts.model import Verdict
from stores import verdict

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from drugfacts.store import Store


@pytest.mark.parametrize(
    ("subject", "object_", "found"),
    [
        ("zorvane", "umbrant", Verdict.TRUE),  # its own class
        ("zorvane", "florant", Verdict.TRUE),  # a class above it
        ("umbrant", "florant", Verdict.TRUE),  # a class of a class
        ("marnol", "husk", Verdict.MIXED),  # contested, as the record says
        ("zorvane", "husk", Verdict.FALSE),  # its list is complete and the class is crisp
        ("quelbrin", "florant", Verdict.FALSE),  # an empty list can be complete too
        ("vespine", "glimmer", None),  # the class is loose
        ("marnol", "glimmer", None),
        ("florant", "umbrant", None),  # the other way round
        ("umbrant", "husk", None),  # its list is not complete
        ("florant", "florant", None),
    ],
)
def test_membership(wide: Store, subject: str, object_: str, found: Verdict | None) -> None:
    assert verdict(wide, subject, "is-a", object_) is found


@pytest.mark.usefixtures("wide")
def test_what_a_class_is_not_is_told_of_its_members_by_what_they_are(
    change: Callable[[str, str, str], Path], tiny_facts: Path
) -> None:
    contested = "contested_classes:\n  - {id: husk, verdict: %s, says: Florants are no husks., sources: [src-one]}\n"
    for held, says in (("false", "Zorvane is not a husk; it is an umbrant."), ("mixed", "Florants are no husks.")):
        path = change("classes/florant.yaml", "review:", contested % held + "review:")
        library, problems = load([tiny_facts])
        assert problems == []
        connection = sqlite3.connect(":memory:")
        derived = derive(Proposed("zorvane", "is-a", "husk"), compile_library(library, connection))
        connection.close()
        assert derived is not None
        assert derived.says == says
        path.write_text(path.read_text().replace(contested % held, ""))


def test_absence_means_no_only_where_the_list_is_complete(tiny_facts: Path, wide: Store) -> None:
    assert verdict(wide, "vespine", "is-a", "umbrant") is Verdict.FALSE
    path = tiny_facts / "substances/vespine.yaml"
    path.write_text(path.read_text().replace("classes_complete: true", "classes_complete: false"))
    library, problems = load([tiny_facts])
    assert problems == []
    connection = sqlite3.connect(":memory:")
    assert verdict(compile_library(library, connection), "vespine", "is-a", "umbrant") is None
    connection.close()


def test_a_no_says_what_it_is_instead(wide: Store) -> None:
    derived = derive(Proposed("zorvane", "is-a", "husk"), wide)
    assert derived is not None
    assert derived.says == "Zorvane is not a husk; it is an umbrant."
    assert derived.statement == "Zorvane is a husk."
    assert derived.sources == ("src-one",)


def test_a_yes_by_way_of_another_class_names_it(wide: Store) -> None:
    derived = derive(Proposed("zorvane", "is-a", "florant"), wide)
    assert derived is not None
    assert "umbrants" in derived.says
    assert "florant" in derived.says


def test_a_thing_is_the_same_as_itself(wide: Store) -> None:
    assert verdict(wide, "zorvane", "same", "zorvane") is Verdict.TRUE


def test_two_drugs_of_one_class_are_two_all_the_same(wide: Store) -> None:
    derived = derive(Proposed("vespine", "same", "ostrole"), wide)
    assert derived is not None
    assert derived.verdict is Verdict.FALSE
    assert derived.says.startswith("They are not the same, though both are husks.")
    assert verdict(wide, "vespine", "variety", "ostrole") is None  # that one is a kind of the other is another matter
    assert verdict(wide, "vespine", "same", "dry-husk") is None  # the class is named for one of them
    assert verdict(wide, "vespine", "variety", "dry-husk") is Verdict.TRUE  # and that is what it is a kind of
    assert verdict(wide, "dry-husk", "variety", "vespine") is None


def test_what_the_records_say_of_two_twins_goes_both_ways(wide: Store) -> None:
    assert verdict(wide, "ostrole", "same", "quelbrin") is Verdict.MISLEADING
    assert verdict(wide, "quelbrin", "same", "ostrole") is Verdict.MISLEADING


def test_two_things_are_plainly_different_only_where_nothing_relates_them(wide: Store) -> None:
    assert verdict(wide, "zorvane", "same", "vespine") is Verdict.FALSE  # no class in common, both lists complete
    assert verdict(wide, "zorvane", "same", "marnol") is None  # a list that is not complete
    assert verdict(wide, "zorvane", "same", "florant") is None  # one is a kind of the other


@pytest.mark.parametrize(
    ("subject", "object_", "found"),
    [
        ("zorvane", "marnol", Verdict.TRUE),  # both are umbrants
        ("vespine", "ostrole", Verdict.TRUE),
        ("zorvane", "vespine", Verdict.FALSE),  # nothing shared, and both lists are complete
        ("marnol", "vespine", None),  # a list is not complete
        ("quelbrin", "vespine", None),  # its list is complete, but the store may lack the class that it is in
        ("zorvane", "zorvane", None),
        ("zorvane", "umbrant", None),  # the one is a kind of the other
    ],
)
def test_kindred(wide: Store, subject: str, object_: str, found: Verdict | None) -> None:
    assert verdict(wide, subject, "kin", object_) is found
    assert verdict(wide, object_, "kin", subject) is found


@pytest.mark.usefixtures("wide")
def test_what_two_share_further_up_makes_them_kin_in_part(
    change: Callable[[str, str, str], Path], tiny_facts: Path
) -> None:
    change(
        "classes/husk.yaml", "membership: crisp", "membership: crisp\nparents:\n  - {id: florant, sources: [src-one]}"
    )
    library, problems = load([tiny_facts])
    assert problems == []
    connection = sqlite3.connect(":memory:")
    store = compile_library(library, connection)
    derived = derive(Proposed("zorvane", "kin", "vespine"), store)
    connection.close()
    assert derived is not None
    assert derived.verdict is Verdict.MIXED
    assert derived.says == (
        "Zorvane and vespine are both florants, but of different kinds: zorvane is an umbrant, vespine is a husk."
    )
