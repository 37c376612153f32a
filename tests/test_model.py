from __future__ import annotations

import pytest

from drugfacts.model import Finding, Names, Verdict, WordList, WordListKind

NEGATED = {
    "true": "false",
    "mostly-true": "misleading",
    "mixed": "mixed",
    "misleading": "mostly-true",
    "unproven": "unproven",
    "false": "true",
}
RATINGS = {"true": 5, "mostly-true": 4, "mixed": 3, "misleading": 2, "unproven": None, "false": 1}


def test_the_tables_here_know_every_verdict() -> None:
    assert {verdict.value for verdict in Verdict} == set(NEGATED) == set(RATINGS)


@pytest.mark.parametrize(("verdict", "negation"), NEGATED.items())
def test_a_verdict_is_negated_as_the_design_has_it(verdict: str, negation: str) -> None:
    assert Verdict(verdict).negated() is Verdict(negation)


@pytest.mark.parametrize("verdict", Verdict)
def test_only_what_is_so_in_part_is_false_of_every_case(verdict: Verdict) -> None:
    said, denied = (verdict.as_asked(negated=negated, sweeping=True) for negated in (False, True))
    assert said is (Verdict.FALSE if verdict is Verdict.MIXED else verdict)
    in_part = verdict in (Verdict.MIXED, Verdict.MOSTLY_TRUE)
    assert denied is (Verdict.FALSE if in_part else verdict.negated())
    assert verdict.as_asked(negated=True) is verdict.negated()
    assert verdict.as_asked(negated=False) is verdict


@pytest.mark.parametrize(("verdict", "rating"), RATINGS.items())
def test_a_verdict_has_its_claim_review_rating(verdict: str, rating: int | None) -> None:
    assert Verdict(verdict).rating == rating


@pytest.mark.parametrize("verdict", Verdict)
def test_negating_twice_never_turns_a_verdict_into_its_opposite(verdict: Verdict) -> None:
    twice = verdict.negated().negated()
    assert twice is verdict or twice is Verdict.MIXED


@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_shows_as_its_word(verdict: Verdict) -> None:
    assert f"{verdict}" == str(verdict) == verdict.value


def test_a_finding_without_a_verdict_holds() -> None:
    assert Finding("It does.", ("s",)).holds is Verdict.TRUE


def test_a_finding_holds_what_its_verdict_says() -> None:
    assert Finding("It does not.", ("s",), Verdict.FALSE).holds is Verdict.FALSE


def test_names_of_every_kind_are_given_in_the_order_of_the_kinds() -> None:
    names = Names(generic=("a",), brand=("b",), street=("c", "d"), abbreviation=("e",), chemical=("f",))
    assert names._replace(misspelling=("g",)).every() == ("a", "b", "c", "d", "e", "f", "g")


def test_a_word_list_is_cut_at_its_commas_and_gaps_in_it_are_dropped() -> None:
    assert WordList("w", WordListKind.ORDINARY, "invented", " a b,c , ,\n d,").each() == ["a b", "c", "d"]
