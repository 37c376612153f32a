"""Tell what a question says besides a proposition: that it is always so, or so in some circumstance only."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drugfacts.answering import gates
from drugfacts.model import Verdict

if TYPE_CHECKING:
    from collections.abc import Collection

    from drugfacts.answering.derive import Derived
    from drugfacts.language.question import Proposed, Question
    from drugfacts.store import Store

_HOLDS = (Verdict.TRUE, Verdict.MOSTLY_TRUE)


class Scope(NamedTuple):
    """What a question says besides a proposition.

    Attributes:
        strength: in plain words, how it is stronger or weaker than what the records settle; empty where it is not, or
            where that makes no difference to the verdict.
        heavy: whether that decides what is said ("always", "only"), not just how much or how often.
        circumstance: in plain words, the circumstance that the records say nothing of; empty where there is none.
    """

    strength: str = ""
    heavy: bool = False
    circumstance: str = ""


def places(question: Question, store: Store) -> list[str]:
    """Give the places that a question names, as circumstances."""
    return [one for one in question.conditions if store.place(one)]


def sweeping(question: Question, own: Collection[str], store: Store, *, negated: bool, denies: bool = False) -> bool:
    """Say whether a question says of every case what a claim says of some, or denies it of every case.

    "Not always" does neither: there what denies has a word for all cases in its reach.

    Args:
        question: the question, read.
        own: the words of strength that are the claim's own.
        store: the store.
        negated: whether the question says the opposite of the claim.
        denies: whether the claim itself denies something ("never mix …"): then a "never" may be its own.
    """
    if negated and question.outright:
        return not denies
    every = any(one in store.universals() and one not in own for one in question.forces)
    return every and not (question.negators or question.inner)


def scope(question: Question, proposed: Proposed, derived: Derived, store: Store) -> Scope:
    """Tell what a question says besides a proposition that the records settle.

    Args:
        question: the question, read.
        proposed: the proposition.
        derived: what the records say of it.
        store: the store.
    """
    relation = store.relation(proposed.relation)
    free = (*(relation.conditions if relation else ()), *(places(question, store) if derived.placed else ()))
    grows = relation.grows if relation and derived.verdict in _HOLDS else ()
    others = [one for one in question.conditions if one not in (*free, *grows)]
    held = (*relation.forces, *grows) if relation else ()
    asked = (*question.forces, *question.needs)
    general = relation is not None and store.general(relation.yes)
    # "Fully legal" says more than "legal", and is false where that is: the strength is that of what is denied.
    said = derived.verdict.negated() if proposed.denied else derived.verdict
    if said is Verdict.MIXED:  # what is so in part is false of all: that settles it as well
        asked = tuple(one for one in asked if one not in store.universals())
    effects = store.strengths()
    return Scope(
        gates.stronger(asked, held, effects, said, general=general) or "",
        gates.heavily(asked, held, effects, said, general=general)[0] is not None,
        gates.condition(others, ()) or "",
    )
