from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from drugfacts.answering.settle import settled
from drugfacts.authoring.compile import compile_library
from drugfacts.authoring.load import load
from drugfacts.language.read import read
from drugfacts.model import Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from drugfacts.store import Store


@pytest.fixture
def strong(tiny_facts: Path) -> Store:
    """Give the tiny store with a word that says more."""
    path = tiny_facts / "lexicon" / "words.yaml"
    more = "  - {id: completely, role: force, effect: more, phrases: [fully]}\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    library, problems = load([tiny_facts])
    assert problems == []
    return compile_library(library, sqlite3.connect(":memory:"))


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("is zorvane habit forming", Verdict.TRUE),
        ("is zorvane non habit forming", Verdict.TRUE),
        ("is quelbrin habit forming", Verdict.FALSE),
        ("is quelbrin fully habit forming", Verdict.FALSE),
        ("is zorvane fully non habit forming", Verdict.TRUE),
        # What is true of the plain need not be of more.
        ("is zorvane fully habit forming", None),
        ("is quelbrin fully non habit forming", None),
    ],
)
def test_what_says_more_is_settled_where_what_it_strengthens_is_false(
    strong: Store, text: str, verdict: Verdict | None
) -> None:
    found = settled(read(text, strong), strong)
    assert (None if isinstance(found, str) else found[1].verdict) is verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Xanax and Ambien are both benzos", Verdict.MIXED),
        ("are ibuprofen and paracetamol NSAIDs", Verdict.MIXED),
        ("Ibuprofen and aspirin are opioids", Verdict.FALSE),
        ("MDMA and meth are both addictive", Verdict.MOSTLY_TRUE),
        ("Zyban and Prozac are both bupropion", Verdict.MIXED),
        ("Prozac and Zyban are bupropion", None),
        # What they do together is another matter than what each does.
        ("are MDMA and meth addictive", None),
        ("is heroin or caffeine an opioid", Verdict.TRUE),
    ],
)
def test_several_drugs_get_one_answer_that_tells_where_they_differ(
    store: Store, text: str, verdict: Verdict | None
) -> None:
    found = settled(read(text, store), store)
    assert (None if isinstance(found, str) else found[1].verdict) is verdict


def test_where_drugs_differ_each_is_told(store: Store) -> None:
    found = settled(read("Xanax and Ambien are both benzos", store), store)
    assert not isinstance(found, str)
    assert found[1].says.startswith("Alprazolam is a benzodiazepine")
    assert "Zolpidem is not a benzodiazepine" in found[1].says
    assert len(found[1].sources) > 1


@pytest.mark.parametrize("text", ["is xanax an opioid or a benzo", "is xanax a benzo or an opioid"])
def test_of_one_or_the_other_the_answer_names_the_one_that_holds(store: Store, text: str) -> None:
    found = settled(read(text, store), store)
    assert not isinstance(found, str)
    assert found[0].object == "benzodiazepine"
    assert found[1].verdict is Verdict.TRUE


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("is beer the same as wine", False),
        ("vodka and whisky are not the same thing", False),
        ("is a cigarette the same as a cigar", False),
        ("is beer the same as beers", True),
        ("is ethanol the same as alcohol", True),
        ("is weed the same as marijuana", True),
    ],
)
def test_two_things_that_hold_one_drug_are_not_taken_for_one(text: str, told: bool, store: Store) -> None:
    found = settled(read(text, store), store)
    assert isinstance(found, str) is not told
    if not told:
        assert "names things that hold the same drug" in str(found)
