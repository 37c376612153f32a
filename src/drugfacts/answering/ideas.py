"""Find the claims all of whose ideas a question holds, in whatever words, and what else it holds."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from drugfacts.language.question import Question
    from drugfacts.rows import Way
    from drugfacts.store import Store

# How many words a way may have.
LONGEST = 8
# How near in meaning a word must be to one of a claim's ways to be taken for it.
NEAR = 0.62


class Held(NamedTuple):
    """A claim all of whose ideas a question holds.

    Attributes:
        places: the places of the words that say the ideas.
        odd: whether what is said is turned round an odd number of times: by a negation that is in no idea, or by an
            idea's opposite.
        general: whether an idea that is a class was said by one of its members.
        share: how near the words are to the claim's own, 1 for its very words: the least of its ideas.
        rarity: how few claims have the same ways: the sum of the logarithms of what share of all claims has not.
        ideas: the places of the words that say each idea.
        torn: whether an idea is said in one clause, and its opposite in another.
    """

    claim: str
    places: frozenset[int]
    odd: bool
    general: bool
    share: float = 1.0
    rarity: float = 0.0
    ideas: tuple[frozenset[int], ...] = ()
    torn: bool = False


class Partly(NamedTuple):
    """A claim some of whose ideas a question holds, and what share of them."""

    held: Held
    share: float


class Run(NamedTuple):
    """A run of words as ways are looked up by.

    Attributes:
        key: its stems without articles and pronouns, or ``<id>`` of what is named, or of a class it belongs to.
        places: the places of its words.
        general: whether it is such a class.
        share: 1, or less for a word near in meaning to the one that stands there.
    """

    key: str
    places: frozenset[int]
    general: bool = False
    share: float = 1.0


class _Said(NamedTuple):
    places: frozenset[int]
    turned: bool
    general: bool
    share: float = 1.0
    rarity: float = 0.0


class Spoken(NamedTuple):
    """What a question says of the ideas of claims.

    Attributes:
        runs: the runs of words that say any.
        ways: for each claim the runs that say an idea of it, by their number, with the way that each is.
        ideas: for each of these claims, a bit for each of its ideas that is said.
        rarity: for each run, how few claims have it as a way.
    """

    runs: list[Run]
    ways: dict[str, list[tuple[int, Way]]]
    ideas: dict[str, int]
    rarity: list[float]

    def without(self, claims: Collection[str]) -> Spoken:
        """Give what is said of the ideas of all claims but some."""
        ways = {claim: ways for claim, ways in self.ways.items() if claim not in claims}
        return self._replace(ways=ways, ideas={claim: self.ideas[claim] for claim in ways})

    def share(self, claim: str) -> float:
        """Give the share of a claim's ideas that are said."""
        said = self.ideas.get(claim, 0)
        return said.bit_count() / self.ways[claim][0][1].ideas if said else 0.0

    def said(self, claim: str) -> dict[int, list[_Said]]:
        """Give by idea of a claim what says it."""
        ideas: dict[int, list[_Said]] = {}
        for number, way in self.ways.get(claim, ()):
            run = self.runs[number]
            one = _Said(run.places, way.turned, run.general, run.share, self.rarity[number])
            ideas.setdefault(way.idea, []).append(one)
        return ideas


def runs(question: Question, store: Store) -> Iterator[Run]:
    """Give what a question says, as ways are looked up by.

    Args:
        question: the question.
        store: the store.

    Yields:
        Its runs of words, what it names, and for words by themselves those near to them in meaning.
    """
    light = store.light()
    kept = [(place, token.stem) for place, token in enumerate(question.tokens) if token.stem not in light]
    for start in range(len(kept)):
        key, places = "", frozenset[int]()
        for place, stem in kept[start : start + LONGEST]:
            key = f"{key} {stem}" if key else stem
            places |= {place}
            yield Run(key, places)
    named: set[int] = set()
    for mention in question.mentions:
        places = frozenset(range(mention.start, mention.end))
        named |= places
        yield Run(f"<{mention.id}>", places)
        for ancestor in store.ancestors(mention.id):
            yield Run(f"<{ancestor}>", places, general=True)
    words = {mark.feature: mark.start for mark in question.marks if mark.start not in named}
    near = store.near([word for word in words if word.isalpha()])
    for word, others in near.items():
        for other, likeness in others.items():
            if likeness >= NEAR:
                yield Run(other, frozenset({words[word]}), share=likeness)


def held(question: Question, store: Store, spoken: Spoken | None = None) -> list[Held]:
    """Give the claims all of whose ideas a question holds, those said without a class's member first.

    Args:
        question: the question.
        store: the store.
        spoken: what ``speak`` gives of the question, where that is known already.
    """
    spoken = spoken or speak(question, store)
    whole = [
        _held(claim, spoken.said(claim), question)
        for claim, said in spoken.ideas.items()
        if said.bit_count() == spoken.ways[claim][0][1].ideas
    ]
    return sorted((one for one in whole if one), key=lambda one: (one.general, -one.share, -len(one.places), one.claim))


def partly(question: Question, claims: Collection[str], spoken: Spoken) -> dict[str, Partly]:
    """Give of some claims those that a question holds an idea of, and what share of their ideas it holds.

    Args:
        question: the question.
        claims: ids of claims.
        spoken: what ``speak`` gives of the question.
    """
    return {
        claim: Partly(one, spoken.share(claim))
        for claim in claims
        if claim in spoken.ways and (one := _held(claim, spoken.said(claim), question))
    }


def speak(question: Question, store: Store) -> Spoken:
    """Give what a question says of the ideas of claims.

    Args:
        question: the question.
        store: the store.
    """
    every = list(runs(question, store))
    held = store.ways(run.key for run in every)
    found = [run for run in every if run.key in held]
    claims = store.count("claims")
    rarity: list[float] = []
    ways: dict[str, list[tuple[int, Way]]] = {}
    ideas: dict[str, int] = {}
    for number, run in enumerate(found):
        same = held[run.key]
        rarity.append(max(log(claims / len(same)), 0.0))
        for way in same:
            claim = way.claim
            if claim in ways:
                ways[claim].append((number, way))
                ideas[claim] |= 1 << way.idea
            else:
                ways[claim] = [(number, way)]
                ideas[claim] = 1 << way.idea
    return Spoken(found, ways, ideas, rarity)


def _held(claim: str, ideas: Mapping[int, Sequence[_Said]], question: Question) -> Held | None:
    said: list[frozenset[int]] = []
    odd = torn = general = False
    share, rarity = 1.0, 0.0
    for every in ideas.values():
        # A word only near in meaning counts where no very word of the claim's does.
        best = max(one.share for one in every)
        ways = [one for one in every if one.share == best] if best < 1 else [one for one in every if one.share == 1]
        share = min(share, best)
        rarity += max(one.rarity for one in ways)
        # "unsafe" is not "safe", and "not as bad for" is not "bad for": what a longer way has a word of is not said.
        longest = [
            one
            for one in ways
            if not any(len(other.places) > len(one.places) and one.places & other.places for other in ways)
        ]
        # "messes up the quality": the opposite of an idea says more than a word of the idea beside it.
        if any(one.turned for one in longest):
            odd = not odd
            torn = torn or _apart(longest, question)
        general = general or all(one.general for one in longest)
        said.append(frozenset().union(*(one.places for one in longest)))
    places = frozenset().union(*said)
    denials = (*question.negators, *question.inner, *question.contrasts)
    outside = [place for place in denials if place not in places]
    if outside and len(question.clauses) > 1:
        # "Molly is pure MDMA and never holds anything else": the negation is in a clause that says none of the claim.
        names = [range(one.start, one.end) for one in question.mentions]
        denied = {question.clause(place) for place in outside}
        predicates = [idea for idea in said if not any(idea <= {*name} for name in names)]
        if predicates and not any(question.clause(place) in denied for idea in predicates for place in idea):
            outside = []
    if len(outside) % 2:
        odd = not odd
    return Held(claim, places, odd, general, share, rarity, tuple(said), torn)


def _apart(ways: Sequence[_Said], question: Question) -> bool:
    """Say whether an idea is said in one clause and its opposite in another ("no safe choice: it is addictive")."""
    turned = {question.clause(place) for one in ways if one.turned for place in one.places}
    plain = {question.clause(place) for one in ways if not one.turned for place in one.places}
    return bool(plain) and turned.isdisjoint(plain)


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
    for run in runs(question, store):
        for way in ways.get(run.key, ()):
            ideas.setdefault(way.idea, []).append(_Said(run.places, way.turned, run.general, run.share))
    if not count or len(ideas) != count:
        return None
    one = _held(claim, ideas, question)
    return one.odd if one else None
