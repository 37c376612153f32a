"""Read what a question proposes by trying sentences on it.

Each relation that a question may propose, and that the records settle, is put into a sentence with what the question
names, and the sentence is read beside it (``answering.verify``): does the question say that, deny it, or neither? So a
proposition is found in words that no wording of a relation foresees, and among others that say nothing to the matter.
How sure that is depends on more than the two texts: on whether its words name that relation or another, on what it says
besides, on whether another sentence fits as well. One model weighs all that (``facts/models/records.yaml``, grown by
``training/records.py``).
"""

from __future__ import annotations

from itertools import pairwise, product
from typing import TYPE_CHECKING, NamedTuple

from drugfacts.answering import gates
from drugfacts.answering.derive import Derived, derive, proposition
from drugfacts.answering.forest import grow, weigh
from drugfacts.answering.scope import places, scope
from drugfacts.answering.sides import NONE, proposed
from drugfacts.answering.understood import named_for
from drugfacts.answering.verify import judged_each, names_alone
from drugfacts.language.propose import DRUGS
from drugfacts.language.question import Proposed
from drugfacts.model import Method
from drugfacts.text import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drugfacts.answering.verify import Judged
    from drugfacts.language.question import Question
    from drugfacts.store import Store

# A relation with a smaller share is not tried, and no more sentences than this are.
LEAST, TRIED = 0.01, 8
# Of so many things named, each two are tried together.
_NAMED = 5
# The name of the model that weighs a reading, and from where on one is sure.
MODEL, SURE = "records", 0.8
# What counts of how much a text holds, at most.
_FEW, _LONG = 4, 20


class Reading(NamedTuple):
    """A proposition that a question may make.

    Attributes:
        proposed: the proposition; ``denied`` is set so that the question's negations come out right.
        derived: what the records say of the proposition.
        judged: what the question says of the proposition's sentence.
        evidence: what speaks for and against it, as numbers.
        confidence: how sure it is, 0 to 1, by the model.
    """

    proposed: Proposed
    derived: Derived
    judged: Judged
    evidence: dict[str, float]
    confidence: float = 0.0

    @property
    def is_sure(self) -> bool:
        """Whether it is sure enough to be what the question proposes."""
        return self.confidence >= SURE


def readings(question: Question, store: Store) -> list[Reading]:
    """Give the propositions that a question may make, the surest first; nothing where the store has no verifier.

    Args:
        question: the question, read.
        store: the store.
    """
    found = unweighed(question, store)
    if not found:
        return []
    forest = store.remember(("forest", MODEL), lambda: grow(store.model(MODEL)))
    weighed = [one._replace(confidence=round(weigh(one.evidence, forest), 4)) for one in found]
    return sorted(weighed, key=lambda one: (-one.confidence, one.proposed))


def unweighed(question: Question, store: Store) -> list[Reading]:
    """Give the propositions that a question may make, with the evidence, before it is weighed.

    Args:
        question: the question, read.
        store: the store.
    """
    if names_alone(question):
        return []
    shares, none = _pointed(question, store)
    cued = {(one.subject, one.relation, one.object): one for one in question.propositions}
    tried = {**dict.fromkeys(cued, 0.0), **shares}
    for parts in (*settled_between(question, store), *_settled_besides(question, store)):
        tried.setdefault(parts, 0.0)
    # What its words propose in one direction, it does not propose in the other.
    swapped = {(object_, relation, subject) for subject, relation, object_ in cued} - cued.keys()
    # Where its words name a relation, it is likely that one, or one that is settled alike; where they are nothing but
    # that relation and its names, it is no other.
    relations = {name for one in cued.values() for name in (one.relation, *store.siblings(one.relation))}
    plain = bool(relations) and not question.residue
    named = [store.place(place) for place in places(question, store)]
    settled = {
        parts: derived
        for parts in tried
        if parts not in swapped
        and (parts[1] in relations or not (plain or _is_kinship(parts[1], store)))
        and not _products(question, parts, store)
        and not _listed(question, parts, store)
        and not _set_apart(question, parts, store)
        and (derived := derive(Proposed(*parts), store, named[0] if len(named) == 1 else ""))
        and proposition(parts[1], parts[0], parts[2], store)
    }
    first = sorted(settled, key=lambda parts: (parts not in cued, -tried[parts]))[:TRIED]
    statements = [proposition(parts[1], parts[0], parts[2], store) for parts in first]
    told = dict(zip(first, judged_each(question, statements, store), strict=False))
    found = []
    for parts, judged in told.items():
        one = Proposed(*parts, judged.denied != question.negated)
        besides = scope(question, one, settled[parts], store)
        rivals = (
            max(other.says, other.denies)
            for name, other in told.items()
            if name != parts and _comes_to(settled[name], other) != _comes_to(settled[parts], judged)
        )
        evidence = {
            "side": max(judged.says, judged.denies),
            "other side": min(judged.says, judged.denies),
            "rival": max(rivals, default=0.0),
            "share": round(tried[parts], 4),
            "nothing": round(none, 4),
            "cued": float(parts in cued and cued[parts].denied == one.denied),
            "crossed": float(parts in cued and cued[parts].denied != one.denied),
            "other relation": float(bool(relations) and parts[1] not in relations),
            "heavy": float(besides.heavy),
            "strength": float(bool(besides.strength)),
            "circumstance": float(bool(besides.circumstance)),
            "binary": float(bool(parts[2])),
            **_asked(question, judged, parts),
        }
        found.append(Reading(one, settled[parts], judged, evidence))
    return found


def _is_kinship(relation: str, store: Store) -> bool:
    """Say whether a relation is that of one class: read beside a text, it is too near to being one drug."""
    record = store.relation(relation)
    return record is not None and record.method is Method.KINSHIP


def _products(question: Question, parts: Sequence[str], store: Store) -> bool:
    """Say whether a proposition takes two products that hold one drug for one thing."""
    subject = store.profile(parts[0]) if parts[0] == parts[2] else None
    return bool(subject and gates.one_thing(question, {key(name) for name in subject.names.product}))


def _listed(question: Question, parts: Sequence[str], store: Store) -> bool:
    """Say whether two things of which one would be said of the other are named in one breath ("A and B")."""
    relation = store.relation(parts[1])
    if not parts[2] or relation is None or relation.symmetric:
        return False
    joins, small = store.single("join"), store.single("article")
    for one, other in pairwise(question.mentions):
        between = {token.stem for token in question.tokens[one.end : other.start]}
        if {one.id, other.id} == {parts[0], parts[2]} and between & joins and between <= joins | small:
            return True
    return False


def _set_apart(question: Question, parts: Sequence[str], store: Store) -> bool:
    """Say whether a question names a drug only to set another against it ("unlike weed, …")."""
    words = store.single("shift", effects=("apart",))
    apart = [place for place, token in enumerate(question.tokens) if token.stem in words]
    return any(
        mention.id in (parts[0], parts[2])
        and any(place < mention.start and question.clause(place) == question.clause(mention.start) for place in apart)
        for mention in question.mentions
    )


def _asked(question: Question, judged: Judged, parts: Sequence[str]) -> dict[str, float]:
    """Give what of a question itself makes it harder or easier to tell what it proposes, and whether it denies it."""
    named = {mention.id for mention in question.mentions}
    denied = len(question.negators) + len(question.inner)
    return {
        "denies": float(judged.denied),
        "wordless denial": float(judged.denied and not denied),
        "unheeded denial": float(not judged.denied and bool(denied)),
        "denials": min(denied, _FEW) / _FEW,
        "split": float(question.split),
        "asides": float(bool(question.asides)),
        "clauses": min(len(question.clauses), _FEW) / _FEW,
        "residue": min(len(question.residue), _FEW) / _FEW,
        "said": min(len(question.content), _LONG) / _LONG,
        "names besides": min(len(named - set(parts)), _FEW) / _FEW,
    }


def _comes_to(derived: Derived, judged: Judged) -> int:
    """Give which side what is proposed comes out on: 1 true, -1 false, 0 neither."""
    return derived.verdict.leaning * (-1 if judged.denied else 1)


def _pointed(question: Question, store: Store) -> tuple[dict[tuple[str, str, str], float], float]:
    """Give the propositions that a question points to, each with its share, and the share that it proposes none."""
    shares: dict[tuple[str, str, str], float] = {}
    none = 0.0
    for name, turned, _, share in proposed(question, store):
        if name == NONE:
            none = max(share, none)
            continue
        if share < LEAST:
            continue
        for parts in named_for(question, name, store, turned=turned) or _named_besides(question, name, store):
            shares[parts] = max(share, shares.get(parts, 0.0))
    return shares, none


def _named_besides(question: Question, relation: str, store: Store) -> Iterator[tuple[str, str, str]]:
    """Give what a question that names more than a relation needs may say by it of some of what it names."""
    mentions = list(dict.fromkeys((one.id, one.kind) for one in question.mentions))[:_NAMED]
    drugs = [name for name, kind in mentions if kind in DRUGS]
    for name in (relation, *store.siblings(relation)):
        wanted = store.relation(name)
        if wanted is None:
            continue
        if not wanted.object_kinds:
            # A class that one of the drugs belongs to is said of it.
            yield from ((one, name, "") for one in drugs if not any(one in store.ancestors(other) for other in drugs))
            continue
        for drug, (other, kind) in product(drugs, mentions):
            # What holds both ways is tried in one.
            again = wanted.symmetric and other in drugs and drugs.index(other) < drugs.index(drug)
            if kind in wanted.object_kinds and other != drug and not again:
                yield drug, name, other


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
                if parts[1] == name and parts[2] and derive(Proposed(*parts), store):
                    yield parts


def _settled_besides(question: Question, store: Store) -> Iterator[tuple[str, str, str]]:
    """Give those about two of the more things that a question names."""
    every = (parts for name in store.ids("relations") for parts in _named_besides(question, name, store))
    return (parts for parts in dict.fromkeys(every) if parts[2] and derive(Proposed(*parts), store))
