"""The records of the fact store and the words they are built from. No input or output happens here.

Records are named tuples: immutable, cheap to import and to make. Their annotations are what the authoring side reads
to check a YAML file and to write the JSON Schemas, so a record is described once. They are evaluated here and not kept
as text (no ``from __future__ import annotations``): a named tuple would compile each text again at every start.
"""

from typing import NamedTuple

from drugfacts.enums import (
    Crispness,
    FieldKind,
    Level,
    Method,
    ReadAs,
    ReviewStatus,
    SourceKind,
    SubstanceKind,
    Support,
    TermKind,
    Verdict,
    WordListKind,
)

__all__ = [
    "Ask",
    "Claim",
    "Confusion",
    "Contested",
    "Crispness",
    "DrugClass",
    "Encoder",
    "Excluded",
    "Field",
    "FieldKind",
    "Finding",
    "Law",
    "Level",
    "LexiconFile",
    "Membership",
    "Method",
    "Model",
    "Names",
    "NotAsk",
    "Passage",
    "Proposition",
    "ReadAs",
    "Reference",
    "Region",
    "Relation",
    "Review",
    "ReviewStatus",
    "RuledOut",
    "Scope",
    "Source",
    "SourceKind",
    "Substance",
    "SubstanceKind",
    "Support",
    "Term",
    "TermKind",
    "Verdict",
    "WordList",
    "WordListKind",
    "Words",
]


class Source(NamedTuple):
    """One source that somebody opened and read."""

    id: str
    title: str
    publisher: str
    year: str
    url: str
    level: Level
    kind: SourceKind
    read: ReadAs
    read_on: str
    note: str = ""


class Names(NamedTuple):
    """Everything a substance or class is called, by the kind of name.

    Attributes:
        product: things that hold it or are made of it, and that nobody takes for one another ("beer", "wine").
    """

    generic: tuple[str, ...] = ()
    brand: tuple[str, ...] = ()
    street: tuple[str, ...] = ()
    abbreviation: tuple[str, ...] = ()
    chemical: tuple[str, ...] = ()
    misspelling: tuple[str, ...] = ()
    product: tuple[str, ...] = ()

    def every(self) -> tuple[str, ...]:
        """Give all names in one tuple, in the order of the fields."""
        return tuple(name for group in self for name in group)


class Membership(NamedTuple):
    """Being a member of a class, with the sources that say so."""

    id: str
    sources: tuple[str, ...]
    note: str = ""


class Contested(NamedTuple):
    """A membership that people argue about, with the honest verdict."""

    id: str
    verdict: Verdict
    says: str
    sources: tuple[str, ...]


class Passage(NamedTuple):
    """A few sentences, a short form of them for tables, and their sources."""

    text: str
    sources: tuple[str, ...]
    short: str = ""


class Finding(NamedTuple):
    """One value of a field. Which of the optional parts it must have follows from the kind of the field."""

    says: str
    sources: tuple[str, ...]
    verdict: Verdict | None = None
    object: str = ""
    action: str = ""
    low: float | None = None
    high: float | None = None
    unit: str = ""
    population: str = ""
    sample: str = ""
    note: str = ""

    @property
    def holds(self) -> Verdict:
        """The verdict on what the field says; a link without one is true."""
        return self.verdict or Verdict.TRUE


class Law(NamedTuple):
    """How a place controls a substance: since when, or (where the source does not tell) as of when it was so.

    In a claim, ``of`` is the id of the substance or class; without it, it is the claim's subject.
    """

    place: str
    status: str
    source: str
    of: str = ""
    since: str = ""
    as_of: str = ""
    note: str = ""


class Confusion(NamedTuple):
    """Another record that this one is mixed up with, and what sets them apart.

    Attributes:
        by_name: whether it is the names that look or sound alike, however far apart they are in letters.
    """

    id: str
    because: str
    sources: tuple[str, ...] = ()
    by_name: bool = False


class Review(NamedTuple):
    """Who looked at a record and when."""

    status: ReviewStatus
    on: str
    by: str = ""
    note: str = ""


class Substance(NamedTuple):
    """One substance, product or plant."""

    id: str
    name: str
    kind: SubstanceKind
    summary: Passage
    classes: tuple[Membership, ...]
    review: Review
    plural: bool = False
    names: Names = Names()
    ambiguous: tuple[str, ...] = ()
    classes_complete: bool = False
    contested_classes: tuple[Contested, ...] = ()
    mechanism: Passage | None = None
    effects: Passage | None = None
    addiction_risk: Passage | None = None
    facts: dict[str, tuple[Finding, ...]] = {}  # noqa: RUF012  (records are never changed)
    law: tuple[Law, ...] = ()
    confused_with: tuple[Confusion, ...] = ()


class DrugClass(NamedTuple):
    """One class of drugs."""

    id: str
    name: str
    plural_name: str
    membership: Crispness
    summary: Passage
    review: Review
    names: Names = Names()
    ambiguous: tuple[str, ...] = ()
    parents: tuple[Membership, ...] = ()
    classes_complete: bool = False
    contested_classes: tuple[Contested, ...] = ()
    mechanism: Passage | None = None
    effects: Passage | None = None
    addiction_risk: Passage | None = None
    facts: dict[str, tuple[Finding, ...]] = {}  # noqa: RUF012
    law: tuple[Law, ...] = ()
    confused_with: tuple[Confusion, ...] = ()


class RuledOut(NamedTuple):
    """A relation that holds between no drug and a term, said in a sentence that stands alone, with its sources."""

    relation: str
    says: str
    sources: tuple[str, ...]


class Term(NamedTuple):
    """A receptor, condition, harm or material that facts point at.

    Attributes:
        organs: for damage to an organ, what the organ is called: "harms the kidneys" is kidney damage.
        place, status: for a schedule, the place whose law has it, and the status that the law entries of records give.
        free: for a schedule, whether it says that the law of the place does not control what is in it.
        kind_of: wider terms: lung cancer is a kind of cancer. What causes it causes the wider one.
        rules_out: relations that hold between no drug and it ("nothing cures it").
    """

    id: str
    name: str
    kind: TermKind
    names: tuple[str, ...] = ()
    plural: bool = False
    organs: tuple[str, ...] = ()
    place: str = ""
    status: str = ""
    free: bool = False
    kind_of: tuple[str, ...] = ()
    rules_out: tuple[RuledOut, ...] = ()


class Field(NamedTuple):
    """One kind of fact that a profile can hold.

    Attributes:
        kind: the shape of its values.
        inherited: whether the members of a class have it from the class.
        object_kinds: what a link may point at.
        symmetric: whether a link holds both ways.
        unit: of an amount.
        verdict_required: whether a link must state its verdict, since false ones are usual.
        akin: whether a link makes its two ends something else than plainly different things.
        main: whether every substance should hold it, or have it from a class; coverage is counted by these.
        alias: short words that an amount is asked for by ("harm").
        tells: of an amount, what it can and cannot tell.
        place: of a matter of law, the place whose law it is.
    """

    id: str
    label: str
    kind: FieldKind
    meaning: str
    inherited: bool = True
    object_kinds: tuple[str, ...] = ()
    symmetric: bool = False
    unit: str = ""
    verdict_required: bool = False
    akin: bool = False
    main: bool = False
    alias: tuple[str, ...] = ()
    tells: str = ""
    place: str = ""


class Region(NamedTuple):
    """A country or union of countries, and whom to call there.

    Attributes:
        name: as it stands after "in".
        codes: the territories of locales that it is chosen by ("GB" of en_GB), and other words for it.
        emergency: the number to call in an emergency, or several with "or" between them.
        poison: whom to call for advice on a poisoning.
        talk: whom to call in a crisis of the mind.
    """

    id: str
    name: str
    codes: tuple[str, ...]
    emergency: str
    sources: tuple[str, ...]
    poison: str = ""
    talk: str = ""


class Proposition(NamedTuple):
    """What a claim says, where it is one of the relations."""

    subject: str
    relation: str
    object: str = ""
    force: str = ""


class Scope(NamedTuple):
    """The circumstances a verdict holds in."""

    dose: str = ""
    route: str = ""
    population: str = ""
    place: str = ""
    date: str = ""


class Ask(NamedTuple):
    """One way of asking about a claim; ``negated`` where it says the opposite of the statement."""

    text: str
    negated: bool = False


class NotAsk(NamedTuple):
    """A near miss that must not get the claim's verdict, and why."""

    text: str
    because: str


class Reference(NamedTuple):
    """A source of a claim: what it supports and what it found, in our words."""

    source: str
    supports: tuple[Support, ...]
    finding: str


class Claim(NamedTuple):
    """One thing people believe, checked.

    Attributes:
        covers: ids of substances and classes that it is as true or false of, where it is about drugs in general: a
            question that names one of them is the claim too.
    """

    id: str
    statement: str
    topic: str
    verdict: Verdict
    answer: str
    asks: tuple[Ask, ...]
    not_asks: tuple[NotAsk, ...]
    references: tuple[Reference, ...]
    review: Review
    about: Proposition | None = None
    concepts: tuple[tuple[str, ...], ...] = ()
    mechanism: str = ""
    effects: str = ""
    addiction_risk: str = ""
    nuance: str = ""
    believed_because: str = ""
    matters_because: str = ""
    instead: str = ""
    danger: bool = False
    covers: tuple[str, ...] = ()
    scope: Scope = Scope()
    law: tuple[Law, ...] = ()


class Excluded(NamedTuple):
    """A relation that excludes another where it is true; ``turned``: of the object and the subject."""

    relation: str
    turned: bool = False


class Relation(NamedTuple):
    """One kind of question.

    Attributes:
        field: the field that settles it (for the methods ``field``, ``link`` and ``order``); for ``law``, the field
            that says of drugs in no schedule that they are not controlled.
        object_kinds: what the object may be (substance, class, target, condition, harm, material); empty for none.
        inverse: the object's record holds the link, not the subject's.
        symmetric: subject and object may stand in either order.
        actions: where links have an action (agonist, blocker …): those that the relation is about;
            ``against``: those that contradict it.
        cues: wordings with the subject before the object; ``passive``: with the object first.
        negative: wordings that deny the relation.
        conditions: circumstances (lexicon) that do not change what settles it.
        forces: words of strength (lexicon) that do not change it.
        upward: whether what holds of a member of the object holds of the object ("contains an opioid").
        lawful: whether the law of a place settles it, where a place is named.
        permits: whether it asks if a drug may be held, which the schedule of a place alone does not tell.
        grows: words of strength and circumstances (lexicon) under which what is true stays true: more of a drug takes
            no harm away.
        reflexive: whether it holds of a thing and itself ("contains", "a brand of"), as for two names of one drug.
        beside: words that change nothing when they stand beside its wording ("suddenly stop" beside withdrawal).
        requires: relations without which it cannot hold: what has no medical use is approved for nothing.
        excluded_by: relations with which it cannot hold: what is less strong than another is not as strong.
        yes, no: how the proposition and its denial read, with {Subject}, {subject}, {object} and verbs as
            {singular|plural}.
    """

    id: str
    meaning: str
    method: Method
    yes: str
    no: str
    field: str = ""
    object_kinds: tuple[str, ...] = ()
    inverse: bool = False
    symmetric: bool = False
    actions: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    passive: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    forces: tuple[str, ...] = ()
    lawful: bool = False
    permits: bool = False
    upward: bool = False
    grows: tuple[str, ...] = ()
    reflexive: bool = False
    beside: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    excluded_by: tuple[Excluded, ...] = ()


class Words(NamedTuple):
    """One entry of the lexicon: wordings that mean the same to the program.

    Attributes:
        role: what they do in a question (see ``facts/lexicon/README.md``).
        notice: what a reader is told when they occur, for the roles that tell something.
    """

    id: str
    role: str
    phrases: tuple[str, ...]
    effect: str = ""
    notice: str = ""
    sources: tuple[str, ...] = ()


class LexiconFile(NamedTuple):
    """A file of lexicon entries."""

    id: str
    entries: tuple[Words, ...]


class WordList(NamedTuple):
    """A long list of words or names, written with commas between them, and where it comes from."""

    id: str
    kind: WordListKind
    origin: str
    words: str

    def each(self) -> list[str]:
        """Give the words one by one."""
        return [word.strip() for word in self.words.split(",") if word.strip()]


class Model(NamedTuple):
    """A model of boosted trees (``answering.forest``).

    Attributes:
        evidence: the names of what the trees ask for, by number.
        start: the sum before the first tree.
        trees: each tree, its nodes with ";" between them.
    """

    id: str
    made_by: str
    start: float
    evidence: tuple[str, ...]
    trees: tuple[str, ...]


class Encoder(NamedTuple):
    """A small neural network that tells where a text points (``answering.encoder``), written as text.

    Attributes:
        origin: what it was made from.
        layers: how many layers it has.
        heads: how many heads of attention each has.
        pieces: the pieces of words that it knows, in the order of their numbers, with spaces between them.
        tables: its numbers: name, rows (0 for a single row of exact numbers), columns, and the numbers in base 64.
        claims: for each claim that it was fitted to its id, and in base 64 where texts point that say it and deny it.
        relations: the same for relations; "<" follows the name where texts name the object before the subject.
    """

    id: str
    made_by: str
    origin: str
    layers: int
    heads: int
    pieces: str
    tables: tuple[str, ...]
    claims: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
