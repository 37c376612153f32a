from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]


def test_topics_are_counted_by_verdict_in_each_format(run_larger: Run) -> None:
    text, indented, lines = (run_larger("topics", "--format", form) for form in ("text", "json", "jsonl"))
    assert [one.returncode for one in (text, indented, lines)] == [0, 0, 0]
    rows = json.loads(indented.stdout)
    assert [json.loads(line) for line in lines.stdout.splitlines()] == rows
    assert [(row["topic"], row["claims"]) for row in rows] == [("bags", 9), ("lore", 1)]
    assert rows[0]["verdicts"]["true"] == 3
    assert rows[1]["verdicts"] == {
        "true": 0,
        "mostly-true": 0,
        "mixed": 0,
        "misleading": 0,
        "unproven": 0,
        "false": 1,
    }
    assert text.stdout.splitlines()[-1].split() == ["lore", "1", ".", ".", ".", ".", ".", "1"]


def test_substances_are_ranked_in_each_format(run_larger: Run) -> None:
    text, indented, lines = (run_larger("rank", "weight", "--format", form) for form in ("text", "json", "jsonl"))
    assert [one.returncode for one in (text, indented, lines)] == [0, 0, 0]
    assert text.stdout.index("murkane") < text.stdout.index("murkene")
    assert "\x1b" not in text.stdout
    data = json.loads(indented.stdout)
    assert (data["field"], data["label"]) == ("heft", "Heft")
    assert data["tells"].startswith("It tells how heavy")
    assert [(one["unit"], one["sample"]) for one in data["scales"]] == [("stones", None), ("stones", "wet")]
    first = data["scales"][0]["values"][0]
    assert (first["id"], first["low"], first["high"], first["population"]) == ("murkane", 2.0, 8.0, "dry bags")
    assert [source["id"] for source in first["sources"]] == ["src-two"]
    flat = [json.loads(line) for line in lines.stdout.splitlines()]
    assert [(one["id"], one["sample"]) for one in flat] == [("murkane", None), ("murkene", None), ("murkene", "wet")]
    assert {one["field"] for one in flat} == {"heft"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rank", "habit"], "Did you mean heft"),
        (["rank"], "AMOUNT"),
        (["rank", "heft", "--format", "plain"], "not one of text"),
        (["topics", "--format", "xml"], "not one of text"),
    ],
)
def test_bad_input_exits_2_and_says_what_would_be_right(run_larger: Run, arguments: list[str], said: str) -> None:
    ended = run_larger(*arguments)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


def test_amounts_are_compared_as_bars_on_one_scale(run_larger: Run) -> None:
    shown = run_larger("compare", "murkane", "murkene").stdout
    assert "█████▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒" in shown
    assert " ██████████ " in shown
    alone = run_larger("compare", "murkane", "quelbrin").stdout
    assert "A bag of murkane" in alone
    assert "█" not in alone


def test_a_profile_names_what_it_is_mixed_up_with_both_ways(run_larger: Run) -> None:
    own, other = run_larger("drug", "murkane").stdout, run_larger("drug", "murkene").stdout
    assert "not murkene: murkene is a salt" in own
    assert "not murkane: its record says of murkene: murkene is a salt" in other
    assert "not murkane: its record says of florant" in run_larger("class", "florant").stdout
