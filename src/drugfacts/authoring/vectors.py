"""Compile where the wordings of claims point, from the vectors of words that the facts hold."""

from __future__ import annotations

from array import array
from base64 import b64decode
from math import sqrt
from operator import mul
from typing import TYPE_CHECKING

from drugfacts.answering.pointing import UNIT
from drugfacts.model import WordListKind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from drugfacts.authoring.load import Library


def vectors_of(library: Library) -> dict[str, Sequence[int]]:
    """Give the vector of each feature that the facts have one of, all of one length; a faulty one is left out."""
    found: dict[str, Sequence[int]] = {}
    for listed in library.records("word-lists"):
        if listed.kind is WordListKind.VECTORS:
            for entry in listed.each():
                feature, _, packed = entry.rpartition(" ")
                try:
                    found[feature] = array("b", b64decode(packed))
                except ValueError:  # validation reports it
                    continue
    length = len(next(iter(found.values()), ()))
    return {feature: vector for feature, vector in found.items() if len(vector) == length}


def pointing(content: Iterable[str], vectors: Mapping[str, Sequence[int]]) -> bytes:
    """Give where a content points, as bytes of whole numbers; none where no feature has a vector."""
    return _packed([vectors[name] for name in dict.fromkeys(content) if name in vectors])


def write_vectors(connection: sqlite3.Connection, vectors: Mapping[str, Sequence[int]]) -> None:
    """Write the vectors of features, and for each claim where its wordings point together.

    Args:
        connection: the database, in which the wordings are written already, each with where it points.
        vectors: the vectors by feature.
    """
    connection.executemany(
        "INSERT INTO vector VALUES (?, ?)", ((name, bytes(array("b", vector))) for name, vector in vectors.items())
    )
    every: dict[str, list[Sequence[int]]] = {}
    for claim, vector in connection.execute("SELECT claim, vector FROM ask WHERE miss = 0 AND length(vector) > 0"):
        every.setdefault(claim, []).append(array("b", vector))
    connection.executemany(
        "INSERT INTO centre VALUES (?, ?)", ((claim, _packed(found)) for claim, found in sorted(every.items()))
    )


def _packed(vectors: Sequence[Sequence[int]]) -> bytes:
    if not vectors:
        return b""
    whole = [float(sum(parts)) for parts in zip(*vectors, strict=True)]
    length = sqrt(sum(map(mul, whole, whole))) or 1.0
    return bytes(array("b", (round(UNIT * part / length) for part in whole)))
