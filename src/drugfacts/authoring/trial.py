"""Try the wordings of every claim on the compiled store: what must lead to it does, what must not does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drugfacts.answering.answer import Status, short_of
from drugfacts.answering.decide import answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drugfacts.answering.answer import Answer
    from drugfacts.authoring.load import Library
    from drugfacts.errors import Problem
    from drugfacts.model import Claim
    from drugfacts.store import Store


def try_wordings(library: Library, store: Store) -> Iterator[Problem]:
    """Report wordings that do not do what their claim says of them.

    A wording must lead to its claim, or to another answer that says the same (the records of a drug may settle it too).

    Args:
        library: the records, for their places.
        store: the store compiled from them.
    """
    for loaded in library.all("claims"):
        record: Claim = loaded.record
        stated = answer(record.statement, store)
        if not _agrees(stated, record, negated=False):
            message = f"the statement does not lead to its own claim; {_last(stated.why)}"
            yield loaded.problem("statement-astray", message, "statement")
        for index, ask in enumerate(record.asks):
            given = answer(ask.text, store)
            found = given.claim.id if given.claim else given.status.value
            if found != record.id and not _agrees(given, record, negated=ask.negated):
                message = f"{ask.text!r} should lead to this claim and leads to {found}; {_last(given.why)}"
                yield loaded.problem("ask-astray", message, "asks", index)
            elif found == record.id and (given.polarity == "negated") != ask.negated:
                taken = "the opposite of" if given.polarity == "negated" else "the same as"
                message = f"{ask.text!r} is read as saying {taken} the statement; reword it, or mend `negated`"
                yield loaded.problem("ask-polarity", message, "asks", index)
        for index, near in enumerate(record.not_asks):
            given = answer(near.text, store)
            if given.status is Status.ANSWERED and given.claim and given.claim.id == record.id:
                message = f"{near.text!r} must not get this verdict ({near.because}) and does"
                yield loaded.problem("not-ask-caught", message, "not_asks", index)


def _agrees(given: Answer, record: Claim, *, negated: bool) -> bool:
    """Say whether an answer is the claim's own, or says the same in a word."""
    if given.claim and given.claim.id == record.id:
        return (given.polarity == "negated") == negated
    verdict = record.verdict.negated() if negated else record.verdict
    return given.verdict is not None and short_of(given.verdict) is short_of(verdict)


def _last(why: tuple[str, ...]) -> str:
    return why[-2] if len(why) > 1 else ""
