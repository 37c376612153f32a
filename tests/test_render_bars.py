from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugfacts.answering.stats import TopicCount
from drugfacts.model import Verdict
from drugfacts.render.bars import ASCII, BLOCKS, bar, marks, span, topic_table


@pytest.mark.parametrize(
    ("low", "high", "drawn"),
    [
        (10, 10, "##########"),
        (5, 10, "#####-----"),
        (0, 10, "----------"),
        (0.01, 0.01, "#"),
        (0.01, 0.02, "-"),
        (0, 0, ""),
        (2, 2, "##"),
    ],
)
def test_a_bar_goes_up_to_the_high_end_of_a_range(low: float, high: float, drawn: str) -> None:
    assert bar(low, high, 10, 10, ASCII) == drawn


def test_a_scale_without_height_draws_nothing() -> None:
    assert bar(0, 0, 0, 10) == ""


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 1e6))
def test_a_bar_is_never_wider_than_its_room(one: float, two: float, three: float) -> None:
    low, high, top = sorted((one, two, three))
    assert (high > 0) <= len(bar(low, high, top, 12)) <= 12


@pytest.mark.parametrize(("encoding", "found"), [("utf-8", BLOCKS), ("ascii", ASCII), ("cp437", BLOCKS), ("??", ASCII)])
def test_a_terminal_without_blocks_gets_plain_letters(encoding: str, found: object) -> None:
    assert marks(encoding) == found


def test_a_range_is_given_in_figures() -> None:
    assert (span(2, 8), span(4, 4), span(0.5, 1.35)) == ("2 to 8", "4", "0.5 to 1.35")


def test_topics_stand_in_columns_that_fit_a_terminal() -> None:
    counts = {verdict.value: number for number, verdict in enumerate(Verdict)}
    shown = topic_table([TopicCount("a" * 25, 15, counts), TopicCount("bags", 0, dict.fromkeys(counts, 0))])
    lines = shown.splitlines()
    assert lines[1].split() == ["topic", "claims", "true", "true", "mixed", "leading", "proven", "false"]
    assert lines[2].split() == ["a" * 25, "15", ".", "1", "2", "3", "4", "5"]
    assert lines[3].split() == ["bags", "0", ".", ".", ".", ".", ".", "."]
    assert max(map(len, lines)) <= 81
    assert topic_table([]).startswith("  ")
