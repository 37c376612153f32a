from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drugfacts.model import Confusion, Finding, Passage, Verdict
from drugfacts.render.profile import show_comparison, show_profile, store_name
from drugfacts.render.terminal import console
from drugfacts.render.words import ADVICE

if TYPE_CHECKING:
    from drugfacts.store import Profile, Store

MARKUP = "[bold red]x[/bold red] :smile:"


def profile(name: str, store: Store) -> Profile:
    found = store.profile(name)
    assert found is not None
    return found


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture
def show(tiny_store: Store, capsys: pytest.CaptureFixture[str]) -> Show:
    return Show(tiny_store, capsys)


class Show:
    """Prints profiles of the small store; gives what was printed."""

    def __init__(self, store: Store, capsys: pytest.CaptureFixture[str]) -> None:
        self.store, self.capsys = store, capsys

    def one(self, record: str | Profile) -> str:
        given = profile(record, self.store) if isinstance(record, str) else record
        self.capsys.readouterr()
        show_profile(given, self.store, console(color=True, width=80))
        return self.capsys.readouterr().out

    def two(self, left: str, right: str) -> str:
        self.capsys.readouterr()
        show_comparison(
            profile(left, self.store), profile(right, self.store), self.store, console(color=True, width=120)
        )
        return self.capsys.readouterr().out


def test_a_substance_shows_everything_that_is_known_of_it(show: Show) -> None:
    shown = show.one("zorvane")
    assert shown.startswith("Zorvane\nZorvane is an umbrant.\n")
    for line in (
        "Class umbrant",
        "Brands Zorvex",
        "Other names ZV-2",
        "Street names zip",
        "How it works It opens petals.",
        "Brings shimmer fever true Zorvane can bring on shimmer fever.",
        "Law US: Schedule IX, since 1999-08-12",
        "Easily confused not quelbrin: they come in the same box",
        ADVICE,
    ):
        assert line in words(shown), line


def test_what_is_had_from_a_class_says_so(show: Show) -> None:
    assert "Habit true Florants can become a habit. (from florant)" in words(show.one("zorvane"))
    assert "(from" not in show.one("florant")
    assert "(from" not in show.one("quelbrin")


def test_a_class_shows_its_parents_and_its_members_near_and_far(show: Show) -> None:
    assert "Class florant Members here zorvane" in words(show.one("umbrant"))
    shown = show.one("florant")
    assert shown.startswith("Florants\nFlorants make things bloom.\n")
    assert "Members here zorvane" in words(shown)
    assert "Class" not in shown


def test_the_claims_about_it_are_named(show: Show) -> None:
    assert "Reviewed claims quelbrin-is-a-florant" in words(show.one("quelbrin"))
    assert "Reviewed claims" not in show.one("zorvane")


def test_what_is_not_known_has_no_heading(show: Show) -> None:
    shown = show.one("quelbrin")
    for title in ("How it works", "Effects", "Addiction risk", "Law", "Brands", "Class"):
        assert title not in shown


def test_what_another_record_mixes_it_up_with_is_told_on_both_sides(show: Show) -> None:
    told = "Easily confused not zorvane: its record says of quelbrin: they come in the same box"
    assert told in words(show.one("quelbrin"))
    assert "Easily confused" not in show.one("umbrant")


def test_two_are_compared_side_by_side_and_what_one_lacks_is_said(show: Show) -> None:
    rows = [
        words(line.translate({ord(bar): " " for bar in "│┃"})) for line in show.two("zorvane", "quelbrin").splitlines()
    ]
    assert any(line == "Zorvane Quelbrin" for line in rows)
    assert any(line == "How it works Opens petals not on record" for line in rows)
    assert any(line == "Habit true false" for line in rows)
    assert not any(line.startswith("Brings") for line in rows)
    assert rows[-1] == ADVICE


def test_a_row_that_neither_has_is_left_out(show: Show) -> None:
    shown = show.two("quelbrin", "florant")
    assert "How it works" not in shown
    assert "Effects" not in shown


def test_the_order_of_two_is_the_order_asked_for(show: Show) -> None:
    (head,) = [line for line in show.two("quelbrin", "umbrant").splitlines() if "Umbrants" in line]
    assert head.index("Quelbrin") < head.index("Umbrants")


def test_names_stand_for_ids_and_an_id_that_has_none_stands_for_itself(tiny_store: Store) -> None:
    names = ("zorvane", "florant", "shimmer-fever", "nobody")
    assert [store_name(name, tiny_store) for name in names] == ["zorvane", "florant", "shimmer fever", "nobody"]


def test_markup_and_codes_in_facts_are_shown_and_not_obeyed(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    text = f"{MARKUP}\x1b]0;title\x07"
    record = profile("zorvane", show.store)._replace(
        name=text,
        summary=Passage(text, ("src-one",)),
        mechanism=Passage(text, ("src-one",)),
        facts={"habit": (Finding(text, ("src-one",), Verdict.MIXED),)},
        confused_with=(Confusion("quelbrin", text, ("src-one",)),),
    )
    shown = show.one(record)
    assert shown.casefold().count("[bold red]x[/bold red] :smile:") == 5
    assert "\x1b]" not in shown
    assert "\x07" not in shown


def test_profiles_of_the_store_can_be_shown_beside_another(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    out = console(color=False, width=80)
    names = [*store.ids("substances"), *store.ids("classes")][::4]
    for left, right in zip(names, [*names[1:], names[0]], strict=True):
        show_profile(profile(left, store), store, out)
        show_comparison(profile(left, store), profile(right, store), store, out)
        shown = capsys.readouterr().out
        assert max(map(len, shown.splitlines())) <= 80, left
        assert "\x1b" not in shown
        # A law line without its date would read "as of" and nothing.
        assert all(law.since or law.as_of for law in profile(left, store).law)
