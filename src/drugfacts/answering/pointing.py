"""Where texts point: every word, name and relation has a vector, and a text points where the sum of its words does.

The vectors are fitted so that wordings of one claim point the same way (``training/vectors.py``).
"""

from __future__ import annotations

from math import sqrt
from operator import mul
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    vectors = list(store.vectors(dict.fromkeys(content)).values())
    if not vectors:
        return []
    whole = [float(sum(parts)) for parts in zip(*vectors, strict=True)]
    length = sqrt(sum(map(mul, whole, whole)))
    return [part / length for part in whole] if length else []


def cosine(pointing: Sequence[float], vector: Sequence[int]) -> float:
    """Give how near a vector of the store is to a direction, -1 to 1; 0 where there is none."""
    return float(sum(map(mul, pointing, vector))) / UNIT
