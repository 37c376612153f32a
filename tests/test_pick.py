from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from drugfacts.answering.pick import GUESSES, RIGHT, Difficulty, Guess, claims_of, of_the_day, quiz
from drugfacts.errors import UnknownNameError
from drugfacts.model import Verdict

if TYPE_CHECKING:
    from drugfacts.store import Store


def test_claims_of_a_topic_are_those_and_no_others(larger_store: Store) -> None:
    assert [row.id for row in claims_of(larger_store, "lore")] == ["quelbrin-is-a-florant"]
    assert len(claims_of(larger_store)) == 10


def test_an_unknown_topic_is_told_with_the_nearest(larger_store: Store) -> None:
    for ask in (lambda: claims_of(larger_store, "bagss"), lambda: of_the_day(larger_store, "x", "bagss")):
        with pytest.raises(UnknownNameError, match=r"no topic called 'bagss'\. Did you mean bags"):
            ask()


def test_the_claim_of_a_day_is_the_same_all_day_and_another_on_other_days(larger_store: Store) -> None:
    days = [f"2026-11-{day:02}" for day in range(1, 31)]
    first = [of_the_day(larger_store, day) for day in days]
    assert first == [of_the_day(larger_store, day) for day in days]
    assert len(set(first)) > 5


def test_a_claim_that_is_added_changes_only_the_days_that_get_it(larger_store: Store) -> None:
    for number in range(50):
        everything, bags = of_the_day(larger_store, str(number)), of_the_day(larger_store, str(number), "bags")
        assert everything in (bags, "quelbrin-is-a-florant")


def test_every_verdict_has_a_right_guess_and_what_is_plain_has_one() -> None:
    assert set(RIGHT) == set(Verdict)
    assert RIGHT[Verdict.TRUE] == (Guess.TRUE,)
    assert RIGHT[Verdict.FALSE] == (Guess.FALSE,)
    assert all(Guess.FALSE not in RIGHT[one] for one in Verdict if one is not Verdict.FALSE)


def test_an_easy_quiz_asks_only_what_is_plainly_true_or_false(larger_store: Store) -> None:
    items = quiz(larger_store, 100, Difficulty.EASY)
    assert Counter(item.verdict for item in items) == {Verdict.TRUE: 3, Verdict.FALSE: 3}
    assert {item.right for item in items} == {(Guess.TRUE,), (Guess.FALSE,)}


def test_a_hard_quiz_asks_about_every_verdict(larger_store: Store) -> None:
    items = quiz(larger_store, 100, Difficulty.HARD)
    assert {item.verdict for item in items} == set(Verdict)
    assert len({item.id for item in items}) == len(items) == 10


@pytest.mark.parametrize("difficulty", Difficulty)
@pytest.mark.parametrize("count", range(1, 7))
def test_each_guess_is_right_equally_often(larger_store: Store, difficulty: Difficulty, count: int) -> None:
    for seed in "abcdef":
        shares = Counter(item.right[0] for item in quiz(larger_store, count, difficulty, seed=seed))
        assert sum(shares.values()) == count
        numbers = [shares[guess] for guess in GUESSES[difficulty]]
        assert max(numbers) - min(numbers) <= 1


def test_where_one_kind_runs_out_the_others_fill_up(larger_store: Store) -> None:
    shares = Counter(item.right[0] for item in quiz(larger_store, 5, Difficulty.EASY, topic="bags"))
    assert shares == {Guess.TRUE: 3, Guess.FALSE: 2}


def test_the_same_seed_gives_the_same_quiz_and_another_another(larger_store: Store) -> None:
    def ids(seed: str) -> list[str]:
        return [item.id for item in quiz(larger_store, 5, Difficulty.HARD, seed=seed)]

    assert ids("school") == ids("school")
    assert len({tuple(ids(str(number))) for number in range(20)}) > 10


def test_an_item_carries_the_answer_of_its_claim(larger_store: Store) -> None:
    (item,) = quiz(larger_store, 10, Difficulty.EASY, topic="lore")
    assert item.statement == "Quelbrin is a florant."
    assert item.answer == "Quelbrin is a salt and not a florant."
