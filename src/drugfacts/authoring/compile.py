"""Compile a library of records into a store."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

from drugfacts.authoring.lineage import lineage
from drugfacts.authoring.sides import without_numbers
from drugfacts.authoring.wordings import write_asks, write_near
from drugfacts.database import APPLICATION_ID, FORMAT
from drugfacts.model import DrugClass, Encoder, Substance, Term, WordListKind
from drugfacts.records import to_data
from drugfacts.store import Store
from drugfacts.text import key, letters, words

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from drugfacts.authoring.load import Library
    from drugfacts.model import Claim

_TABLES = f"""
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {FORMAT};
PRAGMA journal_mode = MEMORY;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE record (folder TEXT, id TEXT, data TEXT, digest TEXT, PRIMARY KEY (folder, id)) WITHOUT ROWID;
CREATE TABLE claim (id TEXT PRIMARY KEY, statement TEXT, topic TEXT, verdict TEXT) WITHOUT ROWID;
CREATE TABLE mention (id TEXT, claim TEXT, PRIMARY KEY (id, claim)) WITHOUT ROWID;
CREATE TABLE lineage (id TEXT, ancestor TEXT, depth INTEGER, PRIMARY KEY (id, ancestor)) WITHOUT ROWID;
CREATE INDEX lineage_down ON lineage (ancestor);
CREATE TABLE confusion (other TEXT, id TEXT, PRIMARY KEY (other, id)) WITHOUT ROWID;
CREATE TABLE phrase (head TEXT, parts TEXT, kind TEXT, id TEXT, role TEXT, effect TEXT);
CREATE INDEX phrase_head ON phrase (head);
CREATE INDEX phrase_role ON phrase (role);
CREATE TABLE word (word TEXT PRIMARY KEY, first TEXT, size INTEGER, kinds TEXT, letters INTEGER) WITHOUT ROWID;
CREATE INDEX word_near ON word (first, size) WHERE kinds != 'e';
CREATE TABLE proposition (subject TEXT, relation TEXT, object TEXT, force TEXT, claim TEXT);
CREATE INDEX proposition_key ON proposition (subject, relation, object);
CREATE TABLE ask (no INTEGER PRIMARY KEY, claim TEXT, about TEXT, text TEXT, negated INTEGER, parity INTEGER,
                  content TEXT, forces TEXT, conditions TEXT, weight REAL, plain INTEGER, miss INTEGER, vector BLOB);
CREATE TABLE vector (feature TEXT PRIMARY KEY, vector BLOB) WITHOUT ROWID;
CREATE TABLE centre (claim TEXT PRIMARY KEY, vector BLOB) WITHOUT ROWID;
CREATE TABLE leaning (feature TEXT PRIMARY KEY, vector BLOB) WITHOUT ROWID;
CREATE TABLE weights (
    encoder TEXT, name TEXT, rows INTEGER, columns INTEGER, numbers BLOB, PRIMARY KEY (encoder, name)
);
CREATE TABLE side (claim TEXT PRIMARY KEY, vector BLOB) WITHOUT ROWID;
CREATE TABLE stance (claim TEXT PRIMARY KEY, vector BLOB) WITHOUT ROWID;
CREATE INDEX ask_claim ON ask (claim);
CREATE TABLE notice (id TEXT PRIMARY KEY, text TEXT) WITHOUT ROWID;
CREATE TABLE feature (feature TEXT PRIMARY KEY, weight REAL, asks BLOB) WITHOUT ROWID;
CREATE TABLE near (word TEXT PRIMARY KEY, near TEXT) WITHOUT ROWID;
CREATE TABLE opposed (word TEXT PRIMARY KEY, others TEXT) WITHOUT ROWID;
CREATE TABLE vocabulary (claim TEXT PRIMARY KEY, words TEXT, texts TEXT, ideas INTEGER, turned INTEGER, covers TEXT)
WITHOUT ROWID;
CREATE TABLE way (key TEXT, claim TEXT, idea INTEGER, turned INTEGER, ideas INTEGER,
                  PRIMARY KEY (key, claim, idea)) WITHOUT ROWID;
CREATE INDEX way_claim ON way (claim);
"""
# A cue that ends in "a" is as well followed by a vowel.
_ARTICLE = re.compile(r"\ba$")
# Roles of lexicon entries that are no wordings of questions.
SILENT_ROLES = frozenset({"opposite", "avoid", "everyday"})


def compile_library(library: Library, connection: sqlite3.Connection) -> Store:
    """Write a library into an empty database.

    Args:
        library: records that hold no faults.
        connection: a connection to an empty database.

    Returns:
        The store, open on that connection; the caller commits.
    """
    connection.executescript(_TABLES)
    _write_records(library, connection)
    _write_words(library, connection)
    store = Store(connection)
    write_asks(library, connection, store)
    write_near(library, connection)
    return Store(connection)


def content_key(library: Library) -> str:
    """Give a key that changes when anything in the facts does."""
    digest = hashlib.blake2b(digest_size=12)
    for folder, shelf in sorted(library.shelves.items()):
        for name, loaded in sorted(shelf.items()):
            digest.update(f"{folder}/{name}:{loaded.digest}\n".encode())
    return digest.hexdigest()


def _write_records(library: Library, connection: sqlite3.Connection) -> None:
    reviewed = max((claim.review.on for claim in library.records("claims")), default="")
    meta = {"content": content_key(library), "reviewed": reviewed}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
    connection.executemany(
        "INSERT INTO record VALUES (?, ?, ?, ?)",
        (
            (
                folder,
                loaded.record.id,
                json.dumps(to_data(_kept(loaded.record)), separators=(",", ":")),
                loaded.digest,
            )
            for folder in library.shelves
            for loaded in library.all(folder)
        ),
    )
    connection.executemany(
        "INSERT INTO claim VALUES (?, ?, ?, ?)",
        ((claim.id, claim.statement, claim.topic, claim.verdict.value) for claim in library.records("claims")),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO notice VALUES (?, ?)",
        ((entry.id, entry.notice) for file in library.records("lexicon") for entry in file.entries if entry.notice),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO lineage VALUES (?, ?, ?)",
        (
            (name, ancestor, depth)
            for folder in ("substances", "classes")
            for name in library.shelves[folder]
            for ancestor, depth in lineage(library, name).items()
        ),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO confusion VALUES (?, ?)",
        (
            (one.id, record.id)
            for folder in ("substances", "classes")
            for record in library.records(folder)
            for one in record.confused_with
        ),
    )
    connection.executemany(
        "INSERT INTO proposition VALUES (?, ?, ?, ?, ?)",
        (
            (claim.about.subject, claim.about.relation, claim.about.object, claim.about.force, claim.id)
            for claim in library.records("claims")
            if claim.about
        ),
    )


def _kept(record: Any) -> Any:
    """Give what is kept of a record as a record."""
    return without_numbers(record) if isinstance(record, Encoder) else record


def phrases(library: Library) -> Iterator[tuple[str, str, str, str, str]]:
    """Give every phrase of a library as text, kind, id, role and effect."""
    lexicon = [entry for file in library.records("lexicon") for entry in file.entries]
    everyday = {key(phrase) for entry in lexicon if entry.role == "everyday" for phrase in entry.phrases}
    yield from _names(library, everyday)
    for record in library.records("relations"):
        for role, cues in (("plain", record.cues), ("passive", record.passive), ("negative", record.negative)):
            for cue in cues:
                yield cue, "cue", record.id, role, ""
                if other := _ARTICLE.sub("an", cue):
                    yield other, "cue", record.id, role, ""
    for entry in lexicon:
        if entry.role not in SILENT_ROLES:
            for phrase in entry.phrases:
                yield phrase, "words", entry.id, entry.role, entry.effect
    for listed in library.records("word-lists"):
        if listed.kind is WordListKind.OTHER_DRUGS:
            for name in listed.each():
                yield name, "other-drug", name.casefold(), "other", ""


def _names(library: Library, everyday: set[str]) -> Iterator[tuple[str, str, str, str, str]]:
    """Give the names of substances, classes and terms; ``everyday`` are the keys of those that are ordinary words."""
    for folder, kind in (("substances", "substance"), ("classes", "class"), ("terms", "term")):
        for record in library.records(folder):
            listed = getattr(record, "ambiguous", ())
            # "heroine" is a misspelling and a word of its own, but has the stem of "heroin", which is neither.
            sure = {key(name) for name in names_of(record) if name not in listed}
            for name in names_of(record):
                role = "ambiguous" if name in listed and key(name) not in sure else "name"
                if key(name) in everyday and (role == "ambiguous" or kind == "term"):
                    role = "everyday"
                yield name, kind, record.id, role, ""
            for organ in getattr(record, "organs", ()):
                yield organ, "organ", record.id, "name", ""


def names_of(record: Substance | DrugClass | Term) -> list[str]:
    """Give every name that a record goes by, its own first."""
    own = [record.name, record.plural_name] if isinstance(record, DrugClass) else [record.name]
    more = record.names if isinstance(record, Term) else record.names.every()
    return list(dict.fromkeys([*own, *more]))


def spellings(phrase: str) -> Iterator[str]:
    """Give the spellings of a name that people do not tell apart: as it is, and joined ("2 cb", "2cb")."""
    yield phrase
    joined = phrase.replace("-", "").replace(" ", "")
    if joined != phrase and ("-" in phrase or any(ch.isdigit() for ch in phrase)):
        yield joined


def _write_words(library: Library, connection: sqlite3.Connection) -> None:
    rows: dict[tuple[str, ...], None] = {}
    kinds: dict[str, set[str]] = {}
    # What claims speak of by name is not a drug that nothing is held on.
    named = {
        key(way) for claim in library.records("claims") for idea in claim.concepts for way in idea if " " not in way
    }
    for text, kind, name, role, effect in phrases(library):
        variants = spellings(text) if kind in ("substance", "class", "term", "organ", "other-drug") else (text,)
        for variant in variants:
            # A contraction is looked up as it is written, before anything is stemmed.
            parts = words(variant) if role == "expansion" else [key(part) for part in variant.split("...")]
            if not parts or not all(parts):
                continue
            if kind != "other-drug":
                named.add(parts[0])
            elif parts[0] in named:
                continue  # what the store itself names is not another drug
            rows[(parts[0].split(" ")[0], " ... ".join(parts), kind, name, role, effect)] = None
            letter = {"words": "v", "cue": "v", "organ": "v", "other-drug": "o"}.get(kind, "n")
            if letter != "o" or len(parts[0].split()) == 1:
                for word in words(variant):
                    kinds.setdefault(word, set()).add(letter)
    ordinary = {
        word
        for listed in library.records("word-lists")
        if listed.kind is WordListKind.ORDINARY
        for word in listed.each()
    }
    for word in ordinary:
        kinds.setdefault(word, set()).add("e")
    # A word that an idea of a claim is said by is no slip ("creatine"), though only that claim may know what it is.
    for word in {word for claim in library.records("claims") for word in words(_ways(claim))} - kinds.keys():
        kinds[word] = {"u"}
    # What claims say is vocabulary too: a slip in "dangerous" is mended as one in a name is.
    for word in ordinary & {word for claim in library.records("claims") for word in words(_said(claim))}:
        kinds[word].add("v")
    connection.executemany("INSERT INTO phrase VALUES (?, ?, ?, ?, ?, ?)", rows)
    connection.executemany(
        "INSERT INTO word VALUES (?, ?, ?, ?, ?)",
        ((word, word[:1], len(word), "".join(sorted(marks)), letters(word)) for word, marks in sorted(kinds.items())),
    )


def _said(claim: Claim) -> str:
    """Give the statement, the wordings and the ways to say the ideas of a claim as one text."""
    return " ".join((claim.statement, *(ask.text for ask in claim.asks), _ways(claim)))


def _ways(claim: Claim) -> str:
    return " ".join(way for idea in claim.concepts for way in idea)
