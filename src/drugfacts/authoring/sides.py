"""Compile where texts point that say a claim, and that deny it, as the encoder of the facts sees them."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING, Any

from drugfacts.language.plain import plain

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from drugfacts.authoring.load import Library
    from drugfacts.language.question import Question


def write_sides(
    library: Library, connection: sqlite3.Connection, wordings: Iterable[tuple[str, bool, Question]]
) -> None:
    """Write the two directions of each claim.

    Those of a claim that the encoder was fitted to come with the encoder; those of any other are the means over its
    wordings. Of a claim no wording of which says the opposite, that side is taken to lie across from the other.

    Args:
        library: the records.
        connection: the database.
        wordings: every wording: its claim, whether it says the opposite, and how it is read.
    """
    encoder = next(iter(library.records("encoders")), None)
    if encoder is None:
        return
    held = {record.id for record in library.records("claims")}
    known = dict(entry.split(" ") for entry in encoder.claims)
    written = {name: b64decode(packed) for name, packed in known.items() if name in held}
    missing = [one for one in wordings if one[0] not in written]
    if missing:
        from drugfacts.answering.encoder import hidden, network, packed_sides, pointing

        net = network(encoder)
        sums: dict[tuple[str, bool], Any] = {}
        for claim, negated, question in missing:
            own = pointing(hidden(plain(question), net), net)
            sums[claim, negated] = sums.get((claim, negated), 0) + own
        units = {side: whole / float((whole @ whole) ** 0.5) for side, whole in sums.items()}
        for claim in {claim for claim, _ in units}:
            said = units[claim, False] if (claim, False) in units else -units[claim, True]
            denied = units.get((claim, True), -said)
            written[claim] = packed_sides(said, denied)
    connection.executemany("INSERT INTO side VALUES (?, ?)", sorted(written.items()))
