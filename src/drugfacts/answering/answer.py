"""The answer to one question, as the output contract ``drugfacts.answer/1`` has it."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from drugfacts.model import Verdict

SCHEMA = "drugfacts.answer/1"


class Status(str, Enum):
    """What became of a question."""

    ANSWERED = "answered"
    PROFILE = "profile"
    UNSURE = "unsure"
    OUT_OF_SCOPE = "out_of_scope"
    ERROR = "error"


class Short(str, Enum):
    """The answer in a word, to the question as asked."""

    YES = "yes"
    NO = "no"
    DEPENDS = "depends"
    UNPROVEN = "unproven"


_SHORT = {
    Verdict.TRUE: Short.YES,
    Verdict.MOSTLY_TRUE: Short.YES,
    Verdict.MIXED: Short.DEPENDS,
    Verdict.MISLEADING: Short.DEPENDS,
    Verdict.UNPROVEN: Short.UNPROVEN,
    Verdict.FALSE: Short.NO,
}


def short_of(verdict: Verdict) -> Short:
    """Give the answer in a word for a verdict on what was proposed."""
    return _SHORT[verdict]


class Origin(str, Enum):
    """Where a claim comes from."""

    REVIEWED = "reviewed"
    DERIVED = "derived"


class Cited(NamedTuple):
    """A source as an answer cites it; ``supports`` says which parts of the answer lean on it."""

    id: str
    title: str
    publisher: str
    year: str
    url: str
    level: str
    supports: tuple[str, ...]


class Answered(NamedTuple):
    """The claim an answer rests on, with the verdict as the store holds it."""

    id: str
    statement: str
    verdict: Verdict
    origin: Origin


class Suggestion(NamedTuple):
    """A claim that may be what was meant; it never carries a verdict."""

    id: str
    statement: str
    confidence: float


class Notice(NamedTuple):
    """Something to tell besides the answer."""

    kind: str
    text: str


class Side(NamedTuple):
    """One column of a comparison: a profile's short forms."""

    id: str
    name: str
    mechanism: str
    effects: str
    addiction_risk: str


class Legal(NamedTuple):
    """How a place controls a substance: since when, or as of when it was so."""

    id: str
    place: str
    status: str
    since: str
    as_of: str
    source: str


class Fault(NamedTuple):
    """Why a question could not be read."""

    code: str
    message: str


class Answer(NamedTuple):
    """The answer to one question.

    Attributes:
        answer: yes, no …, to the question as asked; None when there is no verdict.
        verdict: the verdict on the proposition as asked, a negation in it applied.
        claim: the claim that the answer rests on, with the verdict on the claim as the store holds it.
        polarity: ``negated`` when the question proposes the opposite of the claim.
        confidence: 0 to 1, how sure the program is that this is what was asked.
        law: the legal status of what the answer is about; ``id`` says of which.
        denies: whether the text holds a negation.
        mild: out of scope only because nothing settles what may be a personal question.
        sides: for an answer about two things, both side by side.
        parts: the answers to each question, where the text holds several; the others then are of the first answered.
        why: how the question was read and what the gates said, one line each.
    """

    question: str
    status: Status
    answer: Short | None = None
    verdict: Verdict | None = None
    claim: Answered | None = None
    polarity: str = "affirmed"
    confidence: float = 0.0
    summary: str = ""
    mechanism: str = ""
    effects: str = ""
    addiction_risk: str = ""
    nuance: str = ""
    believed_because: str = ""
    matters_because: str = ""
    law: tuple[Legal, ...] = ()
    substances: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    sources: tuple[Cited, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    notices: tuple[Notice, ...] = ()
    facts_version: str = ""
    facts_reviewed: str = ""
    error: Fault | None = None
    sides: tuple[Side, ...] = ()
    about: tuple[str, ...] = ()
    mild: bool = False
    denies: bool = False
    why: tuple[str, ...] = ()
    parts: tuple[Answer, ...] = ()
