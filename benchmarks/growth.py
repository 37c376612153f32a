"""Make a store grow, and measure questions to it; ``speed.py`` runs this with the installed package.

``make SHIPPED GROWN PHRASINGS`` writes a grown copy of a store; ``measure SHIPPED GROWN PAIRS`` prints, as JSON, the
ratios of the time that questions take on both, and the times themselves in milliseconds.
"""

from __future__ import annotations

import json
import math
import random
import sqlite3
import sys
from array import array
from contextlib import closing
from itertools import cycle
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from drugfacts.answering.decide import answer
from drugfacts.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 20_261_123
# How often a name, and a word, of a claim is another one in the claim made after it.
OTHER_NAME, OTHER_WORD = 0.8, 0.5
# What a claim's record must hold.
NEEDED = ("id", "statement", "topic", "verdict", "answer", "references", "review")
# Questions a turn: enough that one slow question does not make the figure.
QUESTIONS = 40


class Row(NamedTuple):
    """A wording, as the store keeps it."""

    claim: str
    about: str
    text: str
    negated: int
    parity: int
    content: str
    forces: str
    conditions: str
    plain: int


def make(shipped: Path, grown: Path, phrasings: int) -> None:
    """Write a copy of a store that has as many phrasings as asked for.

    Each new claim is a claim of the store, with all its phrasings, in which names and words are put in the place of
    others, drawn as often as the store has them: the vocabulary stays what it was, and every word becomes more common
    in the same measure. A new claim's record holds what every claim must, and no more; ideas are not multiplied.
    """
    grown.write_bytes(shipped.read_bytes())
    with closing(sqlite3.connect(grown)) as connection:
        rows = [Row(*row) for row in connection.execute(f"SELECT {', '.join(Row._fields)} FROM ask ORDER BY no")]
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute("DELETE FROM ask")
        connection.execute("DELETE FROM feature")
        postings: dict[str, array[int]] = {}
        everything = [*rows, *_more(rows, phrasings - len(rows))]
        for number, row in enumerate(everything):
            for feature in set(row.content.split()):
                postings.setdefault(feature, array("I")).append(number)
        weights = {feature: math.log(1 + len(everything) / len(asks)) for feature, asks in postings.items()}
        _write(everything, postings, weights, connection)
        _write_claims(everything[len(rows) :], connection)
        connection.commit()
        connection.execute("VACUUM")


def _more(rows: list[Row], wanted: int) -> Iterator[Row]:
    chance = random.Random(SEED)
    heard = [feature for row in rows for feature in row.content.split()]
    names = [feature for feature in heard if feature[0] == "<"]
    words = [feature for feature in heard if feature[0].isalpha()]
    claims: dict[str, list[Row]] = {}
    for row in rows:
        claims.setdefault(row.claim, []).append(row)
    made = 0
    for turn, wordings in enumerate(cycle(claims.values())):
        other: dict[str, str] = {}
        for feature in {feature: None for row in wordings for feature in row.content.split()}:
            if feature[0] == "<" and chance.random() < OTHER_NAME:
                other[feature] = chance.choice(names)
            elif feature[0].isalpha() and chance.random() < OTHER_WORD:
                other[feature] = chance.choice(words)
        for row in wordings:
            if made == wanted:
                return
            made += 1
            content = " ".join(other.get(feature, feature) for feature in row.content.split())
            yield row._replace(
                claim=f"{row.claim}-{turn}",
                about="\t".join(other.get(f"<{part}>", f"<{part}>")[1:-1] for part in row.about.split("\t")),
                text=" ".join(filter(str.isalnum, content.replace("<", " ").replace(">", " ").split())),
                content=content,
            )


def _write(
    rows: list[Row], postings: dict[str, array[int]], weights: dict[str, float], connection: sqlite3.Connection
) -> None:
    columns = f"no, {', '.join(Row._fields)}, weight"
    connection.executemany(
        f"INSERT INTO ask ({columns}) VALUES ({', '.join('?' * (len(Row._fields) + 2))})",
        (
            (number, *row, sum(weights[feature] for feature in set(row.content.split())))
            for number, row in enumerate(rows)
        ),
    )
    if sys.byteorder == "big":
        for asks in postings.values():
            asks.byteswap()
    connection.executemany(
        "INSERT INTO feature VALUES (?, ?, ?)",
        ((feature, weights[feature], asks.tobytes()) for feature, asks in sorted(postings.items())),
    )


def _write_claims(new: list[Row], connection: sqlite3.Connection) -> None:
    """Write what the store keeps of claims beside their wordings."""
    records = dict(connection.execute("SELECT id, data FROM record WHERE folder = 'claims'"))
    bare = {}
    for name, data in records.items():
        whole = json.loads(data)
        bare[name] = {key: whole[key] for key in NEEDED} | {"asks": [], "not_asks": []}
    vocabularies: dict[str, set[str]] = {}
    statements: dict[str, str] = {}
    for row in new:
        vocabularies.setdefault(row.claim, set()).update(row.content.split())
        statements.setdefault(row.claim, row.text)
    for claim, words in vocabularies.items():
        record = bare[claim.rpartition("-")[0]]
        data = json.dumps(record | {"id": claim, "statement": statements[claim]}, separators=(",", ":"))
        connection.execute("INSERT INTO record VALUES ('claims', ?, ?, '')", (claim, data))
        connection.execute(
            "INSERT INTO claim VALUES (?, ?, ?, ?)", (claim, statements[claim], record["topic"], record["verdict"])
        )
        connection.execute("INSERT INTO vocabulary VALUES (?, ?, '[]')", (claim, " ".join(sorted(words))))
        connection.executemany(
            "INSERT INTO mention VALUES (?, ?)",
            ((feature[1:-1], claim) for feature in words if feature[0] == "<"),
        )


def measure(shipped: Path, grown: Path, pairs: int) -> dict[str, object]:
    """Time the same questions on both stores in turn, each turn with questions of its own and a store newly opened."""
    with closing(sqlite3.connect(shipped)) as connection:
        asks = [row[0] for row in connection.execute("SELECT text FROM ask ORDER BY no")]
    random.Random(SEED).shuffle(asks)
    ratios, small, large = [], [], []
    for turn in range(pairs + 1):
        questions = [asks[(turn * QUESTIONS + place) % len(asks)] for place in range(QUESTIONS)]
        first, second = _seconds(shipped, questions), _seconds(grown, questions)
        if turn:  # the first pair warms the disk and the code
            ratios.append(sum(second) / sum(first))
            small += first
            large += second
    return {"ratios": ratios, "small": [one * 1000 for one in small], "grown": [one * 1000 for one in large]}


def _seconds(path: Path, questions: list[str]) -> list[float]:
    store = Store.open(path)
    found = []
    for question in questions:
        start = perf_counter()
        answer(question, store)
        found.append(perf_counter() - start)
    return found


def main() -> None:
    """Do what the command line says."""
    what, shipped, grown, number = sys.argv[1:]
    if what == "make":
        make(Path(shipped), Path(grown), int(number))
    else:
        print(json.dumps(measure(Path(shipped), Path(grown), int(number))))


if __name__ == "__main__":
    main()
