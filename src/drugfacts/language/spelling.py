"""Mend misspelt words, but never into one drug where another is as near."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drugfacts.text import distance, stem

if TYPE_CHECKING:
    from drugfacts.store import Store

SHORTEST, LONGEST = 5, 40
_LONG = 8


def mend(word: str, store: Store) -> str | None:
    """Give the word of the store that a misspelt word must mean.

    Args:
        word: a folded word that the lexicon does not know.
        store: where the names of drugs and the words of the lexicon are.

    Returns:
        The one nearest word; None when the word is itself a real word or drug, is too short to tell, has no near
        neighbour, or has several (look-alike names are a known hazard: the choice is left to the asker).
    """
    if len(word) < SHORTEST or len(word) > LONGEST or not word.isalpha():
        return None
    return store.remember(("mend", word), lambda: _nearest(word, store))


def _nearest(word: str, store: Store) -> str | None:
    if store.word_kinds(word) or store.word_kinds(stem(word)):
        return None
    reach = 2 if len(word) >= _LONG else 1
    letters = set(word)
    best = reach + 1
    nearest: set[tuple[str, str]] = set()
    for candidate, kinds in store.words_like(word, reach):
        # Each edit changes at most two of the letters that only one of the words has.
        if len(letters.symmetric_difference(candidate)) > 2 * reach:
            continue
        steps = distance(word, candidate, min(best, reach))
        if steps < best:
            best, nearest = steps, {(candidate, kinds)}
        elif steps == best:
            nearest.add((candidate, kinds))
    # A stem and its word may both be near; they lead to the same phrases.
    targets = {stem(candidate) for candidate, _ in nearest}
    if best > reach or len(targets) != 1 or all("o" in kinds for _, kinds in nearest):
        return None
    return min(candidate for candidate, _ in nearest)
