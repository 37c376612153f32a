from __future__ import annotations

from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING

from rich.console import Console

from drugfacts.answering.coverage import coverage, main_fields
from drugfacts.answering.ranking import amount_fields, find_amount, rank
from drugfacts.render.tables import share, show_coverage, show_ranking
from drugfacts.render.terminal import console
from drugfacts.render.words import ADVICE

if TYPE_CHECKING:
    import pytest

    from drugfacts.store import Store


def words(text: str) -> str:
    return " ".join(text.split())


def ranking(store: Store, capsys: pytest.CaptureFixture[str]) -> str:
    field = find_amount("heft", store)
    show_ranking(field, rank(field, store), store, console(color=False, width=80))
    return capsys.readouterr().out


def test_a_ranking_tells_what_the_number_can_tell_and_where_it_is_from(
    larger_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = ranking(larger_store, capsys)
    assert shown.startswith("Heft\nHow heavy X is.\nIt tells how heavy a bag is.")
    assert "[1] Weighing florants. Bag Review, 2021. https://example.org/bags" in words(shown)
    assert "[2] On florants." in words(shown)
    assert shown.splitlines()[-1] == ADVICE


def test_each_scale_has_its_own_heading_and_bars(larger_store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [words(line) for line in ranking(larger_store, capsys).splitlines()]
    blocks = {name: line for line in lines for name in ("murkane", "murkene") if line.startswith(name)}
    assert lines.index("stones") < lines.index("stones, in wet")
    assert blocks["murkane"] == f"murkane {'█' * 6}{'▒' * 18} 2 to 8 dry bags [1]"
    assert f"murkene {'█' * 12} 4 dry bags [2][1]" in lines
    assert blocks["murkene"] == f"murkene {'█' * 19}{'▒' * 5} 40 to 50 [1]"


def test_the_bars_are_explained_and_plain_where_a_terminal_has_no_blocks(
    larger_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "█ to the low end of a range, ▒ to its high end" in ranking(larger_store, capsys)
    field = find_amount("heft", larger_store)
    file = TextIOWrapper(BytesIO(), encoding="ascii")
    show_ranking(field, rank(field, larger_store), larger_store, Console(file=file, width=80))
    file.flush()
    shown = file.buffer.getvalue().decode()
    assert "#" * 6 + "-" * 18 in shown


def test_every_ranking_of_the_real_store_fits_a_terminal(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    for field in amount_fields(store):
        show_ranking(field, rank(field, store), store, console(color=False, width=80))
        shown = capsys.readouterr().out
        assert max(map(len, shown.splitlines())) <= 80


def test_the_gaps_are_shown_by_field_and_by_substance(larger_store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    found = coverage(larger_store, larger_store.ids("substances"), main_fields(larger_store))
    show_coverage(found, console(color=False, width=80))
    lines = [words(line) for line in capsys.readouterr().out.splitlines()]
    assert "clashes 2 4 50 % 1" in lines
    assert "habit 3 4 75 % 1" in lines
    assert "all of them 5 8 62 %" in lines
    assert "2 of 4 substances lack nothing." in lines
    assert lines[-2:] == ["murkene clashes, habit", "zorvane clashes"]


def test_where_nothing_is_lacking_nothing_is_listed(larger_store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    show_coverage(coverage(larger_store, ["murkane"], ["habit"]), console(color=False, width=80))
    shown = capsys.readouterr().out
    assert "1 of 1 substances lack nothing." in shown
    assert "What they lack" not in shown


def test_only_all_is_a_hundred_percent() -> None:
    assert (share(199, 200), share(200, 200), share(0, 3), share(0, 0)) == ("99 %", "100 %", "0 %", "0 %")
