"""Compile the wordings of claims: what they say, how telling each part is, and the ways to say their ideas."""

from __future__ import annotations

import math
import sys
from array import array
from typing import TYPE_CHECKING

from drugfacts.answering.ideas import sense
from drugfacts.answering.stance import features
from drugfacts.authoring.sides import write_sides
from drugfacts.authoring.vectors import pointing, vectors_of, write_stances, write_vectors
from drugfacts.language.read import read
from drugfacts.model import WordListKind
from drugfacts.rows import Way
from drugfacts.text import key, stem, words

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

    from drugfacts.authoring.load import Library
    from drugfacts.language.question import Question
    from drugfacts.model import Claim
    from drugfacts.store import Store

# How many of a claim's wordings may be turned round otherwise than the others before they tell nothing.
_DISAGREE = 0.25


def write_asks(library: Library, connection: sqlite3.Connection, store: Store) -> None:
    """Write the wordings of all claims, their near misses, their parts and their ideas.

    Args:
        library: the records.
        connection: the database, in which records and words are written already.
        store: the store on that database, to read the wordings with.
    """
    rows: list[tuple[Claim, str, bool, Question, bool]] = []
    for claim in library.records("claims"):
        wordings = [(claim.statement, False), *((ask.text, ask.negated) for ask in claim.asks)]
        named = _named(claim)
        for text, negated in wordings:
            question = read(text, store)
            if named.intersection(question.doubtful):
                question = read(text, store, lenient=True)
            rows.append((claim, text, negated, question, False))
        rows += [(claim, near.text, False, read(near.text, store), True) for near in claim.not_asks]
    vectors = vectors_of(library)
    postings: dict[str, array[int]] = {}
    for number, (*_, question, _miss) in enumerate(rows):
        for feature in set(question.content):
            postings.setdefault(feature, array("I")).append(number)
    weights = {feature: math.log(1 + len(rows) / len(asks)) for feature, asks in postings.items()}
    connection.executemany(
        "INSERT INTO feature VALUES (?, ?, ?)",
        ((feature, weights[feature], _packed(asks)) for feature, asks in sorted(postings.items())),
    )
    seen: dict[str, set[str]] = {}
    for number, (claim, text, negated, question, miss) in enumerate(rows):
        if not miss:
            seen.setdefault(claim.id, set()).update(question.content)
        connection.execute(
            "INSERT INTO ask VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                claim.id,
                "\t".join(claim.about) if claim.about else "",
                text,
                negated,
                question.negated,
                " ".join(question.content),
                " ".join(question.forces),
                " ".join(question.conditions),
                math.fsum(weights[feature] for feature in set(question.content)),
                len(question.propositions) == 1 and not question.residue,
                miss,
                pointing(question.content, vectors),
            ),
        )
    write_vectors(connection, vectors)
    write_stances(
        connection,
        vectors_of(library, WordListKind.LEANINGS),
        (
            (claim.id, negated != question.negated, features(question, store.denials()))
            for claim, _, negated, question, miss in rows
            if not miss
        ),
    )
    write_sides(
        library, connection, ((claim.id, negated, question) for claim, _, negated, question, miss in rows if not miss)
    )
    light = store.light()
    bare = store.neutral() | store.passing() | store.denials()
    concepts = {
        entry.id: entry.phrases
        for file in library.records("lexicon")
        for entry in file.entries
        if entry.role == "concept"
    }
    told: dict[str, list[tuple[bool, Question]]] = {}
    for claim, _, negated, question, miss in rows:
        if not miss:
            told.setdefault(claim.id, []).append((negated, question))
    for claim in library.records("claims"):
        ways = list(_ways(claim, concepts, light, bare))
        vocabulary = seen[claim.id] | {word for key, *_ in ways for word in key.split()}
        texts = {stem(word) for text in _texts(claim) for word in words(text)}
        connection.execute(
            "INSERT INTO vocabulary VALUES (?, ?, ?, ?, ?, ?)",
            (
                claim.id,
                " ".join(sorted(vocabulary)),
                " ".join(sorted(texts - vocabulary)),
                len(claim.concepts),
                _turned(claim, ways, told[claim.id], store),
                " ".join(claim.covers),
            ),
        )
        connection.executemany(
            "INSERT OR IGNORE INTO way VALUES (?, ?, ?, ?, ?)",
            ((key, claim.id, idea, turned, len(claim.concepts)) for key, idea, turned in ways),
        )
        named = {feature[1:-1] for feature in vocabulary if feature.startswith("<")}
        connection.executemany(
            "INSERT OR IGNORE INTO mention VALUES (?, ?)", ((name, claim.id) for name in sorted(named))
        )


def _named(claim: Claim) -> set[str]:
    """Give the ids that a claim is about: an ambiguous name in its wordings is one of them."""
    ways = {way.strip("<>~ ") for idea in claim.concepts for way in idea if "<" in way}
    return ways | ({claim.about.subject, claim.about.object} if claim.about else set())


def write_near(library: Library, connection: sqlite3.Connection) -> None:
    """Write for each stem the stems of wordings that are near to it in meaning, opposites left out."""
    heard = {row[0] for row in connection.execute("SELECT feature FROM feature")}
    heard |= {row[0] for row in connection.execute("SELECT key FROM way WHERE key NOT LIKE '% %'")}
    opposed = opposites(library)
    connection.executemany(
        "INSERT INTO opposed VALUES (?, ?)", ((word, " ".join(sorted(others))) for word, others in opposed.items())
    )
    merged: dict[str, dict[str, int]] = {}
    for listed in library.records("word-lists"):
        if listed.kind is not WordListKind.NEAR:
            continue
        for line in listed.each():
            word, *others = line.split()
            own = stem(word)
            for other in others:
                name, _, likeness = other.rpartition(":")
                near = stem(name)
                if near != own and near in heard and near not in opposed.get(own, ()) and likeness.isdigit():
                    row = merged.setdefault(own, {})
                    row[near] = max(row.get(near, 0), int(likeness))
    connection.executemany(
        "INSERT INTO near VALUES (?, ?)",
        ((word, " ".join(f"{name}:{value}" for name, value in sorted(row.items()))) for word, row in merged.items()),
    )


def opposites(library: Library) -> dict[str, set[str]]:
    """Give for each stem the stems that say the opposite: those of the entries that its entry's ``effect`` names."""
    entries = [entry for file in library.records("lexicon") for entry in file.entries if entry.role == "opposite"]
    stems = {entry.id: {key(phrase) for phrase in entry.phrases} for entry in entries}
    opposed: dict[str, set[str]] = {}
    for entry in entries:
        for word in stems[entry.id]:
            opposed.setdefault(word, set()).update(stems.get(entry.effect, set()))
        for word in stems.get(entry.effect, set()):
            opposed.setdefault(word, set()).update(stems[entry.id])
    return opposed


def _packed(numbers: array[int]) -> bytes:
    """Give numbers as bytes, the lowest first on every machine, since a wheel goes to all of them."""
    if sys.byteorder == "big":
        numbers = array("I", numbers)
        numbers.byteswap()
    return numbers.tobytes()


def _ways(
    claim: Claim, concepts: Mapping[str, Sequence[str]], light: frozenset[str], bare: frozenset[str]
) -> Iterator[tuple[str, int, bool]]:
    """Give the ways to say the ideas of a claim: what each is looked up by, the idea, and whether it is its opposite.

    ``<id>`` stands for a record, or for every phrase of a lexicon concept; ``~`` before a way turns the claim round.
    """
    for number, idea in enumerate(claim.concepts):
        for way in idea:
            plain, turned = way.removeprefix("~").strip(), way.startswith("~")
            name = plain[1:-1] if plain.startswith("<") and plain.endswith(">") else ""
            if name and name not in concepts:
                yield f"<{name}>", number, turned
                continue
            for phrase in concepts.get(name, (plain,)):
                every = key(phrase).split(" ")
                stems = [one for one in every if one not in light]
                if len(stems) == 1 < len(every) and stems[0] in bare:
                    continue  # "for anyone" would be found in every "for"
                yield " ".join(stems) or key(phrase), number, turned


def _turned(
    claim: Claim,
    ways: Sequence[tuple[str, int, bool]],
    wordings: Sequence[tuple[bool, Question]],
    store: Store,
) -> bool | None:
    """Say whether what affirms a claim turns its ideas round ("you cannot overdose on it"), going by its wordings.

    None where its wordings do not agree: then only the likest wording tells what a question says of it.
    """
    by_key: dict[str, list[Way]] = {}
    for name, idea, turned in ways:
        by_key.setdefault(name, []).append(Way(claim.id, idea, turned, len(claim.concepts)))
    told = [
        odd != negated
        for negated, question in wordings
        if (odd := sense(claim.id, question, by_key, len(claim.concepts), store)) is not None
    ]
    turns = sum(told)
    if not told or min(turns, len(told) - turns) > _DISAGREE * len(told):
        return None
    return turns > len(told) / 2


def _texts(claim: Claim) -> tuple[str, ...]:
    """Give all that a claim tells, from which words may come that do not change what is asked."""
    return (
        claim.statement,
        claim.answer,
        claim.mechanism,
        claim.effects,
        claim.addiction_risk,
        claim.nuance,
        claim.believed_because,
        claim.matters_because,
        claim.instead,
        claim.topic.replace("-", " "),
    )
