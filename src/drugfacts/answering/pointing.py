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
    pointing: Sequence[float], claim: str, ranked: Sequence[Likeness], store: Store, without: Collection[str] = ()
) -> dict[str, float]:
    """Give how near a claim is to a question in meaning, and how much nearer than the wordings of others.

    Args:
        pointing: where the question points.
        claim: the claim's id.
        ranked: the wordings most like the question in words, with those of other claims.
        store: the store.
        without: wordings to leave out, as training does with those it asks about.

    Returns:
        The cosine of the nearest wording and of the third, and by how much the nearest is nearer than another claim's.
    """
    rows = [row for row in store.wordings(claim) if row.text not in without] or store.wordings(claim)
    own = sorted((cosine(pointing, row.vector) for row in rows), reverse=True) or [0.0]
    others = max((cosine(pointing, found.row.vector) for found in ranked if found.row.claim != claim), default=0.0)
    return {"nearest": own[0], "third": own[min(2, len(own) - 1)], "nearer": own[0] - others}
