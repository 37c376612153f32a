"""Answers for a person at a terminal, with Rich. Everything else in the package does without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from drugfacts.answering.answer import Status
from drugfacts.model import Verdict
from drugfacts.render.safe import safe
from drugfacts.render.words import (
    ADVICE,
    FEW_SOURCES,
    NOTICE_TITLES,
    SECTIONS,
    URGENT,
    apart,
    asides,
    brief_lines,
    emergencies,
    headline,
    law_lines,
    lead,
    teaser,
    verdict_line,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import RenderableType

    from drugfacts.answering.answer import Answer, Cited

WIDEST = 100
# Colours of the sixteen that every terminal has, legible on dark and on light.
VERDICT_STYLES = {
    Verdict.TRUE: "green",
    Verdict.MOSTLY_TRUE: "green",
    Verdict.MIXED: "yellow",
    Verdict.MISLEADING: "yellow",
    Verdict.UNPROVEN: "magenta",
    Verdict.FALSE: "red",
}


def console(*, color: bool, width: int | None = None) -> Console:
    """Make a console for standard output.

    Args:
        color: whether colour is wanted; ``NO_COLOR`` and a dumb terminal turn it off all the same.
        width: columns, or None for the terminal's own.
    """
    made = Console(no_color=not color or None, highlight=False, markup=False, emoji=False, width=width, soft_wrap=False)
    if width is None and made.width > WIDEST:
        made.width = WIDEST
    return made


def show(answer: Answer, out: Console, *, brief: bool = False, sources: bool = False, why: bool = False) -> None:
    """Print an answer; of a text with several questions, the answer to each under its question.

    Args:
        answer: the answer.
        out: where to.
        brief: only the first line.
        sources: list every source with what it supports, not only the first few.
        why: add how the question was read.
    """
    if brief:
        for text in emergencies(answer):
            out.print(Text(safe(text), style="bold red"), soft_wrap=True)
        for line in [_headline(answer)] if not answer.parts else map(Text, map(safe, brief_lines(answer))):
            out.print(line, soft_wrap=True)
        return
    blocks: list[RenderableType] = []
    if not answer.parts:
        blocks += _blocks(answer, sources=sources, why=why)
    else:
        for text in emergencies(answer):
            blocks += [_urgent("emergency", text), Text()]
    for index, part in enumerate(apart(answer)):
        blocks += [Text()] if index else []
        blocks += [Text(safe(part.question), style="bold cyan"), *_blocks(part, sources=sources, why=why)]
    if answer.status in (Status.ANSWERED, Status.PROFILE):
        blocks += [Text(), Text(ADVICE, style="dim")]
    out.print(Group(*blocks))


def show_teaser(answer: Answer, out: Console) -> None:
    """Print a reviewed claim in a few lines."""
    said, _, *more = teaser(answer)
    out.print(Text(safe(said)))
    out.print(_headline(answer))
    for line in more:
        out.print(Text(safe(line)))


def teller(*, color: bool) -> Callable[[str, str], None]:
    """Give a function that prints a text in a style, wrapped."""
    out = console(color=color)
    return lambda text, style: out.print(Text(safe(text), style=style))


def _urgent(kind: str, text: str) -> Text:
    return Text.assemble((f"{NOTICE_TITLES[kind]}: ", "bold red"), (safe(text), "bold"))


def _blocks(answer: Answer, *, sources: bool, why: bool) -> Iterator[RenderableType]:
    for notice in answer.notices:
        if notice.kind in URGENT:
            yield _urgent(notice.kind, notice.text)
            yield Text()
    yield _headline(answer)
    if verdict_line(answer):
        yield Text(safe(verdict_line(answer)), style="dim")
    if len(answer.sides) == 2:  # noqa: PLR2004
        yield Text()
        yield _sides(answer)
    for part, title in SECTIONS:
        text = getattr(answer, part)
        if text:
            yield _section(title, Text(safe(text)))
    if answer.law:
        yield _section("Law", Text(safe("\n".join(law_lines(answer)))))
    below = asides(answer)
    if below:
        yield Text()
        yield from (Text(safe(text), style="yellow") for text in below)
    if answer.suggestions and not answer.claim:
        found = Text()
        for index, one in enumerate(answer.suggestions):
            found.append("\n" if index else "")
            found.append(safe(one.statement))
            found.append(f"  drugfacts show {one.id}", style="dim")
        yield _section("Close to it, and checked", found)
    if answer.sources:
        yield _section("Sources", _sources(answer.sources, every=sources))
    if why:
        yield _section("Why", Text(safe("\n".join(f"· {line}" for line in answer.why))))


def _headline(answer: Answer) -> Text:
    first = lead(answer)
    line = Text()
    if first and answer.verdict:
        line.append(first, style=f"bold {VERDICT_STYLES[answer.verdict]}")
        line.append(" ")
    line.append(safe(headline(answer).removeprefix(first).strip()), style="bold")
    return line


def _section(title: str, body: Text) -> RenderableType:
    return Group(Text(), Text(title, style="bold cyan"), Padding(body, (0, 0, 0, 2)))


def _sides(answer: Answer) -> Table:
    left, right = answer.sides
    table = Table(show_lines=True, expand=True, border_style="dim", header_style="bold")
    table.add_column("", no_wrap=True)
    table.add_column(safe(left.name), ratio=1)
    table.add_column(safe(right.name), ratio=1)
    for part, title in SECTIONS[:3]:
        if getattr(left, part) or getattr(right, part):
            table.add_row(Text(title, style="bold"), Text(safe(getattr(left, part))), Text(safe(getattr(right, part))))
    return table


def _sources(sources: tuple[Cited, ...], *, every: bool) -> Text:
    text = Text()
    shown = sources if every else sources[:FEW_SOURCES]
    for number, source in enumerate(shown, 1):
        text.append(f"{number}. {safe(source.title).rstrip('.')}. ")
        text.append(f"{safe(source.publisher)}, {source.year.rstrip('.')}. ", style="dim")
        text.append(safe(source.url), style="blue")
        if every:
            text.append(f"\n   level {source.level}; supports {', '.join(source.supports)}", style="dim")
        text.append("\n")
    if len(shown) < len(sources):
        text.append(f"… and {len(sources) - len(shown)} more with --sources", style="dim")
    text.rstrip()
    return text
