"""Try the wordings of every claim on the compiled store: what must lead to it does, what must not does not."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from drugfacts.answering.answer import Status, short_of
from drugfacts.answering.decide import answer
from drugfacts.answering.parts import clauses, sentences
from drugfacts.language.read import read
from drugfacts.store import Store
from drugfacts.text import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from drugfacts.answering.answer import Answer
    from drugfacts.authoring.load import Library
    from drugfacts.errors import Problem
    from drugfacts.model import Claim

# How many claims are worth a process of their own.
_ENOUGH = 100


class _Astray(NamedTuple):
    """What is wrong with a wording, and where in its claim it stands."""

    claim: str
    code: str
    message: str
    place: tuple[str | int, ...]


def try_wordings(library: Library, path: Path) -> Iterator[Problem]:
    """Report wordings that do not do what their claim says of them.

    A wording must lead to its claim, or to another answer that says the same (the records of a drug may settle it too).
    The claims are shared out among as many processes as there are processors, where they are many.

    Args:
        library: the records, for their places.
        path: the file of the store compiled from them.
    """
    claims = list(library.records("claims"))
    workers = min(os.cpu_count() or 1, len(claims) // _ENOUGH)
    if workers > 1:
        with ProcessPoolExecutor(workers) as pool:
            parts = pool.map(_try_each, repeat(path), [claims[start::workers] for start in range(workers)])
            found = [astray for part in parts for astray in part]
    else:
        found = _try_each(path, claims)
    for astray in found:
        yield library.shelves["claims"][astray.claim].problem(astray.code, astray.message, *astray.place)


def _try_each(path: Path, claims: Sequence[Claim]) -> list[_Astray]:
    store = Store.open(path)
    try:
        return [astray for claim in claims for astray in _try(claim, store)]
    finally:
        store.close()


def _try(record: Claim, store: Store) -> Iterator[_Astray]:
    stated = answer(record.statement, store)
    if not _agrees(stated, record, negated=False):
        message = f"the statement does not lead to its own claim; {_last(stated.why)}"
        yield _Astray(record.id, "statement-astray", message, ("statement",))
    for index, ask in enumerate(record.asks):
        given = answer(ask.text, store)
        found = given.claim.id if given.claim else given.status.value
        if found != record.id and not _agrees(given, record, negated=ask.negated):
            message = f"{ask.text!r} should lead to this claim and leads to {found}; {_last(given.why)}"
            yield _Astray(record.id, "ask-astray", message, ("asks", index))
        elif found == record.id and (given.polarity == "negated") != ask.negated:
            taken = "the opposite of" if given.polarity == "negated" else "the same as"
            message = f"{ask.text!r} is read as saying {taken} the statement; reword it, or mend `negated`"
            yield _Astray(record.id, "ask-polarity", message, ("asks", index))
    for index, near in enumerate(record.not_asks):
        if _caught(near.text, record, store):
            message = f"{near.text!r} must not get this verdict ({near.because}) and does"
            yield _Astray(record.id, "not-ask-caught", message, ("not_asks", index))


def _caught(text: str, record: Claim, store: Store) -> bool:
    """Say whether a near miss of a claim gets its answer.

    What is a near miss to the letter is refused, but in a claim's own words (``answering.match``). So an answer is only
    needed where a part of the text may be answered by itself.
    """
    if max(len(sentences(text)), len(clauses(text)), len(read(text, store).clauses)) > 1:
        given = answer(text, store)
        return given.status is Status.ANSWERED and given.claim is not None and given.claim.id == record.id
    return words(text) in [words(one) for one in (record.statement, *(ask.text for ask in record.asks))]


def _agrees(given: Answer, record: Claim, *, negated: bool) -> bool:
    """Say whether an answer is the claim's own, or says the same in a word."""
    if given.claim and given.claim.id == record.id:
        return (given.polarity == "negated") == negated
    verdict = record.verdict.negated() if negated else record.verdict
    return given.verdict is not None and short_of(given.verdict) is short_of(verdict)


def _last(why: tuple[str, ...]) -> str:
    return why[-2] if len(why) > 1 else ""
