from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from drugfacts.cli import ask as asking
from drugfacts.cli.app import run_app
from drugfacts.cli.exits import Exit
from drugfacts.cli.quick import ask_options
from drugfacts.model import Verdict

if TYPE_CHECKING:
    from drugfacts.cli.ask import AskOptions

FORMATS = [*asking.FORMATS, "xml", ""]
VERDICTS = ["false", "true,mixed", " false , true ", "", "perhaps", "mostly-true,,"]
WORD = st.sampled_from(["is", "ketamine", "an opioid", "-", "", "don't", "--", "a=b", "é"])
FLAG = st.sampled_from(["--brief", "-b", "--sources", "--why", "--no-color", "--help", "-h", "--nonsense", "-x", "-bf"])
VALUE = st.one_of(
    st.tuples(st.sampled_from(["--format", "-f"]), st.sampled_from(FORMATS)),
    st.tuples(st.just("--fail-on"), st.sampled_from(VERDICTS)),
    st.tuples(st.just("--facts"), st.sampled_from(["here", "/there", "--brief", "."])),
    st.sampled_from(FORMATS).map(lambda value: (f"--format={value}",)),
    st.sampled_from(FORMATS).map(lambda value: (f"-f{value}",)),
    st.sampled_from(FORMATS).map(lambda value: (f"-f={value}",)),
    st.sampled_from(VERDICTS).map(lambda value: (f"--fail-on={value}",)),
    st.sampled_from(["here", "/there", "."]).map(lambda value: (f"--facts={value}",)),
    st.tuples(st.just("--region"), st.sampled_from(["UK", "xx", "--brief"])),
    st.sampled_from(["--format", "--facts", "-f", "--fail-on", "--region", "--region=UK"]).map(lambda value: (value,)),
)
ARGUMENTS = st.lists(st.one_of(WORD.map(lambda one: (one,)), FLAG.map(lambda one: (one,)), VALUE), max_size=7).map(
    lambda parts: [argument for part in parts for argument in part]
)


def by_typer(arguments: list[str]) -> AskOptions | None:
    """Give the options that Typer's command makes of arguments, None when it makes none."""
    seen: list[AskOptions] = []

    def catch(options: AskOptions) -> Exit:
        seen.append(options)
        return Exit.OK

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asking, "run", catch)
        run_app(["ask", *arguments])
    return seen[0] if seen else None


@settings(deadline=None, max_examples=500)
@given(ARGUMENTS)
@example(["is", "ketamine", "--", "--brief"])
@example(["-", "--format=jsonl", "--fail-on", "false"])
@example(["--facts", "--brief", "is it"])
@example(["--format", "json", "--format", "plain", "x"])
@example(["-f=json", "x"])
def test_what_is_read_quickly_is_what_typer_reads(arguments: list[str]) -> None:
    quick = ask_options(arguments)
    if quick is not None:
        assert quick == by_typer(arguments)


@pytest.mark.parametrize("arguments", [["--facts=", "is it"], ["--facts", "", "is it"], ["--format=", "is it"]])
def test_an_option_without_value_is_read_alike(arguments: list[str]) -> None:
    quick = ask_options(arguments)
    assert quick is None or quick == by_typer(arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ["is ketamine an opioid"],
        ["is", "ketamine", "an", "opioid"],
        ["-"],
        ["--brief", "is it"],
        ["is it", "-b", "--sources", "--why", "--no-color"],
        ["--format", "json", "is it"],
        ["-f", "jsonl", "-"],
        ["--format=markdown", "is it"],
        ["--fail-on", "false,misleading", "is it"],
        ["--fail-on=false", "--facts", "mine", "is it"],
        ["--region", "UK", "is it"],
        ["is it", "--region=uk"],
        ["--", "-x"],
    ],
)
def test_the_usual_calls_need_no_typer(arguments: list[str]) -> None:
    assert ask_options(arguments) is not None


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--brief"],
        ["--help"],
        ["-h", "is it"],
        ["is it", "--nonsense"],
        ["is it", "--format"],
        ["is it", "--format", "xml"],
        ["is it", "-fjson"],
        ["is it", "-bf", "json"],
        ["is it", "--fail-on", "perhaps"],
        ["is it", "--brief=yes"],
    ],
)
def test_what_is_not_fully_understood_is_left_to_typer(arguments: list[str]) -> None:
    assert ask_options(arguments) is None


def test_every_option_is_read() -> None:
    flags = ["-b", "--sources", "--why", "--no-color"]
    values = ["-f", "json", "--fail-on", "true,false", "--region", "UK"]
    found = ask_options(["a", *flags, *values, "b"])
    assert found is not None
    assert found.words == ("a", "b")
    assert found.brief
    assert found.sources
    assert found.why
    assert found.no_color
    assert found.format == "json"
    assert found.fail_on == {Verdict.TRUE, Verdict.FALSE}
    assert found.region == "UK"
    assert not found.facts
