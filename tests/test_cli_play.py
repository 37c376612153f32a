from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

FALSE_ONE = ["quiz", "--topic", "lore", "--seed", "x"]
PROGRAM = (
    "import sys; from drugfacts import locate; locate.CHECKOUT = sys.argv.pop(1); "
    "from drugfacts.cli import main; main()"
)


def test_the_claim_of_the_day_is_short_and_says_what_to_do_instead(run_larger: Run) -> None:
    ended = run_larger("random", "--topic", "lore")
    assert ended.returncode == 0
    assert ended.stderr == ""
    assert ended.stdout.splitlines() == [
        "“Quelbrin is a florant.”",
        "No. Quelbrin is a salt and not a florant.",
        "Ask a gardener.",
        "More: drugfacts show quelbrin-is-a-florant",
    ]


def test_the_day_chooses_and_a_seed_chooses_another(run_larger: Run) -> None:
    assert run_larger("random").stdout == run_larger("random").stdout
    assert len({run_larger("random", "--seed", seed).stdout for seed in "abcdefgh"}) > 2


def test_all_of_it_is_what_show_prints(run_larger: Run) -> None:
    whole = run_larger("random", "--topic", "lore", "--whole").stdout
    assert whole == run_larger("show", "quelbrin-is-a-florant").stdout
    data = [json.loads(run_larger("random", "--topic", "lore", "-f", form).stdout) for form in ("json", "jsonl")]
    assert data[0] == data[1]
    assert data[0]["claim"]["id"] == "quelbrin-is-a-florant"


@pytest.mark.parametrize("form", ["text", "plain", "markdown"])
def test_every_format_has_the_statement_and_the_answer(run_larger: Run, form: str) -> None:
    shown = run_larger("random", "--topic", "lore", "--format", form).stdout
    assert "Quelbrin is a florant." in shown
    assert "No. Quelbrin is a salt and not a florant." in shown
    assert "Ask a gardener." in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["random", "--topic", "bagss"], "Did you mean bags"),
        (["random", "--format", "xml"], "not one of text"),
        (["quiz", "--topic", "bagss"], "Did you mean bags"),
        (["quiz", "--difficulty", "fiendish"], "not one of easy, hard"),
        (["quiz", "--count", "0"], "--count"),
        (["quiz", "--count", "many"], "--count"),
        (["quiz", "--format", "markdown"], "not one of text"),
    ],
)
def test_bad_input_exits_2_and_says_what_would_be_right(run_larger: Run, arguments: list[str], said: str) -> None:
    ended = run_larger(*arguments)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("said", "told", "score"),
    [
        ("f", "Right: false.", "1 of 1 right."),
        ("FALSE", "Right: false.", "1 of 1 right."),
        ("no", "Right: false.", "1 of 1 right."),
        ("t", "Wrong: false.", "0 of 1 right."),
        ("true", "Wrong: false.", "0 of 1 right."),
        ("", "Skipped: false.", "0 of 0 right, 1 skipped."),
    ],
)
def test_each_statement_is_told_right_or_wrong_with_the_answer_and_the_claim(
    run_larger: Run, said: str, told: str, score: str
) -> None:
    ended = run_larger(*FALSE_ONE, stdin=f"{said}\n")
    assert ended.returncode == 0
    assert ended.stderr == ""
    assert ended.stdout.splitlines() == [
        "1/1  Quelbrin is a florant.",
        f"{told} Quelbrin is a salt and not a florant.",
        "More: drugfacts show quelbrin-is-a-florant",
        "",
        score,
    ]


@pytest.mark.parametrize("said", ["", "q\n", "QUIT\n", "q"])
def test_the_end_of_the_input_and_q_end_the_quiz_with_the_score(run_larger: Run, said: str) -> None:
    ended = run_larger("quiz", "--count", "3", "--seed", "x", stdin=said)
    assert ended.returncode == 0
    assert ended.stdout.splitlines()[-1] == "0 of 0 right."
    assert ended.stdout.count("/3  ") == 1


def test_what_is_no_answer_is_asked_again(run_larger: Run) -> None:
    ended = run_larger(*FALSE_ONE, stdin="perhaps\nd\n\x1b[31m\nf\n")
    assert ended.returncode == 0
    assert ended.stdout.splitlines()[-1] == "1 of 1 right."
    assert ended.stderr.count("is no answer: t true, f false, Enter skips, q quits") == 3
    assert "\x1b" not in ended.stderr


def test_the_score_counts_what_was_right_wrong_and_skipped(run_larger: Run) -> None:
    right = [item["right"][0][0] for item in json.loads(run_larger("quiz", "--seed", "x", "-f", "json").stdout)]
    keys = {"t": "t", "f": "f"}
    answers = [keys[one] for one in right]
    answers[0] = {"t": "f", "f": "t"}[answers[0]]
    answers[1] = ""
    ended = run_larger("quiz", "--seed", "x", stdin="\n".join(answers))
    assert ended.stdout.splitlines()[-1] == "4 of 5 right, 1 skipped."


def test_a_hard_quiz_takes_it_depends(run_larger: Run) -> None:
    items = json.loads(run_larger("quiz", "--difficulty", "hard", "--seed", "x", "-f", "json").stdout)
    assert {item["right"][0] for item in items} == {"true", "false", "it depends"}
    keys = "".join(item["right"][0][0].replace("i", "d") + "\n" for item in items)
    ended = run_larger("quiz", "--difficulty", "hard", "--seed", "x", stdin=keys)
    assert ended.stdout.splitlines()[-1] == "10 of 10 right."


def test_statements_can_be_had_as_data(run_larger: Run) -> None:
    indented, lines = (run_larger(*FALSE_ONE, "--format", form).stdout for form in ("json", "jsonl"))
    (item,) = json.loads(indented)
    assert json.loads(lines) == item
    assert (item["id"], item["verdict"], item["right"]) == ("quelbrin-is-a-florant", "false", ["false"])


def start(facts: Path, *arguments: str, stdin: int, stdout: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(facts), *arguments],
        stdin=stdin,
        stdout=stdout,
        stderr=stdout if stdout != subprocess.PIPE else subprocess.PIPE,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "80"},
        # A shell in the background has its children ignore interrupts, and they would hand that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )


def test_an_interrupt_is_quiet_and_exits_130(larger_facts: Path) -> None:
    with start(larger_facts, *FALSE_ONE, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline() == b"1/1  Quelbrin is a florant.\n"
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130
        assert process.stderr.read().strip() == b""


def test_at_a_terminal_the_keys_are_named_and_the_answer_is_coloured(larger_facts: Path) -> None:
    parent, child = pty.openpty()
    process = start(larger_facts, *FALSE_ONE, stdin=child, stdout=child)
    os.close(child)
    os.write(parent, b"f\n")
    shown = b""
    while True:
        try:
            part = os.read(parent, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(parent)
    assert process.wait() == 0
    assert b"t true, f false, Enter skips, q quits: " in shown
    assert b"\x1b[32mRight: false." in shown
    assert b"1 of 1 right." in shown
