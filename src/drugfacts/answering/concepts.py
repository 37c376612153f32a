"""Judge the claims whose ideas a question holds: what else it says, whether it denies them, what speaks for them."""

from __future__ import annotations

import re
from collections import Counter
from math import log
from typing import TYPE_CHECKING, NamedTuple

from drugfacts.answering import gates
from drugfacts.answering.ideas import held
from drugfacts.answering.likeness import UNHEARD, kin
from drugfacts.answering.pointing import direction, nearness
from drugfacts.model import Method

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from drugfacts.answering.ideas import Held, Spoken
    from drugfacts.answering.likeness import Likeness
    from drugfacts.language.question import Mark, Proposed, Question
    from drugfacts.model import Proposition
    from drugfacts.rows import AskRow
    from drugfacts.store import Store

# How like a wording must be to have a say on whether a question is turned round.
NEAR = 0.5
# How much a word counts as unexplained that only the explanation of a claim uses.
IN_TEXTS = 0.4
# How much a word counts that hardly ever changes what is asked.
NEUTRAL = 0.3
# The weight of a word that no wording of the store uses, but that is common enough to have neighbours in meaning.
COMMON = 3.5
_YEAR = re.compile(r"(?:19|20)\d\d")
# Endings that make a word of another, and the fewest letters of one that can take them.
_ENDINGS = ("er", "ers", "or", "ors", "ing", "ings", "ed", "ness", "less", "able", "ish", "like", "wise", "ist", "ists")
_ROOT = 3
# What a claim must know of when a question names it: a drug, a class, a receptor.
_FOREIGN = ("substance", "class", "target")
_DOUBT = "it cannot be told whether it says the claim or its opposite"
_FEW = 5
_SEVERAL = 4
_PAIR = 2


class Rest(NamedTuple):
    """What a question says besides the ideas of a claim.

    Attributes:
        share: of the weight of all it says, 0 to 1.
        worst: the weight of what weighs most of it, 1 for the rarest word.
        words: what has most of that weight.
        foreign: drugs and classes that the claim knows nothing of.
        features: all that is in no idea, explained or not.
    """

    share: float
    worst: float
    words: tuple[str, ...]
    foreign: tuple[str, ...]
    features: tuple[str, ...]


class Grasped(NamedTuple):
    """A claim whose ideas a question holds, judged.

    Attributes:
        negated: whether the question says the opposite of the claim.
        refused: why a gate refused it; empty when none did.
        evidence: what speaks for and against it, as numbers that a model can weigh.
    """

    held: Held
    negated: bool
    refused: str
    evidence: dict[str, float]


def grasp(
    question: Question,
    ranked: Sequence[Likeness],
    store: Store,
    vocabularies: Mapping[str, Collection[str]] | None = None,
    without: Collection[str] = (),
    spoken: Spoken | None = None,
) -> list[Grasped]:
    """Judge each claim all of whose ideas a question holds.

    Args:
        question: the question.
        ranked: the wordings most like it, the likest first.
        store: the store.
        vocabularies: the features that claims' wordings use, where they are not to be taken from the store.
        without: wordings to leave out, as training does with those it asks about.
        spoken: what the question says of ideas, where that is known already.
    """
    every = held(question, store, spoken)
    pointing = direction(question.content, store) if every else []
    found = []
    for one in every:
        vocabulary = (vocabularies or {}).get(one.claim) or store.vocabulary(one.claim)
        rest = left_over(question, one, vocabulary, store)
        negated, doubt = turned(question, one, ranked, store)
        refused = _refusal(question, one, rest, ranked, store)
        evidence = _evidence(question, one, rest, every, ranked, store)
        if not refused:
            evidence |= nearness(pointing, one.claim, ranked, store, without, (question.negated, negated))
            evidence["doubt"] = float(bool(doubt))
        found.append(Grasped(one, negated, refused, evidence))
    return found


def _sides(question: Question, ranked: Sequence[Likeness], claim: str, statement: AskRow) -> str | None:
    """Refuse a comparison turned round against half or more of the claim's wordings that compare, or its statement."""
    near = [one.row for one in ranked if one.row.claim == claim and gates.compares(one.row.content)]
    told = [gates.sides(question.content, row.content) for row in near or [statement]]
    refused = [reason for reason in told if reason]
    return refused[0] if 2 * len(refused) >= len(told) and refused else None


def _refusal(question: Question, one: Held, rest: Rest, ranked: Sequence[Likeness], store: Store) -> str:
    wordings = store.wordings(one.claim)
    conditions = {condition for row in wordings for condition in row.conditions}
    return (
        gates.certain_names(question)
        or gates.no_membership(question, wordings[0].about)
        or gates.unspoken(question, store.vocabulary(one.claim))
        or gates.one_denial(question.negators)
        or gates.denied_within(question)
        or gates.foreign(rest)
        or _other_relation(question, rest, wordings[0].about, store)
        or heavy(question, one.claim, own_forces(one.claim, store), store)
        or gates.condition(elsewhere(question, one.claim, conditions, store), ())
        or gates.opposed(rest.features, set(wordings[0].content) - set(question.content), store.opposed(rest.features))
        or gates.one_each(one.ideas, question)
        or _sides(question, ranked, one.claim, wordings[0])
        or ""
    )


def heavy(question: Question, claim: str, forces: Collection[str], store: Store) -> str | None:
    """Refuse words of strength of a question that weigh heavily and are none of a claim's (``gates.heavily``)."""
    return _strength(question, claim, forces, store)[0]


def light(question: Question, claim: str, forces: Collection[str], store: Store) -> int:
    """Count the words of strength of a question that are none of a claim's and may not matter."""
    return _strength(question, claim, forces, store)[1]


def _strength(question: Question, claim: str, forces: Collection[str], store: Store) -> tuple[str | None, int]:
    general = store.general(store.statement(claim))
    return gates.heavily(question.forces, forces, store.strengths(), store.verdict(claim), general=general)


def weakened(question: Question, claim: str, store: Store) -> float:
    """Say whether a claim is about "most" or "always", and a question says nothing of the kind: 1 or 0."""
    wordings = store.wordings(claim)
    plain = [row for row in wordings if not row.negated and row.parity == wordings[0].parity]
    forceless = sum(not row.forces for row in plain) / len(plain)
    return float(gates.strength_kept(question.forces, wordings[0].forces, store.strengths(), forceless) is not None)


def reordered(question: Question, claim: str, store: Store) -> float:
    """Say whether no wording of a claim names the drugs in a question's order, which may turn it round: 1 or 0."""
    drugs = question.drugs
    if len(drugs) < _PAIR:
        return 0.0
    return float(all(gates.order(question.content, row.content, drugs) for row in store.wordings(claim)))


def own_forces(claim: str, store: Store) -> set[str]:
    """Give the words of strength and number that are a claim's own.

    One that says more ("every", "always") is so only where its statement or several of its wordings have it: what is
    mostly true is not so of everybody. A year is its own where its texts tell it.

    Args:
        claim: the claim's id.
        store: the store.
    """
    return store.remember(("own forces", claim), lambda: _own_forces(claim, store))


def _own_forces(claim: str, store: Store) -> set[str]:
    wordings, effects = store.wordings(claim), store.strengths()
    counts = Counter(force for row in wordings for force in row.forces)
    kept = {
        force
        for force, count in counts.items()
        if effects.get(force) != "more" or force in wordings[0].forces or count >= _SEVERAL
    }
    return kept | {f"number-{word}" for word in store.texts(claim) if _YEAR.fullmatch(word)}


def elsewhere(question: Question, claim: str, held: Collection[str], store: Store) -> list[str]:
    """Give the circumstances of a question that a claim says nothing of.

    A place changes nothing about a claim that is of no place and no law.

    Args:
        question: the question.
        claim: the claim's id.
        held: the circumstances that its wordings name.
        store: the store.
    """
    others = [name for name in question.conditions if name not in held]
    if not others or any(store.place(name) for name in held):
        return others
    rest = [name for name in others if not store.place(name)]
    return others if len(rest) < len(others) and store.claim(claim).law else rest


def as_about(read: Sequence[Proposed], about: Proposition | None, store: Store) -> list[Proposed]:
    """Give propositions in the relation of a claim where theirs is settled in the same way."""
    if about is None:
        return list(read)
    siblings = store.siblings(about.relation)
    return [one._replace(relation=about.relation) if one.relation in siblings else one for one in read]


def _other_relation(question: Question, rest: Rest, about: Proposition | None, store: Store) -> str | None:
    """Refuse a question that proposes something else than a claim is about.

    Where the claim's ideas are all that it says, a member of the claim's class may stand for it, and a relation near to
    its own, but not a comparison.
    """
    read = as_about(question.propositions, about, store)
    if question.residue:
        # Where words are left over, the ideas tell more than what was read from the others, but for a comparison.
        ordered = [store.relation(one.relation) for one in read]
        read = [one for one, kind in zip(read, ordered, strict=True) if kind and kind.method is Method.ORDER]
    if rest.share or about is None:
        return gates.proposition(read, about, symmetric=False)
    relations = [store.relation(one.relation) for one in read]
    if any(one and one.method is Method.ORDER and one.id != about.relation for one in relations):
        return "it compares, and the claim does not"
    own = store.relation(about.relation)
    swapped = (about.object, about.relation, about.subject)
    round_ = own and not own.symmetric and any((one.subject, one.relation, one.object) == swapped for one in read)
    return "it says it the other way round" if round_ else None


def turned(question: Question, one: Held, ranked: Sequence[Likeness], store: Store) -> tuple[bool, str]:
    """Say whether a question that holds a claim's ideas says the opposite of it, and why that cannot be told, if so.

    The ideas and the nearest wordings must agree where both tell.

    Args:
        question: the question.
        one: the claim, and the places of the words that say its ideas.
        ranked: the wordings most like the question, the likest first.
        store: the store.
    """
    base = store.turned(one.claim)
    near = [
        found
        for found in ranked
        if found.row.claim == one.claim and found.score >= NEAR and not gates.sides(question.content, found.row.content)
    ]
    near = [found for found in near if found.score >= 0.9 * near[0].score]
    if question.advises:  # a "not" more or less tells nothing
        near = [found for found in near if found.row.parity == question.negated]
    told = {found.row.negated != (question.negated != found.row.parity) for found in near}
    if base is None or question.advises:
        return (told.pop(), "") if len(told) == 1 else (False, _DOUBT)
    if one.torn:
        return False, _DOUBT
    says = one.odd != base
    return says, "" if not told or says in told else _DOUBT


def left_over(question: Question, one: Held, vocabulary: Collection[str], store: Store) -> Rest:
    """Weigh what a question says besides the ideas of a claim.

    Args:
        question: the question.
        one: the claim, and the places of the words that say its ideas.
        vocabulary: the features that explain themselves; words that only the claim's explanation uses count in part.
        store: the store.
    """
    kinds = {f"<{mention.id}>": mention.kind for mention in question.mentions}
    features = store.features(question.content)
    neutral, near = store.neutral(), kin(question.content, store)
    strange = unheard(question, store)
    wordings = store.wordings(one.claim)
    # What relates two things is no claim about drugs in general.
    related = any(proposed.object for proposed in question.propositions)
    whole = 0.0
    left: list[tuple[float, str]] = []
    foreign, outside = [], []
    for mark in question.marks:
        feature = mark.feature
        if feature[0] in "*@!":
            continue
        weight = features[feature].weight if feature in features else COMMON if near.get(feature) else UNHEARD
        weight *= NEUTRAL if feature in neutral else 1
        whole += weight
        said = [place in one.places for place in range(mark.start, mark.end)]
        # A drug's name is said as a whole: "blue" is not "blue lotus".
        if all(said) or (any(said) and kinds.get(feature) not in _FOREIGN):
            continue
        outside.append(feature)
        if feature in vocabulary and (feature[0] != "^" or _turns(feature, wordings)):
            continue
        if not related and kinds.get(feature) in ("substance", "class") and _covered(feature[1:-1], one.claim, store):
            continue
        if feature[0] == "^" or kinds.get(feature) in _FOREIGN or feature in strange:
            foreign.append(feature)
            continue
        stems = _stems(mark, question)
        texts = store.texts(one.claim)
        gap = weight * sum(_unexplained(stem, vocabulary, texts, near.get(stem, {})) for stem in stems) / len(stems)
        if gap:
            left.append((gap, feature))
    left.sort(reverse=True)
    return Rest(
        sum(gap for gap, _ in left) / whole if whole else 0.0,
        left[0][0] / UNHEARD if left else 0.0,
        tuple(name for _, name in left[:3]),
        tuple(foreign),
        tuple(outside),
    )


def _covered(name: str, claim: str, store: Store) -> bool:
    """Say whether a claim about drugs in general covers a drug or class."""
    return not store.covers(claim).isdisjoint((name, *store.ancestors(name)))


def _turns(feature: str, wordings: Sequence[AskRow]) -> bool:
    """Say whether a word like "than" is a claim's own: in its statement, or in several of its wordings."""
    return feature in wordings[0].content or sum(feature in row.content for row in wordings) >= _SEVERAL


def unheard(question: Question, store: Store) -> list[str]:
    """Give the features that are words neither of English nor of the store: each may be the name of a drug."""
    return [mark.feature for mark in question.marks if mark.feature[0].isalpha() and _strange(mark, question, store)]


def _strange(mark: Mark, question: Question, store: Store) -> bool:
    token = question.tokens[mark.start]
    if not token.word.isalpha():
        return False
    # "Foragers" and "sleepless" are words where "forage" and "sleep" are.
    roots = [token.word.removesuffix(ending) for ending in _ENDINGS if token.word.endswith(ending)]
    known = (token.word, token.stem, *(form for root in roots if len(root) >= _ROOT for form in (root, f"{root}e")))
    if any(set(store.word_kinds(form)) - {"u"} for form in known):
        return False
    return not store.near([token.stem]).get(token.stem)  # a word with others near to it in meaning is a common one


def _stems(mark: Mark, question: Question) -> list[str]:
    if mark.feature[0] in "<~+^":
        return [question.tokens[place].stem for place in range(mark.start, mark.end)]
    return [mark.feature]


def _unexplained(stem: str, vocabulary: Collection[str], texts: Collection[str], near: Mapping[str, float]) -> float:
    if stem in vocabulary:
        return 0.0
    if stem in texts:
        return IN_TEXTS
    return 1 - max((share for other, share in near.items() if other in vocabulary), default=0.0)


def _evidence(
    question: Question, one: Held, rest: Rest, every: Sequence[Held], ranked: Sequence[Likeness], store: Store
) -> dict[str, float]:
    best = max((found.score for found in ranked if found.row.claim == one.claim), default=0.0)
    rival = max((found.score for found in ranked if found.row.claim != one.claim), default=0.0)
    said = sum(not mark.feature.startswith(("*", "@", "!")) for mark in question.marks)
    return {
        "light": float(light(question, one.claim, own_forces(one.claim, store), store)),
        "weakened": weakened(question, one.claim, store),
        "torn": float(one.torn),
        "order": reordered(question, one.claim, store),
        "share": one.share,
        "left": rest.share,
        "worst": rest.worst,
        "words": min(len(rest.words), _FEW) / _FEW,
        "rarity": min(one.rarity / log(1 + store.count("claims")), 3.0),
        "likeness": best,
        "lead": best - rival,
        "rivals": min(len(every) - 1, _FEW) / _FEW,
        "outdone": float(any(one.places < other.places for other in every)),
        "general": float(one.general),
        "negated": float(question.negated),
        "ideas": min(store.ideas(one.claim), _FEW) / _FEW,
        "covered": len(one.places) / max(len(question.tokens), 1),
        "length": min(said, 12) / 12,
    }
