"""Tell what a text denies, and in which of its clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drugfacts.language.question import NAMES, Chosen

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from drugfacts.language.question import Meaning
    from drugfacts.store import Store
    from drugfacts.text import Token

# How far before a negation a word like "should" makes it advice.
_ADVICE = 2
# What negators do that deny of every case.
_OUTRIGHT = ("outright", "adverb")
# Marks between words that part clauses, and the roles of what follows an "and" that opens one ("and never holds …").
_PARTING = (",", ";", ":", "(", ")", " - ", "\u2013", "\u2014", ". ", "! ", "? ")
_VERBAL = ("negator", "auxiliary", "copula")
_OPENING = (*_VERBAL, "pronoun", "anaphor")
# What a pronoun stands after without opening a clause ("can you not", "the drug it is").
_LEADING = ("auxiliary", "copula", "negator", "article", "frame", "join")
# What the links that open a clause which only adds something do, and how far behind one its subject begins.
_EMPTY = frozenset({"ignore", "frame", "closing", "article", "pronoun", "anaphor", "link", "join"})
_ADDING, _SUBJECT = ("subordinate", "causal", "concessive", "relative"), 2


def clauses(found: Sequence[Token], folded: str, roles: dict[int, Meaning], store: Store) -> tuple[int, ...]:
    """Give the places where clauses begin.

    After marks that part, at a reason or a contrast, where "and" or "who" opens a new one, and at a pronoun with its
    verb ("somebody you cannot wake"); and where the main verb comes after one of the last two ("… may be in danger").
    """
    begins = [0]
    embedded = False
    relatives, clefts = store.single("link", effects=("relative",)), store.single("cleft")
    for place in range(1, len(found)):
        gap = folded[found[place - 1].end : found[place].start]
        role = roles.get(place)
        after = roles[place + 1].role if place + 1 in roles else ""
        before = roles[place - 1].role if place - 1 in roles else ""
        # "A sedative that isn't approved", but not "it is a myth that …".
        takes_up = found[place].stem in clefts and not (role is not None and role.role == "frame")
        joins = found[place].stem in relatives or takes_up or (role is not None and role.role == "join")
        subject = role is not None and role.role in ("pronoun", "anaphor") and before not in _LEADING
        opens = (joins and after in _OPENING) or (subject and after in _VERBAL and begins[-1] != place - 1)
        starts = role is not None and role.effect in ("causal", "concessive", "contrast")
        parts = starts or any(mark in gap for mark in _PARTING)
        verb = role is not None and role.role in ("auxiliary", "copula") and before not in (*_OPENING, "link", "ignore")
        verb = verb and begins[-1] != place - 1  # "who do not …": the verb of the clause itself
        if parts or opens or (embedded and verb):
            begins.append(place)
            embedded = opens and not parts
    return tuple(begins)


def asides(
    denials: Sequence[int],
    found: Sequence[Token],
    folded: str,
    roles: dict[int, Meaning],
    begins: Collection[int],
    store: Store,
) -> tuple[int, ...]:
    """Give those of some denials that stand in a clause which only adds something, beside one that says something.

    Such are a reason, a condition, a concession, and what "that" or "who" tells of somebody or something ("a sedative
    that isn't approved"). What they deny, the sentence does not.

    Args:
        denials: the places of negations.
        found: the words.
        folded: the text that they are of.
        roles: the meaning of each place that has one.
        begins: the places where clauses begin.
        store: the store.
    """
    takes_up = store.single("cleft") | store.single("link", effects=("relative",))
    adding: set[int] = set()
    opened: int | None = None
    for place in range(len(found)):
        role = roles.get(place)
        after = roles[place + 1].role if place + 1 in roles else ""
        opens = role is not None and role.role == "link" and role.effect in _ADDING
        told = found[place].stem in takes_up and after in _VERBAL and not (role is not None and role.role == "frame")
        if opens or (told and place):
            opened = place
        elif opened is not None and place in begins:
            gap = folded[found[place - 1].end : found[place].start]
            subject = role is not None and role.role in _OPENING and place - opened <= _SUBJECT
            if any(mark in gap for mark in _PARTING) or not subject:
                opened = None
        if opened is not None:
            adding.add(place)
    empty = all(place in adding or (place in roles and roles[place].role in _EMPTY) for place in range(len(found)))
    return () if empty else tuple(place for place in denials if place in adding)


def negations(
    chosen: Sequence[Chosen],
    found: Sequence[Token],
    roles: dict[int, Meaning],
    opening: int | None,
    *,
    asked: bool = False,
) -> tuple[int, ...]:
    """Give the places of what denies: negators and denying frames.

    In a negative question ("isn't X a Y?", "is X not a Y?") the plain "not" asks about the affirmative and does not
    count, nor does it in one that follows ("… so isn't it harmless"). A clipped denial ("can't overdose on X") begins
    with the same words; it has no subject after them. With a question mark, "isn't …" asks whatever follows.
    """
    places = []
    asks = opening is not None and (
        _has_subject(opening, found, roles) or (asked and opening in roles and roles[opening].role == "copula")
    )
    for part in chosen:
        meaning = part.meaning
        if meaning.role == "negator":
            if meaning.effect == "plain" and asks and opening is not None:
                asks = False
                if all(_of_subject(place, found, roles) for place in range(opening + 1, part.span.start)):
                    continue
            if meaning.effect == "plain" and _inverted(part.span.start, roles):
                continue
            places.append(part.span.start)
        elif meaning.role in ("frame", "closing") and meaning.effect == "deny":
            places.append(part.span.start)
    return tuple(places)


def _inverted(place: int, roles: dict[int, Meaning]) -> bool:
    """Say whether a "not" stands between a verb that opens a clause and its subject ("so isn't it harmless")."""
    verb, subject, before = roles.get(place - 1), roles.get(place + 1), roles.get(place - 2)
    asks = verb is not None and verb.role in ("auxiliary", "copula")
    opens = before is not None and before.role in ("join", "link", "ignore", "frame")
    return asks and opens and subject is not None and subject.role in ("pronoun", "anaphor")


def _of_subject(place: int, found: Sequence[Token], roles: dict[int, Meaning]) -> bool:
    """Say whether a word between the opening verb and a "not" can belong to the subject."""
    meaning = roles.get(place)
    if meaning is None:
        return found[place].word.endswith("ing")
    return meaning.kind in NAMES or meaning.role in (
        "pronoun",
        "anaphor",
        "article",
        "ignore",
        "condition",
        "force",
        "link",
        "join",
    )


def _has_subject(opening: int, found: Sequence[Token], roles: dict[int, Meaning]) -> bool:
    place = opening + 1
    while place in roles and roles[place].role == "negator":
        place += 1
    if place >= len(found):
        return False
    if place == opening + 1:
        return True
    meaning = roles.get(place)
    if meaning is None:
        return found[place].word.endswith("ing")
    return meaning.kind in NAMES or meaning.role in ("pronoun", "anaphor", "article", "condition")


def contrasts(part: Chosen, found: Sequence[Token], folded: str) -> bool:
    """Say whether a negator denies only a part: what follows a comma, or a doing ("not feeling drunk means")."""
    before = folded[: found[part.span.start].start].rstrip()
    doing = part.span.end < len(found) and found[part.span.end].word.endswith("ing")
    if part.meaning.role == "negator" and part.meaning.effect == "plain" and part.span.start == 0 and doing:
        return True
    return part.meaning.role == "negator" and part.meaning.effect == "plain" and before.endswith((",", ";", " -"))


def compound(part: Chosen, found: Sequence[Token], folded: str) -> bool:
    """Say whether a negator is the first half of a word ("a no-smoking area")."""
    return part.meaning.role == "negator" and folded[found[part.span.end - 1].end :].startswith("-")


def replies(part: Chosen, found: Sequence[Token], folded: str) -> bool:
    """Say whether a negator is a reply that stands before the sentence ("No, heroin is addictive")."""
    after = folded[found[part.span.end - 1].end :].lstrip(" ")
    return part.span.start == 0 and after.startswith((",", ".", "!", ";", ":", "-"))


def outright(denials: Collection[int], roles: dict[int, Meaning]) -> bool:
    """Say whether one of some negations denies of every case ("never", "nobody", "cannot", "not at all").

    Args:
        denials: the places of negations.
        roles: the meaning of each place that has one.
    """
    whole = any(meaning.role == "hedge" and meaning.effect == "whole" for meaning in roles.values())
    return any(
        whole
        or (place in roles and roles[place].effect in _OUTRIGHT)
        or (place - 1 in roles and roles[place - 1].effect == "can")
        for place in denials
    )


def advises(place: int, found: Sequence[Token], store: Store) -> bool:
    """Say whether a negation is advice: after "should" or "must", or at the head of a command ("never mix …")."""
    before = [token.stem for token in found[max(0, place - _ADVICE) : place]]
    phrases = store.phrases(before)
    meanings = {
        stem: [phrase.meaning for phrase in every if phrase.parts == ((stem,),)] for stem, every in phrases.items()
    }
    if any(meaning.effect == "ought" for every in meanings.values() for meaning in every):
        return True
    # A command has nothing before its negation but "do" ("do not mix", "never mix"), and a word with no "to" after it.
    adverbs = store.single("negator", effects=("plain", "adverb"))
    command = all(any(one.role == "auxiliary" for one in meanings.get(stem, ())) for stem in before)
    if not command or found[place].stem not in adverbs or place + 1 >= len(found):
        return False
    after = store.phrases([found[place + 1].stem]).get(found[place + 1].stem, ())
    subject = ("pronoun", "anaphor", "article")
    return not any(
        len(one.parts[0]) == 1 and (one.meaning.role in subject or one.meaning.kind in NAMES) for one in after
    )
