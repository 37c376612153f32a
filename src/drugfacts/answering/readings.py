"""Read what a question proposes by trying sentences on it.

Each relation that a question may propose is put into a sentence with what the question names, and the sentence is read
beside it (``answering.verify``): does the question say that, deny it, or neither? So a proposition is found in words
that no wording of a relation foresees, and among others that say nothing to the matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drugfacts.answering.derive import derive, proposition
from drugfacts.answering.sides import NONE, proposed
from drugfacts.answering.understood import named_for
from drugfacts.answering.verify import judged_each, names_alone
from drugfacts.language.question import Proposed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drugfacts.answering.verify import Judged
    from drugfacts.language.question import Question
    from drugfacts.store import Store

# A relation with a smaller share is not tried.
LEAST = 0.02
# From where on a reading is sure: of those from 0.9 on, 96 of 98 that could be told were right.
SURE = 0.92
# A denial has to be surer: what is said in passing ("…, unlike heroin") is easily taken for one.
SURE_DENIAL = 0.96


class Reading(NamedTuple):
    """A proposition that a question may make.

    Attributes:
        proposed: the proposition; ``denied`` is set so that the question's negations come out right.
        share: how far where the question points speaks for the relation, 0 to 1.
        cued: whether the question uses a wording of the relation for just this proposition.
        judged: what the question says of the proposition's sentence.
    """

    proposed: Proposed
    share: float
    cued: bool
    judged: Judged

    @property
    def sure(self) -> float:
        """The share of the side that the question is taken to be on."""
        return max(self.judged.says, self.judged.denies)

    @property
    def is_sure(self) -> bool:
        """Whether it is sure enough to be taken for what the question proposes."""
        return self.sure >= (SURE_DENIAL if self.judged.denied else SURE)


def readings(question: Question, store: Store) -> list[Reading]:
    """Give the propositions that a question may make, the likeliest first; nothing where the store has no verifier.

    Args:
        question: the question, read.
        store: the store.
    """
    if names_alone(question):
        return []
    tried: dict[tuple[str, str, str], float] = {}
    for name, turned, _, share in proposed(question, store):
        meant = named_for(question, name, store, turned=turned) if name != NONE and share >= LEAST else ()
        if len(meant) == 1:
            tried[meant[0]] = max(share, tried.get(meant[0], 0.0))
    for parts in settled_between(question, store):
        tried.setdefault(parts, 0.0)
    cued = {(one.subject, one.relation, one.object): one for one in question.propositions}
    for parts in cued:
        tried.setdefault(parts, 0.0)
    # Where its words name a relation, it is that one, or one that is settled alike.
    named = {name for one in cued.values() for name in (one.relation, *store.siblings(one.relation))}
    # What its words propose in one direction, it does not propose in the other.
    swapped = {(object_, relation, subject) for subject, relation, object_ in cued} - cued.keys()
    statements: dict[tuple[str, str, str], str] = {}
    for parts in tried:
        kept = parts not in swapped and (not named or parts[1] in named)
        if statement := proposition(parts[1], parts[0], parts[2], store) if kept else "":
            statements[parts] = statement
    found = []
    for parts, told in zip(statements, judged_each(question, list(statements.values()), store), strict=False):
        denied = told.denied != question.negated
        if parts in cued and cued[parts].denied != denied:
            continue  # its words take the other side
        if told.denied and (question.split or not (question.negators or question.inner)):
            continue  # no word denies it, or one in another clause does
        found.append(Reading(Proposed(*parts, denied), tried[parts], parts in cued, told))
    return sorted(found, key=lambda one: (-one.sure, one.proposed))


def settled_between(question: Question, store: Store) -> Iterator[tuple[str, str, str]]:
    """Give every proposition about the two things that a question names which the records settle.

    Args:
        question: the question, read.
        store: the store.

    Yields:
        The ids of its subject, relation and object.
    """
    for name in store.ids("relations"):
        for turned in (False, True):
            for parts in named_for(question, name, store, turned=turned):
                if parts[1] == name and parts[2] and derive(Proposed(parts[0], name, parts[2]), store):
                    yield parts
