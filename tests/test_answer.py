from __future__ import annotations

import pytest

from drugfacts.answering.answer import SCHEMA, Answer, Short, Status, Suggestion, short_of
from drugfacts.model import Verdict


@pytest.mark.parametrize(
    ("verdict", "short"),
    [
        (Verdict.TRUE, Short.YES),
        (Verdict.MOSTLY_TRUE, Short.YES),
        (Verdict.MIXED, Short.DEPENDS),
        (Verdict.MISLEADING, Short.DEPENDS),
        (Verdict.UNPROVEN, Short.UNPROVEN),
        (Verdict.FALSE, Short.NO),
    ],
)
def test_each_verdict_has_its_answer_in_a_word(verdict: Verdict, short: Short) -> None:
    assert short_of(verdict) is short


def test_no_verdict_is_without_an_answer_in_a_word() -> None:
    assert [short_of(verdict) for verdict in Verdict if not isinstance(short_of(verdict), Short)] == []


def test_an_answer_holds_nothing_until_something_is_known() -> None:
    empty = Answer("is it", Status.UNSURE)
    assert (empty.answer, empty.verdict, empty.claim, empty.error) == (None, None, None, None)
    assert (empty.confidence, empty.polarity) == (0.0, "affirmed")
    assert [len(part) for part in (empty.sources, empty.suggestions, empty.notices, empty.summary)] == [0, 0, 0, 0]


def test_a_suggestion_has_no_room_for_a_verdict() -> None:
    assert Suggestion._fields == ("id", "statement", "confidence")


def test_the_words_of_the_contract_are_stable() -> None:
    assert SCHEMA == "drugfacts.answer/1"
    assert {status.value for status in Status} == {"answered", "profile", "unsure", "out_of_scope", "error"}
    assert {short.value for short in Short} == {"yes", "no", "depends", "unproven"}
