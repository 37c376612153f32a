"""The gates: each may refuse a match, and says why. None of them ever makes one more likely.

A gate takes what was understood of the question and what a candidate holds, and gives None (pass) or the reason
for the refusal in plain words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drugfacts.language.question import NUMBER
from drugfacts.model import Verdict
from drugfacts.text import key

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from drugfacts.answering.concepts import Rest
    from drugfacts.language.question import Proposed, Question
    from drugfacts.model import Proposition
    from drugfacts.rows import Phrase


# Features that decide what a question says; bare stems only colour it.
_TELLING = "<~!^"
# The features of the word that parts the two sides of a comparison: by itself, or of a cue that fits nothing named.
THAN = ("^than", "than")
# Signs of the features that are marked, and how many plain words may stand beside a relation that is denied.
_MARKED, SPARE = "<~!^+*@", 3
# A claim's strength is part of it unless this share of its wordings goes without.
FORCELESS = 0.4


def names(asked: Sequence[str], held: Collection[str]) -> str | None:
    """Refuse when the question names a drug, class or term that the candidate does not, or lacks one it needs."""
    mine = {feature for feature in asked if feature.startswith("<")}
    theirs = {feature for feature in held if feature.startswith("<")}
    extra, lacking = sorted(mine - theirs), sorted(theirs - mine)
    if extra:
        return f"it says nothing about {_list(extra)}"
    if lacking:
        return f"the question does not name {_list(lacking)}"
    return None


def same_marks(asked: Sequence[str], held: Sequence[str], *, relations: bool) -> str | None:
    """Refuse when relation, sign or turning words differ: they decide what is said of the same names.

    Args:
        asked: the question's features.
        held: the wording's.
        relations: whether one of the two proposes a relation; where neither does, cues are words like others.
    """
    differing = sorted({*asked} ^ {*held})
    decisive = _TELLING if relations else _TELLING.replace("~", "")
    marked = [feature for feature in differing if feature[0] in decisive and not feature.startswith("<")]
    return f"only one of the two has {_list(marked)}" if marked else None


def order(asked: Sequence[str], held: Sequence[str], among: Collection[str] | None = None) -> str | None:
    """Refuse when the same names stand in another order, which may turn the direction round.

    Args:
        asked: the question's features.
        held: the wording's.
        among: the names that count, of which those that only one of the two has do not; every name when None.
    """
    mine = [feature for feature in asked if feature.startswith("<")]
    theirs = [feature for feature in held if feature.startswith("<")]
    if among is not None:
        counted = {*among} & {*mine} & {*theirs}
        mine, theirs = ([name for name in names if name in counted] for names in (mine, theirs))
    if len(mine) > 1 and mine != theirs:
        return "the names stand in another order"
    return None


def compares(content: Sequence[str]) -> bool:
    """Say whether a content holds the word that parts the two sides of a comparison."""
    return any(feature in THAN for feature in content)


def sides(asked: Sequence[str], held: Sequence[str]) -> str | None:
    """Refuse when what stands before a "than" and what stands after it have changed places.

    Args:
        asked: the question's features.
        held: the wording's.
    """
    if not compares(asked) or not compares(held):
        return None
    (before, after), (other_before, other_after) = _parted(asked), _parted(held)
    crossed = len(before & other_after) + len(after & other_before)
    return "the sides of the comparison have changed places" if crossed > 2 * len(after & other_after) else None


def _parted(content: Sequence[str]) -> tuple[set[str], set[str]]:
    """Give what stands before the first mark of a comparison, and what after it, without what stands on both sides."""
    place = next(number for number, feature in enumerate(content) if feature in THAN)
    before, after = set(content[:place]), set(content[place + 1 :])
    return before - after, after - before


def proposition(read: Sequence[Proposed], about: Proposition | None, symmetric: bool) -> str | None:
    """Refuse when the question plainly proposes one thing and the claim is plainly about another."""
    if not read or about is None:
        return None
    wanted = {(about.subject, about.relation, about.object)}
    if symmetric:
        wanted.add((about.object, about.relation, about.subject))
    if any((one.subject, one.relation, one.object) in wanted for one in read):
        return None
    parts = ", ".join(filter(None, (about.subject, about.object)))
    return f"the claim is {about.relation}({parts}), the question is not"


def plain_proposition(question: Question, about: Proposition | None, held: Sequence[str], *, plain: bool) -> str | None:
    """Refuse to take a question that is plainly one proposition for a wording that says more, or something else.

    What such a question asks is known to the letter; only the same words, or a claim that is about a proposition
    itself (which the gate ``proposition`` compares), can answer it. A wording that is not ``plain`` itself says more
    than its content shows.
    """
    qualified = question.residue or question.forces or question.conditions
    asked_plainly = len(question.propositions) == 1 and not qualified
    if asked_plainly and about is None and not (plain and set(question.content) == set(held)):
        return "the question is plain, and the claim says something else"
    return None


def unspoken(question: Question, vocabulary: Collection[str]) -> str | None:
    """Refuse when a question is a relation and nothing else, and no wording of the claim speaks of that relation.

    Args:
        question: the question.
        vocabulary: the features that the claim's wordings use.
    """
    if question.residue:
        return None
    told = {one.relation for one in question.propositions if not one.implied}
    if told:
        strange = told if not any(_known(name, vocabulary) for name in told) else set()
    else:
        # Where the relations that it names fit nothing, each is a part of what it says.
        marks = {one[1:].removeprefix("not-").removeprefix("by-") for one in question.content if one[0] == "~"}
        strange = set() if question.bare else {name for name in marks if not _known(name, vocabulary)}
    return f"no wording of the claim speaks of {_list(sorted(strange))}" if strange else None


def _known(relation: str, vocabulary: Collection[str]) -> bool:
    return any(f"~{turn}{relation}" in vocabulary for turn in ("", "not-", "by-"))


def opposed(asked: Collection[str], held: Collection[str], opposites: Mapping[str, Collection[str]]) -> str | None:
    """Refuse when a word of the question says the opposite of one of the wording ("damage" and "safe").

    Args:
        asked: the question's features.
        held: the wording's.
        opposites: for words of the question, those that say the opposite.
    """
    only_held = set(held) - set(asked)
    for word in set(asked) - set(held):
        against = sorted(only_held & set(opposites.get(word, ())))
        if against:
            return f"{word!r} says the opposite of {against[0]!r}"
    return None


def force(asked: Sequence[str], held: Sequence[str]) -> str | None:
    """Refuse when words of strength or number ("only", "always", "one dose") differ."""
    return _differ("strength", asked, held)


def foreign(rest: Rest) -> str | None:
    """Refuse when what is said besides a claim's ideas names a drug that the claim knows nothing of."""
    return f"it says nothing about {_list(rest.foreign)}" if rest.foreign else None


def unheard(strange: Collection[str], vocabulary: Collection[str]) -> str | None:
    """Refuse when a word that nobody knows, which may be a drug, is none of a claim's own."""
    others = [word for word in strange if word not in vocabulary]
    return f"it says nothing about {_list(others)}" if others else None


def one_thing(question: Question, products: Collection[str]) -> str | None:
    """Refuse when a question names two things that hold one drug, and nobody takes for one another.

    Args:
        question: the question.
        products: the stems of the names of such things (``model.Names``).
    """
    said = sorted({key(mention.text) for mention in question.mentions} & set(products))
    return f"it names things that hold the same drug: {_list(said)}" if len(said) > 1 else None


def stronger(
    asked: Sequence[str],
    held: Collection[str],
    effects: Mapping[str, str],
    verdict: Verdict,
    *,
    general: bool = False,
) -> str | None:
    """Refuse other words of strength, except those that only make a false claim say more, or a true one less.

    What is false is false all the more of "always", "all" or "completely", and to deny the stronger is then true. What
    is true is true of "sometimes" too.

    Args:
        asked: the question's words of strength.
        held: the claim's.
        effects: for words of strength, whether they say ``more`` or ``less``, or what is ``usual``.
        verdict: the verdict on the claim.
        general: whether the claim says how things are, not only that they can be so: then "usually" says the same.
    """
    return force(_others(asked, held, effects, verdict, general=general), ())


def _others(
    asked: Sequence[str], held: Collection[str], effects: Mapping[str, str], verdict: Verdict, *, general: bool
) -> list[str]:
    free = {Verdict.FALSE: {"more", "usual"}, Verdict.TRUE: {"less"}, Verdict.MOSTLY_TRUE: {"less"}}.get(verdict, set())
    if general:
        free = free | {"usual"}
    return [name for name in asked if name not in held and effects.get(name) not in free]


def heavily(
    asked: Sequence[str],
    held: Collection[str],
    effects: Mapping[str, str],
    verdict: Verdict,
    *,
    general: bool = False,
) -> tuple[str | None, int]:
    """Refuse other words of strength that weigh heavily, as ``stronger`` does, and count the others.

    What says how much, how often or how many in passing ("one night", "two tablets") may or may not matter. What says
    that it is always so, or only so, does; so does a number where the claim has one of its own.

    Args:
        asked: the question's words of strength.
        held: the claim's.
        effects: for words of strength, what they do.
        verdict: the verdict on the claim.
        general: whether the claim says how things are, not only that they can be so.

    Returns:
        The reason to refuse, if there is one, and how many words of strength of the question are light.
    """
    others = _others(asked, held, effects, verdict, general=general)
    counted = any(name.startswith(NUMBER) for name in held)
    heavy = [name for name in others if effects.get(name) or (counted and name.startswith(NUMBER))]
    return force(heavy, ()), len(others) - len(heavy)


def no_membership(question: Question, about: Proposition | None) -> str | None:
    """Refuse to take "is X a Y" for a claim that is about something else: ideas do not say what "is" means."""
    asked = any(one.implied for one in question.propositions)
    return "it asks what belongs to what" if asked and about is None else None


def one_each(ideas: Sequence[frozenset[int]], question: Question) -> str | None:
    """Refuse when the two things that a question plainly relates are one and the same idea of the claim."""
    places = {mention.id: set(range(mention.start, mention.end)) for mention in question.mentions}
    for one in question.propositions:
        ends = [places.get(one.subject, set()), places.get(one.object, set())]
        if all(ends) and one.subject != one.object and any(all(end & idea for end in ends) for idea in ideas):
            return "the claim takes both things named for one"
    return None


def no_advice(question: Question) -> str | None:
    """Refuse to take advice against something ("never mix …") for the denial of a relation."""
    return "it advises against something" if question.advises and question.negated else None


def plain_denial(question: Question, strong: Collection[str]) -> str | None:
    """Refuse a "nothing" or "nobody" beside other words: it may deny something else than the relation."""
    stems = {question.tokens[place].stem for place in question.negators}
    return "what it denies cannot be told" if question.bare and stems & set(strong) else None


def denied_within(question: Question) -> str | None:
    """Refuse a denial that is part of how a relation is put ("not to be combined with"): it denies no claim."""
    return "what it denies is part of how a relation is put" if question.inner else None


def one_place(question: Question) -> str | None:
    """Refuse a proposition where more than one clause denies: only one of them can be about it."""
    parted = {question.clause(place) for place in question.negators}
    return "more than one clause denies something" if len(parted) > 1 else None


def denied_once(question: Question) -> str | None:
    """Refuse a proposition whose clause denies, where another clause turns its sense round ("isn't X, it differs")."""
    turned = any(one.denied for one in question.propositions)
    return "two clauses deny it" if question.split and question.negated and turned else None


def concluded(question: Question, conclusions: Collection[str]) -> str | None:
    """Refuse a proposition where only what is concluded from it denies ("it is a stimulant, so no doctor gives it")."""
    named = {question.clause(one.start) for one in question.mentions}
    denied = {question.clause(place) for place in question.negators} - named
    opens = {question.tokens[question.clauses[number]].stem for number in denied}
    return "it is what is concluded that is denied" if opens & set(conclusions) else None


def no_aside(question: Question) -> str | None:
    """Refuse a proposition beside which a reason, a condition or the like denies something: it may be wrong in that."""
    return "a clause beside it denies something" if question.asides else None


def read_whole(question: Question) -> str | None:
    """Refuse to derive anything from a denial in a sentence most of whose words the reading passed over."""
    passed_over = sum(feature[0] not in _MARKED for feature in question.content)
    return "it denies something, and most of it was passed over" if question.negators and passed_over > SPARE else None


def one_denial(negators: Collection[int]) -> str | None:
    """Refuse when there is more than one negation: which of them denies the claim cannot be told."""
    return "it denies more than once" if len(negators) > 1 else None


def strength_kept(
    asked: Collection[str], stated: Collection[str], effects: Mapping[str, str], forceless: float
) -> str | None:
    """Refuse when a claim is about "most" or "always", and the question says nothing of the kind.

    Args:
        asked: the question's words of strength.
        stated: those of the claim's statement.
        effects: for words of strength, whether they say ``more`` or ``less``.
        forceless: the share of the claim's wordings that have none.
    """
    strong = {name for name in stated if effects.get(name) == "more"}
    if strong and not set(asked) & strong and forceless < FORCELESS:
        return f"the claim has another strength ({', '.join(sorted(strong))})"
    return None


def condition(asked: Sequence[str], held: Sequence[str]) -> str | None:
    """Refuse when circumstances ("in pregnancy", "in teens") differ."""
    return _differ("circumstance", asked, held)


def _differ(what: str, asked: Sequence[str], held: Sequence[str]) -> str | None:
    extra, lacking = sorted(set(asked) - set(held)), sorted(set(held) - set(asked))
    if extra:
        return f"the question has another {what} ({', '.join(extra)})"
    if lacking:
        return f"the claim has another {what} ({', '.join(lacking)})"
    return None


def residue(question: Question) -> str | None:
    """Refuse when words are left over that nothing accounts for."""
    return f"not understood: {', '.join(question.residue)}" if question.residue else None


def one_proposition(question: Question) -> str | None:
    """Refuse when the question proposes nothing, or more than one thing."""
    if len(question.propositions) > 1:
        return "it can be read in more than one way"
    return None if question.propositions or question.joint else "no relation between the things named was recognised"


def asks_fact(question: Question) -> str | None:
    """Refuse when a word like "should" asks for an opinion or a choice, and is no part of a relation's wording."""
    asides = [sign.id for sign in question.signs if sign.role == "aside" and sign.effect == "opinion"]
    return f"it may ask for an opinion ({asides[0]})" if asides else None


def no_profile(question: Question, phrases: Mapping[str, Sequence[Phrase]]) -> str | None:
    """Refuse to derive anything where a text opens as a request for a profile does ("dangers of …").

    Args:
        question: the question.
        phrases: by their first stem the phrases that may open it.
    """
    stems = tuple(token.stem for token in question.tokens)
    for phrase in phrases.get(stems[0], ()) if stems else ():
        run = phrase.parts[0]
        if phrase.meaning.role == "profile" and len(phrase.parts) == 1 and stems[: len(run)] == run:
            return "it asks for a profile"
    return None


def certain_names(question: Question) -> str | None:
    """Refuse when a name could mean several drugs, or is a real drug that the store holds nothing on."""
    if question.ambiguous:
        return f"{_list(question.ambiguous)} could mean several things"
    if question.unknown_drugs:
        return f"the store holds nothing on {_list(question.unknown_drugs)}"
    return None


def _list(items: Sequence[str]) -> str:
    return ", ".join(item.strip("<>~!^+*@") for item in items)
