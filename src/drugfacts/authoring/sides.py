"""Compile where texts point that say a claim, and that deny it, as the encoder of the facts sees them."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any

from drugfacts.language.plain import plain
from drugfacts.rows import TEXTS, WeightsRow

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from drugfacts.authoring.load import Library
    from drugfacts.language.question import Question
    from drugfacts.model import Encoder


def weights_of(encoder: Encoder) -> dict[str, WeightsRow]:
    """Give the tables of an encoder's numbers by name, as they are kept in a store."""
    tables = {}
    for entry in encoder.tables:
        name, _, rest = entry.partition(": ")
        rows, columns, packed = rest.split(" ")
        tables[name] = WeightsRow(int(rows), int(columns), b64decode(packed))
    return tables


def without_numbers(encoder: Encoder) -> Encoder:
    """Give an encoder without what ``write_sides`` keeps in tables of its own."""
    return encoder._replace(tables=(), claims=())


def with_numbers(encoder: Encoder, connection: sqlite3.Connection) -> Encoder:
    """Give an encoder that ``without_numbers`` made its numbers back, from the store that holds them.

    Args:
        encoder: the record as the store has it.
        connection: the store.
    """
    query = "SELECT name, rows, columns, numbers FROM weights WHERE encoder = ? ORDER BY name"
    weights = connection.execute(query, [encoder.id])
    tables = tuple(f"{name}: {high} {wide} {b64encode(held).decode()}" for name, high, wide, held in weights)
    if encoder.id != TEXTS:
        return encoder._replace(tables=tables)
    sides = connection.execute("SELECT claim, vector FROM side ORDER BY claim")
    return encoder._replace(
        tables=tables, claims=tuple(f"{claim} {b64encode(vector).decode()}" for claim, vector in sides)
    )


def write_sides(
    library: Library, connection: sqlite3.Connection, wordings: Iterable[tuple[str, bool, Question]]
) -> None:
    """Write the numbers of the encoders, and the two directions of each claim.

    Those of a claim that the encoder was fitted to come with the encoder; those of any other are the means over its
    wordings. Of a claim no wording of which says the opposite, that side is taken to lie across from the other.

    Args:
        library: the records.
        connection: the database.
        wordings: every wording: its claim, whether it says the opposite, and how it is read.
    """
    encoders = {one.id: (one, weights_of(one)) for one in library.records("encoders")}
    for name, (_, tables) in sorted(encoders.items()):
        rows = ((name, table, *row) for table, row in sorted(tables.items()))
        connection.executemany("INSERT INTO weights VALUES (?, ?, ?, ?, ?)", rows)
    if TEXTS not in encoders:
        return
    encoder, weights = encoders[TEXTS]
    held = {record.id for record in library.records("claims")}
    known = dict(entry.split(" ") for entry in encoder.claims)
    written = {name: b64decode(packed) for name, packed in known.items() if name in held}
    missing = [one for one in wordings if one[0] not in written]
    if missing:
        from drugfacts.answering.encoder import hidden, network, packed_sides, pointing

        net = network(encoder, weights)
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
