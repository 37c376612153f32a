from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drugfacts.answering.answer import (
    Answer,
    Answered,
    Cited,
    Fault,
    Notice,
    Origin,
    Short,
    Status,
    Suggestion,
)
from drugfacts.answering.decide import answer
from drugfacts.model import Verdict
from drugfacts.render.plain import plain
from drugfacts.render.words import ADVICE, FEW_SOURCES

if TYPE_CHECKING:
    from drugfacts.store import Store

SOURCES = tuple(
    Cited(f"source-{number}", f"Title {number}.", "Publisher", "2020", f"https://e.org/{number}", "A", ("verdict",))
    for number in range(FEW_SOURCES + 2)
)
FULL = Answer(
    "is it",
    Status.ANSWERED,
    answer=Short.NO,
    verdict=Verdict.FALSE,
    claim=Answered("it-is", "It is.", Verdict.FALSE, Origin.REVIEWED),
    summary="It is not.",
    mechanism="One way.\n\nAnother way.",
    effects="Many.",
    addiction_risk="Low.",
    nuance="A grain.",
    notices=(Notice("emergency", "Call now."), Notice("safety", "Do this."), Notice("spelling", "Read so.")),
    sources=SOURCES,
    suggestions=(Suggestion("other", "Another.", 0.7),),
    why=("Because.",),
)

SEVERAL = FULL._replace(
    question="is it? and is that?",
    parts=(
        FULL._replace(question="is it?"),
        Answer("is  that?", Status.UNSURE, notices=(Notice("emergency", "Call now."), Notice("spelling", "Read so."))),
    ),
)


def lines(given: Answer, **options: bool) -> list[str]:
    return plain(given, **options).split("\n")


def test_what_to_do_now_comes_first_then_the_answer() -> None:
    assert lines(FULL)[:3] == ["! Call now.", "! Do this.", "No. It is not."]
    assert lines(FULL._replace(notices=()))[0] == "No. It is not."


def test_every_part_stands_in_its_order() -> None:
    text = plain(FULL)
    parts = ["Verdict: false", "One way.", "Many.", "Low.", "A grain.", "Read so.", "Title 0", ADVICE]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)


def test_brief_is_the_first_line_alone() -> None:
    calm = FULL._replace(notices=FULL.notices[1:])
    assert plain(calm, brief=True) == "No. It is not."
    assert plain(calm, brief=True, sources=True, why=True) == "No. It is not."


def test_even_brief_an_emergency_stands_above_the_answer() -> None:
    first, second = lines(FULL, brief=True)
    assert "Call now." in first
    assert second == "No. It is not."


def test_a_few_sources_are_listed_and_all_on_request() -> None:
    assert sum("https://e.org/" in line for line in lines(FULL)) == FEW_SOURCES
    assert "2 more" in plain(FULL)
    assert sum("https://e.org/" in line for line in lines(FULL, sources=True)) == len(SOURCES)
    assert "more with" not in plain(FULL, sources=True)


def test_reasons_are_listed_on_request() -> None:
    assert "Because." not in plain(FULL)
    assert "- Because." in lines(FULL, why=True)


def test_the_claim_is_told_as_it_stands_when_its_opposite_was_asked() -> None:
    text = plain(FULL._replace(polarity="negated", verdict=Verdict.TRUE, answer=Short.YES))
    assert "Verdict: true" in text
    assert "“It is.” is false" in text


@pytest.mark.parametrize(("origin", "said"), [(Origin.REVIEWED, "reviewed"), (Origin.DERIVED, "derived")])
def test_an_answer_says_whether_it_was_reviewed_or_derived(origin: Origin, said: str) -> None:
    assert FULL.claim is not None
    text = plain(FULL._replace(claim=FULL.claim._replace(origin=origin)))
    assert said in next(line for line in text.split("\n") if line.startswith("Verdict"))


@pytest.mark.parametrize(
    ("short", "lead"),
    [
        (Short.YES, "Yes."),
        (Short.NO, "No."),
        (Short.DEPENDS, "It depends."),
        (Short.UNPROVEN, "Unproven."),
    ],
)
def test_the_first_words_are_the_answer(short: Short, lead: str) -> None:
    assert plain(FULL._replace(answer=short, notices=()), brief=True) == f"{lead} It is not."


def test_without_a_verdict_none_is_printed() -> None:
    unsure = Answer("is it", Status.UNSURE, suggestions=(Suggestion("other", "Another.", 0.7),))
    text = plain(unsure)
    assert text.startswith("I do not know")
    assert "- other: Another." in text
    assert not [word for word in ("Verdict", "Yes.", "No.", "0.7", ADVICE) if word in text]


def test_an_answer_with_a_claim_lists_no_near_misses() -> None:
    assert "Another." not in plain(FULL)


def test_an_error_says_what_it_is() -> None:
    assert lines(Answer("", Status.ERROR, error=Fault("empty", "nothing there"))) == ["Not read: nothing there"]


def test_a_refusal_says_where_to_turn() -> None:
    text = plain(Answer("how much", Status.OUT_OF_SCOPE, notices=(Notice("dose", "Ask a pharmacist."),)))
    assert "Ask a pharmacist." in text


@pytest.mark.parametrize("text", ["is ketamine an opioid", "what is heroin", "how much heroin", "moon", "", "?"])
def test_every_kind_of_answer_has_a_first_line(store: Store, text: str) -> None:
    given = answer(text, store)
    brief = plain(given, brief=True)
    assert brief.strip()
    assert "\n" not in brief
    assert brief in plain(given)


@settings(deadline=None)
@given(st.text(st.characters(), max_size=60))
def test_foreign_text_commands_no_terminal(text: str) -> None:
    source = SOURCES[0]._replace(title=text, publisher=text, url=text)
    given = FULL._replace(summary=text, mechanism=text, notices=(Notice(text, text),), sources=(source,), why=(text,))
    shown = plain(given, why=True)
    assert not set(shown) & {chr(code) for code in (*range(9), *range(11, 32), *range(127, 160), 0x202E)}
    shown.encode()


def test_of_several_questions_each_answer_stands_under_its_question() -> None:
    shown = lines(SEVERAL)
    first, second = shown.index("is it?"), shown.index("is that?")
    assert shown[0] == "! Call now."
    assert shown[first + 1 : first + 3] == ["! Do this.", "No. It is not."]
    assert shown[second + 1].startswith("I do not know")
    assert "Note: Read so." in shown[second:]
    assert shown.count("! Call now.") == 1
    assert shown[-2:] == ["", ADVICE]
    assert shown.count(ADVICE) == 1


def test_in_brief_each_question_has_one_line_with_its_answer() -> None:
    assert lines(SEVERAL, brief=True) == [
        "Call now.",
        "is it? No. It is not.",
        "is that? I do not know: no checked fact fits this question well enough to be sure.",
    ]


def test_an_emergency_in_a_part_is_told_though_the_whole_does_not_tell_it() -> None:
    assert lines(SEVERAL._replace(notices=()), brief=True)[0] == "Call now."
