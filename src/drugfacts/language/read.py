"""Read a text into a ``Question``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drugfacts.language import denial
from drugfacts.language.choose import choose
from drugfacts.language.propose import propose
from drugfacts.language.question import NAMES, ORGAN, Chosen, Mark, Meaning, Mention, Proposed, Question, Span
from drugfacts.language.segment import anywhere, expand, segment
from drugfacts.language.spelling import mend
from drugfacts.text import MAX_QUESTION, Token, fold, stem, tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from drugfacts.language.segment import Segments
    from drugfacts.store import Store

# Roles of words that carry nothing of what a question proposes.
EMPTY_ROLES = frozenset(
    {
        "ignore",
        "pronoun",
        "anaphor",
        "article",
        "auxiliary",
        "copula",
        "hedge",
        "frame",
        "closing",
        "negator",
        "part",
        "join",
    }
)
# Roles that say what kind of text a question is.
SIGN_ROLES = frozenset({"profile", "open", "refusal", "aside", "emergency"})
# What is put before a relation's id where its cue denies it, or names the object first ("less harmful than").
_TURNING = {"negative": "not-", "passive": "by-"}
# How the features of some roles are marked.
_SIGNS = {"concept": "+", "force": "*", "condition": "@"}


def read(text: str, store: Store, *, lenient: bool = False, trusting: bool = False) -> Question:
    """Read a text.

    Args:
        text: anything a person may type; at most ``MAX_QUESTION`` characters of it are read.
        store: the store whose lexicon is used.
        lenient: take a name that is first of all an everyday word ("horse") for a drug where the text is about drugs.
        trusting: take an ambiguous name for a drug even when nothing else in the text is about drugs.

    Returns:
        What was understood. Whatever the text, this gives a question; one that was not understood has a residue.
    """
    folded = fold(text[:MAX_QUESTION])
    found = expand(tokens(folded), store)
    breaks = {place for place in range(1, len(found)) if "," in folded[found[place - 1].end : found[place].start]}
    segments = segment(found, store, breaks)
    corrections: dict[int, str] = {}
    for place in segments.rest:
        better = mend(found[place].word, store)
        if better:
            corrections[place] = better
    if corrections:
        found = [
            token._replace(word=corrections[place], stem=stem(corrections[place])) if place in corrections else token
            for place, token in enumerate(found)
        ]
        segments = segment(found, store, breaks)
    question, idle = _understood(text, found, segments, corrections, store, lenient=lenient, trusting=trusting)
    long = [span for span in idle if span.end - span.start > 1]
    if long and not question.propositions and not question.joint:
        # A cue that fits nothing that is named may hide a shorter one that does ("is X safe for adults").
        segments = segment(found, store, breaks, long)
        other, _ = _understood(text, found, segments, corrections, store, lenient=lenient, trusting=trusting)
        if (other.propositions or other.joint) and len(other.residue) <= len(question.residue):
            return other
    return question


def _understood(
    text: str,
    found: Sequence[Token],
    segments: Segments,
    corrections: dict[int, str],
    store: Store,
    *,
    lenient: bool,
    trusting: bool,
) -> tuple[Question, tuple[Span, ...]]:
    """Give a question as one segmentation of it is understood, and the cues that fit nothing."""
    spans, chosen = choose(segments, found, store, lenient=lenient, trusting=trusting)
    question, idle = _assemble(text, found, chosen, corrections, store)
    taken = {part.span for part in chosen}
    doubtful = tuple(
        meaning.id
        for span in spans
        for meaning in span.meanings
        if meaning.role in ("ambiguous", "everyday") and meaning.kind in NAMES and span not in taken
    )
    return question._replace(doubtful=doubtful), idle


def _trails(span: Span, found: Sequence[Token], folded: str, store: Store) -> bool:
    """Say whether an open question of several words opens the last clause of a text ("…, how come")."""
    before = folded[found[span.start - 1].end : found[span.start].start] if span.start else ""
    several = span.end > span.start + 1 and found[span.start].word not in store.single("cleft")
    return several and "," in before and "," not in folded[found[span.end - 1].end :]


def _assemble(
    text: str,
    found: Sequence[Token],
    chosen: Sequence[Chosen],
    corrections: dict[int, str],
    store: Store,
) -> tuple[Question, tuple[Span, ...]]:
    folded = fold(text[:MAX_QUESTION])
    roles = {place: part.meaning for part in chosen for place in range(part.span.start, part.span.end)}
    rest = [place for place in range(len(found)) if place not in roles]
    mentions = tuple(
        _mention(part, found, corrections, store) for part in chosen if part.meaning.kind in (*NAMES, ORGAN)
    )
    first = _first_word(found, roles)
    interrogative = first is not None and roles.get(first) is not None and roles[first].role in ("auxiliary", "copula")
    signs = [
        part
        for part in chosen
        if part.meaning.role in SIGN_ROLES
        and (part.meaning.role != "open" or part.span.start == first or _trails(part.span, found, folded, store))
    ]
    contrasts = {part.span.start for part in chosen if denial.contrasts(part, found, folded)}
    compounds = {part.span.start for part in chosen if denial.compound(part, found, folded)}
    negators = denial.negations(
        [
            part
            for part in chosen
            if part.span.start not in contrasts | compounds and not denial.replies(part, found, folded)
        ],
        found,
        roles,
        first if interrogative else None,
        asked=folded.rstrip().endswith("?"),
    )
    question = Question(
        text=text,
        tokens=tuple(found),
        mentions=mentions,
        interrogative=interrogative,
        negated=len(negators) % 2 == 1,
        negators=negators,
        needs=tuple(one.id for one in anywhere(found, "need", store)),
        forces=tuple(sorted({part.meaning.id for part in chosen if part.meaning.role == "force"})),
        conditions=tuple(sorted({part.meaning.id for part in chosen if part.meaning.role == "condition"})),
        signs=(
            *anywhere(found, "emergency", store),
            *(part.meaning for part in signs if part.meaning.role != "emergency"),
        ),
        residue=tuple(found[place].word for place in rest)
        + tuple(
            found[part.span.start].word
            for part in chosen
            if part.meaning.role in ("shift", "concept", "open") or part.span.start in contrasts
        ),
        unknown_drugs=tuple(_words(part.span, found) for part in chosen if part.meaning.kind == "other-drug"),
        ambiguous=tuple(_words(part.span, found) for part in chosen if part.meaning.kind == "doubt"),
        corrections=tuple(
            (folded[found[place].start : found[place].end], better) for place, better in corrections.items()
        ),
    )
    cues = [part.span for part in chosen if part.meaning.kind == "cue"]
    reading = propose(question, cues, roles, store)
    propositions = reading.alternatives
    idle = [
        found[place].word
        for span in reading.idle
        for place in range(span.start, span.end)
        if not _is_empty(found[place], store)
    ]
    proposed = propositions or (reading.joint.parts if reading.joint else ())
    beside = _beside(proposed, store) | (_taken_up(found, roles, store) if proposed else frozenset())
    denials = store.denials()
    loose = tuple(
        place for span in reading.idle for place in range(span.start, span.end) if found[place].stem in denials
    )
    inner = tuple(
        place
        for span in cues
        if span not in reading.idle
        for place in range(span.start, span.end)
        if found[place].stem in denials
    )
    parts = denial.clauses(found, folded, roles, store)
    every = sorted((*negators, *loose))
    asides = denial.asides(every, found, folded, roles, parts, store)
    negators = tuple(place for place in every if place not in asides)
    question = question._replace(
        joint=reading.joint,
        residue=tuple(word for word in (*question.residue, *idle) if stem(word) not in beside),
        negators=negators,
        negated=len(negators) % 2 == 1,
        inner=inner,
        contrasts=tuple(sorted(place for place in (*contrasts, *_instead(chosen)) if place)),
        asides=asides,
        clauses=parts,
        outright=denial.outright(negators, roles),
        advises=any(denial.advises(place, found, store) for place in (*negators, *inner)),
    )
    marks = _marks(found, chosen, rest, signs, fitting={one.relation for one in propositions}, store=store)
    marks += [Mark(place, place + 1, f"^{found[place].word}") for place in sorted(contrasts)]
    content = tuple(mark.feature for mark in marks)
    return question._replace(propositions=propositions, content=content, marks=tuple(marks)), reading.idle


def _instead(chosen: Sequence[Chosen]) -> Iterator[int]:
    """Give the places of words that put one thing in the place of another ("rather than")."""
    return (part.span.start for part in chosen if part.meaning.role == "shift" and part.meaning.effect == "contrast")


def _beside(propositions: Sequence[Proposed], store: Store) -> frozenset[str]:
    """Give the stems of the words that change nothing beside the one relation that is proposed."""
    relations = {one.relation for one in propositions}
    relation = store.relation(relations.pop()) if len(relations) == 1 else None
    return frozenset(stem(word) for word in relation.beside) if relation else frozenset()


def _taken_up(found: Sequence[Token], roles: dict[int, Meaning], store: Store) -> frozenset[str]:
    """Give the stems of the words that take up what was named right before ("morphine is what heroin is made from")."""
    clefts = store.single("cleft")
    return frozenset(
        found[place].stem
        for place in range(1, len(found))
        if found[place].stem in clefts and place - 1 in roles and roles[place - 1].role in ("copula", "negator")
    )


def _mention(part: Chosen, found: Sequence[Token], corrections: dict[int, str], store: Store) -> Mention:
    kind = part.meaning.kind
    if kind == "term":
        term = store.term(part.meaning.id)
        kind = str(term.kind.value) if term else kind
    places = range(part.span.start, part.span.end)
    return Mention(
        part.meaning.id,
        kind,
        _words(part.span, found),
        part.span.start,
        part.span.end,
        any(place in corrections for place in places),
    )


def _is_empty(token: Token, store: Store) -> bool:
    """Say whether a word by itself carries nothing of what a relation says."""
    own = (token.stem,)

    def known() -> bool:
        return any(
            phrase.parts == (own,) and phrase.meaning.role in (*EMPTY_ROLES, "link", "neutral")
            for phrase in store.phrases(own).get(token.stem, ())
        )

    return store.remember(("empty", token.stem), known)


def _words(span: Span, found: Sequence[Token]) -> str:
    return " ".join(token.word for token in found[span.start : span.end])


def _first_word(found: Sequence[Token], roles: dict[int, Meaning]) -> int | None:
    """Give the position of the first word that is neither an opening nor empty."""
    for place in range(len(found)):
        role = roles[place].role if place in roles else ""
        if role not in ("frame", "ignore", "closing"):
            return place
    return None


def _stands_alone(meaning: Meaning, store: Store) -> bool:
    """Say whether a meaning is a cue of a relation that takes no object."""
    relation = store.relation(meaning.id) if meaning.kind == "cue" else None
    return relation is not None and not relation.object_kinds


def _marks(
    found: Sequence[Token],
    chosen: Sequence[Chosen],
    rest: Sequence[int],
    signs: Sequence[Chosen],
    *,
    fitting: Collection[str],
    store: Store,
) -> list[Mark]:
    """Give the features that carry the meaning, in order, each marked by its kind, with the places of their words.

    ``<id>`` a name, ``~id`` a relation, ``+id`` a concept, ``*id`` a force, ``@id`` a condition, ``!id`` a sign,
    ``^word`` a word that changes what is said, and bare stems for the rest. A cue that needs an object and found none
    is just its words.
    """
    marks = [Mark(place, place + 1, found[place].stem) for place in rest]
    for part in chosen:
        (start, end, meanings), meaning = part
        sign = _SIGNS.get(meaning.role, "")
        if meaning.kind in (*NAMES, ORGAN):
            marks.append(Mark(start, end, f"<{meaning.id}>"))
        elif meaning.kind == "cue":
            told = next((one for one in meanings if one.id in fitting), None) or next(
                (one for one in meanings if _stands_alone(one, store)), None
            )
            if told:
                marks.append(Mark(start, end, f"~{_TURNING.get(told.role, '')}{told.id}"))
            else:
                marks += _each(part.span, found)
        elif sign:
            marks.append(Mark(start, end, f"{sign}{meaning.id}"))
        elif part in signs and meaning.role != "aside":
            marks.append(Mark(start, end, f"!{meaning.id}"))
        elif meaning.role == "shift":
            marks += _each(part.span, found, "^")
        elif meaning.role in ("neutral", "aside") or meaning.kind in ("other-drug", "doubt") or meaning.role == "open":
            marks += _each(part.span, found)
    return sorted(marks)


def _each(span: Span, found: Sequence[Token], sign: str = "") -> Iterator[Mark]:
    return (Mark(place, place + 1, f"{sign}{found[place].stem}") for place in range(span.start, span.end))
