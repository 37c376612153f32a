from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

NOW = "he wilts, is quelbrin a florant"
TOLD = "Call the gardener. Emergency number in Arden: 777. Poison advice: the gardener, 12 34."


@pytest.fixture
def wilting(larger_facts: Path, tmp_path: Path) -> Path:
    """Write an overlay in which wilting is an emergency."""
    path = tmp_path / "own" / "lexicon" / "wilting.yaml"
    path.parent.mkdir(parents=True)
    first, _, rest = (larger_facts / "lexicon/words.yaml").read_text().partition("\n")
    assert rest
    entry = "{id: wilting, role: emergency, effect: emergency, notice: Call the gardener., phrases: [he wilts]}"
    path.write_text(f"{first}\nid: wilting\nentries:\n  - {entry}\n")
    return tmp_path / "own"


def told(run: Run, *arguments: str, **env: str) -> list[str]:
    ended = run("ask", "--format", "jsonl", NOW, *arguments, env=env)
    assert ended.stderr == ""
    return [notice["text"] for notice in json.loads(ended.stdout)["notices"] if notice["kind"] == "emergency"]


def test_a_region_adds_whom_to_call_in_every_format(run_larger: Run, wilting: Path) -> None:
    own = ("--facts", str(wilting))
    assert told(run_larger, *own) == ["Call the gardener."]
    assert told(run_larger, *own, "--region", "ZZ") == [TOLD]
    assert told(run_larger, *own, "--region", "arden") == [TOLD]
    for form in ("text", "plain", "markdown"):
        shown = run_larger("ask", NOW, *own, "--region=ZZ", "--format", form).stdout
        assert "Emergency number in Arden: 777." in " ".join(shown.split())


def test_the_locale_says_the_region_unless_one_is_named(run_larger: Run, wilting: Path) -> None:
    own = ("--facts", str(wilting))
    assert told(run_larger, *own, LC_ALL="en_ZZ.UTF-8") == [TOLD]
    assert told(run_larger, *own, LC_ALL="", LC_MESSAGES="", LANG="en_AD") == [TOLD]
    assert told(run_larger, *own, LC_ALL="C.UTF-8", LANG="en_ZZ.UTF-8") == ["Call the gardener."]


def test_a_question_without_an_emergency_gets_no_numbers(run_larger: Run) -> None:
    assert "777" not in run_larger("ask", "is quelbrin a florant", "--region", "ZZ").stdout


@pytest.mark.parametrize("options", [["--region", "xx"], ["--region=xx"], ["--region", "xx", "-bf", "plain"]])
def test_an_unknown_region_exits_2_and_names_those_there_are(run_larger: Run, options: list[str]) -> None:
    ended = run_larger("ask", "is quelbrin a florant", *options)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "Did you mean ARDEN" in ended.stderr


TWO = "Is quelbrin a florant? Is blorb a flarn?"


def test_of_several_questions_each_gets_its_answer(run_larger: Run) -> None:
    data = json.loads(run_larger("ask", "--format", "json", TWO).stdout)
    assert (data["question"], data["verdict"]) == (TWO, "false")
    assert [(part["question"], part["verdict"]) for part in data["parts"]] == [
        ("Is quelbrin a florant?", "false"),
        ("Is blorb a flarn?", None),
    ]
    brief = run_larger("ask", "--brief", TWO).stdout.splitlines()
    assert [line.partition("?")[0] for line in brief] == ["Is quelbrin a florant", "Is blorb a flarn"]


@pytest.mark.parametrize(
    ("options", "code"), [([], 1), (["--fail-on", "false"], 3), (["--fail-on", "true"], 1), (["--fail-on=true"], 1)]
)
def test_one_question_that_got_no_answer_shows_in_the_exit_code(run_larger: Run, options: list[str], code: int) -> None:
    assert run_larger("ask", TWO, *options).returncode == code
