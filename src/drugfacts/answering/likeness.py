"""How like a question is to the wordings of claims: by its words, and by words near to them in meaning."""

from __future__ import annotations

import heapq
from functools import partial
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from drugfacts.answering.pointing import cosine, direction

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from drugfacts.rows import AskRow, Feature
    from drugfacts.store import Store

# How many wordings are compared at the most, and the least share of the question's weight that one must hold.
MOST, LEAST_SHARED = 64, 0.3
# The weight of a word that no wording of the store uses: it is as telling as the rarest.
UNHEARD = 6.0
# A neighbour of this cosine counts for nothing, one of cosine 1 as much as the word itself.
_NO_KIN = 0.4
# Features that are marks: they are shared or not, and have no neighbours.
MARKS = "<~!^+*@"


class Likeness(NamedTuple):
    """How like a wording is to a question.

    Attributes:
        score: the weight of what both hold over the weight of what either holds, words near in meaning counting in
            part: 0 for nothing shared, 1 for the same (a weighted Jaccard index).
        strict: the same with only equal words counting.
    """

    score: float
    strict: float
    row: AskRow


def alike(
    content: Sequence[str], store: Store, without: Collection[int] = (), *, misses: bool = False
) -> list[Likeness]:
    """Give the wordings most like a content, best first.

    Args:
        content: features, as ``Question.content``.
        store: the store.
        misses: give the near misses of claims too.
        without: numbers of wordings to leave out, as training and testing do with those they ask about.
    """
    wanted = dict.fromkeys(content)
    near = kin(wanted, store)
    features = store.features([*wanted, *(name for row in near.values() for name in row)])
    weights = {name: features[name].weight if name in features else UNHEARD for name in wanted}
    whole = sum(weights.values())
    enough = LEAST_SHARED * whole
    shared: dict[int, float] = {}
    remaining = whole
    # The rarest first: once what is left cannot make a wording like enough, no new ones are taken up.
    for name in sorted(wanted, key=lambda one: len(features[one].asks) if one in features else 0):
        best = _gains(name, weights[name], near.get(name, {}), features, shared.keys() if remaining < enough else None)
        remaining -= weights[name]
        for number, gain in best.items():
            shared[number] = shared.get(number, 0.0) + gain
    heavy = store.ask_weights()
    best_numbers = [
        (weight, -number)
        for _, weight, number in heapq.nlargest(
            MOST,
            (
                (weight / (whole + heavy[number] - weight), weight, number)
                for number, weight in shared.items()
                if weight >= enough and number not in without and number < len(heavy)
            ),
        )
    ]
    rows = store.asks(-number for _, number in best_numbers)
    found = []
    for weight, number in best_numbers:
        row = rows.get(-number)
        if row and (misses or not row.miss):
            equal = fsum(weights[name] for name in {*row.content} if name in weights)
            found.append(
                Likeness(
                    min(1.0, weight / (whole + row.weight - weight)),
                    equal / (whole + row.weight - equal),
                    row,
                )
            )
    found.sort(key=lambda one: (-one.score, one.row.claim, one.row.text))
    return found


def likest(content: Sequence[str], claim: str, ranked: Sequence[Likeness], store: Store) -> Likeness | None:
    """Give the wording of a claim that is most like a content in words and direction, but for the claim's statement.

    Args:
        content: features, as ``Question.content``.
        claim: the claim's id.
        ranked: the wordings most like the content, as ``alike`` gives them; those of the claim that are not among them
            are compared by their equal words alone.
        store: the store.

    Returns:
        The wording, with how like it is in words; None where the claim has no wording but its statement.
    """
    statement = store.statement(claim)
    rows = [row for row in store.wordings(claim) if row.text != statement]
    if not rows:
        return None
    near = {one.row.text: one.score for one in ranked if one.row.claim == claim}
    features = store.features(dict.fromkeys(content))
    weights = {name: features[name].weight if name in features else UNHEARD for name in dict.fromkeys(content)}
    whole = sum(weights.values())
    pointing = direction(content, store)
    found = []
    for row in rows:
        equal = fsum(weights[name] for name in {*row.content} if name in weights)
        score = near.get(row.text, equal / ((whole + row.weight - equal) or 1.0))
        found.append((score + cosine(pointing, row.vector), Likeness(score, score, row)))
    return max(found, key=lambda one: (one[0], one[1].row.text))[1]


def _gains(
    name: str,
    weight: float,
    near: Mapping[str, float],
    features: Mapping[str, Feature],
    among: AbstractSet[int] | None,
) -> dict[int, float]:
    """Give for each wording that holds a feature, or one near to it, the weight that it shares by that.

    Args:
        name: the feature.
        weight: its weight.
        near: features near to it in meaning, with the share that each counts for.
        features: the store's features by name.
        among: look only at these wordings; all when None.
    """
    held = [
        (features[other], share * min(weight, features[other].weight))
        for other, share in near.items()
        if other in features
    ]
    held.sort(key=lambda pair: pair[1])
    if name in features:
        held.append((features[name], weight))
    gains: dict[int, float] = {}
    for feature, gain in held:
        gains.update(dict.fromkeys(feature.asks if among is None else among & feature.members, gain))
    return gains


def kin(content: Collection[str], store: Store) -> dict[str, dict[str, float]]:
    """Give for each plain word of a content the words near to it in meaning, with the share that each counts for."""
    plain = [name for name in content if name[0] not in MARKS]
    return {word: store.remember(("kin", word), partial(_shares, row)) for word, row in store.near(plain).items()}


def _shares(row: Mapping[str, float]) -> dict[str, float]:
    return {name: (likeness - _NO_KIN) / (1 - _NO_KIN) for name, likeness in row.items()}


def explained(content: Sequence[str], vocabulary: Collection[str], store: Store) -> dict[str, float]:
    """Give for each feature of a content the weight of it that a vocabulary leaves unexplained."""
    features = store.features(content)
    near = kin(content, store)
    left = {}
    for name in content:
        weight = features[name].weight if name in features else UNHEARD
        share = (
            1.0
            if name in vocabulary
            else max((value for other, value in near.get(name, {}).items() if other in vocabulary), default=0.0)
        )
        left[name] = weight * (1 - share)
    return left


def evidence(
    content: Sequence[str],
    best: Likeness,
    ranked: Sequence[Likeness],
    store: Store,
    vocabulary: Collection[str] | None = None,
) -> dict[str, float]:
    """Give what speaks for and against the claim of a wording, as numbers that a model can weigh.

    Args:
        content: the question's content.
        best: the wording.
        ranked: all wordings that were compared, the likest first.
        store: the store.
        vocabulary: the features that the claim's wordings use, where they are not to be taken from the store.
    """
    claim = best.row.claim
    rival = next((one.score for one in ranked if one.row.claim != claim), 0.0)
    left = explained(content, store.vocabulary(claim) if vocabulary is None else vocabulary, store)
    missing = explained(best.row.content, frozenset(content), store)
    features = store.features(content)
    whole = sum(features[name].weight if name in features else UNHEARD for name in left) or 1.0
    same = [one for one in ranked if one.row.claim == claim]
    return {
        "score": best.score,
        "strict": best.strict,
        "rival": rival,
        "lead": best.score - rival,
        "unexplained": sum(left.values()) / whole,
        "worst_unexplained": max(left.values(), default=0.0) / UNHEARD,
        "missing": sum(missing.values()) / (best.row.weight or 1.0),
        "worst_missing": max(missing.values(), default=0.0) / UNHEARD,
        "agreeing": min(len(same), 8) / 8,
        "marks": float(sum(name[0] in "~+" for name in {*content} ^ {*best.row.content})),
        "names": float(sum(name[0] == "<" for name in {*content})),
        "length": min(len(left), 12) / 12,
    }
