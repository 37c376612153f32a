"""Compile where the wordings of claims point and which side they take, from the vectors of words in the facts."""

from __future__ import annotations

from array import array
from base64 import b64decode
from math import sqrt
from operator import mul
from typing import TYPE_CHECKING

from drugfacts.answering.pointing import UNIT
from drugfacts.answering.stance import lean
from drugfacts.model import WordListKind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from drugfacts.authoring.load import Library


def vectors_of(library: Library, kind: WordListKind = WordListKind.VECTORS) -> dict[str, Sequence[int]]:
    """Give the vector of each feature that the facts have one of, all of one length; a faulty one is left out.

    Args:
        library: the records.
        kind: which vectors, those of what a text is about or those of the side it takes.
    """
    found: dict[str, Sequence[int]] = {}
    for listed in library.records("word-lists"):
        if listed.kind is kind:
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


def write_stances(
    connection: sqlite3.Connection,
    leanings: Mapping[str, Sequence[int]],
    told: Iterable[tuple[str, bool, Sequence[str]]],
) -> None:
    """Write which side features take, and for each claim the one that its wordings take in the mean.

    Args:
        connection: the database.
        leanings: the vectors by feature.
        told: for each wording the claim, whether its words but for negations say the opposite, and its features.
    """
    connection.executemany(
        "INSERT INTO leaning VALUES (?, ?)", ((name, bytes(array("b", vector))) for name, vector in leanings.items())
    )
    every: dict[str, list[list[float]]] = {}
    for claim, turned, said in told:
        if own := lean(said, leanings):
            every.setdefault(claim, []).append([-part for part in own] if turned else own)
    connection.executemany(
        "INSERT INTO stance VALUES (?, ?)",
        (
            (claim, array("f", (sum(parts) / len(found) for parts in zip(*found, strict=True))).tobytes())
            for claim, found in sorted(every.items())
        ),
    )


def _packed(vectors: Sequence[Sequence[int]]) -> bytes:
    if not vectors:
        return b""
    whole = [float(sum(parts)) for parts in zip(*vectors, strict=True)]
    length = sqrt(sum(map(mul, whole, whole))) or 1.0
    return bytes(array("b", (round(UNIT * part / length) for part in whole)))
