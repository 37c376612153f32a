"""Where texts point: every word, name and relation has a vector, and a text points where the sum of its words does.

The vectors are fitted so that wordings of one claim point the same way (``training/vectors.py``).
"""

from __future__ import annotations

from math import sqrt
from operator import mul
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from drugfacts.answering.likeness import Likeness
    from drugfacts.rows import AskRow
    from drugfacts.store import Store

# The length of a unit vector in whole numbers.
UNIT = 127.0


def direction(content: Iterable[str], store: Store) -> list[float]:
    """Give where a content points: the sum of the vectors of its features, of length 1.

    Args:
        content: features, as ``Question.content``.
        store: the store.

    Returns:
        As many numbers as vectors have; none where no feature has a vector.
    """
    vectors = [memoryview(found).cast("b") for found in store.vectors(dict.fromkeys(content)).values()]
    if not vectors:
        return []
    whole = [float(sum(parts)) for parts in zip(*vectors, strict=True)]
    length = sqrt(sum(map(mul, whole, whole)))
    return [part / length for part in whole] if length else []


def cosine(pointing: Sequence[float], vector: bytes) -> float:
    """Give how near a vector of the store (a signed byte a number) is to a direction, -1 to 1; 0 for none."""
    return float(sum(map(mul, pointing, memoryview(vector).cast("b")))) / UNIT


def nearness(
    pointing: Sequence[float],
    claim: str,
    ranked: Sequence[Likeness],
    store: Store,
    without: Collection[str] = (),
    sense: tuple[bool, bool] = (False, False),
) -> dict[str, float]:
    """Give how near a claim is to a question in meaning, and how much nearer than the wordings of others.

    Args:
        pointing: where the question points.
        claim: the claim's id.
        ranked: the wordings most like the question in words, with those of other claims.
        store: the store.
        without: wordings to leave out, as training does with those it asks about.
        sense: whether the question holds an odd number of negations, and whether it is taken for the claim's opposite.

    Returns:
        The cosine of the nearest wording and of the third, by how much the nearest is nearer than another claim's, and
        by how much the nearest wording that agrees with the sense is nearer, in meaning and in words, than the nearest
        that does not.
    """
    rows = [row for row in store.wordings(claim) if row.text not in without] or store.wordings(claim)
    told = sorted(((cosine(pointing, row.vector), _agrees(row, sense)) for row in rows), reverse=True)
    own = [near for near, _ in told] or [0.0]
    others = max((cosine(pointing, found.row.vector) for found in ranked if found.row.claim != claim), default=0.0)
    worded = [
        (one.score, _agrees(one.row, sense)) for one in ranked if one.row.claim == claim and one.row.text not in without
    ]
    return {
        "nearest": own[0],
        "third": own[min(2, len(own) - 1)],
        "nearer": own[0] - others,
        "margin": _margin(told),
        "worded": _margin(worded),
    }


def _agrees(row: AskRow, sense: tuple[bool, bool]) -> bool:
    """Say whether a question that is a wording, but for its negations, has the sense that it is taken in."""
    odd, negated = sense
    return (row.negated != (odd != row.parity)) == negated


def _margin(told: Sequence[tuple[float, bool]]) -> float:
    """Give by how much the best that agrees is better than the best that does not."""
    return max((near for near, agrees in told if agrees), default=0.0) - max(
        (near for near, agrees in told if not agrees), default=0.0
    )
