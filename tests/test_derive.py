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
    from pathlib import Path

    from drugfacts.store import Store


def test_a_field_is_the_subjects_own_before_that_of_a_class(wide: Store) -> None:
    assert verdict(wide, "marnol", "habit") is Verdict.MIXED
    assert verdict(wide, "quelbrin", "habit") is Verdict.FALSE
    assert verdict(wide, "zorvane", "habit") is Verdict.TRUE
    assert verdict(wide, "umbrant", "habit") is Verdict.TRUE


def test_what_a_class_says_is_led_in_by_the_membership(wide: Store) -> None:
    derived = derive(Proposed("zorvane", "habit"), wide)
    assert derived is not None
    assert derived.says == "Zorvane is a florant. Florants can become a habit."
    assert "florant" in derived.basis
    own = derive(Proposed("marnol", "habit"), wide)
    assert own is not None
    assert own.says == "Marnol is a habit for some."


@pytest.mark.parametrize(
    ("subject", "relation", "object_"),
    [
        ("vespine", "habit", ""),
        ("quelbrin", "brings", "shimmer-fever"),
        ("zorvane", "undoes", "quelbrin"),
        ("quelbrin", "undoes", "ostrole"),
        ("quelbrin", "clashes", "ostrole"),
        ("quelbrin", "stronger", "zorvane"),
        ("zorvane", "stronger", "ostrole"),
    ],
)
def test_an_absent_field_derives_nothing(wide: Store, subject: str, relation: str, object_: str) -> None:
    assert verdict(wide, subject, relation, object_) is None


@pytest.mark.parametrize(
    ("subject", "relation", "object_"),
    [
        ("nobody", "is-a", "florant"),
        ("zorvane", "is-a", "nothing"),
        ("zorvane", "no-relation", "florant"),
        ("shimmer-fever", "is-a", "florant"),
        ("zorvane", "is-a", "quelbrin"),
        ("zorvane", "is-a", "shimmer-fever"),
        ("zorvane", "is-a", ""),
        ("zorvane", "brings", ""),
        ("zorvane", "same", "shimmer-fever"),
        ("zorvane", "stronger", "shimmer-fever"),
    ],
)
def test_what_the_store_cannot_place_derives_nothing(wide: Store, subject: str, relation: str, object_: str) -> None:
    assert verdict(wide, subject, relation, object_) is None


def test_a_link_holds_as_it_stands(wide: Store) -> None:
    assert verdict(wide, "zorvane", "brings", "shimmer-fever") is Verdict.TRUE


def test_an_inverse_link_is_found_on_the_object(wide: Store) -> None:
    assert verdict(wide, "quelbrin", "undoes", "vespine") is Verdict.TRUE
    assert verdict(wide, "vespine", "undoes", "quelbrin") is None


def test_a_link_of_a_class_holds_for_its_members(wide: Store) -> None:
    assert verdict(wide, "quelbrin", "undoes", "florant") is Verdict.TRUE
    assert verdict(wide, "quelbrin", "undoes", "zorvane") is Verdict.TRUE
    derived = derive(Proposed("quelbrin", "undoes", "zorvane"), wide)
    assert derived is not None
    assert derived.says.startswith("Zorvane is a florant.")


def test_a_link_to_a_class_holds_for_its_members_unless_one_is_named(wide: Store) -> None:
    assert verdict(wide, "vespine", "clashes", "florant") is Verdict.TRUE
    assert verdict(wide, "vespine", "clashes", "marnol") is Verdict.TRUE
    assert verdict(wide, "vespine", "clashes", "zorvane") is Verdict.FALSE


def test_a_symmetric_link_holds_both_ways(wide: Store) -> None:
    assert verdict(wide, "florant", "clashes", "vespine") is Verdict.TRUE
    assert verdict(wide, "marnol", "clashes", "vespine") is Verdict.TRUE
    assert verdict(wide, "zorvane", "clashes", "vespine") is Verdict.FALSE


def test_a_class_does_not_have_what_only_a_member_has(wide: Store) -> None:
    assert verdict(wide, "umbrant", "brings", "shimmer-fever") is None
    assert verdict(wide, "husk", "clashes", "florant") is None


def test_what_requires_something_that_is_not_so_is_not_so(wide: Store) -> None:
    derived = derive(Proposed("quelbrin", "deep-habit"), wide)
    assert derived is not None
    assert derived.verdict is Verdict.FALSE
    assert derived.says == "Quelbrin does not become a habit."
    assert verdict(wide, "zorvane", "deep-habit") is None  # that it becomes a habit does not make it a deep one
    assert verdict(wide, "marnol", "deep-habit") is None


def test_what_another_relation_excludes_is_not_so(wide: Store) -> None:
    assert verdict(wide, "ostrole", "stronger", "marnol") is Verdict.TRUE
    derived = derive(Proposed("marnol", "as-strong", "ostrole"), wide)
    stronger = derive(Proposed("ostrole", "stronger", "marnol"), wide)
    assert derived is not None
    assert stronger is not None
    assert (derived.verdict, derived.says) == (Verdict.FALSE, stronger.says)
    # That it is not less strong does not make it as strong.
    assert verdict(wide, "ostrole", "as-strong", "marnol") is None
    assert verdict(wide, "ostrole", "as-strong", "shimmer-fever") is None


def test_what_no_drug_does_this_one_does_not(wide: Store) -> None:
    derived = derive(Proposed("zorvane", "ends", "rust"), wide)
    assert derived is not None
    assert (derived.verdict, derived.says) == (Verdict.FALSE, "Nothing ends rust.")
    assert verdict(wide, "zorvane", "ends", "shimmer-fever") is None
    assert verdict(wide, "zorvane", "brings", "rust") is None


def test_what_holds_of_a_kind_of_harm_holds_of_the_harm_and_what_does_not_hold_of_it_of_no_kind(wide: Store) -> None:
    assert verdict(wide, "zorvane", "brings", "fever") is Verdict.TRUE  # it brings shimmer fever
    assert verdict(wide, "ostrole", "brings", "shimmer-fever") is Verdict.FALSE  # it brings no fever
    assert verdict(wide, "vespine", "brings", "shimmer-fever") is None  # that it brings fever does not tell which
    assert verdict(wide, "marnol", "brings", "fever") is None  # that it brings no shimmer fever does not either


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        ("ostrole", "marnol", Verdict.TRUE),  # 20 against 2 to 4
        ("marnol", "ostrole", Verdict.FALSE),
        ("ostrole", "vespine", Verdict.TRUE),  # 20 against 3 to 9
        ("marnol", "vespine", None),  # 2 to 4 against 3 to 9
        ("vespine", "marnol", None),
        ("marnol", "marnol", None),
    ],
)
def test_an_order_follows_from_ranges_that_do_not_overlap(
    wide: Store, left: str, right: str, found: Verdict | None
) -> None:
    assert verdict(wide, left, "stronger", right) is found


def test_everything_derived_in_the_real_store_has_a_source_and_says_it(store: Store) -> None:
    count = 0
    for subject in store.ids("substances"):
        for relation in store.ids("relations"):
            rule = store.relation(relation)
            assert rule is not None
            for object_ in ["opioid", "heroin", "stimulant"] if rule.object_kinds else [""]:
                derived = derive(Proposed(subject, relation, object_), store)
                if derived:
                    count += 1
                    assert derived.sources
                    assert all(store.source(source) for source in derived.sources)
                    assert derived.says
                    assert derived.statement.endswith(".")
    assert count > 500


def test_the_two_sides_of_an_order_are_never_both_above(store: Store) -> None:
    names = store.ids("substances")
    for relation in ("stronger-than", "more-addictive-than", "more-harmful-than"):
        for place, left in enumerate(names):
            for right in names[place + 1 :]:
                found = {verdict(store, left, relation, right), verdict(store, right, relation, left)}
                assert found != {Verdict.TRUE}


def test_symmetric_relations_have_one_answer(store: Store) -> None:
    names = [*store.ids("substances")[::2], *store.ids("classes")[::3]]
    for relation in store.ids("relations"):
        rule = store.relation(relation)
        if rule is None or not rule.symmetric:
            continue
        differing = [
            (relation, left, right)
            for place, left in enumerate(names)
            for right in names[place + 1 :]
            if verdict(store, left, relation, right) is not verdict(store, right, relation, left)
        ]
        assert differing == []


LAW = {
    "relations/scheduled.yaml": """\
id: scheduled
meaning: X is in Y.
method: law
field: habit
object_kinds: [schedule]
yes: "{Subject} is in {object}."
no: "{Subject} is not in {object}."
cues: [listed as]
""",
    "relations/watched.yaml": """\
id: watched
meaning: X is watched.
method: field
field: habit
lawful: true
yes: "{Subject} is watched."
no: "{Subject} is not watched."
cues: [watched]
""",
    "relations/forbidden.yaml": """\
id: forbidden
meaning: X is forbidden.
method: field
field: habit
lawful: true
permits: true
yes: "{Subject} is forbidden."
no: "{Subject} is not forbidden."
cues: [forbidden]
""",
    **{
        f"terms/{name}.yaml": f"id: {name}\nname: {name}\nkind: schedule\nplace: {place}\nstatus: {status}\n"
        f"names: [{name} drug]\n" + ("free: true\n" if status == "not scheduled" else "")
        for name, place, status in (
            ("us-nine", "US", "Schedule IX"),
            ("us-eight", "US", "Schedule VIII"),
            ("uk-zed", "UK", "Class Z"),
            ("uk-none", "UK", "not scheduled"),
            ("canada-one", "Canada", "Schedule I"),
            ("canada-none", "Canada", "not scheduled"),
        )
    },
}


@pytest.fixture
def lawful(tiny_facts: Path) -> Store:
    for name, content in LAW.items():
        path = tiny_facts / name
        schema = {"relations": "relation", "terms": "term"}[path.parent.name]
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"# yaml-language-server: $schema=../schemas/{schema}.json\n{content}", encoding="utf-8")
    path = tiny_facts / "fields" / "habit.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "place: Canada\n", encoding="utf-8")
    path = tiny_facts / "substances" / "quelbrin.yaml"
    laws = (
        "law: [{place: US, status: Schedule IX (as a paste), as_of: 2020, source: src-one},"
        " {place: UK, status: not scheduled, as_of: 2020, source: src-one}]\n"
    )
    path.write_text(path.read_text(encoding="utf-8") + laws, encoding="utf-8")
    library, problems = load([tiny_facts])
    assert problems == []
    return compile_library(library, sqlite3.connect(":memory:"))


@pytest.mark.parametrize(
    ("subject", "relation", "object_", "place", "found"),
    [
        ("zorvane", "scheduled", "us-nine", "", Verdict.TRUE),
        ("zorvane", "scheduled", "us-nine", "US", Verdict.TRUE),
        ("zorvane", "scheduled", "us-eight", "", Verdict.FALSE),
        ("zorvane", "scheduled", "us-nine", "UK", None),  # another place's law
        ("zorvane", "scheduled", "uk-zed", "", None),  # nothing is held of that place
        ("quelbrin", "scheduled", "us-nine", "", Verdict.MOSTLY_TRUE),
        ("quelbrin", "scheduled", "us-eight", "", None),
        ("quelbrin", "scheduled", "uk-zed", "", Verdict.FALSE),
        ("quelbrin", "scheduled", "canada-one", "", Verdict.FALSE),  # it is not controlled there
        ("zorvane", "scheduled", "canada-one", "", None),  # it is, but how?
        ("quelbrin", "scheduled", "canada-none", "", None),
        ("zorvane", "watched", "", "US", Verdict.TRUE),
        ("quelbrin", "watched", "", "UK", Verdict.FALSE),
        ("zorvane", "forbidden", "", "US", Verdict.TRUE),
        ("quelbrin", "forbidden", "", "UK", Verdict.FALSE),  # by its field: the place has no say
    ],
)
def test_the_law_settles_by_the_schedules_of_its_place(
    lawful: Store, subject: str, relation: str, object_: str, place: str, found: Verdict | None
) -> None:
    derived = derive(Proposed(subject, relation, object_), lawful, place)
    assert (derived.verdict if derived else None) is found


def test_only_the_law_of_the_place_asked_about_is_placed(lawful: Store) -> None:
    by_law = derive(Proposed("zorvane", "forbidden"), lawful, "US")
    by_field = derive(Proposed("quelbrin", "forbidden"), lawful, "UK")
    assert by_law is not None
    assert by_law.placed
    assert "Schedule IX" in by_law.says
    assert by_field is not None
    assert not by_field.placed
