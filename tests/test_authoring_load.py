from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from drugfacts.authoring import load as loading
from drugfacts.authoring.load import KINDS, digest_of, fact_files, load
from drugfacts.model import Claim, DrugClass, Substance, Term

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from drugfacts.errors import Problem
    from drugfacts.model import Encoder


def spots(problems: list[Problem]) -> list[tuple[str, int, int, str]]:
    return [(problem.file, problem.line, problem.column, problem.code) for problem in problems]


def test_every_file_becomes_the_record_of_its_folder(
    tiny_facts: Path, make_encoder: Callable[..., Encoder], as_file: Callable[[Encoder], str]
) -> None:
    (tiny_facts / "encoders").mkdir()
    (tiny_facts / "encoders" / "texts.yaml").write_text(as_file(make_encoder(["rain"])), encoding="utf-8")
    library, problems = load([tiny_facts])
    assert problems == []
    assert {folder: list(shelf) for folder, shelf in library.shelves.items()} == {
        "sources": ["src-one"],
        "fields": ["brings", "habit"],
        "relations": ["brings", "habit", "is-a"],
        "terms": ["shimmer-fever"],
        "classes": ["florant", "umbrant"],
        "substances": ["quelbrin", "zorvane"],
        "claims": ["quelbrin-is-a-florant"],
        "lexicon": ["words"],
        "models": ["answer", "records"],
        "encoders": ["texts"],
        "regions": ["arden"],
        "word-lists": ["english", "others"],
    }
    assert {folder: type(library.records(folder)[0]) for folder in KINDS} == {
        folder: record for folder, (record, _) in KINDS.items()
    }


def test_a_library_gives_records_by_folder_and_id(tiny_facts: Path) -> None:
    library, _ = load([tiny_facts])
    assert isinstance(library.get("terms", "shimmer-fever"), Term)
    assert library.get("terms", "zorvane") is None
    assert isinstance(library.profile("zorvane"), Substance)
    assert isinstance(library.profile("florant"), DrugClass)
    assert library.profile("shimmer-fever") is None
    assert [loaded.record.id for loaded in library.all("substances")] == ["quelbrin", "zorvane"]


def test_files_that_are_no_records_are_passed_over(tiny_facts: Path) -> None:
    before = list(fact_files(tiny_facts))
    (tiny_facts / "terms" / ".hidden.yaml").write_text("not: a record")
    (tiny_facts / "lexicon" / "README.md").write_text("# Words")
    (tiny_facts / "terms" / "folder.yaml").mkdir()
    assert list(fact_files(tiny_facts)) == before


def test_a_folder_without_facts_gives_an_empty_library(tmp_path: Path) -> None:
    library, problems = load([tmp_path, tmp_path / "none"])
    assert problems == []
    assert not any(library.shelves.values())


def test_faults_are_reported_with_the_file_below_the_fact_folder(change: Callable[[str, str, str], Path]) -> None:
    path = change("claims/lore/quelbrin-is-a-florant.yaml", "verdict: false", "verdict: untrue")
    library, problems = load([path.parents[2]])
    assert spots(problems) == [("claims/lore/quelbrin-is-a-florant.yaml", 6, 10, "unknown-verdict")]
    assert library.records("claims") == []


def test_faults_in_several_files_are_all_reported(change: Callable[[str, str, str], Path]) -> None:
    change("terms/shimmer-fever.yaml", "kind: harm", "kind: ham")
    change("sources/src-one.yaml", "level: A", "level: [A")
    path = change("fields/habit.yaml", "label: Habit\n", "")
    _, problems = load([path.parents[1]])
    assert sorted(spots(problems)) == [
        ("fields/habit.yaml", 2, 1, "missing-key"),
        ("sources/src-one.yaml", 8, 5, "bad-yaml"),
        ("terms/shimmer-fever.yaml", 4, 7, "unknown-kind"),
    ]


def test_an_id_that_is_not_the_file_name_is_reported_at_the_id(change: Callable[[str, str, str], Path]) -> None:
    path = change("terms/shimmer-fever.yaml", "id: shimmer-fever", "id: shimmer")
    assert spots(load([path.parents[1]])[1]) == [("terms/shimmer-fever.yaml", 2, 1, "id-not-file-name")]


def test_a_topic_that_is_not_the_folder_is_reported_at_the_topic(change: Callable[[str, str, str], Path]) -> None:
    path = change("claims/lore/quelbrin-is-a-florant.yaml", "topic: lore", "topic: law")
    assert spots(load([path.parents[2]])[1]) == [("claims/lore/quelbrin-is-a-florant.yaml", 4, 1, "topic-not-folder")]


def test_two_claims_with_one_id_are_reported(tiny_facts: Path) -> None:
    first = tiny_facts / "claims" / "lore" / "quelbrin-is-a-florant.yaml"
    second = tiny_facts / "claims" / "myth" / first.name
    second.parent.mkdir()
    second.write_text(first.read_text().replace("topic: lore", "topic: myth"))
    assert spots(load([tiny_facts])[1]) == [("claims/myth/quelbrin-is-a-florant.yaml", 2, 1, "duplicate-id")]


def test_an_overlay_replaces_and_adds_records(tiny_facts: Path, tmp_path: Path) -> None:
    overlay = tmp_path / "overlay"
    (overlay / "terms").mkdir(parents=True)
    (overlay / "terms" / "shimmer-fever.yaml").write_text("id: shimmer-fever\nname: the shimmers\nkind: condition\n")
    (overlay / "terms" / "petal-loss.yaml").write_text("id: petal-loss\nname: petal loss\nkind: harm\n")
    library, problems = load([tiny_facts, overlay])
    assert problems == []
    assert [term.name for term in library.records("terms")] == ["petal loss", "the shimmers"]
    assert library.shelves["terms"]["shimmer-fever"].path == overlay / "terms" / "shimmer-fever.yaml"


def test_a_record_that_is_known_by_its_content_is_not_parsed_again(
    tiny_facts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = load([tiny_facts])
    known = {(one.folder, one.digest): one.record for folder in KINDS for one in first.all(folder)}
    parsed: list[str] = []
    parse = loading.parse

    def noting(folder: str, raw: bytes, shown_as: str) -> tuple[Any, list[Problem]]:
        parsed.append(shown_as)
        return parse(folder, raw, shown_as)

    monkeypatch.setattr(loading, "parse", noting)
    path = tiny_facts / "terms" / "shimmer-fever.yaml"
    path.write_text(path.read_text().replace("[shimmers]", "[the shimmers]"))
    second, problems = load([tiny_facts], known)
    assert problems == []
    assert parsed == ["terms/shimmer-fever.yaml"]
    assert second.get("terms", "shimmer-fever").names == ("the shimmers",)
    assert second.records("substances") == first.records("substances")


def test_a_known_record_is_still_checked_for_its_place(tiny_facts: Path) -> None:
    first, _ = load([tiny_facts])
    known = {(one.folder, one.digest): one.record for folder in KINDS for one in first.all(folder)}
    (tiny_facts / "terms" / "shimmer-fever.yaml").rename(tiny_facts / "terms" / "shimmers.yaml")
    assert spots(load([tiny_facts], known)[1]) == [("terms/shimmers.yaml", 2, 1, "id-not-file-name")]


def test_the_same_content_has_the_same_digest_wherever_it_lies(tiny_facts: Path, tmp_path: Path) -> None:
    shutil.copytree(tiny_facts, tmp_path / "copy")
    digests = [
        [one.digest for folder in KINDS for one in load([root])[0].all(folder)]
        for root in (tiny_facts, tmp_path / "copy")
    ]
    assert digests[0] == digests[1]
    assert digest_of(b"a") != digest_of(b"b")


@pytest.mark.parametrize(
    ("steps", "line", "column"),
    [
        ((), 1, 1),
        (("asks",), 10, 1),
        (("asks", 1), 12, 5),
        (("asks", 2, "negated"), 13, 40),
        (("about", "relation"), 5, 28),
        (("references", 0, "finding"), 18, 44),
        (("scope", "place"), 1, 1),
        (("about", "place"), 5, 1),
    ],
)
def test_a_problem_is_placed_as_far_down_the_record_as_its_steps_go(
    tiny_facts: Path, steps: tuple[str | int, ...], line: int, column: int
) -> None:
    loaded = load([tiny_facts])[0].shelves["claims"]["quelbrin-is-a-florant"]
    assert isinstance(loaded.record, Claim)
    problem = loaded.problem("code", "message", *steps)
    assert (problem.file, problem.line, problem.column) == (loaded.shown_as, line, column)


def test_a_single_finding_is_placed_where_it_stands(tiny_facts: Path) -> None:
    loaded = load([tiny_facts])[0].shelves["substances"]["quelbrin"]
    problem = loaded.problem("code", "message", "facts", "habit", 0, "says")
    assert (problem.line, problem.column) == (9, 27)


def test_a_problem_with_a_record_whose_file_is_gone_still_names_it(tiny_facts: Path) -> None:
    loaded = load([tiny_facts])[0].shelves["terms"]["shimmer-fever"]
    assert loaded.path is not None
    loaded.path.unlink()
    assert loaded.problem("code", "message", "name")[:3] == ("terms/shimmer-fever.yaml", 1, 1)
    assert loaded._replace(path=None).problem("code", "message", "name")[:3] == ("terms/shimmer-fever.yaml", 1, 1)
