"""A misconception a day, and a quiz."""

from __future__ import annotations

import sys
from enum import Enum
from typing import TYPE_CHECKING

from drugfacts.answering import pick
from drugfacts.answering.browse import claim_answer
from drugfacts.answering.pick import GUESSES, Guess
from drugfacts.cli.exits import Exit
from drugfacts.locate import open_store
from drugfacts.render.record import dump
from drugfacts.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_WORDS = {
    **dict.fromkeys(("t", "true", "y", "yes"), Guess.TRUE),
    **dict.fromkeys(("f", "false", "n", "no"), Guess.FALSE),
    **dict.fromkeys(("d", "depends", "it depends"), Guess.DEPENDS),
}
_KEYS = {Guess.TRUE: "t", Guess.FALSE: "f", Guess.DEPENDS: "d"}
_QUIT_WORDS = ("q", "quit", "exit")
_LONGEST = 1_000


class _Aside(Enum):
    """What a person can say besides a guess."""

    SKIP = "skip"
    QUIT = "quit"


def show_random(topic: str, seed: str, form: str, facts: Path | None, *, whole: bool, color: bool) -> None:
    """Print one reviewed claim, today's or that of a seed: a few lines of it, or all as ``show`` has it."""
    from datetime import datetime

    from drugfacts.cli.ask import AskOptions, writer

    store = open_store(facts, _warn)
    name = pick.of_the_day(store, seed or datetime.now().astimezone().date().isoformat(), topic)
    given = claim_answer(name, store)
    wanted = form or ("text" if sys.stdout.isatty() else "plain")
    if whole or wanted in ("json", "jsonl"):
        writer(AskOptions(words=(name,), format=wanted, sources=True, no_color=not color), stream=False)(given)
    elif wanted == "text":
        from drugfacts.render.terminal import console, show_teaser

        show_teaser(given, console(color=color))
    elif wanted == "markdown":
        from drugfacts.render.markdown import escape
        from drugfacts.render.words import teaser

        _put("\n\n".join(map(escape, teaser(given))))
    else:
        from drugfacts.render.words import teaser

        _put("\n".join(teaser(given)))


def quiz(
    topic: str, count: int, difficulty: pick.Difficulty, seed: str, form: str, facts: Path | None, *, color: bool
) -> Exit:
    """Ask a person about statements, or print the statements with what is right.

    Returns:
        The exit code: 1 where there is nothing to ask about.
    """
    items = pick.quiz(open_store(facts, _warn), count, difficulty, topic, seed)
    if form == "json":
        _put(dump([item._asdict() for item in items], one_line=False))
    elif form == "jsonl":
        for item in items:
            _put(dump(item._asdict(), one_line=True))
    elif items:
        _ask(items, GUESSES[difficulty], _teller(color=color))
    if not items:
        _warn("there are no claims to ask about; try another topic, or --difficulty hard")
        return Exit.UNANSWERED
    return Exit.OK


def _ask(items: Sequence[pick.Item], guesses: Sequence[Guess], tell: Callable[[str, str], None]) -> None:
    right = wrong = skipped = 0
    for number, item in enumerate(items, 1):
        tell(f"{number}/{len(items)}  {item.statement}", "bold")
        given = _guess(guesses)
        if given is _Aside.QUIT:
            break
        if given is _Aside.SKIP:
            skipped += 1
            said, style = "Skipped", "yellow"
        elif given in item.right:
            right += 1
            said, style = "Right", "green"
        else:
            wrong += 1
            said, style = "Wrong", "red"
        tell(f"{said}: {item.verdict}. {item.answer}", style)
        tell(f"More: drugfacts show {item.id}\n", "dim")
    told = f"{right} of {right + wrong} right" + (f", {skipped} skipped" if skipped else "")
    tell(f"{told}.", "bold")


def _guess(guesses: Sequence[Guess]) -> Guess | _Aside:
    """Read what a person says: a guess, to skip it, or to end; what is none of these is asked again."""
    hint = ", ".join(f"{_KEYS[guess]} {guess.value}" for guess in guesses)
    hint += ", Enter skips, q quits"
    while True:
        if sys.stdin.isatty():
            sys.stderr.write(f"{hint}: ")
            sys.stderr.flush()
        line = sys.stdin.buffer.readline(_LONGEST)
        word = line.decode("utf-8", "replace").strip().casefold()
        if not line or word in _QUIT_WORDS:
            return _Aside.QUIT
        if not word:
            return _Aside.SKIP
        if _WORDS.get(word) in guesses:
            return _WORDS[word]
        _warn(f"{word[:20]!r} is no answer: {hint}")


def _teller(*, color: bool) -> Callable[[str, str], None]:
    """Give the function that prints a text: wrapped and coloured on a terminal, else as it is."""
    if not sys.stdout.isatty():

        def plain(text: str, _style: str) -> None:
            _put(text)
            sys.stdout.flush()

        return plain
    from drugfacts.render.terminal import teller

    return teller(color=color)


def _put(text: str) -> None:
    sys.stdout.write(safe(text) + "\n")


def _warn(line: str) -> None:
    sys.stderr.write(safe(f"drugfacts: {line}\n"))
