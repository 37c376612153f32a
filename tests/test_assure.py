from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drugfacts.answering import assure as module
from drugfacts.answering.assure import (
    LEAST,
    READ,
    Told,
    assured,
    evidence,
    told_of,
    worth_reading,
)
from drugfacts.answering.candidates import Candidate, gather
from drugfacts.answering.likeness import alike
from drugfacts.answering.verify import Judged
from drugfacts.language.read import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drugfacts.store import Store


def candidate(claim: str = "c", *, negated: bool = False, refused: str = "") -> Candidate:
    return Candidate(claim, negated, "so", {"pointed share": 0.5}, worded=True, refused=refused)


def test_only_the_likeliest_are_worth_reading() -> None:
    every = [candidate(f"c{number}") for number in range(READ + 2)]
    weights = [0.9 - 0.1 * number for number in range(READ + 2)]
    assert worth_reading(every, weights) == [f"c{number}" for number in range(READ)]
    assert worth_reading(every, [LEAST / 2] * len(every)) == []
    # Both sides of a claim are read where one of them is likely.
    assert worth_reading([candidate(), candidate(negated=True)], [0.5, 0.0]) == ["c"]


CLAIM = "quelbrin-is-a-florant"


def test_the_side_that_a_candidate_takes_is_what_counts(tiny_store: Store) -> None:
    def told_by(one: Candidate, told: Told) -> dict[str, float]:
        return evidence(one, 0.4, told, read("is quelbrin a florant", tiny_store), [], tiny_store)

    told = Told(Judged(0.7, 0.2, 0.1), Judged(0.9, 0.06, 0.04), 0.3)
    said, denied = told_by(candidate(CLAIM), told), told_by(candidate(CLAIM, negated=True), told)
    assert (said["side"], said["other side"]) == (0.7, 0.2)
    assert (denied["side"], denied["other side"]) == (0.2, 0.7)
    assert (said["wording side"], said["wording other side"]) == (0.9, 0.06)
    assert (denied["wording side"], denied["wording other side"]) == (0.06, 0.9)
    assert (said["least side"], said["most side"], said["wording likeness"]) == (0.7, 0.9, 0.3)
    assert said["weight"] == 0.4
    assert told_by(candidate(CLAIM, refused="why"), told)["refused"] == 1
    assert said["pointed share"] == 0.5
    # A claim that has no wording but its statement is judged by that alone.
    alone = told_by(candidate(CLAIM), Told(Judged(0.7, 0.2, 0.1)))
    assert (alone["side"], alone["wording side"], alone["least side"], alone["most side"]) == (0.7,) * 4


@pytest.mark.parametrize(
    ("text", "negated", "differs"),
    [
        ("is quelbrin a florant", False, set()),
        ("quelbrin a florant", True, {"wordless"}),
        ("quelbrin isn't a florant", True, set()),
        ("quelbrin is never a florant", True, {"outright"}),
        ("is zorvane a florant", False, {"unnamed", "unsaid"}),
        ("is all quelbrin a florant", False, set()),  # of what is false that is false, too
        ("petals", False, {"nameless", "unsaid"}),
    ],
)
def test_what_a_question_differs_in_from_a_claim_is_evidence(
    tiny_store: Store, text: str, negated: bool, differs: set[str]
) -> None:
    question = read(text, tiny_store)
    told = Told(Judged(0.7, 0.2, 0.1))
    near = alike(question.content, tiny_store, misses=True)
    given = evidence(candidate(CLAIM, negated=negated), 0.4, told, question, near, tiny_store)
    names = {"wordless", "outright", "nameless", "unnamed", "unsaid", "strength", "circumstance"}
    assert {name for name in names if given[name]} == differs


def test_how_much_nearer_a_near_miss_is_is_evidence(tiny_store: Store) -> None:
    told = Told(Judged(0.7, 0.2, 0.1))
    for text, missed in (("is quelbrin a florant", False), ("is zorvane a florant", True)):
        question = read(text, tiny_store)
        near = alike(question.content, tiny_store, misses=True)
        given = evidence(candidate(CLAIM), 0.4, told, question, near, tiny_store)
        assert (given["miss"] > 0) is missed


def test_a_claim_is_read_by_its_statement_and_by_the_likest_of_its_other_wordings(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = "alcohol-helps-you-sleep"
    wordings = store.wordings(claim)
    denied = next(row for row in wordings if row.negated and row.text != store.statement(claim))
    # Whichever wording is read, the question denies the claim by it.
    given = {row.text: Judged(0.9, 0.06, 0.04) if row.negated else Judged(0.06, 0.9, 0.04) for row in wordings}
    given[store.statement(claim)] = Judged(0.2, 0.7, 0.1)
    monkeypatch.setattr(module, "judged_each", lambda _, texts, __: [given[text] for text in texts])
    question = read(denied.text, store)
    told = told_of(question, [claim], alike(question.content, store), store)
    assert told[claim].stated == Judged(0.2, 0.7, 0.1)
    assert told[claim].worded == Judged(0.06, 0.9, 0.04)
    assert told[claim].likeness == pytest.approx(1)


def test_where_a_wording_cannot_be_told_from_the_statement_the_statement_is_read_alone(
    tiny_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "judged_each", lambda _, texts, __: [Judged(0.9, 0.06, 0.04)] * len(texts))
    monkeypatch.setattr(module, "likest", lambda *_: None)
    claim = tiny_store.ids("claims")[0]
    told = told_of(read("anything", tiny_store), [claim], [], tiny_store)
    assert told == {claim: Told(Judged(0.9, 0.06, 0.04))}


def test_without_a_network_the_first_weighing_counts(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "judged_each", lambda *_: [])
    question = read("alcohol helps people sleep", store)
    ranked = alike(question.content, store)
    found = assured(question, gather(question, ranked, store)[0], ranked, store)
    assert found
    assert all(one.judged is None and 0 <= one.confidence <= 1 for one in found)


def test_what_is_read_as_said_is_surer_than_what_is_read_as_neither(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = read("alcohol helps people sleep", store)
    ranked = alike(question.content, store)
    candidates = gather(question, ranked, store)[0]
    best = []
    for told in (Judged(0.98, 0.01, 0.01), Judged(0.01, 0.01, 0.98)):
        monkeypatch.setattr(module, "judged_each", lambda _, texts, __, told=told: [told] * len(texts))
        best.append(
            max(one.confidence for one in assured(question, candidates, ranked, store) if not one.candidate.negated)
        )
    assert best[0] > best[1]


def test_once_one_is_sure_the_unlikely_are_not_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    question = read("alcohol helps people sleep", store)
    every = [candidate(f"c{number}") for number in range(3)]
    weights = {"c0": 0.1, "c1": 0.99, "c2": 0.6}
    asked: list[str] = []
    monkeypatch.setattr(type(store), "statement", lambda _, claim: claim)

    def judge(_: object, statements: Sequence[str], __: object) -> list[Judged]:
        asked.extend(statements)
        return [Judged(0.9, 0.05, 0.05)] * len(statements)

    monkeypatch.setattr(module, "judged_each", judge)
    monkeypatch.setattr(module, "weigh", lambda values, _: values["weight"] if "weight" in values else values["told"])
    given = [one._replace(evidence={"told": weights[one.claim]}) for one in every]
    monkeypatch.setattr(module, "likest", lambda *_: None)
    monkeypatch.setattr(module, "_besides", lambda *_: {})
    found = assured(question, given, [], store)
    assert asked == ["c1", "c2"]
    assert {one.candidate.claim: one.judged is None for one in found} == {"c0": True, "c1": False, "c2": False}
