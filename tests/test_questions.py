"""The questions that the product promises to answer, over the real store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drugfacts.answering.answer import Origin, Short, Status
from drugfacts.answering.decide import answer
from drugfacts.model import Verdict
from drugfacts.render.plain import plain

if TYPE_CHECKING:
    from drugfacts.store import Store

# What a negation makes of each verdict, by the contract.
NEGATED = {
    Verdict.TRUE: (Verdict.FALSE, Short.NO),
    Verdict.MOSTLY_TRUE: (Verdict.MISLEADING, Short.DEPENDS),
    Verdict.MIXED: (Verdict.MIXED, Short.DEPENDS),
    Verdict.MISLEADING: (Verdict.MOSTLY_TRUE, Short.YES),
    Verdict.UNPROVEN: (Verdict.UNPROVEN, Short.UNPROVEN),
    Verdict.FALSE: (Verdict.TRUE, Short.YES),
}


def test_the_question_that_it_was_made_for_is_answered_whole(store: Store) -> None:
    given = answer("is ketamine an opioid", store)
    assert (given.status, given.answer, given.verdict) == (Status.ANSWERED, Short.NO, Verdict.FALSE)
    assert given.claim is not None
    assert given.claim.origin is Origin.REVIEWED
    assert "NMDA" in given.mechanism
    assert given.effects
    assert given.addiction_risk
    assert given.nuance
    assert given.substances == ("ketamine",)
    assert given.classes == ("opioid",)
    assert len({source.id for source in given.sources if source.level in ("A", "B")}) >= 4
    assert all(source.url.startswith("https://") and source.supports for source in given.sources)


@pytest.mark.parametrize(
    ("text", "short", "verdict"),
    [
        ("is ketamine an opioid", Short.NO, Verdict.FALSE),
        ("Is Ketamine an OPIOID???", Short.NO, Verdict.FALSE),
        ("ketamine is an opioid", Short.NO, Verdict.FALSE),
        ("ketamine is an opioid, right?", Short.NO, Verdict.FALSE),
        ("ketamine isn't an opioid, right?", Short.YES, Verdict.TRUE),
        ("Ketamine is not an opioid.", Short.YES, Verdict.TRUE),
        ("isn't ketamine an opioid?", Short.NO, Verdict.FALSE),
        ("is it a myth that ketamine is an opioid?", Short.YES, Verdict.TRUE),
        ("is it true that ketamine is an opioid?", Short.NO, Verdict.FALSE),
        ("is it true that ketamine is not an opioid?", Short.YES, Verdict.TRUE),
        ("are opioids and ketamine the same thing?", Short.NO, Verdict.FALSE),
        ("is special k an opiate", Short.NO, Verdict.FALSE),
        ("is ketamin an opoid", Short.NO, Verdict.FALSE),
        ("is ketamine a dissociative", Short.YES, Verdict.TRUE),
    ],
)
def test_the_questions_that_were_promised(store: Store, text: str, short: Short, verdict: Verdict) -> None:
    given = answer(text, store)
    assert (given.status, given.answer, given.verdict) == (Status.ANSWERED, short, verdict)
    assert "ketamine" in given.substances


def test_a_drug_that_sounds_like_none_of_the_opioids_is_never_one(store: Store) -> None:
    given = answer("is chlorpromazine an opioid", store)
    assert given.answer in (Short.NO, None)
    if given.status is Status.ANSWERED:
        assert given.substances == ("chlorpromazine",)
    else:
        assert given.status is Status.UNSURE
        assert given.verdict is None


@pytest.mark.parametrize(
    "text",
    ["ketamine isn't an opioid, right?", "isn't ketamine an opioid?", "is it a myth that ketamine is an opioid?"],
)
def test_the_text_spells_the_fact_out_whatever_was_denied(store: Store, text: str) -> None:
    first = plain(answer(text, store), brief=True)
    assert "Ketamine is not an opioid" in first


@pytest.mark.parametrize("verdict", list(Verdict), ids=str)
def test_a_negation_turns_each_verdict_as_the_contract_says(store: Store, verdict: Verdict) -> None:
    seen = 0
    for row in store.claims():
        about = store.claim(row.id).about
        if row.verdict != verdict.value or about is None or about.force:
            continue
        plainly = answer(row.statement, store)
        if plainly.claim is None or plainly.claim.id != row.id or plainly.polarity == "negated":
            continue
        turned = answer(f"it is a myth that {row.statement}", store)
        if turned.status is Status.ANSWERED and turned.claim and turned.claim.id == row.id:
            seen += 1
            assert (turned.verdict, turned.answer) == NEGATED[verdict]
            assert (turned.polarity, turned.claim.verdict) == ("negated", verdict)
    assert seen or verdict is Verdict.UNPROVEN


@pytest.mark.parametrize(
    "text",
    [
        "is the moon made of cheese",
        "is ketamine a colour",
        "is ketamine an opioid in the year 3000",
        "is bosentan an opioid",
        "is ketamine better than therapy for opioids",
        "opioid ketamine",
        "who discovered ketamine",
    ],
)
def test_what_it_does_not_know_it_does_not_guess(store: Store, text: str) -> None:
    given = answer(text, store)
    assert (given.verdict, given.answer, given.claim) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("is fentanyl stronger than heroin", Short.YES),
        ("is heroin stronger than fentanyl", Short.NO),
        ("is heroin weaker than fentanyl", Short.YES),
        ("is xanax a benzodiazepine", Short.YES),
        ("is xanax an opioid", Short.NO),
        ("is heroin an opioid", Short.YES),
        ("are benzos opioids", Short.NO),
        ("does narcan work on fentanyl", Short.YES),
        ("is crack a stimulant", Short.YES),
        ("does codeine turn into morphine", Short.YES),
    ],
)
def test_everyday_questions(store: Store, text: str, short: Short) -> None:
    assert answer(text, store).answer is short


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Ketamine was invented for animals, not for people", Verdict.TRUE),  # "not" denies the people
        ("no, heroin is addictive", Verdict.FALSE),  # "no" answers somebody
        ("No. Ketamine is an opioid.", Verdict.TRUE),
        ("nope, heroin is an opioid", Verdict.FALSE),
        ("heroin is an opioid, not a stimulant", Verdict.FALSE),
        ("heroin is addictive, no doubt", Verdict.FALSE),
        ("it's no secret that heroin is addictive", Verdict.FALSE),
        ("i didn't know heroin was an opioid", Verdict.FALSE),
        ("heroin is addictive, not harmless", Verdict.FALSE),
    ],
)
def test_a_denial_of_something_else_does_not_turn_the_verdict(store: Store, text: str, never: Verdict) -> None:
    assert answer(text, store).verdict is not never
