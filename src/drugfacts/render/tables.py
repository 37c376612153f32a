"""A ranking and the gaps in the records, for a person at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from drugfacts.answering.describe import cite
from drugfacts.render.bars import bar, marks, span
from drugfacts.render.safe import safe
from drugfacts.render.words import ADVICE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console, RenderableType

    from drugfacts.answering.answer import Cited
    from drugfacts.answering.coverage import Coverage
    from drugfacts.answering.ranking import Scale
    from drugfacts.model import Field
    from drugfacts.store import Store

_BAR = 24


def show_ranking(field: Field, scales: Sequence[Scale], store: Store, out: Console) -> None:
    """Print substances by an amount, the highest first, each scale with bars of its own."""
    out.print(Group(*_ranking(field, scales, store, out)))


def _ranking(field: Field, scales: Sequence[Scale], store: Store, out: Console) -> Iterator[RenderableType]:
    yield Text(safe(field.label), style="bold")
    yield Text(safe(field.meaning))
    if field.tells:
        yield Text(safe(field.tells))
    numbers: dict[Cited, int] = {}
    drawn = marks(out.encoding)
    yield Text(
        f"{drawn.sure} to the low end of a range, {drawn.range} to its high end, by which they are ordered.",
        style="dim",
    )
    for scale in scales:
        unit = scale.unit + (f", in {scale.sample}" if scale.sample else "")
        yield Text()
        yield Text(safe(unit), style="bold cyan")
        table = Table.grid(padding=(0, 2), expand=True)
        table.add_column(max_width=22)
        table.add_column(width=_BAR)
        table.add_column(no_wrap=True)
        table.add_column(ratio=1, style="dim")
        for row in scale.rows:
            named = cite(dict.fromkeys(row.sources, ("value",)), store)
            cited = "".join(f"[{numbers.setdefault(source, len(numbers) + 1)}]" for source in named)
            told = "; ".join(part for part in (row.population, row.note) if part)
            table.add_row(
                Text(safe(row.name)),
                Text(bar(row.low, row.high, scale.top, _BAR, drawn), style="cyan"),
                Text(span(row.low, row.high)),
                Text(safe(f"{told} {cited}".strip())),
            )
        yield table
    yield Text()
    yield Text("Sources", style="bold cyan")
    for source, number in numbers.items():
        line = f"[{number}] {source.title.rstrip('.')}. {source.publisher}, {source.year.rstrip('.')}. "
        yield Padding(Text.assemble(safe(line), (safe(source.url), "blue")), (0, 0, 0, 2))
    yield Text()
    yield Text(ADVICE, style="dim")


def show_coverage(found: Coverage, out: Console) -> None:
    """Print how many substances hold each field, and what each substance lacks."""
    out.print(Group(*_coverage(found)))


def _coverage(found: Coverage) -> Iterator[RenderableType]:
    total = len(found.substances)
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    for _ in range(4):
        table.add_column(justify="right", no_wrap=True)
    table.add_row(*(Text(head, style="bold") for head in ("field", "filled", "of", "share", "itself")))
    for field in found.fields:
        table.add_row(
            Text(field.id),
            Text(str(field.filled)),
            Text(str(total)),
            Text(share(field.filled, total)),
            Text(str(field.own)),
        )
    table.add_row(
        Text("all of them", style="bold"),
        Text(str(found.filled)),
        Text(str(found.cells)),
        Text(share(found.filled, found.cells)),
    )
    yield table
    lacking = [row for row in found.substances if row.missing]
    yield Text()
    yield Text(f"{total - len(lacking)} of {total} substances lack nothing.")
    if lacking:
        rows = Table.grid(padding=(0, 2), expand=True)
        rows.add_column(max_width=26)
        rows.add_column(ratio=1)
        for row in lacking:
            rows.add_row(Text(safe(row.id)), Text(", ".join(row.missing)))
        yield Text()
        yield Text("What they lack", style="bold cyan")
        yield rows


def share(part: int, whole: int) -> str:
    """Give a share in percent, rounded down, so that 100 % means all."""
    return f"{100 * part // whole if whole else 0} %"
