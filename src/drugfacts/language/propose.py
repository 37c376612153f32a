"""What a question proposes: relation, subject and object, in the right direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drugfacts.language.question import Meaning, Mention, Proposed, Question, Span
from drugfacts.model import Method

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drugfacts.model import Relation
    from drugfacts.store import Store

DRUGS = ("substance", "class")


def propose(
    question: Question,
    cues: Sequence[Span],
    roles: Mapping[int, Meaning],
    store: Store,
) -> tuple[Proposed, ...]:
    """Find the propositions that a question can be read as.

    Args:
        question: the question so far.
        cues: the spans that name a relation; a cue may serve several relations, and what is named decides.
        roles: the meaning of each token's span.
        store: where the relations are.

    Returns:
        The propositions; none when the parts do not make one, several when they make more than one.
    """
    if not cues:
        implied = _implied(question, roles)
        return (implied,) if implied else ()
    found: list[set[Proposed]] = []
    for span in cues:
        fits: set[Proposed] = set()
        for meaning in span.meanings:
            relation = store.relation(meaning.id) if meaning.kind == "cue" else None
            if relation and question.joined and not relation.symmetric:
                continue
            proposed = _fit(relation, meaning.role == "passive", question.mentions) if relation else None
            if proposed:
                fits.add(proposed._replace(denied=meaning.role == "negative"))
        found.append(fits)
    # Two cues in one question must mean the same relation; else it says two things.
    common = set.intersection(*found)
    return tuple(sorted(common))


def _fit(relation: Relation, passive: bool, mentions: Sequence[Mention]) -> Proposed | None:
    distinct = list({mention.id: mention for mention in mentions}.values())
    drugs = [mention for mention in distinct if mention.kind in DRUGS]
    if not relation.object_kinds:
        return Proposed(drugs[0].id, relation.id) if len(distinct) == len(drugs) == 1 else None
    if len(distinct) == 1 and len(mentions) == 2 and relation.method is Method.IDENTITY:  # noqa: PLR2004
        return Proposed(drugs[0].id, relation.id, drugs[0].id) if drugs else None
    if len(distinct) != 2:  # noqa: PLR2004
        return None
    left, right = distinct
    if passive:
        left, right = right, left
    if left.kind in DRUGS and right.kind in relation.object_kinds:
        return Proposed(left.id, relation.id, right.id)
    if relation.symmetric and right.kind in DRUGS and left.kind in relation.object_kinds:
        return Proposed(right.id, relation.id, left.id)
    return None


def _implied(question: Question, roles: Mapping[int, Meaning]) -> Proposed | None:
    """Read "is X a Y" where nothing but "is" or an article stands between a drug and a class."""
    mentions = question.mentions
    if len(mentions) != 2 or question.residue or question.joined:  # noqa: PLR2004
        return None
    left, right = mentions
    if left.kind not in DRUGS or right.kind != "class" or left.id == right.id:
        return None
    between = [roles[place].role for place in range(left.end, right.start) if place in roles]
    before = [roles[place].role for place in range(left.start) if place in roles]
    if "copula" in between or "copula" in before or "article" in between:
        return Proposed(left.id, "is-a", right.id, implied=True)
    return None
