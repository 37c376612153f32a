from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

import pytest

from drugfacts.authoring.build import validate
from drugfacts.authoring.load import KINDS
from drugfacts.authoring.read import read_bytes
from drugfacts.authoring.scaffold import scaffold
from drugfacts.authoring.schema import first_line
from drugfacts.records import hints

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "claim": ("claims", "lore/new-one", "claims/lore/new-one.yaml"),
    "substance": ("substances", "new-one", "substances/new-one.yaml"),
    "class": ("classes", "new-one", "classes/new-one.yaml"),
    "term": ("terms", "new-one", "terms/new-one.yaml"),
    "source": ("sources", "new-one", "sources/new-one.yaml"),
}
# What a file just begun still lacks, by code and the key it must be reported at.
LACKS = {
    "claim": {
        ("empty", "statement:"),
        ("empty", "answer:"),
        ("unknown-verdict", "verdict:"),
        ("empty", "asks:"),
        ("empty", "not_asks:"),
        ("empty", "references:"),
        ("empty", "about:"),
    },
    "substance": {
        ("empty", "classes:"),
        ("empty", "summary:"),
        ("empty", "mechanism:"),
        ("empty", "effects:"),
        ("empty", "addiction_risk:"),
    },
    "class": {
        ("empty", "summary:"),
        ("empty", "mechanism:"),
        ("empty", "effects:"),
        ("empty", "addiction_risk:"),
    },
    "term": {("unknown-kind", "kind:")},
    "source": {
        ("empty", "title:"),
        ("empty", "publisher:"),
        ("empty", "year:"),
        ("empty", "url:"),
        ("unknown-level", "level:"),
        ("unknown-kind", "kind:"),
        ("unknown-read", "read:"),
    },
}


@pytest.mark.parametrize("kind", FILES)
def test_a_new_record_lies_in_its_folder_under_its_id(tmp_path: Path, kind: str) -> None:
    folder, name, file = FILES[kind]
    path = scaffold(kind, name, tmp_path)
    assert path == tmp_path / file
    assert path.read_text().splitlines()[:2] == [first_line(folder), "id: new-one"]


@pytest.mark.parametrize("kind", FILES)
def test_a_new_record_has_every_key_that_it_needs_and_no_other(tmp_path: Path, kind: str) -> None:
    folder, name, _ = FILES[kind]
    node, problems = read_bytes(scaffold(kind, name, tmp_path).read_bytes(), "f.yaml")
    assert problems == []
    assert node is not None
    record = KINDS[folder][0]
    keys = {entry.key.value for entry in node.entries}
    needed = {key for key in hints(record) if key not in record._field_defaults}  # type: ignore[attr-defined]
    assert needed <= keys <= set(hints(record))


@pytest.mark.parametrize("kind", FILES)
def test_a_new_record_is_reported_with_all_that_it_still_lacks(tmp_path: Path, kind: str) -> None:

    _, name, file = FILES[kind]
    lines = scaffold(kind, name, tmp_path).read_text().splitlines()
    found = set()
    for problem in validate([tmp_path])[1]:
        assert problem.file == file
        keys = [line.split()[0] for line in lines[: problem.line] if line[0] not in " #"]
        found.add((problem.code, keys[-1]))
    assert found == LACKS[kind]


def test_a_new_claim_has_its_topic_and_the_day(tmp_path: Path) -> None:
    before = datetime.now(tz=timezone.utc).date().isoformat()
    text = scaffold("claim", "lore/new-one", tmp_path).read_text()
    after = datetime.now(tz=timezone.utc).date().isoformat()
    assert "\ntopic: lore\n" in text
    assert any(f"review: {{status: drafted, on: {day}}}\n" in text for day in (before, after))


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("term", "New"),
        ("term", "new one"),
        ("term", "new_one"),
        ("term", "new--one"),
        ("term", "-new"),
        ("term", "new-"),
        ("term", ""),
        ("term", "."),
        ("term", "new.yaml"),
        ("term", "né"),
        ("term", "new\n"),
        ("term", "../new"),
        ("term", "lore/new"),
        ("term", "a" * 300),
        ("claim", "new"),
        ("claim", "/new"),
        ("claim", "lore/"),
        ("claim", "../new"),
        ("claim", "../../etc/new"),
        ("claim", "Lore/new"),
        ("claim", "lore/new/one"),
        ("relation", "new"),
        ("", "new"),
    ],
)
def test_a_name_or_kind_that_will_not_do_is_refused_and_nothing_written(tmp_path: Path, kind: str, name: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        scaffold(kind, name, tmp_path / "a" / "facts")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path, kind: str) -> None:
    path = scaffold(kind, FILES[kind][1], tmp_path)
    path.write_text("mine")
    with pytest.raises(ValueError, match="there already"):
        scaffold(kind, FILES[kind][1], tmp_path)
    assert path.read_text() == "mine"
