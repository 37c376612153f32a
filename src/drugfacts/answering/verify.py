"""Tell whether a text says a statement, denies it, or neither, by reading the two side by side.

Where a text points (``answering.sides``) tells which claims it may be. Whether it is one of them depends on how the
parts of the one answer to the parts of the other, and that is seen only where both are read at once. The network is
fitted by ``training/verifier.py``; it holds for statements that it has never seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drugfacts.answering.sides import network_of
from drugfacts.language.plain import plain
from drugfacts.language.read import read
from drugfacts.rows import PAIRS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drugfacts.language.question import Question
    from drugfacts.store import Store


class Judged(NamedTuple):
    """What a text says of a statement: three shares that sum to 1."""

    says: float
    denies: float
    neither: float

    @property
    def denied(self) -> bool:
        """Whether the text rather denies the statement than says it."""
        return self.denies > self.says

    def side(self, *, negated: bool) -> float:
        """Give the share of one side: that the text denies the statement, or that it says it."""
        return self.denies if negated else self.says

    def turned(self, *, turned: bool = True) -> Judged:
        """Give what the text says of the opposite of the statement."""
        return Judged(self.denies, self.says, self.neither) if turned else self


def names_alone(question: Question) -> bool:
    """Say whether a question names drugs or classes and says nothing of them ("xanax or buspirone")."""
    return len(question.content) == len(question.drugs) and not question.propositions


def judged(question: Question, statement: str, store: Store) -> Judged | None:
    """Tell what a question says of a statement.

    Args:
        question: the question, read.
        statement: a sentence that claims something, as claims and relations word it.
        store: the store.

    Returns:
        None where the store has no network for it, or the question says nothing.
    """
    told = judged_each(question, [statement], store)
    return told[0] if told else None


def judged_each(question: Question, statements: Sequence[str], store: Store) -> list[Judged]:
    """Tell what a question says of each of some statements, which is quicker at once than one by one.

    Args:
        question: the question, read.
        statements: sentences, as for ``judged``.
        store: the store.

    Returns:
        What it says of each; nothing where the store has no network for it, or the question says nothing.
    """
    net = None if names_alone(question) or not statements else network_of(store, PAIRS)
    if net is None:
        return []
    from drugfacts.answering.encoder import judgements

    asked = plain(question)  # one text can be read in two ways
    told: dict[str, Judged] = store.remember(("judged", tuple(asked)), dict)
    new = [one for one in dict.fromkeys(statements) if one not in told]
    read_ones = [_words(one, store) for one in new]
    for one, shares in zip(new, judgements(asked, read_ones, net), strict=True):
        told[one] = Judged(*(round(float(share), 4) for share in shares))
    return [told[one] for one in statements]


def _words(statement: str, store: Store) -> list[str]:
    return store.remember(("statement words", statement), lambda: plain(read(statement, store)))
