"""Mend misspelt words, but never into one drug where another is as near."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drugfacts.text import distance, letters, stem

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    near = _within(word, store.words_like(word, reach), reach)
    if not near:
        return None
    best = min(steps for steps, _, _ in near)
    found = [(candidate, kinds) for steps, candidate, kinds in near if steps == best]
    # A stem and its word may both be near; they lead to the same phrases.
    if len({stem(candidate) for candidate, _ in found}) != 1 or all("o" in kinds for _, kinds in found):
        return None
    chosen = min(candidate for candidate, _ in found)
    others = _within(word, store.words_as_long(word, reach), reach)
    # "llegal" may be "legal" or "illegal": the first letter is dropped as easily as any.
    if any(steps <= best and "v" in kinds and stem(other) != stem(chosen) for steps, other, kinds in others):
        return None
    if set(store.word_kinds(chosen)) & {"n", "o"}:
        # A drug is only read where no other is within reach at all, whatever letter it begins with.
        named = _drugs(chosen, store)
        if any(_drugs(other, store) != named for _, other, _ in others if _drugs(other, store)):
            return None
    return chosen


def _within(word: str, candidates: Iterable[tuple[str, str, int]], reach: int) -> list[tuple[int, str, str]]:
    own = letters(word)
    near = []
    for candidate, kinds, held in candidates:
        # Each edit changes at most two of the letters that only one of the words has.
        if (own ^ held).bit_count() <= 2 * reach:
            steps = distance(word, candidate, reach)
            if steps <= reach:
                near.append((steps, candidate, kinds))
    return near


def _drugs(word: str, store: Store) -> frozenset[str]:
    """Give the substances and classes that a word names by itself, and the word where it is a drug that is not held."""
    own = (stem(word),)
    return frozenset(
        phrase.meaning.id
        for phrase in store.phrases(own).get(own[0], ())
        if phrase.parts == (own,) and phrase.meaning.kind in ("substance", "class", "other-drug")
    )
