"""Find what a person looks for by name: a profile, a claim, the claims that a text has to do with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drugfacts.answering.answer import Answer, Status
from drugfacts.answering.compose import reviewed
from drugfacts.answering.likeness import alike
from drugfacts.answering.match import Match
from drugfacts.errors import UnknownNameError
from drugfacts.language.read import read
from drugfacts.model import Substance
from drugfacts.text import key

if TYPE_CHECKING:
    from drugfacts.store import Profile, Store

MANY = 20


def find_profile(name: str, store: Store, kind: str) -> Profile:
    """Give the profile that goes by a name.

    Args:
        name: an id or any name of it; spelling mistakes are mended as in a question.
        store: the store.
        kind: ``substance``, ``class``, or empty for either.

    Raises:
        UnknownNameError: nothing goes by that name, or several things do.
    """
    found = store.profile(name.strip().casefold().replace(" ", "-"))
    named = {found.id} if found else {one for one in _named(name, store) if store.profile(one)}
    profiles = [profile for one in sorted(named) if (profile := store.profile(one))]
    fitting = [one for one in profiles if not kind or isinstance(one, Substance) == (kind == "substance")]
    if len(fitting) == 1:
        return fitting[0]
    what = {"substance": "substance", "class": "drug class"}.get(kind, "substance or class")
    nearest = [one.id for one in fitting or profiles]
    if not nearest:
        nearest = [*store.nearest("substances", name, 2), *store.nearest("classes", name, 2)]
    raise UnknownNameError(what, name, nearest)


def _named(name: str, store: Store) -> set[str]:
    whole = tuple(key(name).split())
    if not whole:
        return set()
    exact = {
        phrase.meaning.id
        for phrase in store.phrases([whole[0]]).get(whole[0], ())
        if phrase.parts == (whole,) and phrase.meaning.kind in ("substance", "class")
    }
    return exact or {mention.id for mention in read(name, store, trusting=True).mentions}


def claim_answer(name: str, store: Store) -> Answer:
    """Give a reviewed claim as the answer to its own statement.

    Raises:
        UnknownNameError: there is no such claim.
    """
    claim = store.claim(name)
    base = Answer(
        question=claim.statement,
        status=Status.UNSURE,
        facts_version=store.meta["content"],
        facts_reviewed=store.meta["reviewed"],
    )
    return reviewed(base, Match(claim.id, negated=False, confidence=1.0, how="asked for by its id"), store)


def related(text: str, store: Store) -> list[str]:
    """Give the ids of the claims that have to do with a text, the nearest first.

    A claim counts by its most like wording; one not half as like as the best is left out.
    """
    best: dict[str, float] = {}
    for content in {read(text, store, trusting=trusting).content for trusting in (False, True)}:
        for one in alike(content, store):
            best[one.row.claim] = max(one.score, best.get(one.row.claim, 0.0))
    if not best:
        return []
    enough = max(best.values()) / 2
    nearest = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
    return [name for name, score in nearest if score >= enough][:MANY]
