"""Find the reviewed claim that a question is, if it is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drugfacts.answering import gates
from drugfacts.answering.assure import assured
from drugfacts.answering.candidates import contradicted, first, gather, refusal, unsettled
from drugfacts.answering.concepts import own_forces
from drugfacts.answering.derive import derive, proposition
from drugfacts.answering.likeness import alike
from drugfacts.answering.readings import settled_between
from drugfacts.answering.scope import sweeping
from drugfacts.answering.verify import judged, judged_each
from drugfacts.enums import Verdict
from drugfacts.language.question import Proposed
from drugfacts.text import words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from drugfacts.answering.assure import Assured
    from drugfacts.answering.likeness import Likeness
    from drugfacts.language.question import Question
    from drugfacts.store import Store

# Likeness is a sum of weights, which may miss 1 by a rounding.
_TO_THE_LETTER = 1 - 1e-9
# The confidence in a wording that is the question in its very words, and in one that comes to the same.
EXACT, OWN = 1.0, 0.99
# The most that a model can give: only a claim's own words are surer.
LIKELY = 0.985
# How like a near miss must be to say that a question is none of its claim, where it was not read beside it.
NEAR_MISS = 0.6
# A match below this is not an answer.
SURE = 0.83
# What names a drug that the claim does not has to be surer: of those between the two, one in four was wrong.
SURE_BESIDE = 0.9
# What has the words of a wording, but is on its side by less than this, read beside the statement, says something else.
UNLIKE = 0.3
# By how much a text must point nearer to the side of a claim that it is taken for than to the other.
ONE_SIDE = 0.02
# The confidence in a claim that is about the very proposition of the question.
PROPOSED = 0.987
# What reads beside a question less than this as neither said nor denied may well be said or denied.
NEITHER = 0.5
# The verdicts on what is so in part.
_IN_PART = frozenset({Verdict.MIXED, Verdict.MISLEADING})


class Match(NamedTuple):
    """A reviewed claim that a question may be.

    Attributes:
        negated: whether the question says the opposite of the claim.
        confidence: 0 to 1.
        how: in plain words, how it was matched.
        refused: why a gate refused it; empty when none did.
        share: how far the question, read beside the claim's statement, is on this side of it, 0 to 1; 0 where it was
            not read.
        sweeping: whether the question says so, or denies it, of every case.
    """

    claim: str
    negated: bool
    confidence: float
    how: str
    refused: str = ""
    share: float = 0.0
    sweeping: bool = False


def matches(question: Question, store: Store, *, quick: bool = False) -> list[Match]:
    """Give the claims that a question may be: those that are sure enough to answer, then the others, the best first.

    Args:
        question: the question, read.
        store: the store.
        quick: the question is answered otherwise: only claims in its very words could change that, and the others are
            told by how like they are, without asking a model.
    """
    near = alike(question.content, store, misses=True)
    ranked = [one for one in near if not one.row.miss]
    own = [*_by_proposition(question, store), *_to_the_letter(question, ranked, store)]
    if quick or any(one.confidence >= EXACT and not one.refused for one in own):
        like = (
            Match(one.row.claim, False, round(0.5 + 0.4 * one.score, 3), "alike", "it was not weighed")
            for one in ranked
        )
        return _sorted([*own, *like], near, question, store)
    candidates, refused = gather(question, ranked, store)
    partly = _parts_of_joint(question, store)
    found = [
        *own,
        *(_weighed(one, question, store, partly) for one in assured(question, candidates, near, store)),
        *(Match(one.claim, one.negated, round(0.5 + 0.4 * one.likeness, 3), one.how, one.refused) for one in refused),
    ]
    return _sorted(found, near, question, store)


def _parts_of_joint(question: Question, store: Store) -> frozenset[str]:
    """Give the claims that are about one of several things that a question proposes at once, and so not all of it."""
    parts = question.joint.parts if question.joint else ()
    return frozenset(
        claim for one in parts for claim, _ in store.claims_proposing(one.subject, one.relation, one.object)
    )


def _weighed(one: Assured, question: Question, store: Store, partly: Collection[str] = ()) -> Match:
    """Make a match of a weighed claim; what was not read beside it is an answer only where the gates let it pass."""
    claim, confidence, worded = one.candidate.claim, min(LIKELY, round(one.confidence, 3)), one.candidate.worded
    refused = "" if one.judged else one.candidate.refused
    if claim in partly:
        refused = "it is only a part of what is proposed"
    elif not refused and one.judged is None:
        if one.candidate.evidence.get("pointed turn", 1.0) < ONE_SIDE:
            refused = "which side it takes cannot be told"
        elif not worded and question.contrasts:
            refused = "only its direction speaks for it, and it sets one thing against another"
    elif one.judged and confidence < (SURE_BESIDE if question.drugs - store.vocabulary(claim) else SURE):
        refused = one.candidate.refused or "read beside it, it is not sure that it says so"
    elif not refused and _contrary(one, question, store):
        refused = "it does not say what the question names, and of that the records say otherwise"
    how, share = one.candidate.how, 0.0
    if one.judged:
        share = one.judged.side(negated=one.candidate.negated)
        how += f"; read beside it: {share:.2f} {'denies' if one.candidate.negated else 'says'} it"
    return Match(claim, one.candidate.negated, confidence, how, refused, share)


def _contrary(one: Assured, question: Question, store: Store) -> bool:
    """Say whether a claim lacks one of two things that a question names, and the records say otherwise of the two.

    Only what the question, read beside it, may well say of the two counts.
    """
    claim, negated = one.candidate.claim, one.candidate.negated
    vocabulary = store.vocabulary(claim)
    if all(f"<{mention.id}>" in vocabulary for mention in question.mentions):
        return False
    answer = store.verdict(claim).leaning * (-1 if negated else 1)
    leanings: dict[str, int] = {}
    for subject, relation, object_ in settled_between(question, store):
        settled = derive(Proposed(subject, relation, object_), store)
        if settled and (sentence := proposition(relation, subject, object_, store)):
            leanings[sentence] = settled.verdict.leaning
    beside = judged_each(question, list(leanings), store)
    told = {
        leaning * (-1 if each.denied else 1)
        for leaning, each in zip(leanings.values(), beside, strict=False)
        if each.neither < NEITHER
    }
    return min((each * answer for each in told), default=0) < 0 and max(each * answer for each in told) <= 0


def _sorted(found: list[Match], near: Sequence[Likeness], question: Question, store: Store) -> list[Match]:
    """Refuse what is a near miss of its claim, and give the best of each claim, the sure ones first."""
    missed = _missed(near, question)
    found = [
        match._replace(refused=f"it is a near miss of the claim: {missed[match.claim].row.text!r}")
        if match.claim in missed and not match.refused and match.confidence < EXACT and not _beats(match, missed)
        else match
        for match in found
    ]
    # What is sure comes first; of the rest, what is like the question is worth telling though a gate refused it.
    found.sort(key=lambda match: (bool(match.refused) or match.confidence < SURE, -match.confidence, match.claim))
    best: dict[str, Match] = {}
    for match in found:
        best.setdefault(match.claim, match)
    return [_swept(match, question, store) for match in best.values()]


def _swept(match: Match, question: Question, store: Store) -> Match:
    """Mark a match of a claim that is so in part where the question says it, or denies it, of every case."""
    if match.refused or store.verdict(match.claim) in (Verdict.TRUE, Verdict.FALSE):
        return match
    own, denies = own_forces(match.claim, store), store.wordings(match.claim)[0].parity
    return match._replace(sweeping=sweeping(question, own, store, negated=match.negated, denies=denies))


def _to_the_letter(question: Question, ranked: Sequence[Likeness], store: Store) -> list[Match]:
    """Match by a wording that is the question to the last word.

    One that is so in its very words says what its author says, unless it plainly proposes the opposite. One that
    only comes to the same, without what carries nothing, has to pass the gates, and no other claim may have it.
    """
    same = [one for one in ranked if one.strict >= _TO_THE_LETTER]
    asked = words(question.text)
    own = {one.row.claim: one.row for one in reversed(same) if words(one.row.text) == asked}
    if own:
        return [
            Match(
                row.claim,
                row.negated,
                EXACT,
                f"worded like {row.text!r}",
                contradicted(row, question, negated=row.negated),
            )
            for row in own.values()
        ]
    if gates.one_place(question) or gates.no_aside(question):
        return []
    # "It isn't A, it is B" has the words of "it isn't B, it is A"; so has "it is A, not B" of "it is B, not A".
    parted = question.split or question.contrasts
    kept = [one for one in same if not parted or one.row.content == question.content]
    passed = [one.row for one in kept if not refusal(question, one.row, store) and not unsettled(one, ranked, question)]
    if len({row.claim for row in passed}) != 1:
        return []
    row = passed[0]
    negated = row.negated != (question.negated != row.parity)
    told = judged(question, store.statement(row.claim), store)
    share = told.side(negated=negated) if told else 0.0
    if told and share < UNLIKE:
        return []
    return [Match(row.claim, negated, OWN, f"worded like {row.text!r}", share=share)]


def _beats(match: Match, missed: Mapping[str, Likeness]) -> bool:
    """Say whether a near miss does not matter: one that is only alike was weighed where the claim was read."""
    return missed[match.claim].strict < _TO_THE_LETTER and bool(match.share)


def _missed(near: Sequence[Likeness], question: Question) -> dict[str, Likeness]:
    """Give the claims a near miss of which is nearer to the question than any wording, or is it, with the near miss.

    A near miss that names what the question does not is none of it: it asks about something else.
    """
    named = {feature for feature in question.content if feature[0] == "<"}
    asked = words(question.text)
    best: dict[str, float] = {}
    missed: dict[str, Likeness] = {}
    for one in near:  # the likest first
        claim = one.row.claim
        if one.row.miss and one.strict >= _TO_THE_LETTER and words(one.row.text) == asked:
            missed[claim] = one
        if one.row.miss and not named.issuperset(name for name in one.row.content if name[0] == "<"):
            continue
        if one.row.miss and one.score >= NEAR_MISS and one.score > best.get(claim, 0.0):
            missed.setdefault(claim, one)
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
                pair
                for name in store.siblings(one.relation)
                for pair in store.claims_proposing(subject, name, object_)
                # What is so in part depends on the word: "a form of" is less than "the same as".
                if name == one.relation or store.verdict(pair[0]) not in _IN_PART
            ]
            for claim, force in proposing:
                refused = first(
                    (
                        gates.certain_names(question),
                        gates.one_proposition(question),
                        gates.no_advice(question),
                        gates.one_place(question),
                        gates.residue(question),
                        gates.force(question.forces, [force] if force else []),
                        gates.condition(question.conditions, ()),
                    )
                )
                found.append(Match(claim, question.negated != one.denied, PROPOSED, "proposes the same", refused))
    return found
