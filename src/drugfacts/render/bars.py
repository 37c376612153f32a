"""Ranges as bars, and counts in columns: plain text, in letters that every terminal has where need be."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drugfacts.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drugfacts.answering.stats import TopicCount


class Marks(NamedTuple):
    """What a bar is drawn with: up to the low end of a range, and from there to its high end."""

    sure: str
    range: str


BLOCKS, ASCII = Marks("█", "▒"), Marks("#", "-")


def marks(encoding: str) -> Marks:
    """Give the marks that an encoding has."""
    try:
        "".join(BLOCKS).encode(encoding)
    except (UnicodeError, LookupError):
        return ASCII
    return BLOCKS


def bar(low: float, high: float, top: float, width: int, drawn: Marks = BLOCKS) -> str:
    """Draw a range as a bar.

    Args:
        low: the low end of the range.
        high: its high end.
        top: what the whole width stands for.
        width: in characters.
        drawn: the marks to draw with.

    Returns:
        At most ``width`` characters, and at least one for anything above zero.
    """
    if top <= 0 or high <= 0:
        return ""
    end = min(width, max(1, round(high / top * width)))
    start = end if low >= high else min(end, round(low / top * width))
    return drawn.sure * start + drawn.range * (end - start)


def span(low: float, high: float) -> str:
    """Give a range in figures: "2 to 8", or one figure."""
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


_HEADS = (
    ("", "mostly", "", "mis-", "un-", ""),
    ("true", "true", "mixed", "leading", "proven", "false"),
)


def topic_table(rows: Sequence[TopicCount]) -> str:
    """Give topics with their counts in columns, one topic a line; a dot stands for none."""
    wide = max([len("topic"), *(len(row.topic) for row in rows)])
    lines = [f"{'':<{wide}}{'':>8}" + "".join(f"{head:>8}" for head in _HEADS[0])]
    lines.append(f"{'topic':<{wide}}{'claims':>8}" + "".join(f"{head:>8}" for head in _HEADS[1]))
    lines += [
        f"{safe(row.topic):<{wide}}{row.claims:>8}" + "".join(f"{number or '.':>8}" for number in row.verdicts.values())
        for row in rows
    ]
    return "\n".join(line.rstrip() for line in lines)
