"""Answers as plain text: no colour, no boxes, one paragraph a line, so that a pipeline can cut it."""

from __future__ import annotations

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


def plain(answer: Answer, *, brief: bool = False, sources: bool = False, why: bool = False) -> str:
    """Give an answer as plain text; of a text with several questions, the answer to each under its question.

    Args:
        answer: the answer.
        brief: only the first line.
        sources: list every source, not only the first few.
        why: add how the question was read.
    """
    if brief:
        return safe("\n".join([*emergencies(answer), *brief_lines(answer)]))
    if not answer.parts:
        return safe("\n".join([*_lines(answer, sources=sources, why=why), *_advice(answer)]))
    lines = [f"! {text}" for text in emergencies(answer)]
    for part in apart(answer):
        lines += ["", ""] if lines else []
        lines += [" ".join(part.question.split()), *_lines(part, sources=sources, why=why)]
    return safe("\n".join([*lines, *_advice(answer)]))


def _advice(answer: Answer) -> list[str]:
    return ["", ADVICE] if answer.summary else []


def _lines(answer: Answer, *, sources: bool, why: bool) -> Iterator[str]:
    for notice in answer.notices:
        if notice.kind in URGENT:
            yield f"! {notice.text}"
    yield headline(answer)
    if verdict_line(answer):
        yield verdict_line(answer)
    for part, title in SECTIONS:
        text = getattr(answer, part)
        if text:
            yield ""
            yield f"{title}: " + text.replace("\n\n", "\n")
    if answer.law:
        yield ""
        yield "Law: " + "; ".join(law_lines(answer))
    if asides(answer):
        yield ""
        yield from (f"Note: {text}" for text in asides(answer))
    if answer.suggestions and not answer.claim:
        yield ""
        yield "Close to it, and checked (drugfacts show ID):"
        yield from (f"- {one.id}: {one.statement}" for one in answer.suggestions)
    if answer.sources:
        yield ""
        yield "Sources:"
        shown = answer.sources if sources else answer.sources[:FEW_SOURCES]
        yield from (f"- {source_line(source)}" for source in shown)
        if len(shown) < len(answer.sources):
            yield f"- and {len(answer.sources) - len(shown)} more with --sources"
    if why:
        yield ""
        yield "Why:"
        yield from (f"- {line}" for line in answer.why)


def source_line(source: Cited) -> str:
    """Give a source in one line: title, publisher and year, address, level."""
    return f"{source.title.rstrip('.')}. {source.publisher}, {source.year.rstrip('.')}. {source.url} [{source.level}]"
