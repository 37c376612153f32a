"""Cut words into the pieces that an encoder knows: WordPiece, the longest piece first (Schuster and Nakajima 2012)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FIRST, LAST, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
# A text is cut after so many pieces; a word longer than this is not cut into pieces.
MOST, LONG = 48, 40
_INNER = "##"


def pieces(words: Iterable[str], known: Mapping[str, int]) -> list[int]:
    """Give the numbers of the pieces of some words, with those that begin and end a text.

    Args:
        words: folded words, in order.
        known: the number of each piece; one inside a word is written with "##" before it.

    Returns:
        At most ``MOST`` numbers.
    """
    found = [known[FIRST]]
    for word in words:
        found += _cut(word, known)
        if len(found) >= MOST:
            break
    return [*found[: MOST - 1], known[LAST]]


def _cut(word: str, known: Mapping[str, int]) -> list[int]:
    if word in known:
        return [known[word]]
    found: list[int] = []
    start = 0
    while start < len(word) <= LONG:
        before = _INNER if start else ""
        end = next((end for end in range(len(word), start, -1) if before + word[start:end] in known), start)
        if end == start:
            break
        found.append(known[before + word[start:end]])
        start = end
    return found if start == len(word) else [known[UNKNOWN]]
