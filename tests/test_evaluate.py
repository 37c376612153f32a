"""Scoring on questions with known answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from drugfacts.answering.evaluate import RIGHT, SILENT, SOFT, WRONG, Asked, calibration, outcome, score, table
from drugfacts.model import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from subprocess import CompletedProcess

    from drugfacts.store import Store


@pytest.mark.parametrize(
    ("gold", "verdict", "expected"),
    [
        ("true", Verdict.TRUE, RIGHT),
        ("true", Verdict.MOSTLY_TRUE, RIGHT),
        ("true", Verdict.FALSE, WRONG),
        ("true", Verdict.MISLEADING, WRONG),
        ("true", Verdict.MIXED, SOFT),
        ("false", Verdict.FALSE, RIGHT),
        ("false", Verdict.MISLEADING, RIGHT),
        ("false", Verdict.MOSTLY_TRUE, WRONG),
        ("false", Verdict.UNPROVEN, SOFT),
        ("mixed", Verdict.MIXED, RIGHT),
        ("mixed", Verdict.FALSE, SOFT),
        ("false", None, SILENT),
        (None, None, SILENT),
        (None, Verdict.TRUE, WRONG),
    ],
)
def test_a_verdict_is_scored_against_the_known_answer(gold: str | None, verdict: Verdict | None, expected: str) -> None:
    assert outcome(gold, verdict) == expected


def test_outcomes_are_counted_for_all_and_by_group(store: Store) -> None:
    asked = [
        Asked("is ketamine an opioid", "false", "is-a"),
        Asked("is heroin an opioid", "false", "is-a"),
        Asked("is the moon made of cheese", None, "silence"),
    ]
    counts = table(score(asked, store))
    assert list(counts) == ["all", "is-a", "silence"]
    assert counts["is-a"] == {RIGHT: 1, SOFT: 0, WRONG: 1, SILENT: 0}
    assert sum(counts["all"].values()) == len(asked)


def test_calibration_counts_only_what_can_be_told(store: Store) -> None:
    rows = calibration(score([Asked("is ketamine an opioid", "false"), Asked("blue moon", "true")], store))
    assert [(row["answered"], row["right"]) for row in rows] == [(1, 1.0)]


def test_the_command_prints_counts_and_each_wrong_answer_with_its_why(
    run: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    file = tmp_path / "asked.jsonl"
    items = [
        {"text": "is ketamine an opioid", "gold": "true", "kind": "is-a"},
        {"text": "is heroin an opioid", "gold": "true", "kind": "is-a"},
        {"text": "is weed an opioid", "gold": "true", "doubt": "the gold is wrong"},
    ]
    file.write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
    done = run("facts", "test", str(file), "--format", "json")
    assert done.returncode == 1
    data = json.loads(done.stdout)
    assert data["counts"]["all"] == {RIGHT: 1, SOFT: 0, WRONG: 1, SILENT: 0}
    assert [(one["text"], one["verdict"]) for one in data["wrong"]] == [("is ketamine an opioid", "false")]
    assert data["wrong"][0]["why"]
    assert "wrong: is ketamine an opioid" in run("facts", "test", str(file)).stdout


@pytest.mark.parametrize(
    "line", ["nonsense", "[]", '{"text": "a"}', '{"text": 1, "gold": "true"}', '{"text": "a", "gold": "x"}']
)
def test_a_line_that_is_no_question_is_named(
    run: Callable[..., CompletedProcess[str]], tmp_path: Path, line: str
) -> None:
    file = tmp_path / "asked.jsonl"
    file.write_text('{"text": "is ketamine an opioid", "gold": null}\n' + line + "\n", encoding="utf-8")
    done = run("facts", "test", str(file))
    assert (done.returncode, done.stdout) == (2, "")
    assert ":2:" in done.stderr.replace("\n", "")
