from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drugfacts.authoring.build import validate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CLAIM = "claims/lore/quelbrin-is-a-florant.yaml"


def test_wordings_that_do_as_they_should_are_not_reported(tiny_facts: Path) -> None:
    assert validate([tiny_facts])[1] == []


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "column"),
    [
        ("  - is quelbrin a florant", "  - is zorvane a florant", "not-ask-caught", 15, 5),
        ("  - is quelbrin a florant", "  - '???'", "ask-astray", 11, 5),
        ("negated: true", "negated: false", "ask-polarity", 13, 5),
        ("  - is quelbrin a florant", "  - {text: is quelbrin a florant, negated: true}", "ask-polarity", 11, 5),
        ("{text: is zorvane a florant,", "{text: quelbrin is a florant,", "not-ask-caught", 15, 5),
    ],
)
def test_a_wording_that_goes_wrong_is_reported_where_it_stands(
    tiny_facts: Path, change: Callable[[str, str, str], Path], old: str, new: str, code: str, line: int, column: int
) -> None:
    change(CLAIM, old, new)
    assert [problem[:4] for problem in validate([tiny_facts])[1]] == [(CLAIM, line, column, code)]


def test_a_wording_astray_is_reported_with_where_it_leads(
    tiny_facts: Path, change: Callable[[str, str, str], Path]
) -> None:
    change(CLAIM, "  - is quelbrin a florant", "  - '???'")
    (problem,) = validate([tiny_facts])[1]
    assert "'???' should lead to this claim and leads to error" in problem.message


def test_a_near_miss_that_is_caught_is_reported_with_its_reason(
    tiny_facts: Path, change: Callable[[str, str, str], Path]
) -> None:
    change(CLAIM, "{text: is zorvane a florant,", "{text: quelbrin is a florant,")
    (problem,) = validate([tiny_facts])[1]
    assert "(another drug)" in problem.message
