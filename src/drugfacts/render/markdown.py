"""Answers as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drugfacts.render.safe import safe
from drugfacts.render.words import (
    ADVICE,
    FEW_SOURCES,
    SECTIONS,
    URGENT,
    apart,
    asides,
    brief_lines,
    emergencies,
    headline,
    law_lines,
    verdict_line,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drugfacts.answering.answer import Answer, Cited

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")


def escape(text: str) -> str:
    """Give a text with the characters that Markdown or HTML would interpret escaped."""
    return _SPECIAL.sub(r"\\\1", text)


def _source(source: Cited) -> str:
    title, year = source.title.rstrip("."), source.year.rstrip(".")
    return f"{escape(title)}. {escape(source.publisher)}, {escape(year)}. <{source.url}>"


def markdown(answer: Answer, *, brief: bool = False, sources: bool = False, why: bool = False) -> str:
    """Give an answer as Markdown; the options are those of ``plain``."""
    if brief:
        lines = [f"> **{escape(text)}**" for text in emergencies(answer)]
        return safe("\n\n".join([*lines, *(f"**{escape(line)}**" for line in brief_lines(answer))]))
    blocks = [f"> **{escape(text)}**" for text in emergencies(answer)] if answer.parts else []
    for one in apart(answer) or [answer]:
        blocks += _blocks(one, sources=sources, why=why)
    return safe("\n\n".join([*blocks, f"*{ADVICE}*"] if answer.summary else blocks))


def _blocks(answer: Answer, *, sources: bool, why: bool) -> Iterator[str]:
    yield f"## {escape(' '.join(answer.question.split()))}"
    for notice in answer.notices:
        if notice.kind in URGENT:
            yield f"> **{escape(notice.text)}**"
    yield f"**{escape(headline(answer))}**"
    if verdict_line(answer):
        yield f"*{escape(verdict_line(answer))}*"
    if len(answer.sides) == 2:  # noqa: PLR2004
        left, right = answer.sides
        rows = [
            f"| {title} | {escape(getattr(left, part))} | {escape(getattr(right, part))} |"
            for part, title in SECTIONS[:3]
            if getattr(left, part) or getattr(right, part)
        ]
        yield "\n".join([f"| | {escape(left.name)} | {escape(right.name)} |", "| --- | --- | --- |", *rows])
    for part, title in SECTIONS:
        text = getattr(answer, part)
        if text:
            yield f"### {title}\n\n{escape(text)}"
    if answer.law:
        yield "### Law\n\n" + "\n".join(f"- {escape(line)}" for line in law_lines(answer))
    for text in asides(answer):
        yield f"> {escape(text)}"
    if answer.suggestions and not answer.claim:
        yield "Close to it, and checked:\n\n" + "\n".join(
            f"- `{one.id}`: {escape(one.statement)}" for one in answer.suggestions
        )
    if answer.sources:
        shown = answer.sources if sources else answer.sources[:FEW_SOURCES]
        yield "### Sources\n\n" + "\n".join(f"{number}. {_source(one)}" for number, one in enumerate(shown, 1))
    if why:
        yield "### Why\n\n" + "\n".join(f"- {escape(line)}" for line in answer.why)
