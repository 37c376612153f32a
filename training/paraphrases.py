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


class Paraphrase(NamedTuple):
    """A text that was written to try the claims with.

    Attributes:
        claim: the claim that it says; empty for one that no claim of the store is.
        negated: whether it says the opposite of the claim.
        miss: whether it is a near miss of the claim, which must not lead to it.
        hard: whether it was written so that counting its negations does not tell which side it takes: harder than what
            people commonly say.
    """

    text: str
    claim: str
    negated: bool
    miss: bool
    hard: bool


def paraphrases(claims: Collection[str]) -> Iterator[Paraphrase]:
    """Give the paraphrases of some claims, and those of none.

    Args:
        claims: ids of claims.
    """
    for line in FILE.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["claim"] is None or row["claim"] in claims:
            marks = (bool(row.get(mark)) for mark in ("negated", "miss", "hard"))
            yield Paraphrase(row["text"], row["claim"] or "", *marks)


def taught(text: str) -> bool:
    """Say whether a paraphrase is one that the vectors are fitted to: half of them, by a hash of the text.

    The other half is what the trees are grown on, so that they see how near a stranger's words come.
    """
    return md5(text.encode(), usedforsecurity=False).digest()[0] % 2 == 0
