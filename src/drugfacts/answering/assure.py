"""Tell how sure it is that a question is a claim: by all that speaks for it, and by reading the two side by side.

The evidence of ``answering.candidates`` is weighed first. Of the claims that it speaks for most, each statement is then
read beside the question (``answering.verify``), which takes longer, and where that leaves it open, so are the wordings
of the claim that are nearest to the question. All together is weighed once more
(``facts/models/assurance.yaml``, grown by ``training/assurance.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drugfacts.answering.forest import grow, weigh
from drugfacts.answering.verify import beside_wordings, judged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drugfacts.answering.candidates import Candidate
    from drugfacts.answering.verify import Judged
    from drugfacts.language.question import Question
    from drugfacts.store import Store

# Of so many claims the statements are read, and of none that is less likely than this.
READ, LEAST = 4, 0.02
# Once one is so sure, those less likely than this are not read any more.
ENOUGH, UNLIKELY = 0.97, 0.3
# Beside so many wordings of a claim it is read, unless its statement is so surely neither said nor denied.
WORDINGS, NEITHER = 2, 0.98
# The names of the models that weigh before and after.
BEFORE, AFTER = "answer", "assurance"
# What of the evidence counts again.
_AGAIN = (
    *("pointed share", "pointed claim", "pointed ahead", "pointed turn", "rivals", "residue", "denials", "named"),
    *("said", "clauses", "meaning left", "meaning worst", "meaning forces", "meaning conditions"),
)
_FEW = 3


class Assured(NamedTuple):
    """A candidate, weighed.

    Attributes:
        confidence: 0 to 1.
        judged: what the question says of the claim's statement; None where it was not read.
    """

    candidate: Candidate
    confidence: float
    judged: Judged | None


def assured(question: Question, candidates: Sequence[Candidate], store: Store) -> list[Assured]:
    """Weigh candidates.

    Args:
        question: the question, read.
        candidates: the claims that it may be.
        store: the store.

    Returns:
        All of them. Those that were not read are as sure as the first weighing makes them.
    """
    forest = store.remember(("forest", BEFORE), lambda: grow(store.model(BEFORE)))
    weights = [weigh(one.evidence, forest) for one in candidates]
    chosen = worth_reading(candidates, weights)
    found: list[Assured] = []
    surest = 0.0
    for one, weight in sorted(zip(candidates, weights, strict=True), key=lambda pair: _place(pair[0], chosen)):
        read = one.claim in chosen and not (surest >= ENOUGH and weight < UNLIKELY)
        told = judged(question, store.statement(one.claim), store) if read else None
        if told is None:
            found.append(Assured(one, weight, None))
        else:
            after = store.remember(("forest", AFTER), lambda: grow(store.model(AFTER)))
            worded = wordings(question, one.claim, told, store)
            beside = evidence(one, weight, told, worded) | {"strange": strange(question, one.claim, store)}
            found.append(Assured(one, weigh(beside, after), told))
            surest = max(surest, found[-1].confidence)
    return found


def _place(one: Candidate, chosen: Sequence[str]) -> int:
    """Give the place of a candidate's claim among those that are read; the others come last."""
    return chosen.index(one.claim) if one.claim in chosen else len(chosen)


def worth_reading(candidates: Sequence[Candidate], weights: Sequence[float]) -> list[str]:
    """Give the claims that are likely enough to be read, from their weights, the likeliest first."""
    best: dict[str, float] = {}
    for one, weight in zip(candidates, weights, strict=True):
        best[one.claim] = max(weight, best.get(one.claim, 0.0))
    ranked = sorted(best, key=lambda claim: (-best[claim], claim))
    return [claim for claim in ranked[:READ] if best[claim] >= LEAST]


def wordings(question: Question, claim: str, told: Judged, store: Store) -> list[Judged]:
    """Tell what a question says of a claim by its nearest wordings; nothing where its statement is plainly neither.

    Args:
        question: the question, read.
        claim: the id of the claim.
        told: what the question says of the claim's statement.
        store: the store.
    """
    return [] if told.neither >= NEITHER else beside_wordings(question, claim, store, WORDINGS)


def strange(question: Question, claim: str, store: Store) -> float:
    """Give how many of the conditions, harms and things that a question names no wording of a claim names, 0 to 1."""
    vocabulary = store.vocabulary(claim)
    named = {one.id for one in question.mentions if one.kind not in ("substance", "class")}
    return min(sum(f"<{name}>" not in vocabulary for name in named), _FEW) / _FEW


def evidence(one: Candidate, weight: float, told: Judged, worded: Sequence[Judged] = ()) -> dict[str, float]:
    """Put together what is weighed in the end.

    Args:
        one: the candidate.
        weight: how likely it is by its evidence alone.
        told: what the question says of the claim's statement.
        worded: what it says by the claim's nearest wordings; where there are too few, the statement stands for them.
    """
    beside = [told, *worded, *[told] * (WORDINGS - len(worded))]
    sides = [each.side(negated=one.negated) for each in beside]
    others = [each.side(negated=not one.negated) for each in beside]
    return {
        "weight": round(weight, 4),
        "side": sides[0],
        "other side": others[0],
        "wording": sides[1],
        "other wording": others[1],
        "least side": min(sides),
        "most side": max(sides),
        "most other side": max(others),
        "mean side": sum(sides) / len(sides),
        "worded": float(one.worded),
        "refused": float(bool(one.refused)),
        **{name: one.evidence.get(name, 0.0) for name in _AGAIN},
    }
