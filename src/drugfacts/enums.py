"""The fixed words of the records: verdicts, levels, kinds. No input or output happens here."""

from enum import Enum


class Verdict(str, Enum):
    """How true a proposition is."""

    TRUE = "true"
    MOSTLY_TRUE = "mostly-true"
    MIXED = "mixed"
    MISLEADING = "misleading"
    UNPROVEN = "unproven"
    FALSE = "false"

    def negated(self) -> "Verdict":
        """Give the verdict on the negation of a proposition that has this verdict."""
        return _NEGATED[self]

    def as_asked(self, *, negated: bool, sweeping: bool = False) -> "Verdict":
        """Give the verdict on what is asked, where this is the verdict on the proposition that answers it.

        Args:
            negated: whether the opposite is asked.
            sweeping: whether it is asked of every case: what is so in some cases only is false of all of them, and what
                is so for the most part is false to deny altogether.
        """
        verdict = self.negated() if negated else self
        too_much = (Verdict.MIXED, Verdict.MISLEADING) if negated else (Verdict.MIXED,)
        return Verdict.FALSE if sweeping and verdict in too_much else verdict

    @property
    def rating(self) -> int | None:
        """The ClaimReview rating: 5 (true) to 1 (false), none where it is unproven."""
        return _RATING[self]

    @property
    def leaning(self) -> int:
        """To which side it leans: 1 to true, -1 to false, 0 to neither."""
        return _LEANING[self]

    def __str__(self) -> str:
        """Give the word as it stands in YAML and JSON."""
        return str(self.value)


_NEGATED = {
    Verdict.TRUE: Verdict.FALSE,
    Verdict.FALSE: Verdict.TRUE,
    Verdict.MOSTLY_TRUE: Verdict.MISLEADING,
    Verdict.MISLEADING: Verdict.MOSTLY_TRUE,
    Verdict.MIXED: Verdict.MIXED,
    Verdict.UNPROVEN: Verdict.UNPROVEN,
}


_LEANING = {
    Verdict.TRUE: 1,
    Verdict.MOSTLY_TRUE: 1,
    Verdict.MIXED: 0,
    Verdict.UNPROVEN: 0,
    Verdict.MISLEADING: -1,
    Verdict.FALSE: -1,
}


_RATING = {
    Verdict.TRUE: 5,
    Verdict.MOSTLY_TRUE: 4,
    Verdict.MIXED: 3,
    Verdict.MISLEADING: 2,
    Verdict.UNPROVEN: None,
    Verdict.FALSE: 1,
}


class Level(str, Enum):
    """How much a source weighs: A official or peer-reviewed, B institution, C charity or news, D commercial."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class SourceKind(str, Enum):
    """What sort of text a source is."""

    TRIAL = "trial"
    REVIEW = "review"
    ARTICLE = "article"
    GUIDELINE = "guideline"
    LABEL = "label"
    RULE = "rule"
    AGENCY = "agency"
    TEXTBOOK = "textbook"
    ENCYCLOPEDIA = "encyclopedia"
    CHARITY = "charity"
    NEWS = "news"
    COMMERCIAL = "commercial"


class ReadAs(str, Enum):
    """How much of a source was read; ``copy`` means that its text was read on a page that reproduces it."""

    FULL = "full"
    ABSTRACT = "abstract"
    EXCERPT = "excerpt"
    COPY = "copy"


class SubstanceKind(str, Enum):
    """What a substance record describes."""

    SUBSTANCE = "substance"
    PRODUCT = "product"
    PLANT = "plant"


class Crispness(str, Enum):
    """Whether membership in a class is beyond dispute; only a crisp class lets absence mean no."""

    CRISP = "crisp"
    LOOSE = "loose"


class TermKind(str, Enum):
    """What a term is."""

    TARGET = "target"
    CONDITION = "condition"
    HARM = "harm"
    MATERIAL = "material"
    SCHEDULE = "schedule"


class FieldKind(str, Enum):
    """What shape the values of a field have."""

    VERDICT = "verdict"
    LINK = "link"
    AMOUNT = "amount"


class ReviewStatus(str, Enum):
    """How far a record has come."""

    DRAFTED = "drafted"
    CHECKED = "checked"


class Support(str, Enum):
    """A part of a claim that a reference can support."""

    VERDICT = "verdict"
    ANSWER = "answer"
    MECHANISM = "mechanism"
    EFFECTS = "effects"
    ADDICTION_RISK = "addiction_risk"
    NUANCE = "nuance"
    BELIEVED_BECAUSE = "believed_because"
    MATTERS_BECAUSE = "matters_because"
    INSTEAD = "instead"
    LAW = "law"


class Method(str, Enum):
    """How a relation is settled from profiles.

    ``membership`` by the classes, ``identity`` by being one record or two, ``kinship`` by the classes that both have,
    ``field`` by a verdict field of the subject, ``link`` by a list field of the subject (or, ``inverse``, of the
    object), ``order`` by comparing two amounts, ``law`` by the law entries of the subject for the place of a schedule.
    """

    MEMBERSHIP = "membership"
    IDENTITY = "identity"
    KINSHIP = "kinship"
    FIELD = "field"
    LINK = "link"
    ORDER = "order"
    LAW = "law"


class WordListKind(str, Enum):
    """What the words of a list are.

    Real drugs that the store holds nothing on, everyday English, words each with those near to it in meaning ("wreck
    wrecked:72 ruin:70"), or features of questions each with a vector ("wreck q83v…", whole numbers in base 64) that
    says what it is about, or which side it takes.
    """

    OTHER_DRUGS = "other-drugs"
    ORDINARY = "ordinary"
    NEAR = "near"
    VECTORS = "vectors"
    LEANINGS = "leanings"
