"""Say which side a text takes: whether it says what a claim says, or the opposite, in words that deny without a "not".

Every word and name has a vector of its own for this ("lose" and "put on" weight lie on opposite sides), apart from the
vectors that say what a text is about (``answering.pointing``). A text's stance is the sum of those of its features; a
claim's is the mean over its wordings, turned round where a wording says the opposite. They are fitted so that the
product of the two tells the side (``training/stances.py``); the negations of a text have their say by its parity.
"""

from __future__ import annotations

from math import sqrt
from operator import mul
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from drugfacts.language.question import Question
    from drugfacts.store import Store

# Stands before a word as it is said, be it part of a name or carry nothing: "still" and "away" take sides too; and
# before one that comes at most so many words after a negation ("isn't harmless").
WORD, DENIED, REACH = "=", "-", 3


def features(question: Question, denials: Collection[str]) -> list[str]:
    """Give what of a text takes sides, each once: its content, each of its words by itself, and those after a "not".

    Args:
        question: the text, read.
        denials: the stems of the words that deny.
    """
    stems = [token.stem for token in question.tokens]
    found = dict.fromkeys((*question.content, *(WORD + one for one in stems)))
    for place, one in enumerate(stems):
        if one in denials:
            found |= dict.fromkeys(DENIED + other for other in stems[place + 1 : place + 1 + REACH])
    return list(found)


def lean(said: Iterable[str], leanings: Mapping[str, Sequence[int]]) -> list[float]:
    """Give the stance of a text: the sum of the vectors of its features over the root of their number.

    Args:
        said: features.
        leanings: their vectors; a feature without one does not count.

    Returns:
        As many numbers as vectors have; none where no feature has a vector.
    """
    vectors = [leanings[name] for name in said if name in leanings]
    shrunk = 1 / sqrt(len(vectors) or 1)
    return [shrunk * sum(parts) for parts in zip(*vectors, strict=True)]


def stance(question: Question, store: Store) -> list[float]:
    """Give the stance of a question; none where the store has no vectors for it."""
    said = features(question, store.denials())
    return lean(said, store.leanings(said))


def agreement(own: Sequence[float], claims: Sequence[float], *, turned: bool) -> float:
    """Give how much a text agrees with a claim: above 0 where it takes the same side.

    Args:
        own: the text's stance.
        claims: the claim's.
        turned: whether it is taken for the claim's opposite but for an even number of negations, or for the claim with
            an odd one: then its other words must take the other side.
    """
    product = float(sum(map(mul, own, claims)))
    return -product if turned else product
