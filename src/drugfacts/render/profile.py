"""A profile, or two side by side, for a person at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from drugfacts.answering.describe import PARTS, passage, side, sources_of
from drugfacts.answering.findings import findings
from drugfacts.answering.lookalikes import look_alikes
from drugfacts.answering.ranking import common_scale
from drugfacts.answering.wording import capital, subject_name
from drugfacts.model import DrugClass, FieldKind, Substance
from drugfacts.render.bars import bar, marks
from drugfacts.render.safe import safe
from drugfacts.render.terminal import VERDICT_STYLES
from drugfacts.render.words import ADVICE, SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, RenderableType

    from drugfacts.model import Finding
    from drugfacts.store import Profile, Store

TITLES = dict(SECTIONS)
_BAR = 20


def show_profile(profile: Profile, store: Store, out: Console) -> None:
    """Print everything that is known of a substance or class."""
    out.print(Group(*_profile(profile, store)))


def _profile(profile: Profile, store: Store) -> Iterator[RenderableType]:
    yield Text(safe(capital(subject_name(profile))), style="bold")
    yield Text(safe(profile.summary.text))
    yield Text()
    yield _grid(_facts_at_a_glance(profile, store))
    for part in PARTS:
        found = passage(profile, part, store)
        if found:
            yield _section(TITLES[part], Text(safe(found.text)))
    rows = list(_findings(profile, store))
    if rows:
        yield Group(Text(), Text("What is known", style="bold cyan"), _grid(rows))
    if profile.law:
        lines = [
            f"{law.place}: {law.status}" + (f", since {law.since}" if law.since else f", as of {law.as_of}")
            for law in profile.law
        ]
        yield _section("Law", Text(safe("\n".join(lines))))
    confused = look_alikes(profile, store)
    if confused:
        lines = [
            f"not {one.name}: " + (f"its record says of {profile.name}: " if one.turned else "") + one.because
            for one in confused
        ]
        yield _section("Easily confused", Text(safe("\n".join(lines))))
    claims = store.claims_about(profile.id)
    if claims:
        yield _section("Reviewed claims", Text(safe("\n".join(claims))))
    yield Text()
    count, command = len(sources_of(profile)), "drug" if isinstance(profile, Substance) else "class"
    yield Text(f"{count} sources: drugfacts {command} {profile.id} --format json names them. {ADVICE}", style="dim")


def _facts_at_a_glance(profile: Profile, store: Store) -> Iterator[tuple[str, Text]]:
    memberships = profile.classes if isinstance(profile, Substance) else profile.parents
    if memberships:
        yield "Class", Text(safe(", ".join(store_name(one.id, store) for one in memberships)))
    for label, names in (
        ("Brands", profile.names.brand),
        ("Other names", profile.names.generic + profile.names.abbreviation),
        ("Street names", profile.names.street),
        ("Products", profile.names.product),
    ):
        if names:
            yield label, Text(safe(", ".join(names)))
    if isinstance(profile, DrugClass):
        members = store.members(profile.id)
        if members:
            yield "Members here", Text(safe(", ".join(store_name(one, store) for one in members)))


def _findings(profile: Profile, store: Store) -> Iterator[tuple[str, Text]]:
    for name in store.ids("fields"):
        field = store.field(name)
        assert field is not None
        for holder, finding in findings(profile, name, store):
            text = Text()
            if field.kind is not FieldKind.AMOUNT:
                text.append(f"{finding.holds}", style=VERDICT_STYLES[finding.holds])
                text.append(" ")
            text.append(safe(finding.says))
            if holder != profile.id:
                text.append(f"  (from {store_name(holder, store)})", style="dim")
            label = field.label + (f" {store_name(finding.object, store)}" if finding.object else "")
            yield label, text


def store_name(name: str, store: Store) -> str:
    """Give the name that a record goes by in a sentence, or its id where there is none."""
    record = store.profile(name) or store.term(name)
    return record.name if record else name


def show_comparison(left: Profile, right: Profile, store: Store, out: Console) -> None:
    """Print two profiles side by side: the short forms, then every verdict field that either of them has."""
    table = Table(show_lines=True, expand=True, border_style="dim", header_style="bold")
    table.add_column("", ratio=2)
    for profile in (left, right):
        table.add_column(safe(capital(subject_name(profile))), ratio=5)
    columns = [side(profile, store) for profile in (left, right)]
    for part, title in SECTIONS[:3]:
        cells = [getattr(column, part) for column in columns]
        if any(cells):
            table.add_row(Text(title, style="bold"), *(Text(safe(cell) or "not on record") for cell in cells))
    for name in store.ids("fields"):
        field = store.field(name)
        assert field is not None
        if field.kind is FieldKind.LINK:
            continue
        found = [findings(profile, name, store) for profile in (left, right)]
        if any(found):
            cells_ = [_cell(one[0][1].holds if one else None, one[0][1].says if one else "") for one in found]
            if field.kind is FieldKind.AMOUNT:
                cells_ = _amounts([one[0][1] if one else None for one in found], out)
            table.add_row(Text(field.label, style="bold"), *cells_)
    out.print(table)
    out.print(Text(ADVICE, style="dim"))


def _amounts(pair: list[Finding | None], out: Console) -> list[Text]:
    """Give two amounts as bars on one scale, where they can be compared, and what they say."""
    left, right = pair
    top = common_scale(left, right) if left and right else None
    cells = []
    for finding in pair:
        text = Text(safe(finding.says) if finding else "not on record", style="" if finding else "dim")
        if finding and top:
            low = finding.low or 0
            drawn = bar(low, finding.high or low, top, _BAR, marks(out.encoding))
            text = Text.assemble((drawn, "cyan"), "\n", text)
        cells.append(text)
    return cells


def _cell(verdict: object, says: str) -> Text:
    if verdict is None:
        return Text("not on record", style="dim")
    text = Text(str(verdict), style=VERDICT_STYLES[verdict])  # type: ignore[index]
    text.append("\n" + safe(says), style="default not bold")
    return text


def _section(title: str, body: Text) -> RenderableType:
    return Group(Text(), Text(title, style="bold cyan"), Padding(body, (0, 0, 0, 2)))


def _grid(rows: Iterator[tuple[str, Text]] | list[tuple[str, Text]]) -> Table:
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(style="dim", width=22)
    table.add_column(ratio=1)
    for label, text in rows:
        table.add_row(Text(safe(label)), text)
    return table
