"""Read a proposition where no wording of a relation is: by where the encoder sees the whole text point."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drugfacts.answering.sides import NONE, proposed
from drugfacts.language.question import Proposed

if TYPE_CHECKING:
    from drugfacts.language.question import Question
    from drugfacts.model import Relation
    from drugfacts.store import Store

# The least share at which a relation is taken for what a text proposes; for its denial, where no word denies; and where
# the words of the text propose just the same.
SURE_RELATION, SURE_DENIAL, AGREED = 0.8, 0.9, 0.6
_DRUGS = ("substance", "class")


class Understood(NamedTuple):
    """What a text is taken to propose.

    Attributes:
        proposed: the propositions, one for each object that is named; ``denied`` is set so that the question's
            negations come out right.
        share: how sure the encoder is of it, 0 to 1.
    """

    proposed: tuple[Proposed, ...]
    share: float


def understood(question: Question, store: Store) -> Understood | str:
    """Give what a question proposes, going by what it says as a whole, or say why nothing can be told.

    Args:
        question: the question, read.
        store: the store.
    """
    if not question.drugs:
        return "it names no drug"
    if len(question.tokens) <= sum(one.end - one.start for one in question.mentions):
        return "it says nothing besides names"
    ranked = proposed(question, store)
    if not ranked:
        return "there is no encoder"
    name, turned, denied, share = ranked[0]
    relation = store.relation(name)
    unsure = f"what it says of the drug is not sure ({name}: {share:.2f})"
    if name == NONE or relation is None or share < AGREED:
        return unsure
    if question.negated and not denied:
        return "it holds a negation, and is not read as a denial"
    meant = tuple(Proposed(*one, denied != question.negated) for one in named_for(question, name, store, turned=turned))
    if not meant or (len(meant) > 1 and question.negated):
        return f"it does not name just what {name} needs"
    # What two ways of reading come to by themselves needs less to be sure, and more where they differ.
    agreed = len(meant) == 1 and any(one[:4] == meant[0][:4] for one in question.propositions)
    otherwise = not agreed and any(one.relation != name for one in question.propositions)
    least = SURE_DENIAL if (denied and not question.negated) or len(meant) > 1 or otherwise else SURE_RELATION
    if share < least and not agreed:
        return unsure
    return Understood(meant, share)


def named_for(question: Question, relation: str, store: Store, *, turned: bool) -> tuple[tuple[str, str, str], ...]:
    """Give what a question names for a relation, or for one that is settled alike ("harms the heart" by "causes").

    Args:
        question: the question, read.
        relation: the relation's id.
        store: the store.
        turned: whether the object is named before the subject.

    Returns:
        Subject, relation and object for each object that is named; nothing where the question names more, or less.
    """
    for name in (relation, *store.siblings(relation)):
        one = store.relation(name)
        sides = _sides(question, one, store, turned=turned) if one else ()
        if sides:
            return tuple((subject, name, object_) for subject, object_ in sides)
    return ()


def _sides(question: Question, relation: Relation, store: Store, *, turned: bool) -> tuple[tuple[str, str], ...]:
    """Give subject and object that a question names for a relation, and nothing besides them; several of one kind."""
    drugs = list(dict.fromkeys(one.id for one in question.mentions if one.kind in _DRUGS))
    if not relation.object_kinds:
        # "The painkiller tramadol" names one drug; a class after a drug is said of it, or is another thing.
        named = [one for one in drugs if not any(one in store.ancestors(other) for other in drugs)]
        return ((named[0], ""),) if len(named) == 1 and drugs[-1] == named[0] else ()
    others = list(
        dict.fromkeys(
            one.id for one in question.mentions if one.kind in relation.object_kinds and one.kind not in _DRUGS
        )
    )
    if len(drugs) == 1 and others:
        return tuple((drugs[0], one) for one in others)
    if len(drugs) != 2 or others or not set(relation.object_kinds) & set(_DRUGS):  # noqa: PLR2004
        return ()
    return ((drugs[1], drugs[0]),) if turned else ((drugs[0], drugs[1]),)
