"""Ask: questions in, answers out, one after the other."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from drugfacts.answering.answer import Answer, Fault, Status
from drugfacts.answering.decide import answer
from drugfacts.cli.exits import Exit
from drugfacts.locate import open_store
from drugfacts.model import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from drugfacts.store import Store

FORMATS = ("text", "plain", "json", "jsonl", "markdown")
LONGEST_LINE = 1_000_000


class AskOptions(NamedTuple):
    """What ``drugfacts ask`` was told.

    Attributes:
        words: the arguments: words of one question, or several questions, or ``-`` for standard input.
        format: one of ``FORMATS``, or empty to choose by where the output goes.
        fail_on: verdicts that make the exit code 3.
        facts: a folder of the user's own facts.
        region: whose emergency numbers are given; empty to go by the locale.
    """

    words: tuple[str, ...] = ()
    format: str = ""
    brief: bool = False
    sources: bool = False
    why: bool = False
    no_color: bool = False
    facts: str = ""
    fail_on: frozenset[Verdict] = frozenset()
    region: str = ""


def verdicts(text: str) -> frozenset[Verdict]:
    """Read the verdicts that ``--fail-on`` names.

    Raises:
        ValueError: a word is no verdict; the message lists them.
    """
    found = set()
    for word in filter(None, (part.strip() for part in text.split(","))):
        try:
            found.add(Verdict(word))
        except ValueError:
            raise ValueError(f"{word!r} is no verdict; they are {', '.join(one.value for one in Verdict)}") from None
    return frozenset(found)


def questions_of(words: tuple[str, ...]) -> list[str]:
    """Give the questions that arguments hold: each one that has a space in it, or all together as one."""
    if any(" " in word for word in words):
        return list(words)
    return [" ".join(words)]


def run(options: AskOptions) -> Exit:
    """Answer the questions that the options name, on standard output.

    Returns:
        The exit code.

    Raises:
        DrugfactsError: the facts cannot be opened, or there is no such region.
    """
    stream = options.words == ("-",) or not options.words
    store = open_store(options.facts, _warn)
    write = writer(options, stream=stream)
    at_home = _at_home(options.region, store)
    asked: Iterable[str | Fault] = _lines() if stream else questions_of(options.words)
    result = Exit.OK
    for question in _watched(asked) if stream else asked:
        if isinstance(question, Fault):
            given = Answer(
                question="",
                status=Status.ERROR,
                error=question,
                facts_version=store.meta["content"],
                facts_reviewed=store.meta["reviewed"],
            )
        else:
            given = at_home(answer(question, store))
        write(given)
        if stream:
            sys.stdout.flush()  # whoever sent the question may be waiting for its answer before the next
        for one in given.parts or (given,):
            if one.verdict in options.fail_on:
                result = Exit.FAIL_ON
            elif one.status not in (Status.ANSWERED, Status.PROFILE) and result is Exit.OK:
                result = Exit.UNANSWERED
    sys.stdout.flush()
    return result


def _at_home(name: str, store: Store) -> Callable[[Answer], Answer]:
    """Give the function that adds whom to call to an answer, where it tells of an emergency.

    Raises:
        UnknownNameError: there is no region of that name.
    """
    chosen = None
    if name:
        from drugfacts.answering.regions import find_region

        chosen = find_region(name, store)

    def add(given: Answer) -> Answer:
        if not any(notice.kind == "emergency" for one in (given, *given.parts) for notice in one.notices):
            return given
        from drugfacts.answering.regions import region_of_locale, with_numbers

        region = chosen or region_of_locale(os.environ, store)
        return with_numbers(given, region) if region else given

    return add


def _warn(line: str) -> None:
    print(f"drugfacts: {line}", file=sys.stderr)  # noqa: T201


def _lines() -> Iterator[str | Fault]:
    """Give the questions of standard input, one a line; a line that cannot be read gives what is wrong with it."""
    source = sys.stdin.buffer
    while raw := source.readline(LONGEST_LINE):
        if not raw.endswith(b"\n") and len(raw) == LONGEST_LINE:
            while (rest := source.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield Fault("too-long", f"a line of over {LONGEST_LINE} bytes")
            continue
        if not raw.strip():
            continue
        try:
            yield raw.decode("utf-8").strip("\r\n\ufeff ")
        except UnicodeDecodeError as error:
            yield Fault("not-utf8", f"byte {error.start + 1} of the line is not UTF-8")


def _watched(items: Iterable[str | Fault]) -> Iterator[str | Fault]:
    """Pass items on, with a counter on standard error when a person is waiting for a long stream."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield from items
        return
    from time import monotonic

    start, shown = monotonic(), 0.0
    count = 0
    for count, item in enumerate(items, 1):
        now = monotonic()
        if now - start > 1 and now - shown > 0.2:  # noqa: PLR2004
            shown = now
            sys.stderr.write(f"\r{count:,} questions, {count / (now - start):,.0f} a second ")
            sys.stderr.flush()
        yield item
    if shown:
        sys.stderr.write(f"\r{count:,} questions{' ' * 24}\n")


def writer(options: AskOptions, *, stream: bool) -> Callable[[Answer], None]:
    """Give the function that prints an answer in the format asked for."""
    terminal = sys.stdout.isatty()
    wanted = options.format or ("text" if terminal else "jsonl" if stream else "plain")
    if wanted in ("json", "jsonl"):
        from drugfacts.render.record import answer_data, dump

        one_line = wanted == "jsonl"
        return lambda given: _print(dump(answer_data(given, why=options.why), one_line=one_line))
    if wanted == "text":
        if options.brief and not terminal:
            wanted = "plain"
        else:
            from drugfacts.render.terminal import console, show

            out = console(color=not options.no_color)
            first = iter([True])

            def print_answer(given: Answer) -> None:
                if not next(first, False) and not options.brief:
                    out.print()
                show(given, out, brief=options.brief, sources=options.sources, why=options.why)

            return print_answer
    if wanted == "markdown":
        from drugfacts.render.markdown import markdown as form
    else:
        from drugfacts.render.plain import plain as form
    several = stream or len(questions_of(options.words)) > 1

    def print_text(given: Answer) -> None:
        _print(
            form(given, brief=options.brief, sources=options.sources, why=options.why)
            + ("\n" if several and not options.brief else "")
        )

    return print_text


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
