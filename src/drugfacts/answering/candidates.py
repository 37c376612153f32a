"""Gather what speaks for each claim that a question may be: its wordings, its ideas, and where it points.

It points somewhere by its words, each taken by itself (``answering.pointing``), and as a whole (``answering.sides``).

Each of the four finds claims in its own way and has gates of its own. What they found is put together as the evidence
that one model weighs (``facts/models/answer.yaml``, grown by ``training/models.py``). What is decisive is a gate's;
what only makes a claim less likely is evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drugfacts.answering import gates
from drugfacts.answering.concepts import as_about, grasp, heavy, light, unheard
from drugfacts.answering.ideas import speak
from drugfacts.answering.likeness import evidence
from drugfacts.answering.meaning import meant
from drugfacts.answering.pointing import direction, nearness
from drugfacts.answering.sides import pointed
from drugfacts.answering.stance import agreement, stance
from drugfacts.text import words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from drugfacts.answering.likeness import Likeness
    from drugfacts.answering.sides import Pointed
    from drugfacts.language.question import Question
    from drugfacts.rows import AskRow
    from drugfacts.store import Store

# How much the words of a wording must be the question's for a "not" alone to make the difference.
SAME_BUT_NOT = 0.7
# Of how many claims the likest wording is judged, and how many wordings of each are tried.
_CLAIMS, _TRIED = 4, 6
_FEW, _LONG, _WAYS = 5, 20, 4
# The ways that go by what is said, not by where it points.
_WORDED = ("wording", "ideas")
# How many sides of claims are looked at that the question points to as a whole.
_POINTED = 4


class LeftOut(NamedTuple):
    """What training leaves out of the store, since it asks about it.

    Attributes:
        texts: wordings.
        vocabularies: for some claims, the features that their other wordings use.
        claims: whole claims.
        stances: for some claims, the side that their other wordings take.
    """

    texts: Collection[str] = ()
    vocabularies: Mapping[str, Collection[str]] = {}
    claims: Collection[str] = ()
    stances: Mapping[str, Sequence[float]] = {}


class Found(NamedTuple):
    """A claim as one of the four ways found it.

    Attributes:
        way: ``wording``, ``ideas``, ``meaning`` or ``pointed``.
        negated: whether the question says the opposite of the claim.
        how: in plain words, how it was found.
        refused: why a gate refused it; empty when none did.
        evidence: what speaks for and against it, as numbers that a model can weigh.
        likeness: how like the likest of its wordings is.
        other: whether it was refused since the question names something else than the claim.
    """

    claim: str
    way: str
    negated: bool
    how: str
    refused: str
    evidence: dict[str, float]
    likeness: float
    other: bool = False


class Candidate(NamedTuple):
    """A claim that a question may be, with all that speaks for and against it.

    Attributes:
        negated: whether the question says the opposite of the claim.
        how: in plain words, how it was found.
        evidence: the evidence of each way that found it, its names after that of the way.
        worded: whether its wordings or its ideas found it, and not its direction alone.
        refused: why a gate refused it; empty when one of the ways let it pass.
    """

    claim: str
    negated: bool
    how: str
    evidence: dict[str, float]
    worded: bool
    refused: str = ""


def gather(
    question: Question, ranked: Sequence[Likeness], store: Store, left_out: LeftOut | None = None
) -> tuple[list[Candidate], list[Found]]:
    """Give the claims that a question may be.

    Args:
        question: the question, read.
        ranked: the wordings most like it in words, near misses left out.
        store: the store.
        left_out: what training leaves out.

    Returns:
        The claims that at least one way found and let pass, then those that the question points to as a whole and that
        all ways refused, then the other side of each where nothing found it; and what each way refused. A claim is
        there twice, as said and as denied: which it is shows where it is read beside the question.
    """
    left_out = left_out or LeftOut()
    asked = _asked(question)
    own = stance(question, store)
    points = pointed(question, store, left_out.claims)
    every = [*_worded(question, ranked, store, left_out), *_grasped(question, ranked, store, left_out, points)]
    passed = [one for one in every if not one.refused]
    refused = [one for one in every if one.refused]
    claims = {one.claim for one in passed}
    found: dict[tuple[str, bool], list[Found]] = {}
    for one in passed:
        found.setdefault((one.claim, one.negated), []).append(one)
    # A name that is not certain may be of another drug, and a relation and nothing else is known to the letter, so that
    # what else it names is certain: there the gates have the last word.
    plain, certain = question.propositions and not question.residue, gates.certain_names(question) is None
    doubted = {
        (one.claim, one.negated): one
        for one in refused
        if one.way == "pointed" and certain and not (plain and one.other)
    }
    known = {
        **{key: ways[0] for key, ways in found.items()},
        **{key: doubted[key] for key in doubted if key not in found},
    }
    # Which side it takes shows when the two are read side by side: the other is weighed, too.
    turned = {(claim, not negated): one for (claim, negated), one in known.items() if (claim, not negated) not in known}
    candidates = []
    for (claim, negated), first in [*known.items(), *turned.items()]:
        ways = found.get((claim, negated), [])
        across = (claim, negated) in turned
        speaks = {
            "disputed": float((claim, not negated) in found),
            "rivals": min(max(len(claims) - 1, 0), _FEW) / _FEW,
            "negated": float(negated),
            "other": float(not ways and first.other),
            "across": float(across),
            "stance": agreement(
                own, left_out.stances.get(claim) or store.stance(claim), turned=negated != question.negated
            ),
            **(points.evidence(claim, negated=negated) if points else {}),
            "against": sum((one.claim, one.negated) == (claim, not negated) for one in refused) / _WAYS,
            **asked,
        }
        for one in ways:
            speaks[one.way] = 1.0
            speaks |= {f"{one.way} {name}": value for name, value in one.evidence.items()}
        speaks |= {f"{one.way} refused": 1.0 for one in refused if one.claim == claim}
        worded = any(one.way in _WORDED for one in ways)
        reason = "what found it takes the other side" if across else first.refused
        candidates.append(Candidate(claim, negated, first.how, speaks, worded, reason))
    return candidates, refused


def _asked(question: Question) -> dict[str, float]:
    """Give what of a question itself makes it harder or easier to tell what it says, and whether it denies it."""
    return {
        "denials": min(len(question.negators) + len(question.inner), _FEW) / _FEW,
        "contrasts": float(bool(question.contrasts)),
        "asides": float(bool(question.asides)),
        "split": float(question.split),
        "advises": float(question.advises),
        "clauses": min(len(question.clauses), _FEW) / _FEW,
        "asks": float(question.interrogative),
        "said": min(len(question.content), _LONG) / _LONG,
        "residue": min(len(question.residue), _FEW) / _FEW,
        "named": min(len(question.drugs), _FEW) / _FEW,
        "proposes": float(bool(question.propositions or question.joint)),
    }


def _grasped(
    question: Question, ranked: Sequence[Likeness], store: Store, left_out: LeftOut, points: Pointed | None
) -> Iterator[Found]:
    """Find claims by their ideas, by where its words point, and by where it points as a whole."""
    spoken = speak(question, store)
    if left_out.claims:
        spoken = spoken.without(left_out.claims)
    for held in grasp(question, ranked, store, left_out.vocabularies, left_out.texts, spoken):
        how = "holds every idea of the claim" + (" (of the class it belongs to)" if held.held.general else "")
        yield Found(held.held.claim, "ideas", held.negated, how, held.refused, held.evidence, held.evidence["likeness"])
    best = _nearer_sides(points.best(_POINTED)) if points else {}
    near = meant(
        question,
        ranked,
        store,
        left_out.texts,
        left_out.vocabularies,
        spoken,
        tuple(best),
    )
    for one in near:
        how = f"means much the same as {one.row.text!r}"
        yield Found(one.claim, "meaning", one.negated, how, one.refused, one.evidence, one.evidence["likeness"])
    # What refuses a claim by the meaning of its words refuses it here: who is named does not depend on the way.
    judged = {one.claim: one for one in near}
    for claim, negated in best.items():
        if claim in judged:
            one = judged[claim]
            how = f"says {'the opposite of ' if negated else ''}what its wordings say"
            yield Found(claim, "pointed", negated, how, one.refused, {}, one.evidence["likeness"], one.other)


def _nearer_sides(best: Sequence[tuple[str, bool]]) -> dict[str, bool]:
    """Give for each of some claims the side that comes first."""
    sides: dict[str, bool] = {}
    for claim, negated in best:
        sides.setdefault(claim, negated)
    return sides


def _worded(question: Question, ranked: Sequence[Likeness], store: Store, left_out: LeftOut) -> Iterator[Found]:
    """Find claims by their likest wording that the gates let pass; where none is, the likest is given as refused."""
    pointing = direction(question.content, store)
    tried: dict[str, int] = {}
    refused: dict[str, Found] = {}
    passed: set[str] = set()
    for one in ranked:
        row = one.row
        if len(passed) >= _CLAIMS:
            break
        if row.claim in passed or tried.get(row.claim, 0) >= _TRIED:
            continue
        tried[row.claim] = tried.get(row.claim, 0) + 1
        negated = row.negated != (question.negated != row.parity)
        reason = refusal(question, row, store) or unsettled(one, ranked, question)
        speaks: dict[str, float] = {}
        if not reason:
            speaks = evidence(question.content, one, ranked, store, left_out.vocabularies.get(row.claim))
            speaks |= nearness(pointing, row.claim, ranked, store, left_out.texts, (question.negated, negated))
            speaks |= {
                "light": float(light(question, row.claim, row.forces, store)),
                "order": _reordered(question, row),
            }
        found = Found(row.claim, "wording", negated, f"worded like {row.text!r}", reason, speaks, one.score)
        if reason:
            refused.setdefault(row.claim, found)
        else:
            passed.add(row.claim)
            yield found
    yield from (one for claim, one in refused.items() if claim not in passed)


def unsettled(one: Likeness, ranked: Sequence[Likeness], question: Question) -> str:
    """Refuse when it cannot be told whether the question says what the claim says, or its opposite.

    That a question holds a "not" more or less than a wording turns its sense round only when all else is the same:
    "rehab did not work" is no denial of "rehab was useless". And wordings as near as this one must agree.

    Args:
        one: a wording.
        ranked: the wordings most like the question.
        question: the question.
    """
    row = one.row
    if question.negated != row.parity and question.advises:
        return "it advises against something, which need not deny the claim"
    if question.split and one.strict < SAME_BUT_NOT:
        return "only a part of what is said is denied"
    if question.negated != row.parity and one.strict < SAME_BUT_NOT:
        return "the negation differs, and other words too"
    says = row.negated != (question.negated != row.parity)
    if doubt := contradicted(row, question, negated=says):
        return doubt
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


def contradicted(row: AskRow, question: Question, *, negated: bool) -> str:
    """Refuse when what a question proposes is what a wording's claim is about, and it says the opposite of the wording.

    Args:
        row: a wording.
        question: the question.
        negated: whether the wording makes it the claim's opposite.
    """
    if question.advises:
        return ""  # "you should not …, because it is dangerous" denies no danger
    for read in question.propositions:
        same = row.about and (read.subject, read.relation, read.object) == row.about[:3]
        if same and (question.negated != read.denied) != negated:
            return "read as a proposition, it says the opposite"
    return ""


def refusal(question: Question, row: AskRow, store: Store) -> str:
    """Give the first gate's reason against taking a question for a wording, empty when all let it pass."""
    about = row.about
    if len(set(row.content)) <= 1 and words(question.text) != words(row.text):
        return "the wording says too little by itself"
    # Each gate is asked only where those before it let pass: the names refuse most.
    return (
        gates.certain_names(question)
        or gates.names(question.content, row.content)
        or gates.unheard(unheard(question, store), store.vocabulary(row.claim))
        or gates.same_marks(question.content, row.content, relations=bool(question.propositions) or row.plain)
        or gates.sides(question.content, row.content)
        or gates.opposed(question.content, row.content, store.opposed(question.content))
        or _other_proposition(question, row, store)
        or gates.plain_proposition(question, about, row.content, plain=row.plain)
        or gates.force([one for one in question.forces if one in row.forces], row.forces)
        or heavy(question, row.claim, row.forces, store)
        or gates.condition(question.conditions, row.conditions)
        or ""
    )


def _other_proposition(question: Question, row: AskRow, store: Store) -> str | None:
    """Refuse what proposes something else than a wording's claim, or names drugs in another order.

    Args:
        question: the question.
        row: a wording.
        store: the store.
    """
    about = row.about
    relation = store.relation(about.relation) if about else None
    symmetric = bool(relation and relation.symmetric)
    refused = None
    if not _meant(question, row, store):
        refused = gates.proposition(as_about(question.propositions, about, store), about, symmetric)
    if refused or symmetric or (question.propositions and about):
        return refused
    return gates.order(question.content, row.content, question.drugs)


def _reordered(question: Question, row: AskRow) -> float:
    """Say whether a wording names the same in another order: 1 or 0."""
    return float(gates.order(question.content, row.content) is not None)


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


def first(checks: Iterable[str | None]) -> str:
    """Give the first reason of some, empty where there is none."""
    return next((reason for reason in checks if reason), "")
