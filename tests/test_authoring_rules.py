"""Every rule: the small store passes it, and one change makes it speak, at the right place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from drugfacts.authoring.build import validate
from drugfacts.authoring.load import load
from drugfacts.authoring.rules import RULES, check
from drugfacts.text import key

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from drugfacts.errors import Problem

CLAIM = "claims/lore/quelbrin-is-a-florant.yaml"
ZORVANE = "substances/zorvane.yaml"
QUELBRIN = "substances/quelbrin.yaml"
UMBRANT = "classes/umbrant.yaml"
FLORANT = "classes/florant.yaml"
FEVER = "terms/shimmer-fever.yaml"
RULED_OUT = "{relation: gone, says: Nothing does that., sources: [src-one]}"


class Mistake(NamedTuple):
    """One change to the small store, and what must be said of it.

    Attributes:
        rule: the rule that must speak.
        code: the code of the problem.
        file: the file that is changed and complained of.
        old, new: the text that is changed, and what into.
        at: the text that the problem must point at: the last place in the file where it stands.
    """

    rule: str
    code: str
    file: str
    old: str
    new: str
    at: str


MISTAKES = [
    Mistake(
        "sources_given", "unknown-source", "regions/arden.yaml", "sources: [src-one]", "sources: [gone]", "sources"
    ),
    Mistake(
        "short_words_differ", "name-taken", "fields/habit.yaml", "main: true", "main: true\nalias: [brings]", "brings"
    ),
    # ids that name nothing, and links to the wrong kind of thing
    # word, so "unknown-profile" and "unknown-concept" stand here
    Mistake("dangling", "unknown-class", ZORVANE, "{id: umbrant,", "{id: gone,", "id: gone"),
    Mistake("dangling", "unknown-class", UMBRANT, "{id: florant,", "{id: gone,", "id: gone"),
    Mistake(
        "dangling",
        "unknown-class",
        QUELBRIN,
        "review:",
        "contested_classes:\n  - {id: gone, verdict: mixed, says: It is disputed., sources: [src-one]}\nreview:",
        "id: gone",
    ),
    Mistake("dangling", "unknown-profile", ZORVANE, "{id: quelbrin,", "{id: gone,", "id: gone"),
    Mistake("dangling", "unknown-field", QUELBRIN, "  habit:", "  hobby:", "hobby:"),
    Mistake("dangling", "unknown-record", ZORVANE, "object: shimmer-fever", "object: gone", "object: gone"),
    Mistake("dangling", "wrong-object", ZORVANE, "object: shimmer-fever", "object: florant", "object: florant"),
    Mistake("dangling", "unknown-field", "relations/habit.yaml", "field: habit", "field: hobby", "field: hobby"),
    Mistake(
        "dangling",
        "no-cues",
        "relations/brings.yaml",
        "cues: [bring on]\npassive: [brought on by]\n",
        "",
        "id: brings",
    ),
    Mistake("dangling", "unknown-relation", "relations/habit.yaml", "cues:", "requires: [gone]\ncues:", "gone"),
    Mistake(
        "dangling",
        "unknown-relation",
        "relations/habit.yaml",
        "cues:",
        "excluded_by: [{relation: gone}]\ncues:",
        "relation: gone",
    ),
    Mistake("dangling", "unknown-term", FEVER, "names:", "kind_of: [gone]\nnames:", "gone"),
    Mistake("dangling", "circle", FEVER, "names:", "kind_of: [shimmer-fever]\nnames:", "shimmer-fever]"),
    Mistake("dangling", "unknown-relation", FEVER, "names:", f"rules_out: [{RULED_OUT}]\nnames:", "relation:"),
    Mistake(
        "dangling",
        "wrong-object",
        FEVER,
        "names:",
        f"rules_out: [{RULED_OUT.replace('gone', 'habit')}]\nnames:",
        "relation:",
    ),
    Mistake(
        "sources_given",
        "unknown-source",
        FEVER,
        "names:",
        f"rules_out: [{RULED_OUT.replace('gone', 'brings').replace('src-one', 'lost')}]\nnames:",
        "{relation",
    ),
    Mistake("dangling", "unknown-profile", CLAIM, "subject: quelbrin", "subject: gone", "subject: gone"),
    Mistake("dangling", "unknown-relation", CLAIM, "relation: is-a", "relation: gone", "relation: gone"),
    Mistake("dangling", "unknown-record", CLAIM, "object: florant}", "object: gone}", "object: gone"),
    Mistake(
        "dangling", "unknown-concept", CLAIM, "verdict: false", "concepts: [[salt, <gone>]]\nverdict: false", "<gone>"
    ),
    Mistake("circles", "circle", FLORANT, "facts:", "parents: [{id: florant, sources: [src-one]}]\nfacts:", "parents:"),
    Mistake(
        "memberships_agree",
        "contradiction",
        ZORVANE,
        "review:",
        "contested_classes:\n  - {id: florant, verdict: mixed, says: It is disputed., sources: [src-one]}\nreview:",
        "id: florant",
    ),
    # sources
    Mistake("sources_given", "no-source", ZORVANE, "umbrant., sources: [src-one]", "umbrant., sources: []", "summary:"),
    Mistake(
        "sources_given", "no-source", UMBRANT, "florant, sources: [src-one]", "florant, sources: []", "{id: florant"
    ),
    Mistake(
        "sources_given", "no-source", QUELBRIN, "habit., sources: [src-one]", "habit., sources: []", "habit: {verdict"
    ),
    Mistake(
        "sources_given", "unknown-source", ZORVANE, "petals, sources: [src-one]", "petals, sources: [x]", "mechanism:"
    ),
    Mistake("sources_given", "unknown-source", ZORVANE, "source: src-one}", "source: gone}", "source: gone"),
    Mistake(
        "sources_given",
        "unknown-source",
        CLAIM,
        "references:\n",
        "references:\n  - {source: gone, supports: [effects], finding: It is white.}\n",
        "source: gone",
    ),
    Mistake(
        "sources_given",
        "unknown-source",
        CLAIM,
        "review:",
        "law: [{place: US, status: free, as_of: 2020, source: gone}]\nreview:",
        "source: gone",
    ),
    Mistake(
        "sources_given",
        "unknown-source",
        ZORVANE,
        "same box, sources: [src-one]",
        "same box, sources: [gone]",
        "{id: quelbrin",
    ),
    Mistake(
        "sources_given",
        "unknown-source",
        "lexicon/words.yaml",
        "notice: Doses",
        "sources: [gone], notice: Doses",
        "sources: [gone",
    ),
    # what a finding holds
    Mistake(
        "fields_fit",
        "one-finding",
        QUELBRIN,
        "  habit: {verdict: false, says: Quelbrin does not become a habit., sources: [src-one]}",
        "  habit:\n    - {verdict: false, says: No., sources: [src-one]}\n"
        "    - {verdict: true, says: Yes., sources: [src-one]}",
        "habit:",
    ),
    Mistake("fields_fit", "wrong-shape", QUELBRIN, "{verdict: false, says", "{says", "habit: {"),
    Mistake("fields_fit", "wrong-shape", ZORVANE, "{object: shimmer-fever, says", "{says", "{says"),
    Mistake("fields_fit", "wrong-shape", QUELBRIN, "habit: {", "habit: {object: zorvane, ", "habit: {"),
    Mistake("fields_fit", "wrong-shape", QUELBRIN, "habit: {", "habit: {low: 1, ", "habit: {"),
    Mistake("law_is_dated", "law-date", ZORVANE, "since: 1999-08-12", "since: long ago", "{place: US"),
    Mistake("law_is_dated", "law-date", ZORVANE, "since: 1999-08-12, ", "", "{place: US"),
    Mistake("shorts_are_short", "too-long", ZORVANE, "short: Opens petals", f"short: {'petal' * 15}", "short: petal"),
    Mistake(
        "plain_words", "stigmatising-word", ZORVANE, "It opens petals.", "A Weed Eater did it.", "text: A Weed Eater"
    ),
    Mistake("plain_words", "stigmatising-word", CLAIM, "a salt and", "for the weed eater and", "answer:"),
    # names and files
    Mistake("taken_twice", "unknown-name", ZORVANE, "ambiguous: [zip]", "ambiguous: [zip, zap]", "zap"),
    Mistake("taken_twice", "empty-name", ZORVANE, "[Zorvex]", "['?!']", "names:"),
    Mistake("taken_twice", "number-name", ZORVANE, "[Zorvex]", "['3']", "names:"),
    Mistake(
        "ids_differ",
        "duplicate-id",
        "lexicon/words.yaml",
        "id: profile, role",
        "id: dose, role",
        "id: dose, role: refusal",
    ),
    Mistake("schema_line", "schema-line", ZORVANE, "$schema=../schemas/substance.json", "x", "# yaml"),
    Mistake("schema_line", "schema-line", CLAIM, "$schema=../../schemas", "$schema=../schemas", "# yaml"),
    # claims
    Mistake(
        "complete",
        "no-asks",
        CLAIM,
        "asks:\n  - is quelbrin a florant\n  - Does quelbrin belong to the florants?\n"
        '  - {text: "quelbrin isn\'t a florant", negated: true}\nnot_asks:',
        "asks: []\nnot_asks:",
        "asks: []",
    ),
    Mistake(
        "complete",
        "no-not-asks",
        CLAIM,
        "not_asks:\n  - {text: is zorvane a florant, because: another drug}\n"
        "  - {text: can quelbrin become a habit, because: asks about habit}",
        "not_asks: []",
        "not_asks:",
    ),
    Mistake(
        "ideas_agree",
        "idea-opposed",
        CLAIM,
        "verdict: false",
        "concepts:\n  - [blooming, wilting]\nverdict: false",
        "[blooming, wilting]",
    ),
    Mistake(
        "vectors_are_alike",
        "bad-vector",
        "word-lists/english.yaml",
        "kind: ordinary",
        "kind: vectors",
        "words: garden",
    ),
    Mistake("complete", "no-source", CLAIM, "supports: [verdict]", "supports: [effects]", "references:"),
    Mistake("complete", "no-instead", CLAIM, "instead: Ask a gardener.\n", "", "danger:"),
    Mistake(
        "complete",
        "duplicate-ask",
        CLAIM,
        "  - Does quelbrin belong to the florants?",
        "  - is quelbrin a florant",
        "is quelbrin a florant",
    ),
]
IDS = [f"{mistake.code}-{mistake.file.split('/')[-1]}-{number}" for number, mistake in enumerate(MISTAKES)]


def place_of(path: Path, text: str) -> tuple[int, int]:
    """Give line and column of the last place where a text stands."""
    content = path.read_text()
    start = content.rindex(text)
    return content.count("\n", 0, start) + 1, start - content.rfind("\n", 0, start)


def found_in(root: Path) -> list[Problem]:
    library, problems = load([root])
    assert problems == []
    return check(library)


def test_the_small_store_keeps_every_rule(tiny_facts: Path) -> None:
    assert validate([tiny_facts])[1] == []


def test_every_rule_has_a_mistake_here_that_makes_it_speak() -> None:
    assert {rule.__name__ for rule in RULES} == {mistake.rule for mistake in MISTAKES}


@pytest.mark.parametrize("mistake", MISTAKES, ids=IDS)
def test_one_mistake_makes_exactly_its_problem_appear(
    tiny_facts: Path, change: Callable[[str, str, str], Path], mistake: Mistake
) -> None:
    path = change(mistake.file, mistake.old, mistake.new)
    library, problems = load([tiny_facts])
    assert problems == []
    found = [(rule.__name__, *problem[:4]) for rule in RULES for problem in rule(library)]
    assert found == [(mistake.rule, mistake.file, *place_of(path, mistake.at), mistake.code)]


@pytest.mark.parametrize("mistake", MISTAKES, ids=IDS)
def test_a_store_with_a_mistake_can_still_be_tried_in_full(
    tiny_facts: Path, change: Callable[[str, str, str], Path], mistake: Mistake
) -> None:
    change(mistake.file, mistake.old, mistake.new)
    assert mistake.code in {problem.code for problem in validate([tiny_facts])[1]}


def test_several_mistakes_are_all_reported_in_the_order_of_the_files(
    tiny_facts: Path, change: Callable[[str, str, str], Path]
) -> None:
    change(ZORVANE, "since: 1999-08-12", "since: long ago")
    change(ZORVANE, "petals, sources: [src-one]", "petals, sources: [x, y]")
    change(CLAIM, "instead: Ask a gardener.\n", "")
    change(CLAIM, "supports: [verdict]", "supports: [effects]")
    change("relations/habit.yaml", "field: habit", "field: hobby")
    assert [(problem.file, problem.code) for problem in found_in(tiny_facts)] == [
        (CLAIM, "no-instead"),
        (CLAIM, "no-source"),
        ("relations/habit.yaml", "unknown-field"),
        (ZORVANE, "unknown-source"),
        (ZORVANE, "unknown-source"),
        (ZORVANE, "law-date"),
    ]


def test_a_circle_is_reported_for_each_class_in_it(tiny_facts: Path, change: Callable[[str, str, str], Path]) -> None:
    change(FLORANT, "facts:", "parents: [{id: umbrant, sources: [src-one]}]\nfacts:")
    assert [(problem.file, problem.code) for problem in found_in(tiny_facts)] == [
        (FLORANT, "circle"),
        (UMBRANT, "circle"),
    ]


@pytest.mark.parametrize(("level", "codes"), [("B", []), ("C", ["weak-source"]), ("D", ["level-d-alone"])])
def test_a_plain_verdict_needs_a_source_of_weight(
    tiny_facts: Path, change: Callable[[str, str, str], Path], level: str, codes: list[str]
) -> None:
    path = change("sources/src-one.yaml", "level: A", f"level: {level}")
    found = [problem for problem in found_in(tiny_facts) if problem.file == CLAIM]
    assert path.exists()
    assert [problem.code for problem in found][: len(codes)] == codes
    assert all(problem.line == 17 for problem in found)


def test_a_verdict_that_is_not_plain_does_without_a_weighty_source(
    tiny_facts: Path, change: Callable[[str, str, str], Path]
) -> None:
    change("sources/src-one.yaml", "level: A", "level: C")
    change(CLAIM, "verdict: false", "verdict: unproven")
    assert found_in(tiny_facts) == []


def test_a_commercial_page_is_never_alone_but_may_stand_beside_another(
    tiny_facts: Path, change: Callable[[str, str, str], Path]
) -> None:
    page = (tiny_facts / "sources" / "src-one.yaml").read_text()
    (tiny_facts / "sources" / "src-two.yaml").write_text(
        page.replace("id: src-one", "id: src-two").replace("level: A", "level: D")
    )
    change(ZORVANE, "umbrant., sources: [src-one]", "umbrant., sources: [src-two]")
    assert [(problem.file, problem.code) for problem in found_in(tiny_facts)] == [(ZORVANE, "level-d-alone")]
    change(ZORVANE, "umbrant., sources: [src-two]", "umbrant., sources: [src-two, src-one]")
    assert found_in(tiny_facts) == []


AMOUNT = """\
# yaml-language-server: $schema=../schemas/field.json
id: span
label: Span
kind: amount
meaning: X lasts so long.
unit: hours
"""


@pytest.mark.parametrize(
    ("amount", "fits"),
    [
        ("low: 1, high: 2, unit: hours", True),
        ("low: 0, high: 0, unit: hours", True),
        ("low: 2, high: 1, unit: hours", False),
        ("low: -1, high: 1, unit: hours", False),
        ("low: 1, unit: hours", False),
        ("high: 1, unit: hours", False),
        ("low: 1, high: 2, unit: days", False),
        ("low: 1, high: 2", False),
        ("low: 1, high: 2, unit: hours, object: zorvane", False),
    ],
)
def test_an_amount_is_a_range_in_the_unit_of_its_field(
    tiny_facts: Path, change: Callable[[str, str, str], Path], amount: str, fits: bool
) -> None:
    (tiny_facts / "fields" / "span.yaml").write_text(AMOUNT)
    change(QUELBRIN, "facts:\n", f"facts:\n  span: {{{amount}, says: It lasts., sources: [src-one]}}\n")
    found = found_in(tiny_facts)
    assert [problem.code for problem in found] == ([] if fits else ["wrong-shape"])
    assert [(problem.line, problem.column) for problem in found] == ([] if fits else [(9, 3)])


def test_a_link_whose_field_asks_for_a_verdict_must_give_one(
    tiny_facts: Path, change: Callable[[str, str, str], Path]
) -> None:
    change("fields/brings.yaml", "object_kinds: [harm]", "object_kinds: [harm]\nverdict_required: true")
    assert [(problem.file, problem.code) for problem in found_in(tiny_facts)] == [(ZORVANE, "wrong-shape")]


@pytest.mark.parametrize(("name", "other"), [("Florants", FLORANT), ("Shimmers", "terms/shimmer-fever.yaml")])
def test_a_name_that_two_records_claim_is_reported_in_both_where_it_stands(
    tiny_facts: Path, change: Callable[[str, str, str], Path], name: str, other: str
) -> None:

    change(ZORVANE, "[Zorvex]", f"[{name}]")
    found = found_in(tiny_facts)
    assert {(problem.file, problem.code) for problem in found} == {(ZORVANE, "name-taken"), (other, "name-taken")}
    for problem in found:
        line = (tiny_facts / problem.file).read_text().splitlines()[problem.line - 1]
        assert key(name) in key(line)


def test_a_name_that_two_records_mark_as_ambiguous_is_no_fault(
    tiny_facts: Path, change: Callable[[str, str, str], Path]
) -> None:
    change(QUELBRIN, "classes: []", "names: {street: [zip]}\nclasses: []")
    assert [(problem.file, problem.code) for problem in found_in(tiny_facts)] == [(QUELBRIN, "name-taken")]
    change(QUELBRIN, "classes: []", "ambiguous: [Zip]\nclasses: []")
    assert found_in(tiny_facts) == []


def test_a_record_may_give_one_name_twice(tiny_facts: Path, change: Callable[[str, str, str], Path]) -> None:
    change(ZORVANE, "[Zorvex]", "[Zorvex, zorvex, Zorvane]")
    assert found_in(tiny_facts) == []


def test_stigmatising_words_are_left_where_people_are_quoted(
    tiny_facts: Path, change: Callable[[str, str, str], Path]
) -> None:
    change(CLAIM, "  - is quelbrin a florant", "  - is the weed eater's quelbrin a florant")
    change(CLAIM, "finding: Quelbrin is a salt.", "finding: A weed eater called it a salt.")
    assert found_in(tiny_facts) == []


def test_a_word_within_another_is_not_stigmatising(tiny_facts: Path, change: Callable[[str, str, str], Path]) -> None:
    change(ZORVANE, "It opens petals.", "A seaweed eaters' meal.")
    assert found_in(tiny_facts) == []


def test_two_entries_of_the_lexicon_may_not_have_one_id(
    tiny_facts: Path, change: Callable[[str, str, str], Path]
) -> None:

    path = change("lexicon/words.yaml", "id: profile, role", "id: dose, role")
    found = found_in(tiny_facts)
    assert [(problem.file, problem.line) for problem in found] == [
        ("lexicon/words.yaml", place_of(path, "id: dose, role: refusal")[0])
    ]


def test_a_claim_whose_object_does_not_fit_its_relation_is_reported(
    tiny_facts: Path, change: Callable[[str, str, str], Path]
) -> None:

    path = change(CLAIM, "object: florant}", "object: shimmer-fever}")
    assert [problem[:4] for problem in found_in(tiny_facts)] == [
        (CLAIM, *place_of(path, "object: shimmer"), "wrong-object")
    ]


@pytest.mark.parametrize(("words", "told"), [("rock eAo=, box eBQK", "one length"), ("rock ???", "base 64")])
def test_vectors_that_cannot_be_compared_are_reported(tiny_facts: Path, words: str, told: str) -> None:
    first = "# yaml-language-server: $schema=../schemas/word-list.json\nid: vectors\nkind: vectors\norigin: invented\n"
    (tiny_facts / "word-lists" / "vectors.yaml").write_text(f"{first}words: {words}\n", encoding="utf-8")
    (problem,) = found_in(tiny_facts)
    assert (problem.file, problem.code) == ("word-lists/vectors.yaml", "bad-vector")
    assert told in problem.message
