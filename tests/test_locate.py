"""Finding, compiling and keeping the store, each time by a command in a process of its own.

The commands run a copy of the package with the small fact folder as its checkout, so that neither the real facts nor
anybody who is at work on the code can disturb them.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import drugfacts
from drugfacts.authoring.build import write_store
from drugfacts.authoring.load import load
from drugfacts.database import looks_whole
from drugfacts.locate import CACHE_VARIABLE, OVERLAY_VARIABLE, cache_folder

if TYPE_CHECKING:
    from collections.abc import Callable

QUESTION = "is quelbrin a florant"
SUMMARY = "Quelbrin is a salt and not a florant."
CLAIM = "claims/lore/quelbrin-is-a-florant.yaml"
KEPT_WARNING = "the compiled facts cannot be kept"


class Checkout:
    """A copy of the package beside a fact folder, and a cache of its own."""

    def __init__(self, root: Path, facts: Path) -> None:
        self.package = root / "src" / "drugfacts"
        shutil.copytree(Path(drugfacts.__file__).parent, self.package, ignore=shutil.ignore_patterns("facts.sqlite"))
        self.facts = facts
        self.cache = root / "cache"
        self.root = root

    def start(self, *arguments: str, **variables: str) -> subprocess.Popen[bytes]:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("DRUGFACTS", "PYTHON"))
        }
        environment |= {"PYTHONPATH": str(self.root / "src"), CACHE_VARIABLE: str(self.cache), **variables}
        return subprocess.Popen(
            [sys.executable, "-m", "drugfacts", *arguments],
            env=environment,
            cwd=self.root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *arguments: str, **variables: str) -> tuple[int, str, str]:
        """Run a command; gives its exit code and what it wrote to standard output and to standard error."""
        process = self.start(*arguments, **variables)
        out, err = process.communicate()
        return process.returncode, out.decode(), err.decode()

    def ask(self, *arguments: str, **variables: str) -> tuple[dict[str, Any], str]:
        """Ask, which must go well; gives the answer and what was written to standard error."""
        code, out, err = self.run("ask", "--format", "json", *(arguments or (QUESTION,)), **variables)
        assert code == 0, err
        answer: dict[str, Any] = json.loads(out)
        return answer, err

    def ask_without_yaml(self, *arguments: str) -> tuple[dict[str, Any], str]:
        """Ask where YAML cannot be read, so that nothing can be compiled."""
        block = self.root / "block"
        block.mkdir(exist_ok=True)
        (block / "yaml.py").write_text("raise ImportError('there is no YAML here')\n")
        return self.ask(*arguments, PYTHONPATH=os.pathsep.join([str(block), str(self.root / "src")]))

    def kept(self) -> Path:
        """Give the one compiled store in the cache."""
        (path,) = self.cache.glob("*.sqlite")
        return path


@pytest.fixture
def checkout(tmp_path: Path, tiny_facts: Path) -> Checkout:
    return Checkout(tmp_path, tiny_facts)


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    """Write an overlay with one substance more."""
    return write_overlay(tmp_path / "overlay", "dralomine")


def write_overlay(root: Path, name: str) -> Path:
    (root / "substances").mkdir(parents=True)
    (root / "substances" / f"{name}.yaml").write_text(
        f"id: {name}\nname: {name}\nkind: substance\nclasses: [{{id: umbrant, sources: [src-one]}}]\n"
        f"summary: {{text: {name.capitalize()} is new., sources: [src-one]}}\n"
        "review: {status: checked, on: 2026-11-23}\n"
    )
    return root


def test_the_first_question_compiles_the_store_and_the_second_does_not(checkout: Checkout) -> None:
    first, first_said = checkout.ask()
    before = {path.name: path.stat().st_mtime_ns for path in checkout.cache.iterdir()}
    assert sorted(name.rpartition(".")[2] for name in before) == ["key", "sqlite"]
    second, second_said = checkout.ask_without_yaml()
    assert {path.name: path.stat().st_mtime_ns for path in checkout.cache.iterdir()} == before
    assert first == second
    assert first["summary"] == SUMMARY
    assert first_said == second_said == ""


def test_without_yaml_nothing_is_compiled(checkout: Checkout) -> None:
    with pytest.raises(AssertionError, match="there is no YAML here"):
        checkout.ask_without_yaml()


def test_a_changed_fact_is_noticed(checkout: Checkout, change: Callable[[str, str, str], Path]) -> None:
    before, _ = checkout.ask()
    change(CLAIM, "answer: Quelbrin is a salt", "answer: Quelbrin is a plain salt")
    after, _ = checkout.ask()
    assert (before["summary"], after["summary"]) == (SUMMARY, "Quelbrin is a plain salt and not a florant.")
    assert before["facts"]["version"] != after["facts"]["version"]


def test_an_added_and_a_removed_fact_are_noticed(checkout: Checkout) -> None:
    write_overlay(checkout.facts.parent / "more", "dralomine")
    checkout.ask()
    added = checkout.facts / "substances" / "dralomine.yaml"
    shutil.copy(checkout.facts.parent / "more" / "substances" / "dralomine.yaml", added)
    assert checkout.ask("what is dralomine")[0]["substances"] == ["dralomine"]
    added.unlink()
    assert json.loads(checkout.run("ask", "--format", "json", "what is dralomine")[1])["substances"] == []


def test_a_change_of_the_code_is_noticed_in_a_checkout(checkout: Checkout) -> None:
    checkout.ask()
    with (checkout.package / "text.py").open("a") as file:
        file.write("# a word more\n")
    with pytest.raises(AssertionError, match="there is no YAML here"):
        checkout.ask_without_yaml()


@pytest.mark.parametrize("name", ["__odd", "odd"])
def test_every_file_that_is_read_is_watched(checkout: Checkout, name: str) -> None:

    path = checkout.facts / "terms" / f"{name}.yaml"
    text = "# yaml-language-server: $schema=../schemas/term.json\n"
    path.write_text(f"{text}id: {name}\nname: petal loss\nkind: harm\n")
    before, _ = checkout.ask()
    path.write_text(f"{text}id: {name}\nname: petal losses\nkind: harm\n")
    after, _ = checkout.ask()
    assert before["facts"]["version"] != after["facts"]["version"]


def test_files_in_a_linked_folder_are_watched(checkout: Checkout, tmp_path: Path) -> None:

    (checkout.facts / "claims" / "lore").rename(tmp_path / "lore")
    (checkout.facts / "claims" / "lore").symlink_to(tmp_path / "lore")
    before, _ = checkout.ask()
    path = tmp_path / "lore" / "quelbrin-is-a-florant.yaml"
    path.write_text(path.read_text().replace("answer: Quelbrin is a salt", "answer: Quelbrin is a plain salt"))
    after, _ = checkout.ask()
    assert before["summary"] != after["summary"]


def test_a_link_that_leads_nowhere_does_no_harm(checkout: Checkout) -> None:

    (checkout.facts / "terms" / "gone.yaml").symlink_to(checkout.facts / "nowhere.yaml")
    assert checkout.ask()[0]["summary"] == SUMMARY


def foreign_database(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE diary (day TEXT)")
    connection.commit()
    connection.close()


DAMAGE: dict[str, Callable[[Path], object]] = {
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:-4096]),
    "cut within the header": lambda path: path.write_bytes(path.read_bytes()[:50]),
    "empty": lambda path: path.write_bytes(b""),
    "garbage": lambda path: path.write_bytes(bytes(range(256)) * 100),
    "zeroes": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "foreign text": lambda path: path.write_text("dear diary"),
    "foreign database": foreign_database,
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_kept_store_that_is_not_whole_is_replaced(checkout: Checkout, damage: Callable[[Path], object]) -> None:
    first, _ = checkout.ask()
    damage(checkout.kept())
    again, said = checkout.ask()
    assert again == first
    assert said == ""
    assert looks_whole(checkout.kept())
    assert checkout.ask_without_yaml()[0] == first


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\xff\xfe", b"\0\0\0\0", b"../../etc/passwd", b"none.sqlite", b"x" * 10_000, b"."]
)
def test_a_pointer_that_leads_nowhere_is_replaced(checkout: Checkout, content: bytes) -> None:

    first, _ = checkout.ask()
    (pointer,) = checkout.cache.glob("*.key")
    pointer.write_bytes(content)
    assert checkout.ask() == (first, "")
    assert checkout.ask_without_yaml()[0] == first


def test_a_pointer_cannot_lead_out_of_the_cache(checkout: Checkout, tmp_path: Path) -> None:
    checkout.ask()
    checkout.kept().rename(tmp_path / "elsewhere.sqlite")
    (pointer,) = checkout.cache.glob("*.key")
    pointer.write_text("../elsewhere.sqlite")
    with pytest.raises(AssertionError, match="there is no YAML here"):
        checkout.ask_without_yaml()


@pytest.mark.parametrize("below", ["", "deeper/still"])
def test_where_nothing_can_be_kept_it_answers_and_says_so_once(checkout: Checkout, tmp_path: Path, below: str) -> None:
    (tmp_path / "a-file").write_text("in the way")
    cache = tmp_path / "a-file" / below
    answer, said = checkout.ask(**{CACHE_VARIABLE: str(cache)})
    assert answer["summary"] == SUMMARY
    assert said.count(KEPT_WARNING) == 1
    assert len(said.splitlines()) == 1
    assert (tmp_path / "a-file").read_text() == "in the way"


def test_several_questions_without_a_cache_bring_one_warning(checkout: Checkout, tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("")
    variables = {CACHE_VARIABLE: str(tmp_path / "a-file")}
    code, out, err = checkout.run("ask", "--format", "jsonl", QUESTION, "is zorvane a florant", **variables)
    assert code == 0
    assert [json.loads(line)["answer"] for line in out.splitlines()] == ["no", "yes"]
    assert err.count(KEPT_WARNING) == 1


def test_a_folder_in_place_of_the_store_is_got_round(checkout: Checkout) -> None:
    first, _ = checkout.ask()
    path = checkout.kept()
    path.unlink()
    path.mkdir()
    again, said = checkout.ask()
    assert again == first
    assert said.count(KEPT_WARNING) == 1


@pytest.mark.parametrize("name", ["a b", "100%25", "what?", "no#1", "médicaments"])
def test_the_cache_may_lie_in_a_folder_of_any_name(checkout: Checkout, tmp_path: Path, name: str) -> None:
    checkout.cache = tmp_path / name
    first, said = checkout.ask()
    assert said == ""
    assert checkout.ask_without_yaml()[0] == first


def test_twenty_at_once_on_an_empty_cache_all_get_the_answer(checkout: Checkout) -> None:
    crowd = [checkout.start("ask", "--format", "json", QUESTION) for _ in range(20)]
    ended = [(process.communicate(), process.returncode) for process in crowd]
    assert {code for _, code in ended} == {0}
    assert {err for (_, err), _ in ended} == {b""}
    answers = {out for (out, _), _ in ended}
    assert len(answers) == 1
    assert json.loads(answers.pop())["summary"] == SUMMARY
    assert sorted(path.suffix for path in checkout.cache.iterdir()) == [".key", ".sqlite"]
    assert looks_whole(checkout.kept())


def test_an_overlay_adds_to_the_facts_by_option_and_by_environment(checkout: Checkout, overlay: Path) -> None:
    by_option, _ = checkout.ask("--facts", str(overlay), "is dralomine a florant")
    by_environment, _ = checkout.ask("is dralomine a florant", **{OVERLAY_VARIABLE: str(overlay)})
    assert by_option == by_environment
    assert by_option["claim"]["id"] == "dralomine/is-a/florant"
    assert checkout.ask("--facts", str(overlay), QUESTION)[0]["summary"] == SUMMARY


def test_an_overlay_may_be_named_from_where_one_is(checkout: Checkout, overlay: Path) -> None:
    far, _ = checkout.ask("--facts", str(overlay), "what is dralomine")
    near, _ = checkout.ask("--facts", overlay.name, "what is dralomine")
    assert near == far


def test_two_overlays_and_none_do_not_mix(checkout: Checkout, overlay: Path, tmp_path: Path) -> None:
    other = write_overlay(tmp_path / "other", "quendol")
    question = ("ask", "--format", "json", "what is dralomine")
    expected = [(("--facts", str(overlay)), 0), (("--facts", str(other)), 1), ((), 1)]
    for _ in range(2):
        assert [checkout.run(*question, *option)[0] for option, _ in expected] == [code for _, code in expected]
    assert len(list(checkout.cache.glob("*.sqlite"))) == 3


def test_a_changed_overlay_is_noticed(checkout: Checkout, overlay: Path) -> None:
    option = ("--facts", str(overlay), "what is dralomine")
    assert checkout.ask(*option)[0]["summary"] == "Dralomine is new."
    path = overlay / "substances" / "dralomine.yaml"
    path.write_text(path.read_text().replace("is new", "is not so new"))
    assert checkout.ask(*option)[0]["summary"] == "Dralomine is not so new."


def test_a_broken_overlay_is_refused_with_every_fault_in_its_place(checkout: Checkout, overlay: Path) -> None:
    path = overlay / "substances" / "dralomine.yaml"
    path.write_text(path.read_text().replace("kind: substance", "kind: thing").replace("review:", "revue:"))
    code, out, err = checkout.run("ask", "--facts", str(overlay), QUESTION)
    assert (code, out) == (2, "")
    assert "substances/dralomine.yaml:3:7: unknown-kind: " in err
    assert "substances/dralomine.yaml:6:1: unknown-key: " in err
    assert "Traceback" not in err


def test_an_overlay_that_names_what_is_not_there_is_refused(checkout: Checkout, overlay: Path) -> None:
    path = overlay / "substances" / "dralomine.yaml"
    path.write_text(path.read_text().replace("id: umbrant", "id: gone"))
    code, out, err = checkout.run("ask", "--facts", str(overlay), QUESTION)
    assert (code, out) == (2, "")
    assert "substances/dralomine.yaml:4:12: unknown-class: " in err


def test_an_overlay_of_a_reader_needs_no_schema_line(checkout: Checkout, overlay: Path) -> None:
    assert "yaml-language-server" not in (overlay / "substances" / "dralomine.yaml").read_text()
    assert checkout.ask("--facts", str(overlay), QUESTION)[1] == ""


@pytest.mark.parametrize("name", ["none", "src/drugfacts/text.py"])
def test_an_overlay_that_is_no_folder_is_refused(checkout: Checkout, name: str) -> None:
    code, out, err = checkout.run("ask", "--facts", name, QUESTION)
    assert (code, out) == (2, "")
    assert f"{name} is not a folder of facts" in err


def test_a_package_without_facts_says_so(checkout: Checkout) -> None:
    shutil.rmtree(checkout.facts)
    code, out, err = checkout.run("ask", QUESTION)
    assert (code, out) == (2, "")
    assert "the package holds no facts" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE phrase",
        "DROP TABLE meta",
        "DELETE FROM meta",
        "UPDATE record SET data = '{'",
        "UPDATE record SET data = '{}'",
        "UPDATE phrase SET parts = NULL",
    ],
)
def test_a_store_damaged_within_is_replaced_or_an_error_but_no_traceback(checkout: Checkout, statement: str) -> None:

    checkout.ask()
    connection = sqlite3.connect(checkout.kept())
    connection.execute(statement)
    connection.commit()
    connection.close()
    code, out, err = checkout.run("ask", QUESTION)
    assert "Traceback" not in err
    assert (SUMMARY in out) if code == 0 else (code == 2 and "damaged" in err)


def test_a_store_of_garbage_behind_a_good_header_is_replaced(checkout: Checkout) -> None:
    first, _ = checkout.ask()
    content = bytearray(checkout.kept().read_bytes())
    content[4096:] = bytes([0xA5]) * (len(content) - 4096)
    checkout.kept().write_bytes(content)
    assert checkout.ask() == (first, "")
    assert checkout.ask_without_yaml()[0] == first


class TestShipped:
    """A package that ships its store has no fact folder."""

    @pytest.fixture
    def shipped(self, checkout: Checkout) -> Checkout:
        write_store(load([checkout.facts])[0], checkout.package / "facts.sqlite")
        shutil.rmtree(checkout.facts)
        return checkout

    def test_it_is_used_as_it_is_without_a_cache(self, shipped: Checkout) -> None:
        assert shipped.ask_without_yaml()[0]["summary"] == SUMMARY
        assert not shipped.cache.exists()

    def test_an_overlay_is_laid_over_it_and_kept(self, shipped: Checkout, overlay: Path) -> None:
        option = ("--facts", str(overlay), "is dralomine a florant")
        first, _ = shipped.ask(*option)
        assert first["claim"]["id"] == "dralomine/is-a/florant"
        assert shipped.ask("--facts", str(overlay), QUESTION)[0]["summary"] == SUMMARY
        assert shipped.ask_without_yaml(*option)[0] == first

    def test_a_new_one_is_noticed_beneath_an_overlay(self, shipped: Checkout, overlay: Path, tmp_path: Path) -> None:
        before, _ = shipped.ask("--facts", str(overlay), QUESTION)
        fresh = write_overlay(tmp_path / "fresh", "quendol")
        with contextlib.suppress(FileNotFoundError):
            (shipped.package / "facts.sqlite").unlink()
        write_store(load([fresh])[0], shipped.package / "facts.sqlite")
        code, _, _ = shipped.run("ask", "--facts", str(overlay), QUESTION)
        assert before["summary"] == SUMMARY
        assert code == 2

    def test_a_damaged_one_is_an_error(self, shipped: Checkout) -> None:
        path = shipped.package / "facts.sqlite"
        path.write_bytes(path.read_bytes()[:-1])
        code, out, err = shipped.run("ask", QUESTION)
        assert (code, out) == (2, "")
        assert "not a whole compiled store" in err
        assert "Traceback" not in err

    def test_a_damaged_one_beneath_an_overlay_is_an_error(self, shipped: Checkout, overlay: Path) -> None:
        (shipped.package / "facts.sqlite").write_text("dear diary")
        code, out, err = shipped.run("ask", "--facts", str(overlay), QUESTION)
        assert (code, out) == (2, "")
        assert "damaged" in err
        assert "Traceback" not in err

    def test_an_overlay_that_makes_a_class_of_a_substance_is_refused(
        self, shipped: Checkout, overlay: Path, tmp_path: Path
    ) -> None:

        path = overlay / "substances" / "dralomine.yaml"
        path.write_text(path.read_text().replace("id: dralomine", "id: florant"))
        path.rename(path.with_name("florant.yaml"))
        code, out, err = shipped.run("ask", "--facts", str(tmp_path / "overlay"), QUESTION)
        assert (code, out) == (2, "")
        assert "substances/florant.yaml:1:1: duplicate-id: " in err


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the folders of Linux")
@pytest.mark.parametrize(
    ("variables", "folder"),
    [
        ({CACHE_VARIABLE: "/mine", "XDG_CACHE_HOME": "/xdg", "HOME": "/home/me"}, "/mine"),
        ({"XDG_CACHE_HOME": "/xdg", "HOME": "/home/me"}, "/xdg/drugfacts"),
        ({"XDG_CACHE_HOME": "relative", "HOME": "/home/me"}, "/home/me/.cache/drugfacts"),
        ({"XDG_CACHE_HOME": "", "HOME": "/home/me"}, "/home/me/.cache/drugfacts"),
        ({"HOME": "/home/me"}, "/home/me/.cache/drugfacts"),
        ({"HOME": "nowhere"}, None),
    ],
)
def test_the_cache_lies_where_the_system_keeps_caches(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], folder: str | None
) -> None:
    for name in (CACHE_VARIABLE, "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert cache_folder() == folder
