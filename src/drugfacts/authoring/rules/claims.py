"""Rules on claims: each has what a reader and the matching need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drugfacts.authoring.wordings import opposites
from drugfacts.model import Claim, Level, Support, Verdict
from drugfacts.text import key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drugfacts.authoring.load import Library
    from drugfacts.errors import Problem


def ideas_agree(library: Library) -> Iterator[Problem]:
    """Report ideas that hold a word and its opposite without the ``~`` that tells them apart."""
    opposed = opposites(library)
    for loaded in library.all("claims"):
        for index, idea in enumerate(loaded.record.concepts):
            sides = {
                turned: {key(way.lstrip("~ ")) for way in idea if way.startswith("~") is turned}
                for turned in (False, True)
            }
            for ways in sides.values():
                for way in sorted(ways):
                    against = sorted(ways & opposed.get(way, set()))
                    if against and way < against[0]:
                        message = (
                            f"{way!r} and {against[0]!r} are opposites; put a ~ before the one that turns the "
                            f"statement round (it is read as its denial), or leave out one where both only name the "
                            f"subject"
                        )
                        yield loaded.problem("idea-opposed", message, "concepts", index)


def complete(library: Library) -> Iterator[Problem]:
    """Report claims that lack wordings, near misses, or a source that supports their verdict."""
    for loaded in library.all("claims"):
        record: Claim = loaded.record
        if not record.asks:
            yield loaded.problem("no-asks", "give the ways people ask this, each of which will be a test", "asks")
        if not record.not_asks:
            yield loaded.problem("no-not-asks", "give near misses that must not get this verdict", "not_asks")
        supporting = [
            source
            for reference in record.references
            if Support.VERDICT in reference.supports and (source := library.get("sources", reference.source))
        ]
        if not supporting:
            yield loaded.problem("no-source", "no reference supports the verdict", "references")
        elif record.verdict in (Verdict.TRUE, Verdict.FALSE) and not any(
            source.level in (Level.A, Level.B) for source in supporting
        ):
            message = f"a verdict {record.verdict} needs a source of level A or B; else it is unproven, or waits"
            yield loaded.problem("weak-source", message, "references")
        if record.danger and not record.instead:
            yield loaded.problem("no-instead", "believing this is dangerous; say what to do instead", "danger")
        texts = [ask.text for ask in record.asks]
        for index, text in enumerate(texts):
            if text in texts[:index]:
                yield loaded.problem("duplicate-ask", f"{text!r} stands twice", "asks", index)
