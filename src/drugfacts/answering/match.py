"""Find the reviewed claim that a question is, if it is one."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, NamedTuple

from drugfacts.answering import gates

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from drugfacts.language.question import Question
    from drugfacts.store import AskRow, Store

# How many wordings are compared at the most, and the least share of the question's weight that one must hold.
MOST, LEAST_SHARED = 48, 0.3
# A wording that shares this much of its weight with the question, and no less, is taken for the same (see
# benchmarks/accuracy.py for what other values give).
ALIKE = 0.72
# How much of a question's weight the ideas of a claim may leave unexplained.
UNEXPLAINED = 0.34
# The weight of a word that no wording of the store uses: it is as telling as the rarest.
_UNHEARD = 6.0


class Match(NamedTuple):
    """A reviewed claim that a question may be.

    Attributes:
        negated: whether the question says the opposite of the claim.
        confidence: 0 to 1.
        how: in plain words, how it was matched.
        refused: why a gate refused it; empty when none did.
    """

    claim: str
    negated: bool
    confidence: float
    how: str
    refused: str = ""


def matches(question: Question, store: Store) -> list[Match]:
    """Give the claims that a question may be, those that passed every gate first, then the best.

    Args:
        question: the question, read.
        store: the store.
    """
    found = [
        *_by_proposition(question, store),
        *_by_wording(question, store),
        *_by_ideas(question, store),
    ]
    found.sort(key=lambda match: (bool(match.refused), -match.confidence, match.claim))
    best: dict[str, Match] = {}
    for match in found:
        best.setdefault(match.claim, match)
    return list(best.values())


def _first(checks: Iterable[str | None]) -> str:
    return next((reason for reason in checks if reason), "")


def _by_proposition(question: Question, store: Store) -> list[Match]:
    found = []
    for one in question.propositions:
        relation = store.relation(one.relation)
        keys = [(one.subject, one.object)]
        if relation and relation.symmetric:
            keys.append((one.object, one.subject))
        for subject, object_ in keys:
            for claim, force in store.claims_proposing(subject, one.relation, object_):
                refused = _first(
                    (
                        gates.certain_names(question),
                        gates.one_proposition(question),
                        gates.residue(question),
                        gates.force(question.forces, [force] if force else []),
                        gates.condition(question.conditions, ()),
                    )
                )
                found.append(Match(claim, question.negated != one.denied, 0.97, "proposes the same", refused))
    return found


def _by_wording(question: Question, store: Store) -> list[Match]:
    found = []
    for score, row in alike(question.content, store):
        refused = _refusal(question, row, store) if score >= ALIKE else "the wording is not near enough"
        negated = row.negated != (question.negated != row.parity)
        found.append(Match(row.claim, negated, round(0.5 + 0.49 * score, 3), f"worded like {row.text!r}", refused))
    return found


def _refusal(question: Question, row: AskRow, store: Store) -> str:
    """Give the first gate's reason against taking a question for a wording, empty when all let it pass."""
    about = row.about
    relation = store.relation(about.relation) if about else None
    symmetric = bool(relation and relation.symmetric)
    return _first(
        (
            gates.certain_names(question),
            gates.names(question.content, row.content),
            gates.same_marks(question.content, row.content),
            gates.proposition(question.propositions, about, symmetric),
            gates.plain_proposition(question, about, row.content, plain=row.plain),
            None if symmetric or question.propositions else gates.order(question.content, row.content),
            gates.force(question.forces, row.forces),
            gates.condition(question.conditions, row.conditions),
        )
    )


def alike(content: Sequence[str], store: Store) -> list[tuple[float, AskRow]]:
    """Give the wordings most like a content, best first, with their likeness.

    The likeness is the weighted Jaccard index: the weight of what both hold over the weight of what either holds,
    0 for nothing shared and 1 for the same. A feature that no wording has weighs as much as the rarest.

    Args:
        content: features, as ``Question.content``.
        store: the store.
    """
    features = store.features(content)
    whole = sum(features[name].weight if name in features else _UNHEARD for name in set(content))
    shared: dict[int, float] = {}
    for feature in features.values():
        weight = feature.weight
        for number in feature.asks:
            shared[number] = shared.get(number, 0.0) + weight
    enough = LEAST_SHARED * whole
    best = heapq.nlargest(MOST, ((weight, -number) for number, weight in shared.items() if weight >= enough))
    rows = store.asks(-number for _, number in best)
    scored = [
        (weight / (whole + rows[-number].weight - weight), rows[-number]) for weight, number in best if -number in rows
    ]
    scored.sort(key=lambda pair: (-pair[0], pair[1].claim, pair[1].text))
    return scored


def _by_ideas(question: Question, store: Store) -> list[Match]:
    content = set(question.content)
    found = []
    for claim in store.claims_with_idea(content):
        ideas = store.ideas(claim)
        if not ideas or not all(any(way <= content for way in idea if way) for idea in ideas):
            continue
        vocabulary = store.vocabulary(claim)
        left = unexplained(question.content, vocabulary, store)
        wordings = store.wordings(claim)
        forces = {force for row in wordings for force in row.forces}
        conditions = {condition for row in wordings for condition in row.conditions}
        refused = _first(
            (
                None if left <= UNEXPLAINED else "too much else is said",
                gates.certain_names(question),
                gates.within(question.content, vocabulary),
                gates.proposition(question.propositions, wordings[0].about, symmetric=False),
                gates.plain_proposition(question, wordings[0].about, (), plain=False),
                gates.force([one for one in question.forces if one not in forces], ()),
                gates.condition([one for one in question.conditions if one not in conditions], ()),
            )
        )
        parity = next(row.parity for row in wordings if not row.negated)
        confidence = round(0.95 - 0.4 * left, 3)
        found.append(Match(claim, question.negated != parity, confidence, "holds every idea of the claim", refused))
    return found


def unexplained(content: Sequence[str], vocabulary: Collection[str], store: Store) -> float:
    """Give the share of a question's weight that the words of a claim do not account for, 0 to 1."""
    features = store.features(content)
    weights = {name: features[name].weight if name in features else _UNHEARD for name in content}
    whole = sum(weights.values())
    return sum(weight for name, weight in weights.items() if name not in vocabulary) / whole if whole else 0.0
