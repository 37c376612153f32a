from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drugfacts.cli import complete
from drugfacts.errors import FactsError, Problem, StoreError

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from drugfacts.store import Store

    Run = Callable[..., subprocess.CompletedProcess[str]]

ALL = (
    complete.claim_ids,
    complete.drug_names,
    complete.substance_names,
    complete.field_ids,
    complete.region_ids,
    complete.amounts,
    complete.topics,
)


@pytest.fixture
def small(tiny_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(complete, "open_store", lambda: tiny_store)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("names", "typed", "offered"),
    [
        (complete.claim_ids, "", ["quelbrin-is-a-florant"]),
        (complete.claim_ids, "quelbrin-is", ["quelbrin-is-a-florant"]),
        (complete.claim_ids, "zorvane", []),
        (complete.drug_names, "", ["quelbrin", "zorvane", "florant", "umbrant"]),
        (complete.drug_names, "z", ["zorvane"]),
        (complete.drug_names, "umb", ["umbrant"]),
        (complete.drug_names, "umbrantx", []),
        (complete.substance_names, "", ["quelbrin", "zorvane"]),
        (complete.field_ids, "h", ["habit"]),
        (complete.region_ids, "ar", ["arden"]),
        (complete.region_ids, "AR", ["ARDEN"]),
        (complete.region_ids, "x", []),
        (complete.amounts, "", []),
        (complete.topics, "", ["lore"]),
        (complete.topics, "lo", ["lore"]),
        (complete.topics, "or", []),
    ],
)
def test_what_begins_as_typed_is_offered(names: Callable[[str], list[str]], typed: str, offered: list[str]) -> None:
    assert names(typed) == offered


def test_amounts_are_offered_by_id_and_short_word(larger_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(complete, "open_store", lambda: larger_store)
    assert complete.amounts("") == ["heft", "weight"]
    assert complete.amounts("w") == ["weight"]


@pytest.mark.parametrize("names", ALL)
@pytest.mark.parametrize("error", [StoreError("gone"), FactsError([Problem("a.yaml", 1, 1, "bad-yaml", "no")])])
def test_a_store_that_cannot_be_opened_offers_nothing_and_says_nothing(
    names: Callable[[str], list[str]], error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> Store:
        raise error

    monkeypatch.setattr(complete, "open_store", fail)
    assert names("") == []


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("drugfacts show ketamine-is-an-op", "ketamine-is-an-opioid"),
        ("drugfacts drug ketam", "ketamine"),
        ("drugfacts class opi", "opioid"),
        ("drugfacts compare ketamine morph", "morphine"),
        ("drugfacts list --topic ketam", "ketamine"),
        ("drugfacts list --about ketam", "ketamine"),
        ("drugfacts random --topic ketam", "ketamine"),
        ("drugfacts quiz --topic ketam", "ketamine"),
        ("drugfacts rank half", "half-life"),
        ("drugfacts rank stren", "strength"),
        ("drugfacts ask --region U", "UK"),
        ("drugfacts facts coverage --field drug", "drug-test"),
        ("drugfacts facts coverage --substance ketam", "ketamine"),
        ("drugfacts sho", "show"),
    ],
)
def test_a_shell_is_offered_ids_names_and_topics(run: Run, typed: str, offered: str) -> None:
    words = {"COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1), "_DRUGFACTS_COMPLETE": "complete_bash"}
    ended = run(env=words)
    assert offered in ended.stdout.splitlines()
    assert ended.stderr == ""
