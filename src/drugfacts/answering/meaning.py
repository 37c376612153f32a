"""Find the claim that a question means by the direction of its words, where it uses none of the claim's own.

What is nearest (``answering.pointing``) is only a candidate: a model weighs it together with what the words themselves
say. Of the gates those refuse that compare what is named (drugs, places, propositions); what the others would refuse
(another strength, another circumstance, a denial in doubt) is evidence here, for a stranger's words are seldom the
claim's.
"""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, NamedTuple

from drugfacts.answering import gates
from drugfacts.answering.concepts import as_about, elsewhere, heavy, left_over, light, own_forces, turned
from drugfacts.answering.ideas import Held, Partly, Spoken, partly, speak
from drugfacts.answering.pointing import cosine, direction
from drugfacts.language.question import NUMBER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from drugfacts.answering.concepts import Rest
    from drugfacts.answering.likeness import Likeness
    from drugfacts.language.question import Question
    from drugfacts.rows import AskRow
    from drugfacts.store import Store

# How many claims are looked at, and how much less like than the likest a wording may be to have a say on the sense.
MOST, CLOSE = 5, 0.1
# The share of a claim's ideas without which it is not looked at.
HALF = 0.5
# How fast a wording's vote on the sense falls with its distance.
SHARP = 0.04
_FEW = 4
# The kind of name that must be the claim's own, and those that may stand for a part of it or the whole.
_DRUG, _KINDS = "substance", ("class", "target")
# What words of strength do (``facts/lexicon/forces.yaml``).
_EFFECTS = ("more", "less", "sole", "usual")


class Meant(NamedTuple):
    """A claim that a question may mean, judged.

    Attributes:
        negated: whether the question says the opposite of the claim.
        refused: why a gate refused it; empty when none did.
        other: whether it was refused since the question names something else than the claim; nothing mends that.
        evidence: what speaks for and against it, as numbers that a model can weigh.
        row: the wording that is nearest in meaning.
    """

    claim: str
    negated: bool
    refused: str
    other: bool
    evidence: dict[str, float]
    row: AskRow


class _Near(NamedTuple):
    cosine: float
    row: AskRow


def meant(
    question: Question,
    ranked: Sequence[Likeness],
    store: Store,
    without: Collection[str] = (),
    vocabularies: Mapping[str, Collection[str]] | None = None,
    spoken: Spoken | None = None,
    also: Collection[str] = (),
) -> list[Meant]:
    """Judge the claims nearest in meaning to a question, the nearest first.

    Args:
        question: the question.
        ranked: the wordings most like it in words.
        store: the store.
        without: wordings to leave out, as training does with those it asks about.
        vocabularies: the features that claims' wordings use, where they are not to be taken from the store.
        spoken: what the question says of ideas, where that is known already.
        also: claims to judge whether they are near or not.
    """
    pointing = direction(question.content, store)
    if not pointing:
        return []
    spoken = spoken or speak(question, store)
    # A claim half of whose ideas are said, or one without ideas that shares words, may be meant.
    likely = {claim for claim in spoken.ideas if spoken.share(claim) >= HALF}
    likely.update(one.row.claim for one in ranked)
    vectors = store.centres()
    centres = sorted(((cosine(pointing, vectors[one]), one) for one in likely if one in vectors), reverse=True)[:MOST]
    taken = {one for _, one in centres}
    centres += [(cosine(pointing, vectors[one]), one) for one in also if one in vectors and one not in taken]
    every: dict[str, list[_Near]] = {}
    for _, claim in centres:
        rows = [
            _Near(cosine(pointing, row.vector), row)
            for row in store.wordings(claim)
            if row.vector and row.text not in without and not gates.sides(question.content, row.content)
        ]
        if rows:
            every[claim] = sorted(rows, key=lambda one: -one.cosine)
    held = partly(question, every, spoken)
    found = []
    for centre, claim in centres:
        if claim not in every:
            continue
        rows = every[claim]
        vocabulary = (vocabularies or {}).get(claim) or store.vocabulary(claim)
        ideas = held.get(claim)
        bare = not store.ideas(claim)
        whole = ideas.held if ideas else Held(claim, frozenset(), False, False)
        rest = left_over(question, whole, vocabulary, store)
        rivals = [other[0].cosine for name, other in every.items() if name != claim]
        best = rows[0].row
        negated, doubt, votes = _sense(
            question, rows, ideas.held if ideas and ideas.share == 1 else None, ranked, store
        )
        said = ideas is not None and ideas.share == 1
        other = _other_named(question, rows, rest, store) or _other_drug(question, ideas)
        refused = other or _refusal(question, rows, store)
        lexical = max(
            (one.score for one in ranked if one.row.claim == claim and one.row.text not in without), default=0.0
        )
        extra, lacking = _differing(question.forces, best.forces), _differing(best.forces, question.forces)
        found.append(
            Meant(
                claim,
                negated,
                refused,
                bool(other),
                {
                    "votes": votes,
                    "margin": _margin(question, rows, negated=negated),
                    "place": _in_place(ideas, rest),
                    "order": _other_order(question, rows),
                    "light": float(light(question, claim, own_forces(claim, store), store)),
                    "best": rows[0].cosine,
                    "third": rows[min(2, len(rows) - 1)].cosine,
                    "centre": centre,
                    "lead": rows[0].cosine - max(rivals, default=0.0),
                    "likeness": lexical,
                    "ideas": ideas.share if ideas else 0.0,
                    "subject": float(bare or 0 in spoken.said(claim)),
                    "bare": float(bare),
                    "whole": float(said),
                    "left": rest.share,
                    "worst": rest.worst,
                    "unsure": float(bool(doubt)),
                    **_differing_from(question, rows, rest, store),
                    "forces": extra + lacking,
                    "conditions": _differing(question.conditions, best.conditions)
                    + _differing(best.conditions, question.conditions),
                    "turns": _marks(question.content, best.content, "^"),
                    "cues": _marks(question.content, best.content, "~"),
                    "names": _lacking(best.content, question.content),
                    "parity": float(best.parity != question.negated),
                    "length": min(len(question.content), 12) / 12,
                    "residue": min(len(question.residue), _FEW) / _FEW,
                },
                best,
            )
        )
    return found


def _differing(these: Iterable[str], those: Collection[str]) -> float:
    return min(sum(one not in those for one in these), _FEW) / _FEW


def _marks(these: Collection[str], those: Collection[str], sign: str) -> float:
    return min(sum(one[0] == sign for one in set(these) ^ set(those)), _FEW) / _FEW


def _lacking(held: Collection[str], asked: Collection[str]) -> float:
    return min(sum(one[0] == "<" for one in set(held) - set(asked)), _FEW) / _FEW


def _sense(
    question: Question, rows: Sequence[_Near], whole: Held | None, ranked: Sequence[Likeness], store: Store
) -> tuple[bool, str, float]:
    """Say whether a question says the opposite of a claim, going by the wordings nearest to it in meaning.

    A wording with as many negations, even or odd, counts before one without.

    Returns:
        Whether it does; why that cannot be told, where the claim's ideas are all there and say otherwise; and the share
        of the wordings' votes for it.
    """
    if question.split and not whole:
        return False, "only a part of what is said is denied", 0.0
    near = [one for one in rows if one.cosine >= rows[0].cosine - CLOSE]
    alike = [one for one in near if one.row.parity == question.negated]
    if question.advises and not alike:
        return False, "it advises against something, which need not deny the claim", 0.0
    votes = {True: 0.0, False: 0.0}
    for one in alike or near:
        says = one.row.negated != (question.negated != one.row.parity)
        votes[says] += exp((one.cosine - rows[0].cosine) / SHARP)
    says = votes[True] > votes[False]
    share = votes[says] / sum(votes.values())
    if whole:
        by_ideas, doubt = turned(question, whole, ranked, store)
        if not doubt and by_ideas != says:
            return says, "its ideas say the opposite", share
    return says, "", share


def _margin(question: Question, rows: Sequence[_Near], *, negated: bool) -> float:
    """Give by how much the nearest wording that gives the question its sense is nearer than one that gives another."""
    best = {True: 0.0, False: 0.0}
    for one in rows:
        agrees = (one.row.negated != (question.negated != one.row.parity)) == negated
        best[agrees] = max(best[agrees], one.cosine)
    return best[True] - best[False]


def _known(question: Question, claim: str, store: Store) -> int:
    """Count the parts of what a question says that the wordings of a claim know."""
    return len(set(question.content) & store.vocabulary(claim))


def _other_drug(question: Question, ideas: Partly | None) -> str:
    """Refuse when an idea of the claim is not said, and a drug is named that says none of them."""
    if ideas is None or ideas.share == 1:
        return ""
    drugs = [one for one in question.mentions if one.kind == _DRUG]
    other = [one.text for one in drugs if ideas.held.places.isdisjoint(range(one.start, one.end))]
    return f"an idea of the claim is not said, and in its place: {other[0]}" if other else ""


def _in_place(ideas: Partly | None, rest: Rest | None) -> float:
    """Give how telling is what the claim does not know, and stands in the place of an idea that is not said."""
    return rest.worst if ideas and rest and ideas.share < 1 else 0.0


def _other_order(question: Question, rows: Sequence[_Near], among: Collection[str] | None = None) -> float:
    """Say whether no wording near to a question names things in its order: 1 or 0."""
    near = [one.row for one in rows if one.cosine >= rows[0].cosine - CLOSE]
    return float(all(gates.order(question.content, row.content, among) for row in near))


def _symmetric(row: AskRow, store: Store) -> bool:
    relation = store.relation(row.about.relation) if row.about else None
    return bool(relation and relation.symmetric)


def _another_claim(question: Question, claim: str, store: Store) -> str | None:
    """Refuse where another reviewed claim is about the very proposition of a question."""
    about = {
        found
        for one in question.propositions
        for name in store.siblings(one.relation)
        for found, _ in store.claims_proposing(one.subject, name, one.object)
    }
    return f"it proposes what another claim is about ({min(about)})" if about and claim not in about else None


def _another_number(question: Question, best: AskRow, store: Store) -> str | None:
    """Refuse where a number is named that a claim about a plain proposition does not know."""
    own = own_forces(best.claim, store)
    numbers = [one for one in question.forces if one.startswith(NUMBER) and one not in own]
    return f"the claim says nothing about {numbers[0].removeprefix(NUMBER)}" if best.about and numbers else None


def _other_named(question: Question, rows: Sequence[_Near], rest: Rest, store: Store) -> str:
    """Refuse a claim that knows nothing of a drug, a number or a place that a question names."""
    # A word that nobody knows may be a drug.
    kinds = _kinds(question)
    drugs = [name for name in rest.foreign if kinds.get(name) == _DRUG or name[0].isalpha()]
    places = [name for name in _elsewhere(question, rows, store) if store.place(name)]
    return (
        gates.certain_names(question)
        or gates.foreign(rest._replace(foreign=tuple(drugs)))
        or _another_number(question, rows[0].row, store)
        or gates.condition(places, ())
        or ""
    )


def _refusal(question: Question, rows: Sequence[_Near], store: Store) -> str:
    best = rows[0].row
    # Where nothing else is said than a relation, its strength and its circumstances are all that could differ.
    plain = not question.residue
    return (
        gates.no_membership(question, best.about)
        or gates.unspoken(question, store.vocabulary(best.claim))
        or (gates.condition(_elsewhere(question, rows, store), ()) if plain else None)
        or (heavy(question, best.claim, own_forces(best.claim, store), store) if plain else None)
        or ("the names stand in another order" if _other_order(question, rows, question.drugs) else None)
        or (_other_proposition(question, best, store) if plain else None)
        or (_another_claim(question, best.claim, store) if plain else None)
        or ""
    )


def _differing_from(question: Question, rows: Sequence[_Near], rest: Rest, store: Store) -> dict[str, float]:
    """Give as evidence in what a question differs from a claim, where the difference may or may not matter."""
    best = rows[0].row
    kinds, effects = _kinds(question), store.strengths()
    own = own_forces(best.claim, store)
    extra = [one for one in question.forces if one not in own]
    lacking = [one for one in store.wordings(best.claim)[0].forces if one not in question.forces]
    told = {
        "other class": sum(kinds.get(name) in _KINDS for name in rest.foreign),
        "other turn": sum(name[0] == "^" for name in rest.foreign),
        "heavy": heavy(question, best.claim, own, store) is not None,
        "elsewhere": len(_elsewhere(question, rows, store)),
        "opposed": gates.opposed(question.content, best.content, store.opposed(question.content)) is not None,
        "known": _known(question, best.claim, store),
        "proposes other": _other_proposition(question, best, store) is not None,
        "another": _another_claim(question, best.claim, store) is not None,
        "inner": bool(question.inner),
        "extra number": sum(one.startswith(NUMBER) for one in extra),
        "lacks number": sum(one.startswith(NUMBER) for one in lacking),
    }
    for effect in _EFFECTS:
        told[f"extra {effect}"] = sum(effects.get(one) == effect for one in extra)
        told[f"lacks {effect}"] = sum(effects.get(one) == effect for one in lacking)
    return {name: min(value, _FEW) / _FEW for name, value in told.items()}


def _kinds(question: Question) -> dict[str, str]:
    return {f"<{mention.id}>": mention.kind for mention in question.mentions}


def _elsewhere(question: Question, rows: Sequence[_Near], store: Store) -> list[str]:
    held = {condition for one in rows for condition in one.row.conditions}
    return elsewhere(question, rows[0].row.claim, held, store)


def _other_proposition(question: Question, best: AskRow, store: Store) -> str | None:
    return gates.proposition(as_about(question.propositions, best.about, store), best.about, _symmetric(best, store))
