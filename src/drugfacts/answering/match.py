"""Find the reviewed claim that a question is, if it is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drugfacts.answering import gates
from drugfacts.answering.concepts import as_about, grasp
from drugfacts.answering.ideas import speak
from drugfacts.answering.likeness import alike, evidence, weigh
from drugfacts.answering.meaning import meant
from drugfacts.answering.pointing import direction, nearness
from drugfacts.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from drugfacts.answering.ideas import Spoken
    from drugfacts.answering.likeness import Likeness
    from drugfacts.language.question import Question
    from drugfacts.rows import AskRow
    from drugfacts.store import Store

# Likeness is a sum of weights, which may miss 1 by a rounding.
_TO_THE_LETTER = 1 - 1e-9
# How much the words of a wording must be the question's for a "not" alone to make the difference.
SAME_BUT_NOT = 0.7
# The confidence in a wording that is the question to the last word.
OWN = 0.99
# The most that a model can give: only a claim's own words are surer.
LIKELY = 0.985
# How like a near miss must be to say that a question is none of its claim.
NEAR_MISS = 0.6
# A match below this is not an answer.
SURE = 0.9
# The confidence in a claim that is about the very proposition of the question.
PROPOSED = 0.987


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
    near = alike(question.content, store, misses=True)
    ranked = [one for one in near if not one.row.miss]
    spoken = speak(question, store)
    found = [
        *_by_proposition(question, store),
        *_by_wording(question, ranked, store),
        *_by_ideas(question, ranked, spoken, store),
    ]
    if all(match.refused or match.confidence < SURE for match in found):
        found += _by_meaning(question, ranked, spoken, store)
    missed = _missed(near, {feature for feature in question.content if feature[0] == "<"})
    found = [
        match._replace(refused=f"it is a near miss of the claim: {missed[match.claim]!r}")
        if match.claim in missed and not match.refused
        else match
        for match in found
    ]
    found.sort(key=lambda match: (bool(match.refused), -match.confidence, match.claim))
    best: dict[str, Match] = {}
    for match in found:
        best.setdefault(match.claim, match)
    return list(best.values())


def _first(checks: Iterable[str | None]) -> str:
    return next((reason for reason in checks if reason), "")


def _missed(near: Sequence[Likeness], named: set[str]) -> dict[str, str]:
    """Give the claims a near miss of which is nearer to the question than any wording, with the near miss.

    A near miss that names what the question does not is none of it: it asks about something else.
    """
    best: dict[str, float] = {}
    missed: dict[str, str] = {}
    for one in near:  # the likest first
        claim = one.row.claim
        if one.row.miss and not named.issuperset(name for name in one.row.content if name[0] == "<"):
            continue
        if one.row.miss and one.score >= NEAR_MISS and one.score > best.get(claim, 0.0):
            missed.setdefault(claim, one.row.text)
        elif not one.row.miss:
            best.setdefault(claim, one.score)
    return missed


def _by_proposition(question: Question, store: Store) -> list[Match]:
    found = []
    for one in question.propositions:
        relation = store.relation(one.relation)
        keys = [(one.subject, one.object)]
        if relation and relation.symmetric:
            keys.append((one.object, one.subject))
        for subject, object_ in keys:
            proposing = [
                pair for name in store.siblings(one.relation) for pair in store.claims_proposing(subject, name, object_)
            ]
            for claim, force in proposing:
                refused = _first(
                    (
                        gates.certain_names(question),
                        gates.one_proposition(question),
                        gates.no_advice(question),
                        gates.residue(question),
                        gates.force(question.forces, [force] if force else []),
                        gates.condition(question.conditions, ()),
                    )
                )
                found.append(Match(claim, question.negated != one.denied, PROPOSED, "proposes the same", refused))
    return found


def _by_wording(question: Question, ranked: Sequence[Likeness], store: Store) -> list[Match]:
    """Match by the likest wording that the gates let pass, weighed by a model; the others only to be suggested."""
    found: list[Match] = []
    judged = False
    for one in ranked:
        row = one.row
        negated = row.negated != (question.negated != row.parity)
        how = f"worded like {row.text!r}"
        refused = (
            "another wording is nearer"
            if judged
            else refusal(question, row, store) or _unsettled(one, ranked, question)
        )
        confidence = round(0.5 + 0.4 * one.score, 3)
        if not refused:
            judged = True
            confidence = OWN
            if one.strict < _TO_THE_LETTER:
                speaks = evidence(question.content, one, ranked, store)
                speaks |= nearness(direction(question.content, store), row.claim, ranked, store)
                confidence = min(LIKELY, round(weigh(speaks, store.weights("wording")), 3))
                refused = gates.telling(speaks["worst_unexplained"], speaks["worst_missing"]) or ""
        found.append(Match(row.claim, negated, confidence, how, refused))
    return found


def _unsettled(one: Likeness, ranked: Sequence[Likeness], question: Question) -> str:
    """Refuse when it cannot be told whether the question says what the claim says, or its opposite.

    That a question holds a "not" more or less than a wording turns its sense round only when all else is the same:
    "rehab did not work" is no denial of "rehab was useless". And wordings as near as this one must agree.
    """
    row = one.row
    if question.negated != row.parity and question.advises:
        return "it advises against something, which need not deny the claim"
    if question.negated != row.parity and one.strict < SAME_BUT_NOT:
        return "the negation differs, and other words too"
    says = row.negated != (question.negated != row.parity)
    for read in question.propositions:
        same = row.about and (read.subject, read.relation, read.object) == row.about[:3]
        if same and (question.negated != read.denied) != says:
            return "read as a proposition, it says the opposite"
    as_near = (
        other.row
        for other in ranked
        if other.row.claim == row.claim
        and other.score >= 0.9 * one.score
        and question.negated == other.row.parity
        and not gates.order(row.content, other.row.content)
        and not gates.sides(row.content, other.row.content)
    )
    if any(other.negated != says for other in as_near):
        return "wordings of the claim that are as near say the opposite"
    return ""


def refusal(question: Question, row: AskRow, store: Store) -> str:
    """Give the first gate's reason against taking a question for a wording, empty when all let it pass."""
    about = row.about
    if len(set(row.content)) <= 1 and words(question.text) != words(row.text):
        return "the wording says too little by itself"
    relation = store.relation(about.relation) if about else None
    symmetric = bool(relation and relation.symmetric)
    return _first(
        (
            gates.certain_names(question),
            gates.names(question.content, row.content),
            gates.same_marks(question.content, row.content, relations=bool(question.propositions) or row.plain),
            gates.sides(question.content, row.content),
            gates.opposed(question.content, row.content, store.opposed(question.content)),
            None
            if _meant(question, row, store)
            else gates.proposition(as_about(question.propositions, about, store), about, symmetric),
            gates.plain_proposition(question, about, row.content, plain=row.plain),
            None if symmetric or (question.propositions and about) else gates.order(question.content, row.content),
            gates.force([one for one in question.forces if one in row.forces], row.forces),
            gates.stronger(
                question.forces,
                row.forces,
                store.strengths(),
                store.verdict(row.claim),
                general=store.general(store.statement(row.claim)),
            ),
            gates.condition(question.conditions, row.conditions),
        )
    )


def _meant(question: Question, row: AskRow, store: Store) -> bool:
    """Say whether a claim about a class was worded with members of it, and the question is that wording."""
    if row.about is None or question.content != row.content:
        return False
    about = row.about
    relation = store.relation(about.relation)
    goals = [(about.subject, about.object)]
    if relation and relation.symmetric:
        goals.append((about.object, about.subject))
    return any(
        one.relation == about.relation and _within((one.subject, one.object), goal, store)
        for one in question.propositions
        for goal in goals
    )


def _within(pair: tuple[str, str], wanted: tuple[str, str], store: Store) -> bool:
    return all(name == goal or goal in store.ancestors(name) for name, goal in zip(pair, wanted, strict=True))


def _by_ideas(question: Question, ranked: Sequence[Likeness], spoken: Spoken, store: Store) -> list[Match]:
    """Match by what a claim's author said makes it: all its ideas are there, and little else, weighed by a model."""
    found = []
    for one in grasp(question, ranked, store, spoken=spoken):
        how = "holds every idea of the claim" + (" (of the class it belongs to)" if one.held.general else "")
        confidence = min(LIKELY, round(weigh(one.evidence, store.weights("ideas")), 3))
        found.append(Match(one.held.claim, one.negated, confidence, how, one.refused))
    return found


def _by_meaning(question: Question, ranked: Sequence[Likeness], spoken: Spoken, store: Store) -> list[Match]:
    """Match by what a question means where its words are not the claim's own, weighed by a model."""
    return [
        Match(
            one.claim,
            one.negated,
            min(LIKELY, round(weigh(one.evidence, store.weights("meaning")), 3)),
            f"means much the same as {one.row.text!r}",
            one.refused,
        )
        for one in meant(question, ranked, store, spoken=spoken)
    ]
