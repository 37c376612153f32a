"""Find the claims all of whose ideas a question holds, in whatever words, and what else it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from drugfacts.language.question import Question
    from drugfacts.rows import Way
    from drugfacts.store import Store

# How many words a way may have.
LONGEST = 8


class Held(NamedTuple):
    """A claim all of whose ideas a question holds.

    Attributes:
        places: the places of the words that say the ideas.
        odd: whether what is said is turned round an odd number of times: by a negation that is in no idea, or by an
            idea's opposite. None where an idea and its opposite are both said.
        general: whether an idea that is a class was said by one of its members.
    """

    claim: str
    places: frozenset[int]
    odd: bool | None
    general: bool


class _Said(NamedTuple):
    places: frozenset[int]
    turned: bool
    general: bool


def runs(question: Question, store: Store) -> Iterator[tuple[str, frozenset[int], bool]]:
    """Give what a question says, as ways are looked up by.

    Args:
        question: the question.
        store: the store.

    Yields:
        The key (stems without articles and pronouns, or ``<id>`` of what is named, or of a class it belongs to), the
        places of its words, and whether it is such a class.
    """
    light = store.light()
    kept = [(place, token.stem) for place, token in enumerate(question.tokens) if token.stem not in light]
    for start in range(len(kept)):
        key, places = "", frozenset[int]()
        for place, stem in kept[start : start + LONGEST]:
            key = f"{key} {stem}" if key else stem
            places |= {place}
            yield key, places, False
    for mention in question.mentions:
        places = frozenset(range(mention.start, mention.end))
        yield f"<{mention.id}>", places, False
        for ancestor in store.ancestors(mention.id):
            yield f"<{ancestor}>", places, True


def held(question: Question, store: Store) -> list[Held]:
    """Give the claims all of whose ideas a question holds, those said without a class's member first.

    Args:
        question: the question.
        store: the store.
    """
    found = list(runs(question, store))
    ways = store.ways(key for key, *_ in found)
    said: dict[str, dict[int, list[_Said]]] = {}
    for key, places, general in found:
        for way in ways.get(key, ()):
            said.setdefault(way.claim, {}).setdefault(way.idea, []).append(_Said(places, way.turned, general))
    whole = [
        _held(claim, ideas, question) for claim, ideas in said.items() if len(ideas) == store.ideas(claim) and ideas
    ]
    return sorted((one for one in whole if one), key=lambda one: (one.general, -len(one.places), one.claim))


def _held(claim: str, ideas: Mapping[int, Sequence[_Said]], question: Question) -> Held | None:
    places: set[int] = set()
    odd: bool | None = question.negated
    general = False
    for ways in ideas.values():
        # "unsafe" is not "safe": a way within a longer one is not said.
        longest = [one for one in ways if not any(one.places < other.places for other in ways)]
        turns = {one.turned for one in longest}
        if odd is None or len(turns) > 1:
            odd = None
        elif turns.pop():
            odd = not odd
        general = general or all(one.general for one in longest)
        places.update(*(one.places for one in longest))
    if odd is not None and sum(place in places for place in question.negators) % 2:
        odd = not odd
    return Held(claim, frozenset(places), odd, general)


def sense(claim: str, question: Question, ways: Mapping[str, Sequence[Way]], count: int, store: Store) -> bool | None:
    """Say whether a wording of a claim is turned round by its own words; None where it does not hold its ideas.

    Args:
        claim: the claim's id.
        question: the wording, read.
        ways: the claim's own ways by key.
        count: how many ideas it has.
        store: the store.
    """
    ideas: dict[int, list[_Said]] = {}
    for key, places, general in runs(question, store):
        for way in ways.get(key, ()):
            ideas.setdefault(way.idea, []).append(_Said(places, way.turned, general))
    if not count or len(ideas) != count:
        return None
    one = _held(claim, ideas, question)
    return one.odd if one else None
