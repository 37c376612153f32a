"""Answer a text of several sentences or clauses: what stands around a question, and several questions at once."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from drugfacts.answering.answer import Status
from drugfacts.language.read import read
from drugfacts.model import Verdict
from drugfacts.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from drugfacts.answering.answer import Answer
    from drugfacts.language.question import Question
    from drugfacts.store import Store

# A full stop ends a sentence only after a word of three letters or more, a number or a bracket: "St. John", "vs. ice".
_SENTENCE = re.compile(r"(?<=[?!;])\s+|(?<=\w\w\w\.)\s+(?=\S)|(?<=[)\]\"]\.)\s+|\s*\n+\s*|\s*\.\.+\s*|\s*…\s*")
_CLAUSE = re.compile(r"\s*[,:()]\s+|\s+[-\u2013\u2014]+\s+|\s*[()]\s*")
_MOST = 12
_SETTLED = (Status.ANSWERED, Status.PROFILE)


class _Piece(NamedTuple):
    text: str
    question: Question
    asked: bool


def sentences(text: str) -> list[str]:
    """Cut a text into its sentences."""
    return [part.strip() for part in _SENTENCE.split(text) if part and any(ch.isalnum() for ch in part)]


def clauses(text: str) -> list[str]:
    """Cut a sentence at its commas, colons, dashes and brackets."""
    return [part.strip() for part in _CLAUSE.split(text) if part and any(ch.isalnum() for ch in part)]


def retorted(text: str, store: Store) -> str:
    """Give what a text asks and then does nothing but deny ("Overdosing on caffeine? No such thing."); else nothing.

    Args:
        text: the text.
        store: the store.
    """
    for asked, after in pairwise(sentences(text)):
        if asked.endswith("?") and not after.endswith("?"):
            reply = read(clauses(after)[0].rstrip(" .!"), store)
            if reply.negators and not reply.content:
                return asked
    return ""


def by_parts(text: str, answer: Callable[[str], Answer], store: Store) -> list[Answer]:
    """Answer a text that makes no sense as a whole by its sentences, or else by the clauses of its one sentence.

    What is no question of its own is context: it may name what "it" is, and it must not hold anything (another drug, a
    circumstance) that could change the answer.

    Args:
        text: the text.
        answer: what answers one sentence.
        store: the store.

    Returns:
        An answer for each question that the text holds, those that got none included; none at all where the text
        cannot be cut so.
    """
    for cut in (sentences, clauses):
        texts = cut(text)
        if 1 < len(texts) <= _MOST:
            found = _answer_pieces(texts, answer, store, loose=cut is sentences)
            if any(one.status in _SETTLED for one in found):
                return found
    given = _without_reason(text, answer, store)
    return [given] if given else []


def _without_reason(text: str, answer: Callable[[str], Answer], store: Store) -> Answer | None:
    """Answer a sentence without the reason it gives ("… because …"), or what it concedes ("… even though …").

    What is conceded changes nothing. A reason may be wrong where the rest is right, so that only what is false by
    itself is answered.
    """
    folded = fold(text)
    question = read(text, store)
    for place, token in enumerate(question.tokens):
        for phrase in store.phrases([token.stem]).get(token.stem, ()):
            effect, run = phrase.meaning.effect, phrase.parts[0]
            if effect not in ("causal", "concessive") or len(phrase.parts) > 1 or place == 0:
                continue
            if tuple(one.stem for one in question.tokens[place : place + len(run)]) != run:
                continue
            main, rest = folded[: token.start].rstrip(" ,;-"), folded[question.tokens[place + len(run) - 1].end :]
            given = answer(main)
            pieces = [_Piece(one, read(one, store), asked=False) for one in (main, rest)]
            if given.verdict is None or not _harmless(given, pieces[0], pieces[1:], store, loose=True):
                return None
            return given if effect == "concessive" or given.verdict is Verdict.FALSE else None
    return None


def _answer_pieces(texts: Sequence[str], answer: Callable[[str], Answer], store: Store, *, loose: bool) -> list[Answer]:
    every = [_Piece(text, read(text, store), text.rstrip().endswith("?")) for text in texts]
    # "… Is that so?" asks about what stands before it.
    pieces = [
        piece._replace(asked=piece.asked or (after is not None and after.asked and not after.question.marks))
        for piece, after in zip(every, [*every[1:], None], strict=True)
        if piece.question.marks
    ]
    if not loose and any(_subordinate(piece.question, store) for piece in pieces):
        return []
    asking = [piece for piece in pieces if (piece.asked if loose else piece.question.interrogative)]
    given = {
        piece: answer(_resolved(piece, [other for other in pieces if other is not piece], store))
        for piece in asking or pieces
    }
    # Another question is no context of this one; what is neither asked nor settled by itself is.
    own = {piece for piece, one in given.items() if piece.asked or one.verdict is not None} if loose else set()
    found: list[Answer] = []
    for piece, one in given.items():
        if one.status in _SETTLED:
            if one.verdict is None and not (loose and piece.asked):
                continue  # a name by itself is no question
            around = [other for other in pieces if other is not piece and other not in own]
            if not _harmless(one, piece, around, store, loose=loose):
                continue
            found.append(one)
        elif piece.asked:
            found.append(one)
    if not loose and len({one.claim.id if one.claim else "" for one in found}) > 1:
        return []
    return found if loose else found[:1]


def _subordinate(question: Question, store: Store) -> bool:
    """Say whether a clause begins as one that limits another ("if you …")."""
    first = question.tokens[0].stem if question.tokens else ""
    return any(
        phrase.meaning.effect in ("subordinate", "conclusion") and len(phrase.parts[0]) == 1
        for phrase in store.phrases([first]).get(first, ())
    )


def _resolved(piece: _Piece, context: Sequence[_Piece], store: Store) -> str:
    """Put the one drug that the context names in the place of "it", where a sentence names none itself."""
    own = [mention for mention in piece.question.mentions if mention.kind in ("substance", "class")]
    named = {
        mention.id: mention.text
        for other in context
        for mention in other.question.mentions
        if mention.kind in ("substance", "class")
    }
    if len(named) != 1:
        return piece.text
    name = next(iter(named))
    if any(mention.id == name for mention in own):
        return piece.text
    anaphors, takes_up = store.single("anaphor"), store.single("cleft")
    folded = fold(piece.text)
    # "That" within a sentence tells more of what stands before it ("a depression that hasn't lifted").
    found = next(
        (
            token
            for place, token in enumerate(piece.question.tokens)
            if token.word in anaphors and not (place and token.word in takes_up)
        ),
        None,
    )
    if found is None:
        return piece.text
    return f"{folded[: found.start]}{named[name]}{_left(folded[found.end :])}"


def _left(rest: str) -> str:
    """Give what follows a replaced pronoun, with the verb of "it's" written out."""
    return f" is{rest[2:]}" if rest.startswith("'s") else rest


def _harmless(given: Answer, piece: _Piece, context: Sequence[_Piece], store: Store, *, loose: bool) -> bool:
    """Say whether nothing around a question could change its answer."""
    about = {*given.substances, *given.classes, *given.about}
    about.update(ancestor for name in list(about) for ancestor in store.ancestors(name))
    for other in context:
        question = other.question
        if question.unknown_drugs or question.ambiguous or question.sign("open"):
            return False
        if any(mention.id not in about for mention in question.mentions if mention.kind in ("substance", "class")):
            return False
        if not loose and question.propositions and question.propositions != piece.question.propositions:
            return False  # the clause says something of its own, which may turn the other round
        if set(question.conditions) - set(piece.question.conditions) or question.sign("refusal"):
            return False
        if not loose and question.negators and piece.question.negators:
            return False  # "it isn't wise to use alone, as nobody is there to give naloxone"
    return True
