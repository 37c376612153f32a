from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drugfacts.answering.answer import Answer, Answered, Cited, Notice, Origin, Short, Side, Status, Suggestion
from drugfacts.answering.decide import answer
from drugfacts.model import Verdict
from drugfacts.render.markdown import escape, markdown

if TYPE_CHECKING:
    from drugfacts.store import Store

EVIL = "<script>alert(1)</script> [x](javascript:y) **b** _i_ `c` # h | cell \\ ~~gone~~ &lt;"


def full(text: str) -> Answer:
    return Answer(
        text,
        Status.ANSWERED,
        answer=Short.NO,
        verdict=Verdict.FALSE,
        claim=Answered("it-is", text, Verdict.FALSE, Origin.REVIEWED),
        summary=text,
        mechanism=text,
        effects=text,
        addiction_risk=text,
        nuance=text,
        notices=(Notice("emergency", text), Notice("spelling", text)),
        sources=(Cited("s", text, text, "2020", "https://e.org/1", "A", ("verdict",)),),
        sides=(Side("a", text, text, text, text), Side("b", text, text, text, text)),
        why=(text,),
    )


@pytest.mark.parametrize("mark", list("\\`*_[]<>#|~&"))
def test_a_mark_of_the_language_is_escaped(mark: str) -> None:
    assert escape(f"a{mark}b") in (f"a\\{mark}b", "a&amp;b")


def test_plain_words_are_left_as_they_are() -> None:
    text = "Ketamine isn't an opioid (it's a dissociative): 5-10 %, “yes”."
    assert escape(text) == text


@settings(deadline=None)
@given(st.text(alphabet="ab \\`*_[]<>#|"))
def test_an_escaped_text_has_no_bare_mark_and_can_be_had_back(text: str) -> None:
    shown = escape(text)
    assert re.sub(r"\\(.)", r"\1", shown) == text
    assert not re.search(r"[`*_\[\]<>#|]", re.sub(r"\\.", "", shown))


def test_nothing_foreign_is_interpreted() -> None:
    shown = markdown(full(EVIL), why=True, sources=True)
    bare = re.sub(r"\\.", "", shown)
    assert "<script" not in bare
    assert "](" not in bare
    assert "`" not in bare
    assert "<https://e.org/1>" in shown
    rows = [line for line in bare.split("\n") if line.startswith("|")]
    assert {line.count("|") for line in rows} == {4}


def test_a_foreign_line_break_begins_no_block_in_the_heading() -> None:
    shown = markdown(full("one\n\n## two"))
    assert shown.split("\n")[0] == "## one \\#\\# two"


def test_an_answer_begins_with_the_question_and_the_emergency() -> None:
    lines = [line for line in markdown(full("What")).split("\n") if line]
    assert lines[:3] == ["## What", "> **What**", "**No. What**"]


def test_brief_is_one_line() -> None:
    assert markdown(full("It is not.")._replace(notices=()), brief=True) == "**No. It is not.**"


def test_even_brief_an_emergency_stands_above_the_answer() -> None:
    given = full("It is not.")._replace(notices=(Notice("emergency", "Call now."),))
    shown = markdown(given, brief=True)
    assert "Call now." in shown
    assert shown.index("Call now.") < shown.index("No. It is not.")


def test_near_misses_are_listed_without_a_verdict() -> None:
    shown = markdown(Answer("q", Status.UNSURE, suggestions=(Suggestion("some-claim", "Some claim.", 0.8),)))
    assert "`some-claim`: Some claim." in shown
    assert "0.8" not in shown
    assert "Verdict" not in shown


def test_reasons_come_on_request(store: Store) -> None:
    given = answer("is ketamine an opioid", store)
    assert "### Why" not in [line for line in markdown(given).split("\n") if line == "### Why"]
    assert "### Why" in markdown(given, why=True).split("\n")


def test_all_sources_come_on_request(store: Store) -> None:
    given = answer("is ketamine an opioid", store)
    few, every = markdown(given), markdown(given, sources=True)
    assert few.count("<https://") < every.count("<https://") == len(given.sources)


@settings(deadline=None)
@given(st.text(st.characters(), max_size=60))
def test_foreign_text_commands_no_terminal(text: str) -> None:
    shown = markdown(full(text), why=True, sources=True)
    assert not set(shown) & {chr(code) for code in (*range(9), *range(11, 32), *range(127, 160), 0x202E)}
    shown.encode()


def test_of_several_questions_each_answer_stands_under_its_heading() -> None:
    one = full("It is not.")._replace(question="is it?")
    two = Answer("is that?", Status.UNSURE, notices=one.notices)
    shown = markdown(one._replace(question="both", parts=(one, two)))
    headings = [line for line in shown.splitlines() if line.startswith("## ")]
    assert headings == ["## is it?", "## is that?"]
    assert shown.startswith("> **It is not.**\n\n## is it?")
    assert shown.count("> **It is not.**") == 1
    assert shown.count("Information, not medical advice.") == 1
    brief = markdown(one._replace(parts=(one, two)), brief=True)
    assert brief.splitlines()[2:] == [
        "**is it? No. It is not.**",
        "",
        "**is that? I do not know: no checked fact fits this question well enough to be sure.**",
    ]
