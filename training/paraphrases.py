"""The paraphrases that models are fitted to.

Second readers wrote some of them, language models most: from the statements and answers of the claims alone, without
their wordings. They stand in for strangers' words; they are not what strangers were heard to say.
"""

from __future__ import annotations

import json
from hashlib import md5
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

FILE = Path(__file__).parent / "paraphrases.jsonl"
HELD = 10
RELATIONS = Path(__file__).parent / "relations.jsonl"


class Paraphrase(NamedTuple):
    """A text that was written to try the claims with.

    Attributes:
        claim: the claim that it says; empty for one that no claim of the store is.
        negated: whether it says the opposite of the claim.
        miss: whether it is a near miss of the claim, which must not lead to it.
        hard: whether it was written so that counting its negations does not tell which side it takes: harder than what
            people commonly say.
        contrast: whether it was written to sound like the claim and to be another matter, or the other way round.
    """

    text: str
    claim: str
    negated: bool
    miss: bool
    hard: bool
    contrast: bool


def paraphrases(claims: Collection[str]) -> Iterator[Paraphrase]:
    """Give the paraphrases of some claims, and those of none.

    Args:
        claims: ids of claims.
    """
    for line in FILE.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["claim"] is None or row["claim"] in claims:
            marks = (bool(row.get(mark)) for mark in ("negated", "miss", "hard", "contrast"))
            yield Paraphrase(row["text"], row["claim"] or "", *marks)


class RelationText(NamedTuple):
    """A text that proposes a relation of drugs, written to try the relations with.

    Attributes:
        subject: the name of its subject, as in the text.
        object: the name of its object, as in the text; empty where the relation has none.
        negated: whether the text denies it.
        miss: whether it only looks like one.
    """

    text: str
    relation: str
    subject: str
    object: str
    negated: bool
    miss: bool


def relation_texts() -> Iterator[RelationText]:
    """Give the texts that propose relations, and those that only look like it."""
    for line in RELATIONS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        names = (row["relation"], row["subject"], row["object"])
        yield RelationText(row["text"], *names, bool(row.get("negated")), bool(row.get("miss")))


def held(claim: str) -> bool:
    """Say whether a claim is one that the encoder is not taught in its first stage: one in ten, by a hash of its id."""
    return md5(claim.encode(), usedforsecurity=False).digest()[0] % HELD == 0


def taught(text: str) -> bool:
    """Say whether a paraphrase is one that vectors and the encoder are fitted to: four in five, by a hash of the text.

    The fifth is what the trees are grown on, so that they see how near a stranger's words come.
    """
    return md5(text.encode(), usedforsecurity=False).digest()[0] % 5 != 0
