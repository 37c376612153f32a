from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]


def test_the_gaps_are_told_in_text_and_json(run_larger: Run) -> None:
    text, data = run_larger("facts", "coverage"), run_larger("facts", "coverage", "--format", "json")
    assert (text.returncode, data.returncode, text.stderr, data.stderr) == (0, 0, "", "")
    found = json.loads(data.stdout)
    assert (found["filled"], found["cells"]) == (5, 8)
    assert [field["id"] for field in found["fields"]] == ["clashes", "habit"]
    assert {row["id"]: row["missing"] for row in found["substances"]}["murkene"] == ["clashes", "habit"]
    assert "2 of 4 substances lack nothing." in text.stdout


def test_one_substance_or_one_field_can_be_looked_at(run_larger: Run) -> None:
    one = json.loads(run_larger("facts", "coverage", "--substance", "Zorvex", "--format", "json").stdout)
    assert [(row["id"], row["missing"]) for row in one["substances"]] == [("zorvane", ["clashes"])]
    field = json.loads(run_larger("facts", "coverage", "--field", "heft", "--format", "json").stdout)
    assert [(row["id"], row["filled"]) for row in field["fields"]] == [("heft", 2)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--field", "habits"], "Did you mean habit"),
        (["--substance", "murkanee"], "murkan"),
        (["--substance", "florant"], "substance"),
        (["--format", "jsonl"], "not one of text, json"),
    ],
)
def test_bad_input_exits_2_and_says_what_would_be_right(run_larger: Run, arguments: list[str], said: str) -> None:
    ended = run_larger("facts", "coverage", *arguments)
    if ended.returncode == 0:
        assert said in ended.stdout
        return
    assert (ended.returncode, ended.stdout) == (2, "")
    assert said in ended.stderr
