from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drugfacts.authoring.build import from_store, validate, write_store
from drugfacts.authoring.compile import content_key
from drugfacts.authoring.load import KINDS, Library, load
from drugfacts.database import looks_whole
from drugfacts.errors import StoreError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path


def test_a_store_is_written_whole_and_readable_by_all(tiny_facts: Path, tmp_path: Path) -> None:
    path = tmp_path / "out" / "tiny.sqlite"
    path.parent.mkdir()
    write_store(load([tiny_facts])[0], path)
    assert looks_whole(path)
    assert list(path.parent.iterdir()) == [path]
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_store_takes_the_place_of_what_was_there(tiny_facts: Path, tmp_path: Path) -> None:
    path = tmp_path / "tiny.sqlite"
    path.write_text("dear diary")
    write_store(load([tiny_facts])[0], path)
    assert looks_whole(path)


def test_a_store_that_cannot_be_compiled_leaves_nothing_behind(
    tiny_facts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out" / "tiny.sqlite"
    path.parent.mkdir()
    path.write_text("as it was")

    def interrupted(library: Library, connection: sqlite3.Connection) -> None:
        assert library.records("claims")
        connection.execute("CREATE TABLE half (done TEXT)")
        raise KeyboardInterrupt

    monkeypatch.setattr("drugfacts.authoring.build.compile_library", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_store(load([tiny_facts])[0], path)
    assert list(path.parent.iterdir()) == [path]
    assert path.read_text() == "as it was"


def test_a_store_cannot_be_written_where_there_is_no_folder(tiny_facts: Path, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        write_store(load([tiny_facts])[0], tmp_path / "none" / "tiny.sqlite")


def test_a_store_gives_back_the_library_it_was_compiled_from(tiny_facts: Path, tmp_path: Path) -> None:
    library, _ = load([tiny_facts])
    write_store(library, tmp_path / "tiny.sqlite")
    again = from_store(tmp_path / "tiny.sqlite")
    assert {folder: again.records(folder) for folder in KINDS} == {folder: library.records(folder) for folder in KINDS}
    assert content_key(again) == content_key(library)
    assert again.shelves["terms"]["shimmer-fever"].shown_as == "terms/shimmer-fever.yaml"


@pytest.mark.parametrize("content", ["", "dear diary"])
def test_a_file_that_is_no_store_gives_no_library(tmp_path: Path, content: str) -> None:
    (tmp_path / "tiny.sqlite").write_text(content)
    with pytest.raises(StoreError, match="damaged"):
        from_store(tmp_path / "tiny.sqlite")


def test_an_overlay_is_validated_over_a_compiled_store(tiny_facts: Path, tmp_path: Path) -> None:
    write_store(load([tiny_facts])[0], tmp_path / "tiny.sqlite")
    overlay = tmp_path / "overlay" / "terms"
    overlay.mkdir(parents=True)
    line = "# yaml-language-server: $schema=../schemas/term.json\n"
    (overlay / "petal-loss.yaml").write_text(f"{line}id: petal-loss\nname: petal loss\nkind: harm\n")
    library, problems = validate([overlay.parent], tmp_path / "tiny.sqlite")
    assert problems == []
    assert [term.id for term in library.records("terms")] == ["petal-loss", "shimmer-fever"]
    assert library.profile("zorvane")


def test_problems_of_loading_rules_and_wordings_come_together_in_the_order_of_the_files(
    tiny_facts: Path, change: Callable[[str, str, str], Path]
) -> None:
    change("claims/lore/quelbrin-is-a-florant.yaml", "negated: true", "negated: false")
    change("substances/zorvane.yaml", "since: 1999-08-12", "since: long ago")
    change("terms/shimmer-fever.yaml", "names:", "naems:")
    assert [(problem.file, problem.code) for problem in validate([tiny_facts])[1]] == [
        ("claims/lore/quelbrin-is-a-florant.yaml", "ask-polarity"),
        ("substances/zorvane.yaml", "law-date"),
        ("terms/shimmer-fever.yaml", "unknown-key"),
    ]


def test_an_empty_folder_is_validated_without_ado(tmp_path: Path) -> None:
    library, problems = validate([tmp_path])
    assert problems == []
    assert not any(library.shelves.values())
