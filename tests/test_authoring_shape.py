from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drugfacts.authoring.load import KINDS
from drugfacts.authoring.read import Entry, Items, Mapping, Node, Place, Text, read_bytes
from drugfacts.authoring.shape import build
from drugfacts.model import (
    Ask,
    Claim,
    Field,
    FieldKind,
    Finding,
    Review,
    ReviewStatus,
    Source,
    Substance,
    Support,
    Term,
    TermKind,
    Verdict,
)
from drugfacts.records import hints, is_record

KEYS = sorted({key for record in (*(kind for kind, _ in KINDS.values()), Finding, Review) for key in hints(record)})
VALUES = ["true", "no", "", "A", "verdict", "false", "harm", "1", "-0.5", "nan", "1e999", "checked", "2026", "review"]


def place() -> st.SearchStrategy[Place]:
    return st.builds(Place, st.integers(1, 9), st.integers(1, 9))


def mapping_of(values: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    key = st.builds(Text, place(), st.sampled_from(KEYS) | st.text(max_size=3))
    entry = st.builds(Entry, key, values)
    entries = st.lists(entry, max_size=6, unique_by=lambda one: one.key.value).map(tuple)
    return st.builds(Mapping, place(), entries)


TREES: st.SearchStrategy[Node] = st.recursive(
    st.builds(Text, place(), st.sampled_from(VALUES) | st.text(max_size=3)),
    lambda inner: mapping_of(inner) | st.builds(Items, place(), st.lists(inner, max_size=3).map(tuple)),
    max_leaves=12,
)


def built(record: type[Any], yaml_text: str) -> tuple[Any, list[tuple[int, int, str]]]:
    """Build a record from YAML; gives it with line, column and code of every fault."""
    node, problems = read_bytes(yaml_text.encode(), "f.yaml")
    assert problems == []
    assert node is not None
    found: list[tuple[int, int, str]] = []
    made = build(record, node, lambda where, code, _message: found.append((*where, code)))
    return made, found


@pytest.mark.parametrize("record", [record for record, _ in KINDS.values()])
def test_whatever_the_tree_there_is_a_record_or_a_fault(record: type) -> None:
    @settings(deadline=None, max_examples=60)
    @given(TREES)
    def check(tree: Node) -> None:
        found: list[str] = []
        made = build(record, tree, lambda _place, code, message: found.append(f"{code}: {message}"))
        assert isinstance(made, record) if not found else made is None or is_record(type(made))

    check()


def test_a_record_is_built_with_its_parts_typed() -> None:
    made, found = built(
        Finding,
        "says: It does.\nsources: [a, b]\nverdict: false\nlow: 2\nhigh: 1e1\nunit: no\n",
    )
    assert found == []
    assert made == Finding("It does.", ("a", "b"), Verdict.FALSE, low=2.0, high=10.0, unit="no")


def test_what_is_not_given_has_its_default() -> None:
    made, found = built(Term, "id: t\nname: t\nkind: harm\n")
    assert found == []
    assert made == Term("t", "t", TermKind.HARM)


@pytest.mark.parametrize(("word", "value"), [("true", True), ("yes", True), ("false", False), ("no", False)])
def test_a_flag_is_written_as_true_false_yes_or_no(word: str, value: bool) -> None:
    made, found = built(Term, f"id: t\nname: t\nkind: harm\nplural: {word}\n")
    assert found == []
    assert made.plural is value


@pytest.mark.parametrize("text", ["no", "12", "1e3", "1999-08-12", "true"])
def test_a_text_that_looks_like_a_flag_number_or_date_stays_a_text(text: str) -> None:
    made, found = built(Term, f"id: {text}\nname: {text}\nkind: harm\nnames: [{text}]\n")
    assert found == []
    assert made == Term(text, text, TermKind.HARM, (text,))


def test_white_space_in_a_text_is_made_single() -> None:
    made, _ = built(Term, "id: t\nname: >\n  two\n    words\n\n  and more\nkind: harm\n")
    assert made.name == "two words and more"


@pytest.mark.parametrize(
    ("yaml_text", "fault"),
    [
        ("id: t\nname: t\nkind: harm\ncolour: red\n", (4, 1, "unknown-key")),
        ("id: t\nname: t\n", (1, 1, "missing-key")),
        ("id: t\nname: [t]\nkind: harm\n", (2, 7, "wrong-type")),
        ("id: t\nname: {t: t}\nkind: harm\n", (2, 7, "wrong-type")),
        ("id: t\nname: t\nkind: ham\n", (3, 7, "unknown-kind")),
        ("id: t\nname: t\nkind: Harm\n", (3, 7, "unknown-kind")),
        ("id: t\nname: t\nkind: [harm]\n", (3, 7, "wrong-type")),
        ("id: t\nname: t\nkind: harm\nnames: t\n", (4, 8, "wrong-type")),
        ("id: t\nname: t\nkind: harm\nnames: {t: t}\n", (4, 8, "wrong-type")),
        ("id: t\nname: t\nkind: harm\nnames:\n  - a\n  - [b]\n", (6, 5, "wrong-type")),
        ("id: t\nname: t\nkind: harm\nplural: maybe\n", (4, 9, "wrong-type")),
        ("id: t\nname:\nkind: harm\n", (2, 6, "empty")),
        ("id: t\nname: '  '\nkind: harm\n", (2, 7, "empty")),
    ],
)
def test_a_fault_is_reported_where_it_stands(yaml_text: str, fault: tuple[int, int, str]) -> None:
    assert built(Term, yaml_text)[1] == [fault]


def test_an_unknown_key_does_not_keep_the_rest_from_being_checked() -> None:
    made, _ = built(Term, "id: t\nname: t\nkind: harm\ncolour: red\n")
    assert made == Term("t", "t", TermKind.HARM)


@pytest.mark.parametrize("number", ["many", "nan", "inf", "-inf", "1e999", "", "1,5"])
def test_what_is_no_number_is_not_taken_for_one(number: str) -> None:
    made, found = built(Finding, f"says: x\nsources: []\nlow: {number}\n")
    assert made is None
    assert [(line, code) for line, _, code in found] == [(3, "wrong-type")]


def test_several_mistakes_are_all_reported_in_one_run() -> None:
    made, found = built(
        Source,
        "id: s\ntitel: T\npublisher: []\nyear: 2020\nurl: u\nlevel: E\nkind: book\nread: full\n",
    )
    assert made is None
    assert sorted(found) == [
        (1, 1, "missing-key"),
        (1, 1, "missing-key"),
        (2, 1, "unknown-key"),
        (3, 12, "wrong-type"),
        (6, 8, "unknown-level"),
        (7, 7, "unknown-kind"),
    ]


def test_an_empty_text_is_reported_beside_other_mistakes() -> None:

    _, found = built(Term, "id: t\nname:\nkind: ham\n")
    assert sorted(found) == [(2, 6, "empty"), (3, 7, "unknown-kind")]


def test_an_unknown_word_is_answered_with_those_that_are_known() -> None:
    node, _ = read_bytes(b"id: f\nlabel: f\nkind: number\nmeaning: m\n", "f.yaml")
    assert node is not None
    messages: list[str] = []
    build(Field, node, lambda _place, _code, message: messages.append(message))
    assert messages == [f"'number' is not one of: {', '.join(kind.value for kind in FieldKind)}"]


def test_an_unknown_key_is_answered_with_those_that_are_known() -> None:
    node, _ = read_bytes(b"id: t\nname: t\nkind: harm\nnaems: []\n", "f.yaml")
    assert node is not None
    messages: list[str] = []
    build(Term, node, lambda _place, _code, message: messages.append(message))
    assert messages == [
        (
            "'naems' is not a key here; the keys are "
            "id, name, kind, names, plural, organs, place, status, free, kind_of, rules_out"
        )
    ]


SUBSTANCE = """\
id: s
name: s
kind: substance
summary: {text: t, sources: [a]}
classes: []
review: {status: drafted, on: 2026-11-23}
facts:
"""


def test_a_single_finding_under_facts_stands_for_a_list_of_one() -> None:
    one, found_one = built(Substance, SUBSTANCE + "  habit: {says: x, sources: [a]}\n")
    several, found_several = built(Substance, SUBSTANCE + "  habit:\n    - {says: x, sources: [a]}\n")
    assert found_one == found_several == []
    assert one.facts == several.facts == {"habit": (Finding("x", ("a",)),)}


def test_a_single_finding_elsewhere_is_no_list() -> None:
    _, found = built(Substance, SUBSTANCE.replace("classes: []", "classes: {id: c, sources: [a]}") + "  {}\n")
    assert found == [(5, 10, "wrong-type")]


def test_a_fact_that_is_no_finding_is_reported() -> None:
    _, found = built(Substance, SUBSTANCE + "  habit: yes\n  brings:\n    - yes\n")
    assert found == [(8, 10, "wrong-type"), (10, 7, "wrong-type")]


CLAIM = """\
id: c
statement: S
topic: t
verdict: true
answer: A
references: [{source: s, supports: [verdict, effects], finding: f}]
review: {status: checked, on: 2026-11-23}
not_asks: []
asks:
"""


def test_an_ask_may_be_a_bare_text_or_say_that_it_is_negated() -> None:
    made, found = built(Claim, CLAIM + "  - is it  so\n  - {text: is it not, negated: true}\n")
    assert found == []
    assert made.asks == (Ask("is it so"), Ask("is it not", negated=True))
    assert made.references[0].supports == (Support.VERDICT, Support.EFFECTS)
    assert made.review == Review(ReviewStatus.CHECKED, "2026-11-23")


def test_an_ask_is_no_list() -> None:
    _, found = built(Claim, CLAIM + "  - [is, it, so]\n")
    assert found == [(10, 5, "wrong-type")]


@pytest.mark.parametrize("ask", ["-", "- ''", "- {text: ''}"])
def test_an_ask_without_a_text_is_reported(ask: str) -> None:

    made, found = built(Claim, CLAIM + f"  {ask}\n")
    assert made is None
    assert [(line, code) for line, _, code in found] == [(10, "empty")]


def test_a_near_miss_must_say_why_it_is_none() -> None:
    _, found = built(Claim, CLAIM.replace("not_asks: []", "not_asks: [{text: x}, y]") + "  - is it\n")
    assert found == [(8, 12, "missing-key"), (8, 23, "wrong-type")]
