"""What the program understood of a question."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from drugfacts.text import Token


# How the ids of the words of strength that are numbers begin.
NUMBER = "number-"
# The kinds of meanings that are names.
NAMES = ("substance", "class", "term")
# The kind of a part of the body that something can be done to.
ORGAN = "organ"


class Meaning(NamedTuple):
    """One thing a phrase can mean.

    Attributes:
        kind: ``substance``, ``class``, ``term``, ``cue`` of a relation, ``words``, ``other-drug``.
        id: the record's id; for ``words`` the entry's id.
        role: for names ``name`` or ``ambiguous``; for cues ``plain``, ``passive``, ``negative``; for words their role.
        effect: for words what the entry's effect says.
    """

    kind: str
    id: str
    role: str
    effect: str = ""


class Span(NamedTuple):
    """A run of tokens that is in the lexicon, and everything that it can mean."""

    start: int
    end: int
    meanings: tuple[Meaning, ...]


class Mention(NamedTuple):
    """A substance, class or term that is named in a question.

    Attributes:
        kind: ``substance``, ``class``, ``target``, ``condition``, ``harm`` or ``material``.
        text: the words that named it, as typed but folded.
        corrected: whether a spelling mistake was mended to find it.
    """

    id: str
    kind: str
    text: str
    start: int
    end: int
    corrected: bool = False


class Mark(NamedTuple):
    """A part of what a question says, with the places of its words: ``feature`` as in ``Question.content``."""

    start: int
    end: int
    feature: str


class Proposed(NamedTuple):
    """A proposition that a question can be read as.

    Attributes:
        denied: the cue itself denies the relation ("non-addictive").
        implied: no cue named the relation; it was read from "is" alone.
    """

    subject: str
    relation: str
    object: str = ""
    denied: bool = False
    implied: bool = False


class Joint(NamedTuple):
    """Several propositions at once ("A and B are opioids", "is A a benzo or an opioid").

    Attributes:
        parts: the propositions.
        either: whether one of them is enough ("or"), rather than all.
    """

    parts: tuple[Proposed, ...]
    either: bool


class Chosen(NamedTuple):
    """A span with the one meaning it was read in."""

    span: Span
    meaning: Meaning


class Question(NamedTuple):
    """A text, read.

    Attributes:
        text: the text as given.
        tokens: its words.
        mentions: what it names, in order.
        propositions: what it can be read to propose; usually none or one.
        joint: the propositions where it makes several at once; then ``propositions`` is empty.
        interrogative: whether it has the word order of a question.
        negated: whether it holds an odd number of negations (a proposition may be ``denied`` besides).
        negators: the places of the negations that count.
        inner: the places of those within the wording of a relation that is proposed ("does no harm"): they are part of
            what it says.
        contrasts: the places of those that deny only what follows ("a habit, not an addiction"; "rather than").
        asides: the places of those in a clause that only adds something ("… because it is not a drug", "… if you do not
            inhale"): they do not count.
        clauses: the places where its clauses begin, the first of them 0.
        outright: whether what denies does so of every case ("never", "nobody", "cannot", "not at all").
        advises: whether a negation advises against something ("never mix …", "you should not …").
        needs: ids of words that ask whether one thing is needed for another ("have to …"); a relation must know them.
        forces: words of strength and number: "only", "always", "all" …
        conditions: circumstances named: "pregnancy", "teens" …
        signs: what kind of text it is besides: a request for a profile, an open question (why, how …), a refusal,
            an emergency.
        residue: the words that nothing in the lexicon accounts for.
        content: the stems that carry its meaning, in order: names as ``<id>``, without words that carry none.
        marks: the same with the places of their words.
        unknown_drugs: real drugs it names that the store holds nothing on.
        ambiguous: names that could mean several things.
        doubtful: ids of drugs whose ambiguous names it may hold, which were not taken for names.
        corrections: words that were taken for misspellings, with what they were read as.
    """

    text: str
    tokens: tuple[Token, ...] = ()
    mentions: tuple[Mention, ...] = ()
    propositions: tuple[Proposed, ...] = ()
    joint: Joint | None = None
    interrogative: bool = False
    negated: bool = False
    negators: tuple[int, ...] = ()
    inner: tuple[int, ...] = ()
    contrasts: tuple[int, ...] = ()
    asides: tuple[int, ...] = ()
    clauses: tuple[int, ...] = (0,)
    outright: bool = False
    advises: bool = False
    needs: tuple[str, ...] = ()
    forces: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    signs: tuple[Meaning, ...] = ()
    residue: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    unknown_drugs: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()

    def clause(self, place: int) -> int:
        """Give the number of the clause that a place is in."""
        return bisect_right(self.clauses, place) - 1

    @property
    def drugs(self) -> frozenset[str]:
        """The features of the substances and classes that it names."""
        return frozenset(f"<{one.id}>" for one in self.mentions if one.kind in ("substance", "class"))

    @property
    def split(self) -> bool:
        """Whether it has several clauses, and a negation in some of them only."""
        denied = {self.clause(place) for place in (*self.negators, *self.inner)}
        return 0 < len(denied) < len(self.clauses)

    @property
    def bare(self) -> tuple[str, ...]:
        """Give the words that carry meaning and are no name, relation, strength, circumstance or sign."""
        return tuple(feature for feature in self.content if feature[0].isalnum())

    def sign(self, role: str) -> Meaning | None:
        """Give the first sign with a role, or None."""
        return next((sign for sign in self.signs if sign.role == role), None)
