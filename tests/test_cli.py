from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from drugfacts.cli.exits import Exit
from drugfacts.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

COMMAND = [sys.executable, "-m", "drugfacts"]
OPIOID = "is ketamine an opioid"
MOON = "is the moon made of cheese"
COLOUR = re.compile(rb"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9;]*)?m")
# How long a process that should answer at once may take before a test gives it up.
PATIENCE = 10


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_the_exit_codes_are_those_that_scripts_rely_on() -> None:
    assert {code.name: int(code) for code in Exit} == {
        "OK": 0,
        "UNANSWERED": 1,
        "USAGE": 2,
        "FAIL_ON": 3,
        "INTERRUPTED": 130,
    }


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([OPIOID], 0),
        (["what is ketamine"], 0),
        ([MOON], 1),
        (["how much ketamine should i take"], 1),
        ([""], 1),
        ([OPIOID, MOON], 1),
        ([MOON, OPIOID], 1),
        ([OPIOID, "--fail-on", "false"], 3),
        ([OPIOID, "--fail-on", "true,false"], 3),
        ([OPIOID, "--fail-on=true"], 0),
        ([OPIOID, MOON, "--fail-on", "false"], 3),
        ([MOON, OPIOID, "--fail-on", "false"], 3),
        ([MOON, "--fail-on", "false"], 1),
        (["ketamine is not an opioid", "--fail-on", "false"], 0),
        ([OPIOID, "--format", "xml"], 2),
        ([OPIOID, "--fail-on", "perhaps"], 2),
        ([OPIOID, "--nonsense"], 2),
        ([OPIOID, "--facts", "/no/such/folder"], 2),
    ],
)
def test_ask_exits_with_what_became_of_the_questions(run: Run, arguments: list[str], code: int) -> None:
    ended = run("ask", *arguments)
    assert ended.returncode == code
    assert "Traceback" not in ended.stderr
    if code == 2:
        assert ended.stdout == ""
        assert ended.stderr
    else:
        assert ended.stdout
        assert ended.stderr == ""


def test_a_pipe_of_two_questions_gives_two_objects_and_exit_1(run: Run) -> None:
    ended = run("ask", "--format", "jsonl", "-", stdin=f"{OPIOID}\n{MOON}\n")
    first, second = objects(ended.stdout)
    assert (first["status"], first["answer"], first["verdict"]) == ("answered", "no", "false")
    assert (second["status"], second["answer"], second["verdict"]) == ("unsure", None, None)
    assert (first["question"], second["question"]) == (OPIOID, MOON)
    assert ended.returncode == 1
    assert ended.stderr == ""


def test_piped_questions_need_neither_dash_nor_format(run: Run) -> None:
    assert [one["question"] for one in objects(run("ask", stdin=f"{OPIOID}\n").stdout)] == [OPIOID]
    assert run("ask", "-", stdin=f"{OPIOID}\n").stdout == run("ask", stdin=f"{OPIOID}\n").stdout


@pytest.mark.parametrize("given", ["", "\n", "\n \n\r\n"])
def test_nothing_on_standard_input_is_no_question_and_no_error(run: Run, given: str) -> None:
    ended = run("ask", "-", stdin=given)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


@pytest.mark.parametrize("given", [f"\ufeff{OPIOID}\r\n", f"  {OPIOID}  ", f"\n\n{OPIOID}\n\n"])
def test_line_ends_blank_lines_and_byte_order_marks_do_not_matter(run: Run, given: str) -> None:
    (found,) = objects(run("ask", "-", stdin=given).stdout)
    assert (found["question"], found["verdict"]) == (OPIOID, "false")


def test_a_line_that_is_not_utf8_gives_an_error_and_the_stream_goes_on(run: Run) -> None:
    ended = run("ask", "-", stdin=b"is \xff\xfe\n" + OPIOID.encode() + b"\n")
    first, second = objects(ended.stdout)
    assert (first["status"], first["error"]["code"], first["verdict"]) == ("error", "not-utf8", None)
    assert second["verdict"] == "false"
    assert ended.returncode == 1
    assert ended.stderr == ""


@pytest.mark.parametrize("length", [1_000_000, 999_999, 3_000_001])
def test_a_line_of_a_megabyte_gives_an_error_and_the_stream_goes_on(run: Run, length: int) -> None:
    ended = run("ask", "-", stdin="x" * length + f"\n{OPIOID}\n" + "y" * length)
    first, second, third = objects(ended.stdout)
    assert (first["status"], first["error"]["code"]) == ("error", "too-long")
    assert second["verdict"] == "false"
    assert third["error"]["code"] == "too-long"
    assert ended.returncode == 1


def test_strange_letters_come_through(run: Run) -> None:
    text = "is κεταμίνη \u202e\x07 an opioid?  “”"
    (found,) = objects(run("ask", "--format", "jsonl", text).stdout)
    assert found["question"] == text


def test_words_are_one_question_and_quoted_questions_are_several(run: Run) -> None:
    one = run("ask", "--format", "jsonl", *OPIOID.split())
    two = run("ask", "--format", "jsonl", OPIOID, MOON)
    assert [found["question"] for found in objects(one.stdout)] == [OPIOID]
    assert [found["question"] for found in objects(two.stdout)] == [OPIOID, MOON]


@pytest.mark.parametrize("form", ["text", "plain", "markdown"])
def test_brief_is_one_line(run: Run, form: str) -> None:
    ended = run("ask", "--brief", "--format", form, OPIOID)
    assert ended.stdout.count("\n") == 1
    assert "No. Ketamine is not an opioid" in ended.stdout


def test_brief_is_one_line_a_question_in_a_stream(run: Run) -> None:
    ended = run("ask", "--brief", "--format", "plain", "-", stdin=f"{OPIOID}\n{MOON}\nwhat is ketamine\n")
    assert len(ended.stdout.splitlines()) == 3


def test_every_format_says_the_same(run: Run) -> None:
    outputs = {form: run("ask", "--format", form, OPIOID) for form in ("text", "plain", "json", "jsonl", "markdown")}
    assert {ended.returncode for ended in outputs.values()} == {0}
    assert all("Ketamine is not an opioid" in ended.stdout for ended in outputs.values())
    assert json.loads(outputs["json"].stdout) == json.loads(outputs["jsonl"].stdout)
    assert outputs["jsonl"].stdout.count("\n") == 1
    assert "\x1b" not in "".join(ended.stdout for ended in outputs.values())


def test_sources_and_reasons_come_on_request(run: Run) -> None:
    little = run("ask", OPIOID).stdout
    sources, why = run("ask", "--sources", OPIOID).stdout, run("ask", "--why", OPIOID).stdout
    assert sources.count("https://") > little.count("https://")
    assert "ketamine = ketamine" in why
    assert "ketamine = ketamine" not in little


def test_whoever_reads_only_the_first_line_breaks_nothing(cache: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "ask", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "DRUGFACTS_CACHE": str(cache)},
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        os.set_blocking(process.stdin.fileno(), False)
        given = f"{OPIOID}\n".encode() * 200
        os.write(process.stdin.fileno(), given)
        assert json.loads(process.stdout.readline())["verdict"] == "false"
        process.stdout.close()
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_the_head_of_a_pipeline_is_quiet() -> None:
    line = f"yes {OPIOID} | head -300 | '{sys.executable}' -m drugfacts ask - | head -1"
    ended = subprocess.run(["sh", "-c", line], capture_output=True, check=False)
    assert json.loads(ended.stdout)["answer"] == "no"
    assert ended.stderr == b""


def waiting(cache: Path, **env: str) -> subprocess.Popen[bytes]:
    """Start a stream of questions and leave its input open; output is buffered as usual."""
    base = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.Popen(
        [*COMMAND, "ask", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**base, "DRUGFACTS_CACHE": str(cache), **env},
        # A shell in the background has its children ignore interrupts, and they would hand that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )


def test_an_interrupt_is_quiet_and_exits_130(cache: Path) -> None:
    with waiting(cache, PYTHONUNBUFFERED="1") as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(f"{OPIOID}\n".encode())
        process.stdin.flush()
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130
        assert process.stderr.read() == b""


def test_a_stream_answers_each_question_before_the_next_is_asked(cache: Path) -> None:
    with waiting(cache) as process:
        assert process.stdin
        assert process.stdout
        for _ in range(3):
            process.stdin.write(f"{MOON}\n".encode())
            process.stdin.flush()
            ready, _, _ = select.select([process.stdout], [], [], PATIENCE)
            if not ready:
                process.kill()
                pytest.fail("no answer while the input is open")
            assert json.loads(process.stdout.readline())["status"] == "unsure"
        process.stdin.close()
        assert process.wait() == 1


def at_terminal(cache: Path, *arguments: str, **env: str) -> tuple[int, bytes]:
    """Run the command with a terminal of 80 columns for input and output; give exit code and what it shows."""
    parent, child = pty.openpty()
    base = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=child,
        stdout=child,
        stderr=child,
        env={**base, "DRUGFACTS_CACHE": str(cache), "TERM": "xterm-256color", "COLUMNS": "80", **env},
    )
    os.close(child)
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
    return process.wait(), shown


def test_at_a_terminal_the_answer_is_coloured_text_with_a_table(cache: Path) -> None:
    code, shown = at_terminal(cache, "ask", OPIOID)
    assert code == 0
    assert COLOUR.search(shown)
    assert b"How it works" in shown
    assert b'"schema"' not in shown


@pytest.mark.parametrize(
    ("arguments", "env"), [([], {"NO_COLOR": "1"}), (["--no-color"], {}), ([], {"TERM": "dumb"})], ids=str
)
def test_colour_can_be_turned_off(cache: Path, arguments: list[str], env: dict[str, str]) -> None:
    code, shown = at_terminal(cache, "ask", OPIOID, *arguments, **env)
    assert code == 0
    assert not COLOUR.search(shown)
    assert b"Ketamine is not an opioid" in shown


def test_a_call_without_question_at_a_terminal_says_what_is_missing(cache: Path) -> None:
    code, shown = at_terminal(cache, "ask")
    assert code == 2
    assert b"QUESTION" in shown


@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",)])
def test_the_bare_command_prints_short_help_with_examples(run: Run, arguments: tuple[str, ...]) -> None:
    ended = run(*arguments)
    shown = ended.stdout + ended.stderr
    assert ended.returncode in (0, 2)
    assert shown.count("  drugfacts ") >= 3
    assert len(shown.splitlines()) <= 40
    assert "Traceback" not in shown


def test_every_command_has_help(run: Run) -> None:
    looking = ("show", "drug", "class", "compare", "list", "search", "topics", "random", "quiz", "rank")
    for command in ("ask", *looking, "facts"):
        ended = run(command, "--help")
        assert ended.returncode == 0
        assert "Usage: drugfacts " + command in ended.stdout
        assert max(map(len, ended.stdout.splitlines())) <= 80


def test_the_version_names_program_and_facts(run: Run) -> None:
    ended = run("--version")
    assert ended.returncode == 0
    assert re.fullmatch(
        rf"drugfacts {re.escape(__version__)} \(facts \w+, reviewed \d{{4}}-\d\d-\d\d\)\n", ended.stdout
    )


@pytest.mark.parametrize(
    ("arguments", "nearest"),
    [
        (["show", "ketamin-is-an-opioid"], "ketamine-is-an-opioid"),
        (["drug", "ketamime"], "ketamine"),
        (["class", "opiod"], "opioid"),
        (["compare", "ketamine", "morphime"], "morphine"),
        (["list", "--topic", "ketamin"], "ketamine"),
        (["list", "--about", "xanaxx"], ""),
        (["shwo", "x"], ""),
        (["drug", "qqqqqq"], ""),
    ],
)
def test_an_unknown_name_exits_2_and_names_the_nearest_or_the_name_is_mended(
    run: Run, arguments: list[str], nearest: str
) -> None:
    ended = run(*arguments)
    if ended.returncode == 0:
        assert nearest in ended.stdout.lower()
    else:
        assert ended.returncode == 2
        assert ended.stdout == ""
        assert nearest in ended.stderr
    assert "Traceback" not in ended.stderr


def test_an_unknown_claim_suggests_the_nearest(run: Run) -> None:
    ended = run("show", "ketamin-is-an-opioid")
    assert ended.returncode == 2
    assert "Did you mean ketamine-is-an-opioid" in ended.stderr


def test_a_real_drug_that_is_not_held_is_not_shown_as_another(run: Run) -> None:
    ended = run("drug", "bosentan")
    assert ended.returncode == 2
    assert ended.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "identity", "shown"),
    [
        (["show", "ketamine-is-an-opioid"], ["claim", "id"], "Ketamine is not an opioid"),
        (["drug", "ketamine"], ["id"], "Ketamine"),
        (["drug", "special", "k"], ["id"], "Ketamine"),
        (["class", "opioids"], ["id"], "Opioids"),
    ],
)
def test_one_record_is_shown_in_each_format(run: Run, arguments: list[str], identity: list[str], shown: str) -> None:
    text, indented, line = (run(*arguments, "--format", form) for form in ("text", "json", "jsonl"))
    assert (text.returncode, indented.returncode, line.returncode) == (0, 0, 0)
    assert text.stderr == indented.stderr == line.stderr == ""
    assert shown in text.stdout
    assert json.loads(indented.stdout) == json.loads(line.stdout)
    assert (indented.stdout.count("\n") > 1, line.stdout.count("\n")) == (True, 1)
    data = json.loads(line.stdout)
    for key in identity:
        data = data[key]
    assert data in ("ketamine-is-an-opioid", "ketamine", "opioid")


def test_two_profiles_are_compared_in_each_format(run: Run) -> None:
    text, line = run("compare", "ketamine", "morphine"), run("compare", "special k", "opioids", "-f", "jsonl")
    assert text.returncode == line.returncode == 0
    assert "Ketamine" in text.stdout
    assert "Morphine" in text.stdout
    assert [one["id"] for one in json.loads(line.stdout)["compare"]] == ["ketamine", "opioid"]
    assert json.loads(run("compare", "special k", "opioids", "-f", "json").stdout) == json.loads(line.stdout)


def test_claims_are_listed_and_filtered_in_each_format(run: Run) -> None:
    everything = objects(run("list", "-f", "jsonl").stdout)
    assert len(everything) > 100
    assert json.loads(run("list", "-f", "json").stdout) == everything
    text = run("list").stdout
    assert all(one["id"] in text for one in everything)
    topic = objects(run("list", "--topic", "ketamine", "-f", "jsonl").stdout)
    assert topic == [one for one in everything if one["topic"] == "ketamine"] != []
    true = objects(run("list", "--verdict", "true", "-f", "jsonl").stdout)
    assert true == [one for one in everything if one["verdict"] == "true"] != []
    about = objects(run("list", "--about", "special k", "-f", "jsonl").stdout)
    assert "ketamine-is-an-opioid" in {one["id"] for one in about}
    assert len(about) < len(everything)


@pytest.mark.parametrize("arguments", [["--verdict", "maybe"], ["--topic", "no-such-topic"], ["-f", "xml"]])
def test_a_filter_that_does_not_exist_is_an_error(run: Run, arguments: list[str]) -> None:
    ended = run("list", *arguments)
    assert ended.returncode == 2
    assert ended.stdout == ""


def test_a_search_gives_the_nearest_first_and_exits_1_when_there_is_nothing(run: Run) -> None:
    found = objects(run("search", "ketamine", "opioid", "-f", "jsonl").stdout)
    assert found[0]["id"] == "ketamine-is-an-opioid"
    assert "ketamine-is-an-opioid" in run("search", "ketamine opioid").stdout
    assert json.loads(run("search", "ketamine opioid", "-f", "json").stdout) == found
    nothing = run("search", "qwxyz", "-f", "jsonl")
    assert (nothing.returncode, nothing.stdout) == (1, "")


def test_the_facts_are_counted_in_text_and_json(run: Run) -> None:
    text, data = run("facts", "stats"), run("facts", "stats", "--format", "json")
    counts = json.loads(data.stdout)
    assert text.returncode == data.returncode == 0
    assert counts["claims"] > 100
    assert sum(counts["verdicts"].values()) == counts["claims"]
    assert f"claims           {counts['claims']}" in text.stdout


def test_facts_with_a_fault_are_reported_with_their_place(run: Run, tiny_facts: Path) -> None:
    path = tiny_facts / "substances/zorvane.yaml"
    path.write_text(path.read_text().replace("kind: substance", "kind: nonsense"))
    ended = run("ask", OPIOID, "--facts", str(tiny_facts))
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert re.search(r"zorvane\.yaml:\d+:\d+: ", ended.stderr)
