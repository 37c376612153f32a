"""The compiled store: a read-only SQLite file, read a few rows at a time."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from array import array
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from drugfacts.errors import StoreError, UnknownNameError
from drugfacts.language.question import Meaning
from drugfacts.model import (
    Claim,
    DrugClass,
    Encoder,
    Field,
    Method,
    Model,
    Proposition,
    Region,
    Relation,
    Source,
    Substance,
    Term,
    Verdict,
)
from drugfacts.records import from_data
from drugfacts.rows import AskRow, ClaimRow, Feature, Phrase, Way, WeightsRow
from drugfacts.text import key as stems_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from os import PathLike

APPLICATION_ID = 0x64727567  # "drug"
FORMAT = 10
_HEADER = 100
_KEEP = 50_000
R = TypeVar("R")
K = TypeVar("K")
Profile = Substance | DrugClass


def looks_whole(path: str | PathLike[str]) -> bool:
    """Say whether a file is a store of this format and has the length that its header promises."""
    try:
        with open(path, "rb") as file:
            header = file.read(_HEADER)
            size = file.seek(0, 2)
    except (OSError, ValueError):  # a name with a NUL in it is a ValueError
        return False
    if len(header) < _HEADER or not header.startswith(b"SQLite format 3\0"):
        return False
    page = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    return (
        size == pages * (65536 if page == 1 else page)
        and int.from_bytes(header[68:72], "big") == APPLICATION_ID
        and int.from_bytes(header[60:64], "big") == FORMAT
    )


@contextmanager
def _decoding() -> Iterator[None]:
    """Say that the store is damaged where what it holds cannot be decoded."""
    try:
        yield
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise StoreError(f"the compiled store is damaged: {error}") from error


def connect(path: str | PathLike[str]) -> sqlite3.Connection:
    """Connect to a store file for reading only, taking no locks."""
    name = os.path.abspath(path)
    for special in "%?#":  # what would end or alter the path of an address
        name = name.replace(special, f"%{ord(special):02x}")
    if os.sep != "/":
        name = "/" + name.replace(os.sep, "/")
    return sqlite3.connect(f"file:{name}?mode=ro&immutable=1", uri=True)


class Store:
    """An open store. Everything read is kept, so that a stream of questions reads each row once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take an open connection to a compiled store."""
        self._connection = connection
        self._records: dict[tuple[str, str], Any] = {}
        self._phrases: dict[str, tuple[Phrase, ...]] = {}
        self._features: dict[str, Feature | None] = {}
        self._asks: dict[int, AskRow] = {}
        self._opposed: dict[str, frozenset[str]] = {}
        self._near: dict[str, dict[str, float]] = {}
        self._vectors: dict[str, bytes | None] = {}
        self._leanings: dict[str, bytes | None] = {}
        self._verdicts: dict[str, Verdict] = {}
        self._words: dict[str, tuple[frozenset[str], frozenset[str], int, bool | None, frozenset[str]]] = {}
        self._ways: dict[str, tuple[Way, ...]] = {}
        self._caches: dict[tuple[Any, ...], Any] = {}
        self.meta: dict[str, str] = dict(self._rows("SELECT key, value FROM meta"))
        if not all(isinstance(self.meta.get(key), str) for key in ("content", "reviewed")):
            raise StoreError("the compiled store is damaged: it does not say what it holds")

    @classmethod
    def open(cls, path: str | PathLike[str]) -> Store:
        """Open a store file for reading.

        Raises:
            StoreError: it is not a whole store of this format.
        """
        if not looks_whole(path):
            raise StoreError(f"{path} is not a whole compiled store of this version")
        try:
            return cls(connect(path))
        except sqlite3.Error as error:
            raise StoreError(f"{path} cannot be read: {error}") from error

    def close(self) -> None:
        """Close the file; the store cannot be asked any more."""
        self._connection.close()

    def _rows(self, query: str, arguments: Iterable[Any] = ()) -> list[Any]:
        try:
            return self._connection.execute(query, tuple(arguments)).fetchall()
        except UnicodeEncodeError:
            return []  # half a surrogate, from an argument that is not UTF-8, is in no store
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise StoreError(f"the compiled store is damaged: {error}") from error

    def remember(self, slot: tuple[Any, ...], make: Callable[[], R]) -> R:
        """Give what was made for a slot, making it the first time; how much is remembered is bounded."""
        if slot not in self._caches:
            if len(self._caches) > _KEEP:
                self._caches.clear()
            self._caches[slot] = make()
        found: R = self._caches[slot]
        return found

    def _record(self, record: type[R], folder: str, key: str) -> R | None:
        slot = (folder, key)
        if slot not in self._records:
            rows = self._rows("SELECT data FROM record WHERE folder = ? AND id = ?", slot)
            with _decoding():
                self._records[slot] = from_data(record, json.loads(rows[0][0])) if rows else None
        found: R | None = self._records[slot]
        return found

    def claim(self, key: str) -> Claim:
        """Give a claim by its id; raises UnknownNameError when there is none."""
        found = self._record(Claim, "claims", key)
        if found is None:
            raise UnknownNameError("claim", key, self.nearest("claims", key))
        return found

    def source(self, key: str) -> Source | None:
        """Give a source by its id, or None."""
        return self._record(Source, "sources", key)

    def relation(self, key: str) -> Relation | None:
        """Give a relation by its id, or None."""
        return self._record(Relation, "relations", key)

    def field(self, key: str) -> Field | None:
        """Give a field by its id, or None."""
        return self._record(Field, "fields", key)

    def term(self, key: str) -> Term | None:
        """Give a term by its id, or None."""
        return self._record(Term, "terms", key)

    def region(self, key: str) -> Region | None:
        """Give a region by its id, or None."""
        return self._record(Region, "regions", key)

    def confused(self, key: str) -> list[str]:
        """Give the ids of the records that say they are mixed up with a substance or class."""
        return [row[0] for row in self._rows("SELECT id FROM confusion WHERE other = ? ORDER BY id", [key])]

    def model(self, key: str) -> Model:
        """Give a model by its id; raises StoreError when there is none."""
        found = self._record(Model, "models", key)
        if found is None:
            raise StoreError(f"the facts hold no model {key!r}")
        return found

    def encoder(self) -> Encoder | None:
        """Give the encoder of texts, or None where the facts hold none; ``weights`` and ``sides`` give its numbers."""
        return self._record(Encoder, "encoders", "texts")

    def weights(self) -> dict[str, WeightsRow]:
        """Give the tables of the encoder's numbers by name."""
        rows = self._rows("SELECT name, rows, columns, numbers FROM weights ORDER BY name")
        with _decoding():
            return {str(name): WeightsRow(int(high), int(wide), bytes(numbers)) for name, high, wide, numbers in rows}

    def sides(self) -> dict[str, bytes]:
        """Give for each claim where texts point that say it, and that deny it, as the encoder sees them."""
        rows = self._rows("SELECT claim, vector FROM side ORDER BY claim")
        with _decoding():
            return {str(claim): bytes(vector) for claim, vector in rows}

    def profile(self, key: str) -> Profile | None:
        """Give the substance or class with an id, or None."""
        return self._record(Substance, "substances", key) or self._record(DrugClass, "classes", key)

    def ids(self, folder: str) -> list[str]:
        """Give the ids of a folder, sorted."""
        return [str(row[0]) for row in self._rows("SELECT id FROM record WHERE folder = ? ORDER BY id", [folder])]

    def count(self, folder: str) -> int:
        """Count the records of a folder."""
        query = "SELECT COUNT(*) FROM record WHERE folder = ?"
        return self.remember(("count", folder), lambda: int(self._rows(query, [folder])[0][0]))

    def nearest(self, folder: str, name: str, most: int = 3) -> list[str]:
        """Give the ids of a folder that look most like a name."""
        from difflib import get_close_matches

        return get_close_matches(name.casefold().replace(" ", "-"), self.ids(folder), n=most, cutoff=0.6)

    def claims(self) -> list[ClaimRow]:
        """Give a row for every claim, by topic and id."""
        return [
            ClaimRow(*row) for row in self._rows("SELECT id, statement, topic, verdict FROM claim ORDER BY topic, id")
        ]

    def statement(self, claim: str) -> str:
        """Give the statement of a claim without reading the rest of it."""
        query = "SELECT statement FROM claim WHERE id = ?"
        with _decoding():
            return self.remember(("statement", claim), lambda: str(self._rows(query, [claim])[0][0]))

    def verdict(self, claim: str) -> Verdict:
        """Give the verdict of a claim without reading the rest of it."""
        found = self._verdicts.get(claim)
        if found is None:
            with _decoding():
                found = Verdict(self._rows("SELECT verdict FROM claim WHERE id = ?", [claim])[0][0])
            self._verdicts[claim] = found
        return found

    def claims_about(self, key: str) -> list[str]:
        """Give the ids of the claims that name a substance, class or term."""
        return [row[0] for row in self._rows("SELECT claim FROM mention WHERE id = ? ORDER BY claim", [key])]

    def ancestors(self, key: str) -> tuple[str, ...]:
        """Give the classes that a substance or class belongs to, nearest first."""
        query = "SELECT ancestor FROM lineage WHERE id = ? ORDER BY depth, ancestor"
        return self.remember(("ancestors", key), lambda: tuple(str(row[0]) for row in self._rows(query, [key])))

    def members(self, key: str) -> list[str]:
        """Give the substances that belong to a class, directly or by way of another class."""
        query = (
            "SELECT l.id FROM lineage l JOIN record r ON r.id = l.id WHERE l.ancestor = ? AND r.folder = 'substances'"
        )
        return sorted(row[0] for row in self._rows(query, [key]))

    def phrases_of(self, role: str) -> dict[str, tuple[Phrase, ...]]:
        """Give all phrases of a role by their first stem; for roles of a few hundred phrases."""

        def read() -> dict[str, tuple[Phrase, ...]]:
            rows = self._rows(f"SELECT {_PHRASE_COLUMNS} FROM phrase WHERE role = ?", [role])  # noqa: S608
            return _phrases(rows)

        return self.remember(("phrases of", role), read)

    def phrases(self, heads: Iterable[str]) -> dict[str, tuple[Phrase, ...]]:
        """Give the phrases that begin with each of some stems."""
        wanted = dict.fromkeys(heads)
        missing = _missing(wanted, self._phrases)
        if missing:
            found: dict[str, tuple[Phrase, ...]] = dict.fromkeys(missing, ())
            for start in range(0, len(missing), 500):
                part = missing[start : start + 500]
                marks = ",".join("?" * len(part))
                query = f"SELECT {_PHRASE_COLUMNS} FROM phrase WHERE head IN ({marks})"  # noqa: S608
                found.update(_phrases(self._rows(query, part)))
            self._phrases.update(found)
        return {head: self._phrases[head] for head in wanted if head in self._phrases}

    def word_kinds(self, word: str) -> str:
        """Give what the store knows a word or stem as, in letters.

        ``n`` for a name, ``v`` for vocabulary of the lexicon and the claims, ``o`` for another drug, ``e`` for everyday
        English, ``u`` for a word that is none of these and that the ideas of some claim use.
        """
        rows = self._rows("SELECT kinds FROM word WHERE word = ?", [word])
        return rows[0][0] if rows else ""

    def words_like(self, word: str, reach: int) -> list[tuple[str, str, int]]:
        """Give names, other drugs and vocabulary that begin as a word does and are nearly as long.

        Returns:
            Each word with its kinds, as ``word_kinds`` gives them, and its letters, as ``text.letters`` does.
        """
        return self._rows(
            "SELECT word, kinds, letters FROM word WHERE first = ? AND size BETWEEN ? AND ? AND kinds != 'e'",
            [word[:1], len(word) - reach, len(word) + reach],
        )

    def features(self, names: Iterable[str]) -> dict[str, Feature]:
        """Give weight and wordings of each of some features; one that no wording has is left out."""
        wanted = dict.fromkeys(names)
        missing = _missing(wanted, self._features)
        if missing:
            self._features.update(dict.fromkeys(missing))
            marks = ",".join("?" * len(missing))
            rows = self._rows(
                f"SELECT feature, weight, asks FROM feature WHERE feature IN ({marks})",  # noqa: S608
                missing,
            )
            with _decoding():
                for name, weight, packed in rows:
                    asks = array("I")
                    asks.frombytes(packed)
                    if sys.byteorder == "big":
                        asks.byteswap()
                    self._features[name] = Feature(float(weight), asks)
        return {name: found for name in wanted if (found := self._features.get(name))}

    def near(self, words: Iterable[str]) -> dict[str, dict[str, float]]:
        """Give for each of some stems those of wordings that are near to it in meaning, with their likeness, 0 to 1."""
        wanted = dict.fromkeys(words)
        missing = _missing(wanted, self._near)
        if missing:
            self._near.update({word: {} for word in missing})
            marks = ",".join("?" * len(missing))
            rows = self._rows(f"SELECT word, near FROM near WHERE word IN ({marks})", missing)  # noqa: S608
            with _decoding():
                for word, listed in rows:
                    pairs = (item.rpartition(":") for item in listed.split())
                    self._near[word] = {name: int(value) / 100 for name, _, value in pairs}
        return {word: self._near[word] for word in wanted}

    def opposed(self, words: Iterable[str]) -> dict[str, frozenset[str]]:
        """Give for each of some stems those that say the opposite."""
        wanted = dict.fromkeys(words)
        missing = _missing(wanted, self._opposed)
        if missing:
            self._opposed.update(dict.fromkeys(missing, frozenset()))
            marks = ",".join("?" * len(missing))
            rows = self._rows(f"SELECT word, others FROM opposed WHERE word IN ({marks})", missing)  # noqa: S608
            with _decoding():
                self._opposed.update({word: frozenset(others.split()) for word, others in rows})
        return {word: self._opposed[word] for word in wanted}

    def asks(self, numbers: Iterable[int]) -> dict[int, AskRow]:
        """Give wordings by their numbers; a number that none has is left out."""
        wanted = list(numbers)
        missing = _missing(wanted, self._asks)
        if missing:
            marks = ",".join("?" * len(missing))
            rows = self._rows(f"SELECT no, {_ASK_COLUMNS} FROM ask WHERE no IN ({marks})", missing)  # noqa: S608
            with _decoding():
                self._asks.update({number: _ask_row(row) for number, *row in rows})
        return {number: self._asks[number] for number in wanted if number in self._asks}

    def ask_weights(self) -> array[float]:
        """Give the weight of each wording by its number; the numbers begin at 0 and leave none out."""

        def unpack() -> array[float]:
            weights = array("d")
            rows = self._rows("SELECT weight FROM ask ORDER BY no")
            with _decoding():
                weights.extend(row[0] for row in rows)
            return weights

        return self.remember(("ask weights",), unpack)

    def words_as_long(self, word: str, reach: int) -> list[tuple[str, str, int]]:
        """Give the same of words that are nearly as long, whatever they begin with."""
        size = len(word)
        return self.remember(
            ("as long", size, reach),
            lambda: self._rows(
                "SELECT word, kinds, letters FROM word WHERE size BETWEEN ? AND ? AND kinds != 'e'",
                [size - reach, size + reach],
            ),
        )

    def claims_proposing(self, subject: str, relation: str, object_: str) -> list[tuple[str, str]]:
        """Give id and force of the reviewed claims with a proposition."""
        query = "SELECT claim, force FROM proposition WHERE subject = ? AND relation = ? AND object = ?"
        wanted = (subject, relation, object_)
        return self.remember(("proposing", *wanted), lambda: self._rows(query, wanted))

    def vocabulary(self, claim: str) -> frozenset[str]:
        """Give every feature that the wordings of a claim use."""
        return self._claim_words(claim)[0]

    def texts(self, claim: str) -> frozenset[str]:
        """Give the stems of all that a claim tells, those of its vocabulary left out."""
        return self._claim_words(claim)[1]

    def ideas(self, claim: str) -> int:
        """Give the number of ideas of a claim, 0 where it has none."""
        return self._claim_words(claim)[2]

    def turned(self, claim: str) -> bool | None:
        """Say whether what affirms a claim turns its ideas round; None where its wordings do not tell."""
        return self._claim_words(claim)[3]

    def covers(self, claim: str) -> frozenset[str]:
        """Give the ids of the substances and classes that a claim is as true or false of."""
        return self._claim_words(claim)[4]

    def _claim_words(self, claim: str) -> tuple[frozenset[str], frozenset[str], int, bool | None, frozenset[str]]:
        found = self._words.get(claim)
        if found is None:
            rows = self._rows("SELECT words, texts, ideas, turned, covers FROM vocabulary WHERE claim = ?", [claim])
            words, texts, ideas, turned, covers = rows[0] if rows else ("", "", 0, None, "")
            with _decoding():
                found = (
                    frozenset(words.split()),
                    frozenset(texts.split()),
                    int(ideas),
                    None if turned is None else bool(turned),
                    frozenset(covers.split()),
                )
            self._words[claim] = found
        return found

    def way_words(self, claim: str) -> frozenset[str]:
        """Give the stems of the ways to say a claim's ideas."""
        rows = self._rows("SELECT key FROM way WHERE claim = ?", [claim])
        return frozenset(word for (key,) in rows for word in key.split())

    def single(self, *roles: str, effects: tuple[str, ...] = ()) -> frozenset[str]:
        """Give the stems of the lexicon's words of some roles, phrases of several words left out.

        Args:
            roles: the roles.
            effects: where only entries with one of some effects are meant, these.
        """

        def find() -> frozenset[str]:
            marks = ",".join("?" * len(roles))
            query = f"SELECT parts, effect FROM phrase WHERE role IN ({marks}) AND parts NOT LIKE '% %'"  # noqa: S608
            return frozenset(
                str(parts) for parts, effect in self._rows(query, roles) if not effects or effect in effects
            )

        return self.remember(("single", roles, effects), find)

    def light(self) -> frozenset[str]:
        """Give the stems of the words that ideas are compared without: articles and pronouns."""
        return self.single("article", "pronoun", "anaphor")

    def place(self, condition: str) -> str:
        """Give the place, as the law of records names it, that a circumstance is; empty where it is none."""
        query = "SELECT effect FROM phrase WHERE id = ? AND role = 'condition' LIMIT 1"
        rows = self.remember(("place", condition), lambda: self._rows(query, [condition]))
        return str(rows[0][0]) if rows else ""

    def siblings(self, relation: str) -> tuple[str, ...]:
        """Give the relations that one field settles in the same way as it does this one."""

        def find() -> tuple[str, ...]:
            own = self.relation(relation)
            if own is None or not own.field:
                return (relation,)
            others = (self.relation(name) for name in self.ids("relations"))
            return tuple(
                one.id
                for one in others
                if one
                and (one.field, one.method, one.inverse, one.actions)
                == (own.field, own.method, own.inverse, own.actions)
            )

        return self.remember(("siblings", relation), find)

    def schedules(self, place: str) -> list[Term]:
        """Give the terms that are schedules of a place's law."""

        def find() -> list[Term]:
            terms = (self.term(name) for name in self.ids("terms"))
            return [one for one in terms if one and one.status and one.place == place]

        return self.remember(("schedules", place), find)

    def settled_by(self, method: Method) -> str:
        """Give the id of the one relation that a method settles; empty where there is none."""

        def find() -> str:
            relations = (self.relation(name) for name in self.ids("relations"))
            return next((one.id for one in relations if one and one.method is method), "")

        return self.remember(("settled by", method), find)

    def denials(self) -> frozenset[str]:
        """Give the stems of the words that deny by themselves."""
        return self.single("negator")

    def neutral(self) -> frozenset[str]:
        """Give the stems of the words that may stand beside a relation without changing what is asked."""
        return self.single("neutral", "link")

    def passing(self) -> frozenset[str]:
        """Give the stems of the words that may stand within a cue: hedges, auxiliaries, words that carry nothing."""
        return self.single("hedge", "auxiliary", "ignore")

    def strengths(self) -> dict[str, str]:
        """Give for words of strength whether they say ``more`` (always), ``less`` (sometimes) or what is ``usual``."""
        query = "SELECT DISTINCT id, effect FROM phrase WHERE role = 'force' AND effect != ''"
        return self.remember(("strengths",), lambda: {str(name): str(effect) for name, effect in self._rows(query)})

    def general(self, text: str) -> bool:
        """Say whether a sentence says how things are, not only that they can or may be so."""
        query = "SELECT parts FROM phrase WHERE role = 'auxiliary' AND effect = 'may'"
        maybes = self.remember(("maybes",), lambda: frozenset(str(row[0]) for row in self._rows(query)))
        return self.remember(("general", text), lambda: maybes.isdisjoint(stems_of(text).split()))

    def ways(self, keys: Iterable[str]) -> dict[str, tuple[Way, ...]]:
        """Give what each of some runs of words, as ``ideas.runs`` gives them, can say of the ideas of claims."""
        wanted = dict.fromkeys(keys)
        missing = _missing(wanted, self._ways)
        if missing:
            found: dict[str, list[Way]] = {key: [] for key in missing}
            for start in range(0, len(missing), 500):
                part = missing[start : start + 500]
                marks = ",".join("?" * len(part))
                query = f"SELECT key, claim, idea, turned, ideas FROM way WHERE key IN ({marks})"  # noqa: S608
                for key, claim, idea, turned, ideas in self._rows(query, part):
                    found[key].append(Way(claim, idea, bool(turned), ideas))
            self._ways.update({key: tuple(ways) for key, ways in found.items()})
        return {key: ways for key in wanted if (ways := self._ways.get(key))}

    def wordings(self, claim: str) -> list[AskRow]:
        """Give the wordings of a claim, its statement first."""
        query = f"SELECT {_ASK_COLUMNS} FROM ask WHERE claim = ? AND miss = 0 ORDER BY no"  # noqa: S608
        return self.remember(("wordings", claim), lambda: [_ask_row(row) for row in self._rows(query, [claim])])

    def vectors(self, names: Iterable[str]) -> dict[str, bytes]:
        """Give for each of some features the vector that says what it means; one that has none is left out."""
        return self._of_features("vector", names, self._vectors)

    def centres(self) -> dict[str, bytes]:
        """Give for each claim where its wordings point together."""

        def read() -> dict[str, bytes]:
            rows = self._rows("SELECT claim, vector FROM centre ORDER BY claim")
            with _decoding():
                return {str(claim): bytes(vector) for claim, vector in rows}

        return self.remember(("centres",), read)

    def leanings(self, names: Iterable[str]) -> dict[str, Sequence[int]]:
        """Give for each of some features the vector that says which side it takes; one that has none is left out."""
        found = self._of_features("leaning", names, self._leanings)
        return {name: memoryview(vector).cast("b") for name, vector in found.items()}

    def _of_features(self, table: str, names: Iterable[str], kept: dict[str, bytes | None]) -> dict[str, bytes]:
        """Give the vectors that a table holds of some features, and keep them; one that has none is left out."""
        wanted = list(names)
        missing = _missing(wanted, kept)
        if missing:
            kept.update(dict.fromkeys(missing))
            marks = ",".join("?" * len(missing))
            rows = self._rows(f"SELECT feature, vector FROM {table} WHERE feature IN ({marks})", missing)  # noqa: S608
            with _decoding():
                kept.update({name: bytes(vector) for name, vector in rows})
        return {name: vector for name in wanted if (vector := kept.get(name))}

    def stance(self, claim: str) -> Sequence[float]:
        """Give which side a claim takes; nothing where the store does not know."""

        def read() -> Sequence[float]:
            rows = self._rows("SELECT vector FROM stance WHERE claim = ?", [claim])
            with _decoding():
                return memoryview(bytes(rows[0][0])).cast("f") if rows else ()

        return self.remember(("stance", claim), read)

    def notice(self, entry: str) -> str:
        """Give the notice of a lexicon entry, empty when it has none."""
        rows = self._rows("SELECT text FROM notice WHERE id = ?", [entry])
        return str(rows[0][0]) if rows else ""


def _missing(wanted: Iterable[K], kept: dict[K, Any]) -> list[K]:
    """Give what is wanted and not kept; what is kept is let go first where it has become too much."""
    if len(kept) > _KEEP:
        kept.clear()
    return [one for one in wanted if one not in kept]


_PHRASE_COLUMNS = "head, parts, kind, id, role, effect"
_ASK_COLUMNS = "claim, about, text, negated, parity, content, forces, conditions, weight, plain, miss, vector"


def _phrases(rows: Iterable[Sequence[Any]]) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, list[Phrase]] = {}
    with _decoding():
        for head, parts, kind, key, role, effect in rows:
            cut = tuple(tuple(piece.split(" ")) for piece in parts.split(" ... "))
            needs = frozenset(stem for part in cut for stem in part)
            found.setdefault(head, []).append(Phrase(cut, Meaning(kind, key, role, effect), needs))
    return {head: tuple(phrases) for head, phrases in found.items()}


def _ask_row(row: Sequence[Any]) -> AskRow:
    claim, about, text, negated, parity, content, forces, conditions, weight, plain, miss, vector = row
    return AskRow(
        claim,
        Proposition(*about.split("\t")) if about else None,
        text,
        bool(negated),
        bool(parity),
        tuple(content.split()),
        tuple(forces.split()),
        tuple(conditions.split()),
        weight,
        bool(plain),
        bool(miss),
        bytes(vector),
    )
