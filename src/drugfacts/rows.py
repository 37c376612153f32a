"""The rows of the compiled store, as they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from array import array

    from drugfacts.language.question import Meaning
    from drugfacts.model import Proposition


class Phrase(NamedTuple):
    """A wording of the lexicon.

    Attributes:
        parts: its parts (anything may stand between them), each a tuple of stems.
        meaning: what it means.
        needs: all its stems; a question that lacks one does not hold it.
    """

    parts: tuple[tuple[str, ...], ...]
    meaning: Meaning
    needs: frozenset[str]


class AskRow(NamedTuple):
    """A wording that leads to a claim.

    Attributes:
        about: the proposition of the claim, where it has one.
        negated: whether it says the opposite of the claim's statement.
        parity: whether it holds an odd number of negations itself.
        content: its content, as ``Question.content``.
        weight: the weight of its content, each feature once.
        plain: whether it is one proposition and nothing else.
        miss: whether it is a near miss, which must not lead to the claim.
        vector: where it points, a signed byte a number; empty where the store has no vectors.
    """

    claim: str
    about: Proposition | None
    text: str
    negated: bool
    parity: bool
    content: tuple[str, ...]
    forces: tuple[str, ...]
    conditions: tuple[str, ...]
    weight: float
    plain: bool
    miss: bool
    vector: bytes = b""


class Feature:
    """A part of what wordings say.

    Attributes:
        weight: how telling it is (inverse document frequency).
        asks: the numbers of the wordings that hold it.
    """

    __slots__ = ("_members", "asks", "weight")

    def __init__(self, weight: float, asks: array[int]) -> None:
        """Take the weight and the numbers of the wordings."""
        self.weight = weight
        self.asks = asks
        self._members: frozenset[int] | None = None

    @property
    def members(self) -> frozenset[int]:
        """The numbers as a set, made when it is first asked for."""
        if self._members is None:
            self._members = frozenset(self.asks)
        return self._members


class Way(NamedTuple):
    """What a run of words says of a claim.

    Attributes:
        idea: the number of the idea that it says.
        turned: whether it says the opposite of it.
        ideas: how many ideas the claim has.
    """

    claim: str
    idea: int
    turned: bool
    ideas: int


class ClaimRow(NamedTuple):
    """What is needed of a claim to list it."""

    id: str
    statement: str
    topic: str
    verdict: str


# The encoder that tells where texts point, and the one that reads a text beside a statement.
TEXTS, PAIRS = "texts", "pairs"


class WeightsRow(NamedTuple):
    """A table of an encoder's numbers.

    Attributes:
        rows: how many rows it has; 0 for a single row that is kept as it is, four bytes a number.
        columns: how many numbers a row has.
        numbers: of a table with rows, first a scale for each (four bytes), then its numbers, a signed byte each.
    """

    rows: int
    columns: int
    numbers: bytes
