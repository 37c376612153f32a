"""What readers made of strangers' texts: which of the claims that each may be it says, which it denies, and which neither.

The texts were written for this: taken from pages on drugs (myths and facts, quizzes, questions to pharmacists, forums),
each restated in a lay person's words, or made up as such pages have them, together with what is true of them; a part is
of the kind that must get no verdict. Nobody looked at the claims of the store for them. About one in thirty may be
arguable. Each was then shown to a reader (a language model, with the rules below) beside the claims that the program
held for likeliest, each with its verdict; whether the program would have answered by one of them was not told. A claim
is said where to answer by its verdict is right and to the point: a claim on a kind settles what is asked of one of the
kind, "can" settles no "always", and what is merely related, or about another effect, drug, cause or population, is
neither.
"""

from __future__ import annotations

import json
from hashlib import md5
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

FILE = Path(__file__).parent / "judgements.jsonl"
Parts: TypeAlias = tuple[str, str, str]
_OF_RECORDS = {"says": True, "denies": False, "neither": None}


class Judgement(NamedTuple):
    """What a reader made of a text beside some claims.

    Attributes:
        says: ids of the claims that it proposes.
        denies: ids of the claims whose opposite it proposes.
        neither: ids of the other claims that it was read beside.
        records: what it proposes (true), or proposes the opposite of (false), or neither (None), of some propositions
            that the records of drugs settle: subject, relation and object, the last empty where there is none.
        gold: whether it is ``true``, ``false`` or ``mixed`` as worded; empty where no verdict can be given.
        fresh: whether it came after the verifier was last fitted; the mark comes off before the next fit.
    """

    text: str
    says: frozenset[str]
    denies: frozenset[str]
    neither: frozenset[str]
    gold: str
    records: Mapping[Parts, bool | None]
    fresh: bool = False

    def side(self, claim: str) -> bool | None:
        """Say whether the text denies a claim (true) or says it (false); None where it does neither."""
        return True if claim in self.denies else False if claim in self.says else None

    def read_beside(self, claim: str) -> bool:
        """Say whether the text was read beside a claim."""
        return claim in self.says or claim in self.denies or claim in self.neither


def judgements(claims: Collection[str]) -> Iterator[Judgement]:
    """Give the judgements.

    Args:
        claims: the ids of the claims that there are; of others nothing is told.
    """
    for line in FILE.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        sides = (frozenset(row.get(side, ())) & frozenset(claims) for side in ("says", "denies", "neither"))
        told = {
            (parts[0], parts[1], parts[2]): _OF_RECORDS[side]
            for side, every in row.get("records", {}).items()
            for parts in every
        }
        yield Judgement(row["text"], *sides, row.get("gold", ""), told, bool(row.get("fresh")))


def fitted(one: Judgement) -> bool:
    """Say whether the verifier is fitted to a judgement: four in five, by a hash of the text, but to no fresh one."""
    return not one.fresh and md5(one.text.encode(), usedforsecurity=False).digest()[1] % 5 != 0
