"""What a question proposes: relation, subject and object, in the right direction."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drugfacts.language.question import Joint, Meaning, Mention, Proposed, Span
from drugfacts.model import Method, TermKind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from drugfacts.language.question import Question
    from drugfacts.model import Relation
    from drugfacts.store import Store

DRUGS = ("substance", "class")
_MOST_JOINT = 6
# What may stand between a drug and the class that it is said to belong to.
_PLAIN = frozenset(
    {"copula", "article", "negator", "hedge", "ignore", "force", "auxiliary", "anaphor", "frame", "join"}
)
_PAIR = 2


class Reading(NamedTuple):
    """What a question can be read to propose.

    Attributes:
        alternatives: the propositions; several when the parts make more than one.
        joint: several propositions at once.
        idle: cues that fit nothing that is named.
    """

    alternatives: tuple[Proposed, ...] = ()
    joint: Joint | None = None
    idle: tuple[Span, ...] = ()


class _Side(NamedTuple):
    """Things named next to each other, joined by "and", "or" or a comma."""

    mentions: tuple[Mention, ...]
    either: bool


def propose(question: Question, cues: Sequence[Span], roles: Mapping[int, Meaning], store: Store) -> Reading:
    """Find the propositions that a question can be read as.

    Args:
        question: the question so far.
        cues: the spans that name a relation; a cue may serve several relations, and what is named decides.
        roles: the meaning of each token's span.
        store: where the relations are.

    Returns:
        The propositions: none when the parts do not make one, several when they make more than one.
    """
    sides = _sides(question, roles, store)
    merged = _merged(sides, store)
    within = {place for side in sides for one in side.mentions for place in range(one.start, one.end)}
    cues = [span for span in cues if span.start not in within]
    fitting: dict[Span, set[tuple[Proposed, ...]]] = {}
    idle = []
    for span in cues:
        turned = [_turned(each, span, question, store) for each in (sides, merged)]
        fits = {
            found
            for meaning in span.meanings
            if (found := _fit(meaning, turned[0], store) or _fit(meaning, turned[1], store))
        }
        if fits:
            fitting[span] = fits
        else:
            idle.append(span)
    if fitting:
        # Two cues in one question must mean the same relation; else it says two things. But a word like "in" or "from"
        # says little beside another cue.
        common: Collection[tuple[Proposed, ...]] = set.intersection(*fitting.values())
        telling = [fits for span, fits in fitting.items() if not _slight(span)]
        if not common and telling:
            common = set.intersection(*telling)
    else:
        modified = _modified(question, sides, idle, roles, store)
        if modified:
            return Reading((), Joint(modified, either=False), ())
        implied = _implied(question, sides, roles, store) or _implied(question, merged, roles, store)
        common = [implied] if implied else ()
    if len(common) == 1 and len(only := next(iter(common))) > 1:
        return Reading((), Joint(only, any(side.either for side in sides)), tuple(idle))
    return Reading(tuple(sorted(found[0] for found in common if len(found) == 1)), None, tuple(idle))


def _slight(span: Span) -> bool:
    """Say whether a cue is one word that is also a mere link; one that turns the sense round never is."""
    turns = any(meaning.kind == "cue" and meaning.role == "negative" for meaning in span.meanings)
    return span.end - span.start == 1 and not turns and any(meaning.kind == "words" for meaning in span.meanings)


def _turned(sides: list[_Side], cue: Span, question: Question, store: Store) -> list[_Side]:
    """Give two sides in the order of subject and object.

    "It is morphine that heroin is made from" and "morphine is what heroin is made from" name the object first: both
    names stand before the cue, and between them a word that takes up the first.
    """
    if len(sides) != _PAIR or cue.start < sides[1].mentions[-1].end:
        return sides
    between = {question.tokens[place].stem for place in range(sides[0].mentions[-1].end, sides[1].mentions[0].start)}
    return sides[::-1] if between & store.single("cleft") else sides


def _sides(question: Question, roles: Mapping[int, Meaning], store: Store) -> list[_Side]:
    sides: list[_Side] = []
    naming, examples = store.single("naming"), store.single("example")
    for mention in question.mentions:
        last_end = sides[-1].mentions[-1].end if sides else 0
        between = [token.stem for token in question.tokens[last_end : mention.start]]
        if sides and sides[-1].mentions[-1].id == mention.id and naming.issuperset(between):
            # One drug by two names, as where the second stands in brackets, or after "also known as".
            last = sides.pop()
            sides.append(last._replace(mentions=(*last.mentions[:-1], last.mentions[-1]._replace(end=mention.end))))
        elif (
            sides
            and between
            and examples.issuperset(between)
            and all(one.kind == "class" for one in sides[-1].mentions)
            and any(one.id in store.ancestors(mention.id) for one in sides[-1].mentions)
        ):
            # An example of a class changes nothing ("an opioid such as heroin").
            last = sides.pop()
            sides.append(last._replace(mentions=(*last.mentions[:-1], last.mentions[-1]._replace(end=mention.end))))
        elif (
            sides
            and (joined := _joined(sides[-1].mentions[-1], mention, roles))
            and all(mention.id != one.id for one in sides[-1].mentions)
        ):
            last = sides.pop()
            sides.append(last._replace(mentions=(*last.mentions, mention), either=last.either or joined == "or"))
        else:
            sides.append(_Side((mention,), either=False))
    return sides


def _merged(sides: Sequence[_Side], store: Store) -> list[_Side]:
    """Take a drug and a class right beside it that it belongs to as one ("dextromethorphan cough medicine")."""
    merged: list[_Side] = []
    for side in sides:
        if merged and len(side.mentions) == len(merged[-1].mentions) == 1:
            left, right = merged[-1].mentions[0], side.mentions[0]
            if left.end == right.start and right.id in store.ancestors(left.id):
                merged[-1] = _Side((left._replace(end=right.end),), either=False)
                continue
            if left.end == right.start and left.id in store.ancestors(right.id):
                merged[-1] = _Side((right._replace(start=left.start),), either=False)
                continue
        merged.append(side)
    return merged


def _joined(left: Mention, right: Mention, roles: Mapping[int, Meaning]) -> str:
    """Give "and" or "or" where nothing but such a word (and an article) stands between two things named."""
    between = [roles.get(place) for place in range(left.end, right.start)]
    if any(meaning is None or meaning.role not in ("join", "article", "pronoun") for meaning in between):
        return ""
    joins = [meaning.effect for meaning in between if meaning and meaning.role == "join"]
    if not joins:
        return ""
    return "or" if "or" in joins else "and"


def _fit(meaning: Meaning, sides: Sequence[_Side], store: Store) -> tuple[Proposed, ...]:
    relation = store.relation(meaning.id) if meaning.kind == "cue" else None
    if relation is None:
        return ()
    denied = meaning.role == "negative"
    if not relation.object_kinds:
        subjects = sides[0].mentions if len({tuple(one.id for one in side.mentions) for side in sides}) == 1 else ()
        if not subjects or any(one.kind not in DRUGS for one in subjects):
            return ()
        return tuple(Proposed(one.id, relation.id, denied=denied) for one in subjects)
    if len(sides) == 1 and len(sides[0].mentions) == _PAIR and relation.symmetric:
        pairs = [sides[0].mentions]
    elif len(sides) != _PAIR:
        pairs = []
    else:
        left, right = sides
        pairs = [(one, other) for one in left.mentions for other in right.mentions]
    if len(pairs) > _MOST_JOINT:
        return ()
    found = [_pair(relation, one, other, store, passive=meaning.role == "passive") for one, other in pairs]
    return tuple(one._replace(denied=denied) for one in found if one) if all(found) else ()


def _pair(relation: Relation, left: Mention, right: Mention, store: Store, *, passive: bool) -> Proposed | None:
    if left.id == right.id:
        same = relation.id if relation.method is Method.IDENTITY else store.settled_by(Method.IDENTITY)
        told = relation.method is Method.IDENTITY or relation.reflexive
        return Proposed(left.id, same, left.id) if told and same and left.kind in DRUGS else None
    if passive:
        left, right = right, left
    if left.kind in DRUGS and right.kind in relation.object_kinds:
        return Proposed(left.id, relation.id, right.id)
    if relation.symmetric and right.kind in DRUGS and left.kind in relation.object_kinds:
        return Proposed(right.id, relation.id, left.id)
    return None


def _modified(
    question: Question, sides: Sequence[_Side], cues: Sequence[Span], roles: Mapping[int, Meaning], store: Store
) -> tuple[Proposed, ...]:
    """Read "X is an addictive Y": that X is a Y, and what the word before the class says of X."""
    if len(sides) != _PAIR or len(cues) != 1:
        return ()
    cue, (left, right) = cues[0], sides
    if cue.end != right.mentions[0].start or cue.start < left.mentions[-1].end or len(right.mentions) > 1:
        return ()
    unary = [
        (relation, meaning)
        for meaning in cue.meanings
        if meaning.kind == "cue" and (relation := store.relation(meaning.id)) and not relation.object_kinds
    ]
    if len(unary) != 1:
        return ()
    others = {place: meaning for place, meaning in roles.items() if not cue.start <= place < cue.end}
    bases = _implied(question, sides, others, store)
    if not bases or any(one.relation != store.settled_by(Method.MEMBERSHIP) for one in bases):
        return ()
    relation, meaning = unary[0]
    denied = meaning.role == "negative"
    return (*bases, *(Proposed(one.subject, relation.id, denied=denied) for one in bases))


def _implied(
    question: Question, sides: Sequence[_Side], roles: Mapping[int, Meaning], store: Store
) -> tuple[Proposed, ...]:
    """Read "is X a Y" where nothing but "is" or an article stands between drugs and classes.

    Two names of one drug with "is" between them say that they are the same. A drug and a class in the singular, and
    nothing else ("seroquel benzo"), ask for membership too.
    """
    if question.residue:
        return ()
    if len(sides) != _PAIR:
        return _two_names(question, roles, store)
    subjects, objects = (side.mentions for side in sides)
    law = store.settled_by(Method.LAW) if all(one.kind == TermKind.SCHEDULE for one in objects) else ""
    if any(one.kind not in DRUGS for one in (*subjects, *(() if law else objects))):
        return ()
    same = store.settled_by(Method.IDENTITY)
    between = [roles[place].role for place in range(subjects[-1].end, objects[0].start) if place in roles]
    if not _PLAIN.issuperset(between):
        return ()  # "is X given with a Y" is another question
    before = [roles[place].role for place in range(subjects[0].start) if place in roles]
    after = [roles[place].role for place in range(objects[-1].end, len(question.tokens)) if place in roles]
    ends = len(after) == len(question.tokens) - objects[-1].end and {*after} <= {"closing"}
    clipped = not between and not before and len(objects) == 1 and not objects[0].text.endswith("s")
    clipped = clipped and (ends or bool(law))
    if not (clipped or {"copula", "article"} & {*between} or "copula" in before):
        return ()
    if len({one.id for one in (*subjects, *objects)}) == 1:
        same = same if "copula" in between or "copula" in before else ""
        return (Proposed(subjects[0].id, same, subjects[0].id, implied=True),) if same else ()
    # "Is codeine morphine?" asks whether the two are one; "are opioids heroin" is no question that has an answer.
    two = all(one.kind == "substance" for one in (*subjects, *objects)) and (
        "copula" in between or ("copula" in before and ends)
    )
    if not law and not two and any(one.kind != "class" for one in objects):
        return ()
    relation = law or (same if two else store.settled_by(Method.MEMBERSHIP))
    return tuple(Proposed(one.id, relation, other.id, implied=not law) for one in subjects for other in objects)


def _two_names(question: Question, roles: Mapping[int, Meaning], store: Store) -> tuple[Proposed, ...]:
    """Read "is X Y" where both are names of one drug, and nothing else is said: they are the same."""
    same = store.settled_by(Method.IDENTITY)
    if len(question.mentions) > _PAIR:
        return _one_by_all_names(question, roles, same)
    if len(question.mentions) != _PAIR or not same:
        return ()
    left, right = question.mentions
    before = [roles[place].role if place in roles else "" for place in range(left.start)]
    after = [roles[place].role if place in roles else "" for place in range(right.end, len(question.tokens))]
    alone = "copula" in before and {*before} <= {"copula", "frame", "ignore"} and {*after} <= {"closing"}
    if left.id != right.id or left.kind != "substance" or left.end != right.start or not alone:
        return ()
    return (Proposed(left.id, same, left.id, implied=True),)


def _one_by_all_names(question: Question, roles: Mapping[int, Meaning], same: str) -> tuple[Proposed, ...]:
    """Read "X and Y are both Z" where all are names of one drug, and nothing else is said: they are the same."""
    named = question.mentions
    within = {place for one in named for place in range(one.start, one.end)}
    others = [
        roles[place].role if place in roles else "" for place in range(len(question.tokens)) if place not in within
    ]
    alone = "copula" in others and {*others} <= {"copula", "join", "article", "frame", "ignore", "closing"}
    if not same or not alone or named[0].kind != "substance" or len({one.id for one in named}) > 1:
        return ()
    return (Proposed(named[0].id, same, named[0].id, implied=True),)
