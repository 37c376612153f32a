"""The commands, as Typer sees them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from drugfacts.answering.pick import Difficulty
from drugfacts.cli import ask as asking
from drugfacts.cli import browse, play
from drugfacts.cli.complete import amounts, claim_ids, drug_names, region_ids, topics
from drugfacts.cli.exits import Exit
from drugfacts.cli.facts import facts_app
from drugfacts.model import Verdict

EXAMPLES = """\
Examples:

  drugfacts ask "is ketamine an opioid"

  drugfacts ask --brief "can you overdose on weed?"

  drugfacts compare ketamine morphine
"""

app = typer.Typer(
    name="drugfacts",
    help=f"Check what people believe about drugs, against sourced facts, offline.\n\n{EXAMPLES}",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)
app.add_typer(facts_app, name="facts")

# Typer reads these annotations when it runs, so the old spelling of "or None" keeps Python 3.10 and all versions happy.
FactsDir = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--facts", metavar="DIR", help="A folder of facts of your own, laid over the built-in ones."),
]
NoColor = Annotated[bool, typer.Option("--no-color", help="No colour; NO_COLOR in the environment does the same.")]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help="text, plain, json, jsonl or markdown. By default text on a terminal, else plain, or jsonl for a stream.",
    ),
]
Topic = Annotated[str, typer.Option("--topic", help="Only this topic.", autocompletion=topics)]
ListFormat = Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text, json or jsonl.")]


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(browse.version() + "\n")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="The versions of program and facts."),
    ] = False,
) -> None:
    """Take the options that stand before a command."""


@app.command()
def ask(
    question: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Argument(
            metavar="QUESTION...", help="In your own words; - reads one question a line from standard input."
        ),
    ] = None,
    form: Format = "",
    brief: Annotated[bool, typer.Option("--brief", "-b", help="One line.")] = False,
    sources: Annotated[bool, typer.Option("--sources", help="Every source, with what it supports.")] = False,
    why: Annotated[bool, typer.Option("--why", help="How the question was read and what was refused.")] = False,
    fail_on: Annotated[
        str,
        typer.Option("--fail-on", metavar="VERDICT[,...]", help="Exit with 3 when such a verdict comes up."),
    ] = "",
    region: Annotated[
        str,
        typer.Option(
            "--region",
            metavar="REGION",
            help="Whose emergency numbers to give; by default the locale's.",
            autocompletion=region_ids,
        ),
    ] = "",
    facts: FactsDir = None,
    no_color: NoColor = False,
) -> None:
    """Check a question or a statement.

    Exit codes: 0 every question was answered, 1 at least one was not, 2 something was wrong with the call,
    3 a verdict came up that --fail-on names.
    """
    if not question and sys.stdin.isatty():
        raise typer.BadParameter("give a question, or - to read questions from standard input", param_hint="QUESTION")
    _one_of(form, ("", *asking.FORMATS), "--format")
    try:
        wanted = asking.verdicts(fail_on)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--fail-on") from None
    options = asking.AskOptions(
        tuple(question or ()), form, brief, sources, why, no_color, str(facts or ""), wanted, region
    )
    raise typer.Exit(int(asking.run(options)))


def _one_of(value: str, allowed: tuple[str, ...], option: str) -> None:
    if value not in allowed:
        raise typer.BadParameter(f"{value!r} is not one of {', '.join(filter(None, allowed))}", param_hint=option)


@app.command()
def show(
    claim: Annotated[str, typer.Argument(metavar="ID", help="The id of a claim.", autocompletion=claim_ids)],
    form: Format = "",
    facts: FactsDir = None,
    no_color: NoColor = False,
) -> None:
    """Show one reviewed claim, whole."""
    _one_of(form, ("", *asking.FORMATS), "--format")
    browse.show_claim(claim, form, facts, color=not no_color)


@app.command()
def drug(
    name: Annotated[list[str], typer.Argument(metavar="NAME...", help="Any name of it.", autocompletion=drug_names)],
    form: ListFormat = "text",
    facts: FactsDir = None,
    no_color: NoColor = False,
) -> None:
    """Show what is known of a substance."""
    _one_of(form, browse.FORMATS, "--format")
    browse.show_profile(" ".join(name), "substance", form, facts, color=not no_color)


@app.command("class")
def drug_class(
    name: Annotated[list[str], typer.Argument(metavar="NAME...", help="Any name of it.", autocompletion=drug_names)],
    form: ListFormat = "text",
    facts: FactsDir = None,
    no_color: NoColor = False,
) -> None:
    """Show what is known of a drug class."""
    _one_of(form, browse.FORMATS, "--format")
    browse.show_profile(" ".join(name), "class", form, facts, color=not no_color)


@app.command()
def compare(
    left: Annotated[str, typer.Argument(metavar="A", autocompletion=drug_names)],
    right: Annotated[str, typer.Argument(metavar="B", autocompletion=drug_names)],
    form: ListFormat = "text",
    facts: FactsDir = None,
    no_color: NoColor = False,
) -> None:
    """Show two substances, or a substance and a class, side by side."""
    _one_of(form, browse.FORMATS, "--format")
    browse.compare(left, right, form, facts, color=not no_color)


@app.command("list")
def list_claims(
    topic: Topic = "",
    about: Annotated[
        str,
        typer.Option("--about", metavar="NAME", help="Only about this drug or class.", autocompletion=drug_names),
    ] = "",
    verdict: Annotated[str, typer.Option("--verdict", help="Only with this verdict.")] = "",
    form: ListFormat = "text",
    facts: FactsDir = None,
) -> None:
    """List the reviewed claims."""
    _one_of(form, browse.FORMATS, "--format")
    _one_of(verdict, ("", *(one.value for one in Verdict)), "--verdict")
    browse.list_claims(topic, about, verdict, form, facts)


@app.command()
def search(
    text: Annotated[list[str], typer.Argument(metavar="TEXT...", help="Words, names, a question.")],
    form: ListFormat = "text",
    facts: FactsDir = None,
) -> None:
    """Find reviewed claims that have to do with a text."""
    _one_of(form, browse.FORMATS, "--format")
    raise typer.Exit(int(browse.search(" ".join(text), form, facts)))


@app.command("topics")
def show_topics(form: ListFormat = "text", facts: FactsDir = None) -> None:
    """List the topics, with their claims counted by verdict."""
    _one_of(form, browse.FORMATS, "--format")
    browse.topics(form, facts)


@app.command()
def rank(
    amount: Annotated[
        str, typer.Argument(metavar="AMOUNT", help="The id of an amount, or a short word.", autocompletion=amounts)
    ],
    form: ListFormat = "text",
    facts: FactsDir = None,
    no_color: NoColor = False,
) -> None:
    """Rank substances by an amount, the highest first."""
    _one_of(form, browse.FORMATS, "--format")
    browse.rank(amount, form, facts, color=not no_color)


@app.command()
def random(
    topic: Topic = "",
    seed: Annotated[
        str, typer.Option("--seed", metavar="TEXT", help="Another one than today's; the same for the same text.")
    ] = "",
    whole: Annotated[bool, typer.Option("--whole", "-w", help="All of it, as `show` has it.")] = False,
    form: Format = "",
    facts: FactsDir = None,
    no_color: NoColor = False,
) -> None:
    """Show a misconception a day: the same for the whole day."""
    _one_of(form, ("", *asking.FORMATS), "--format")
    play.show_random(topic, seed, form, facts, whole=whole, color=not no_color)


@app.command()
def quiz(
    topic: Topic = "",
    count: Annotated[int, typer.Option("--count", "-n", min=1, help="How many statements.")] = 10,
    difficulty: Annotated[
        str,
        typer.Option("--difficulty", metavar="easy|hard", help="hard has also what depends, or nobody knows."),
    ] = Difficulty.EASY.value,
    seed: Annotated[str, typer.Option("--seed", metavar="TEXT", help="The same text gives the same quiz.")] = "",
    form: ListFormat = "text",
    facts: FactsDir = None,
    no_color: NoColor = False,
) -> None:
    """Say of ten statements whether they are true.

    Answer with t, f or d (it depends); Enter skips, q quits. json and jsonl print the statements and what is right.
    """
    _one_of(form, browse.FORMATS, "--format")
    _one_of(difficulty, tuple(one.value for one in Difficulty), "--difficulty")
    raise typer.Exit(int(play.quiz(topic, count, Difficulty(difficulty), seed, form, facts, color=not no_color)))


def run_app(arguments: list[str]) -> int:
    """Run a command line.

    Returns:
        The exit code.
    """
    try:
        result: Any = app(args=arguments, prog_name="drugfacts", standalone_mode=False)
    except typer.Abort:
        return int(Exit.INTERRUPTED)
    except typer.Exit as ended:
        return int(ended.exit_code)
    except Exception as error:
        shown = getattr(error, "show", None)
        if shown is None:
            raise
        shown()
        return int(Exit.USAGE)
    return int(result) if isinstance(result, int) else int(Exit.OK)
