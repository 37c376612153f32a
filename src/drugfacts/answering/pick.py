"""Choose among reviewed claims: the one of a day, and the statements of a quiz."""

from __future__ import annotations

from enum import Enum
from hashlib import blake2b
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from drugfacts.errors import UnknownNameError
from drugfacts.model import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drugfacts.rows import ClaimRow
    from drugfacts.store import Store


class Difficulty(str, Enum):
    """How hard a quiz is: only plain verdicts, or also those that depend on something or that nobody knows."""

    EASY = "easy"
    HARD = "hard"


class Guess(str, Enum):
    """What a person can say to a statement."""

    TRUE = "true"
    FALSE = "false"
    DEPENDS = "it depends"


# What is right for each verdict; what is mostly true may be called either.
RIGHT: dict[Verdict, tuple[Guess, ...]] = {
    Verdict.TRUE: (Guess.TRUE,),
    Verdict.FALSE: (Guess.FALSE,),
    Verdict.MOSTLY_TRUE: (Guess.DEPENDS, Guess.TRUE),
    Verdict.MIXED: (Guess.DEPENDS,),
    Verdict.MISLEADING: (Guess.DEPENDS,),
    Verdict.UNPROVEN: (Guess.DEPENDS,),
}
GUESSES = {
    Difficulty.EASY: (Guess.TRUE, Guess.FALSE),
    Difficulty.HARD: (Guess.TRUE, Guess.FALSE, Guess.DEPENDS),
}


class Item(NamedTuple):
    """One statement of a quiz.

    Attributes:
        right: the guesses that are right, the best first.
        answer: the claim's answer in a sentence.
    """

    id: str
    statement: str
    verdict: Verdict
    right: tuple[Guess, ...]
    answer: str


def claims_of(store: Store, topic: str = "") -> list[ClaimRow]:
    """Give the reviewed claims of a topic, or all of them.

    Raises:
        UnknownNameError: there is no such topic.
    """
    rows = store.claims()
    topics = sorted({row.topic for row in rows})
    if topic and topic not in topics:
        from difflib import get_close_matches

        raise UnknownNameError("topic", topic, get_close_matches(topic, topics))
    return [row for row in rows if topic in ("", row.topic)]


def of_the_day(store: Store, seed: str, topic: str = "") -> str:
    """Give the id of one claim, the same for the same seed and the same claims.

    A claim that is added later changes the choice of few other days, since each claim draws for itself.

    Args:
        store: the store.
        seed: what it is chosen by, such as a date.
        topic: only among the claims of this topic.

    Raises:
        UnknownNameError: there is no such topic.
    """
    return max((row.id for row in claims_of(store, topic)), key=lambda name: _draw(seed, name), default="")


def _draw(seed: str, name: str) -> bytes:
    return blake2b(f"{seed}\0{name}".encode("utf-8", "surrogatepass"), digest_size=8).digest()


def quiz(store: Store, count: int, difficulty: Difficulty, topic: str = "", seed: str = "") -> list[Item]:
    """Choose the statements of a quiz, in a random order.

    Each kind of right guess gets the same share, as far as there are enough claims of it.

    Args:
        store: the store.
        count: how many statements; there may be fewer claims.
        difficulty: which verdicts are asked about.
        topic: only among the claims of this topic.
        seed: the same seed gives the same quiz; empty for another one each time.

    Raises:
        UnknownNameError: there is no such topic.
    """
    random = Random(seed or None)  # noqa: S311  (a quiz is no secret)
    guesses = GUESSES[difficulty]
    piles: dict[Guess, list[ClaimRow]] = {guess: [] for guess in guesses}
    for row in claims_of(store, topic):
        right = RIGHT[Verdict(row.verdict)]
        if right[0] in piles:
            piles[right[0]].append(row)
    for pile in piles.values():
        random.shuffle(pile)
    chosen = _fairly(list(piles.values()), count, random)
    random.shuffle(chosen)
    return [_item(row, store) for row in chosen]


def _fairly(piles: Sequence[list[ClaimRow]], count: int, random: Random) -> list[ClaimRow]:
    """Take from each pile in turn, beginning with a random one, until there are enough."""
    chosen: list[ClaimRow] = []
    order = list(piles)
    random.shuffle(order)
    while len(chosen) < count and any(order):
        chosen += [pile.pop() for pile in order if pile][: count - len(chosen)]
    return chosen


def _item(row: ClaimRow, store: Store) -> Item:
    verdict = Verdict(row.verdict)
    return Item(row.id, row.statement, verdict, RIGHT[verdict], store.claim(row.id).answer)
