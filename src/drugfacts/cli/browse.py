"""Look around in the store: one claim, one profile, two side by side, lists."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from drugfacts.answering.browse import claim_answer, find_profile, related
from drugfacts.answering.pick import claims_of
from drugfacts.cli.exits import Exit
from drugfacts.locate import open_store
from drugfacts.render.record import dump, profile_data
from drugfacts.render.safe import safe
from drugfacts.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from drugfacts.rows import ClaimRow

FORMATS = ("text", "json", "jsonl")


def version() -> str:
    """Give the versions of the program and of the facts."""
    store = open_store()
    return f"drugfacts {__version__} (facts {store.meta['content']}, reviewed {store.meta['reviewed']})"


def show_claim(name: str, form: str, facts: Path | None, *, color: bool) -> None:
    """Print one reviewed claim in one of the formats of ``ask``."""
    from drugfacts.cli.ask import AskOptions, writer

    given = claim_answer(name, open_store(facts, _warn))
    writer(AskOptions(words=(name,), format=form, sources=True, no_color=not color), stream=False)(given)


def show_profile(name: str, kind: str, form: str, facts: Path | None, *, color: bool) -> None:
    """Print the profile of a substance or class."""
    store = open_store(facts, _warn)
    profile = find_profile(name, store, kind)
    if form != "text":
        _put(dump(profile_data(profile), one_line=form == "jsonl"))
        return
    from drugfacts.render.profile import show_profile as show
    from drugfacts.render.terminal import console

    show(profile, store, console(color=color))


def compare(left: str, right: str, form: str, facts: Path | None, *, color: bool) -> None:
    """Print two profiles side by side."""
    store = open_store(facts, _warn)
    profiles = [find_profile(name, store, "") for name in (left, right)]
    if form != "text":
        _put(dump({"compare": [profile_data(profile) for profile in profiles]}, one_line=form == "jsonl"))
        return
    from drugfacts.render.profile import show_comparison
    from drugfacts.render.terminal import console

    show_comparison(profiles[0], profiles[1], store, console(color=color))


def list_claims(topic: str, about: str, verdict: str, form: str, facts: Path | None) -> None:
    """Print the reviewed claims, filtered."""
    store = open_store(facts, _warn)
    rows = claims_of(store, topic)
    if about:
        wanted = set(store.claims_about(find_profile(about, store, "").id))
        rows = [row for row in rows if row.id in wanted]
    rows = [row for row in rows if verdict in ("", row.verdict)]
    _print_rows(rows, form)


def search(text: str, form: str, facts: Path | None) -> Exit:
    """Print the reviewed claims that have to do with a text; the exit code is 1 when there are none."""
    store = open_store(facts, _warn)
    by_id = {row.id: row for row in store.claims()}
    rows = [by_id[name] for name in related(text, store)]
    _print_rows(rows, form)
    return Exit.OK if rows else Exit.UNANSWERED


def topics(form: str, facts: Path | None) -> None:
    """Print the topics with the number of their claims, in all and of each verdict."""
    from drugfacts.answering import stats
    from drugfacts.render.bars import topic_table

    rows = stats.topics(open_store(facts, _warn))
    if form == "json":
        _put(dump([row._asdict() for row in rows], one_line=False))
    elif form == "jsonl":
        for row in rows:
            _put(dump(row._asdict(), one_line=True))
    else:
        _put(topic_table(rows))


def rank(name: str, form: str, facts: Path | None, *, color: bool) -> None:
    """Print the substances that hold an amount, the highest first."""
    from drugfacts.answering import ranking
    from drugfacts.render.record import ranked_data, ranking_data

    store = open_store(facts, _warn)
    field = ranking.find_amount(name, store)
    scales = ranking.rank(field, store)
    if form == "json":
        _put(dump(ranking_data(field, scales, store), one_line=False))
        return
    if form == "jsonl":
        for scale in scales:
            for row in scale.rows:
                of = {"field": field.id, "unit": scale.unit, "sample": scale.sample or None}
                _put(dump(of | ranked_data(row, store), one_line=True))
        return
    from drugfacts.render.tables import show_ranking
    from drugfacts.render.terminal import console

    show_ranking(field, scales, store, console(color=color))


def _print_rows(rows: Sequence[ClaimRow], form: str) -> None:
    data: list[dict[str, Any]] = [row._asdict() for row in rows]
    if form == "json":
        _put(dump(data, one_line=False))
        return
    for row in data:
        if form == "jsonl":
            _put(dump(row, one_line=True))
        else:
            _put(safe(f"{row['verdict']:<12} {row['id']}\n{'':<12} {row['statement']}"))
    if form == "text" and sys.stdout.isatty():
        _put(f"\n{len(rows)} claims. drugfacts show ID shows one.")


def _put(text: str) -> None:
    sys.stdout.write(text + "\n")


def _warn(line: str) -> None:
    sys.stderr.write(f"drugfacts: {line}\n")
