"""Tell how sure it is that a question is a claim: by all that speaks for it, and by reading the two side by side.

The evidence of ``answering.candidates`` is weighed first. Of the claims that it speaks for most, each statement, and
the wording of it that is likest to the question, is then read beside the question (``answering.verify``), which takes
longer, and all together is weighed once more (``facts/models/assurance.yaml``, grown by ``training/assurance.py``).
Two sentences for one claim tell more than one: each has words of its own, and is misread in its own way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drugfacts.answering import gates
from drugfacts.answering.concepts import elsewhere, heavy, light, own_forces, reordered, weakened
from drugfacts.answering.forest import grow, weigh
from drugfacts.answering.likeness import likest
from drugfacts.answering.verify import judged_each

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drugfacts.answering.candidates import Candidate
    from drugfacts.answering.likeness import Likeness
    from drugfacts.answering.verify import Judged
    from drugfacts.language.question import Question
    from drugfacts.store import Store

# Of so many claims the statements are read, and of none that is less likely than this.
READ, LEAST = 4, 0.02
# Once one is so sure, those less likely than this are not read any more.
ENOUGH, UNLIKELY = 0.97, 0.3
# The names of the models that weigh before and after.
BEFORE, AFTER = "answer", "assurance"
# What of the evidence counts again.
_AGAIN = (
    "pointed share",
    "pointed claim",
    "pointed ahead",
    "pointed turn",
    "rivals",
    "residue",
    "denials",
    "named",
    "other",
    "across",
    "contrasts",
    "asides",
    "split",
    "advises",
    "clauses",
    "asks",
    "said",
    "proposes",
)
_FEW = 4


class Told(NamedTuple):
    """What a question says of a claim.

    Attributes:
        stated: what it says of the claim's statement.
        worded: what it says of the claim, read beside the likest of its other wordings; None where it has none.
        likeness: how like that wording is to the question, 0 to 1.
    """

    stated: Judged
    worded: Judged | None = None
    likeness: float = 0.0


class Assured(NamedTuple):
    """A candidate, weighed.

    Attributes:
        confidence: 0 to 1.
        judged: what the question says of the claim's statement; None where it was not read.
    """

    candidate: Candidate
    confidence: float
    judged: Judged | None


def assured(
    question: Question, candidates: Sequence[Candidate], near: Sequence[Likeness], store: Store
) -> list[Assured]:
    """Weigh candidates.

    Args:
        question: the question, read.
        candidates: the claims that it may be.
        near: the wordings and near misses most like it in words.
        store: the store.

    Returns:
        All of them. Those that were not read are as sure as the first weighing makes them.
    """
    forest = store.remember(("forest", BEFORE), lambda: grow(store.model(BEFORE)))
    weights = [weigh(one.evidence, forest) for one in candidates]
    chosen = worth_reading(candidates, weights)
    # The likeliest first: where one of them is sure, the others need not be read.
    likely = [
        name
        for name in chosen
        if any(one.claim == name and weight >= UNLIKELY for one, weight in zip(candidates, weights, strict=True))
    ] or chosen
    pairs = list(zip(candidates, weights, strict=True))
    found = _read(question, [pair for pair in pairs if pair[0].claim in likely], near, store)
    rest = [pair for pair in pairs if pair[0].claim not in likely]
    if any(one.confidence >= ENOUGH for one in found):
        return [*found, *(Assured(one, weight, None) for one, weight in rest)]
    found += _read(question, [pair for pair in rest if pair[0].claim in chosen], near, store)
    return [*found, *(Assured(one, weight, None) for one, weight in rest if one.claim not in chosen)]


def _read(
    question: Question, weighed: Sequence[tuple[Candidate, float]], near: Sequence[Likeness], store: Store
) -> list[Assured]:
    """Read the claims of some candidates beside a question, and weigh them once more."""
    ranked = [one for one in near if not one.row.miss]
    told = told_of(question, list(dict.fromkeys(one.claim for one, _ in weighed)), ranked, store)
    if not told:
        return [Assured(one, weight, None) for one, weight in weighed]
    after = store.remember(("forest", AFTER), lambda: grow(store.model(AFTER)))
    return [
        Assured(
            one, weigh(evidence(one, weight, told[one.claim], question, near, store), after), told[one.claim].stated
        )
        for one, weight in weighed
    ]


def told_of(question: Question, claims: Sequence[str], ranked: Sequence[Likeness], store: Store) -> dict[str, Told]:
    """Tell what a question says of each of some claims, by reading their statements and likest wordings beside it.

    Args:
        question: the question, read.
        claims: the ids of the claims.
        ranked: the wordings most like it in words.
        store: the store.

    Returns:
        What it says of each; nothing where the store has no network for it, or the question says nothing.
    """
    wordings = {claim: likest(question.content, claim, ranked, store) for claim in claims}
    texts = [store.statement(claim) for claim in claims]
    texts += [one.row.text for one in wordings.values() if one]
    told = dict(zip(texts, judged_each(question, texts, store), strict=False))
    if not told:
        return {}
    return {
        claim: Told(told[store.statement(claim)], told[one.row.text].turned(turned=one.row.negated), one.score)
        if one
        else Told(told[store.statement(claim)])
        for claim, one in wordings.items()
    }


def worth_reading(candidates: Sequence[Candidate], weights: Sequence[float]) -> list[str]:
    """Give the claims that are likely enough to be read, from their weights, the likeliest first."""
    best: dict[str, float] = {}
    for one, weight in zip(candidates, weights, strict=True):
        best[one.claim] = max(weight, best.get(one.claim, 0.0))
    ranked = sorted(best, key=lambda claim: (-best[claim], claim))
    return [claim for claim in ranked[:READ] if best[claim] >= LEAST]


def evidence(
    one: Candidate, weight: float, told: Told, question: Question, near: Sequence[Likeness], store: Store
) -> dict[str, float]:
    """Put together what is weighed in the end.

    Args:
        one: the candidate.
        weight: how likely it is by its evidence alone.
        told: what the question says of the claim.
        question: the question, read.
        near: the wordings and near misses most like it in words.
        store: the store.
    """
    worded = told.worded or told.stated
    sides = [each.side(negated=one.negated) for each in (told.stated, worded)]
    return {
        "weight": round(weight, 4),
        "side": sides[0],
        "other side": told.stated.side(negated=not one.negated),
        "wording side": sides[1],
        "wording other side": worded.side(negated=not one.negated),
        "wording likeness": round(told.likeness, 4),
        "least side": min(sides),
        "most side": max(sides),
        "worded": float(one.worded),
        "refused": float(bool(one.refused)),
        **{name: one.evidence.get(name, 0.0) for name in _AGAIN},
        **_besides(one, question, near, store),
    }


def _besides(one: Candidate, question: Question, near: Sequence[Likeness], store: Store) -> dict[str, float]:
    """Tell in what a question differs from a claim: names, strength, circumstance, order, and how it denies."""
    claim, wordings = one.claim, store.wordings(one.claim)
    own, vocabulary = own_forces(claim, store), store.vocabulary(claim)
    conditions = {condition for row in wordings for condition in row.conditions}
    stated = {feature for feature in wordings[0].content if feature[0] == "<"}
    best = {
        miss: max((each.score for each in near if each.row.claim == claim and each.row.miss is miss), default=0.0)
        for miss in (False, True)
    }
    return {
        "wordless": float(one.negated and not (question.negators or question.inner)),
        "outright": float(question.outright),
        "nameless": float(not question.drugs),
        "unnamed": min(len(question.drugs - vocabulary), _FEW) / _FEW,
        "unsaid": min(len(stated - set(question.content)), _FEW) / _FEW,
        "strength": float(heavy(question, claim, own, store) is not None),
        "light": min(light(question, claim, own, store), _FEW) / _FEW,
        "weakened": weakened(question, claim, store),
        "circumstance": float(bool(gates.condition(elsewhere(question, claim, conditions, store), ()))),
        "reordered": reordered(question, claim, store),
        "wording": best[False],
        "miss": max(0.0, best[True] - best[False]),
    }
