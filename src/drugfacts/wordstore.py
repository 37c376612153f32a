"""What a store knows of words and wordings: phrases, features, the ideas of claims, and vectors."""

from __future__ import annotations

import sys
from array import array
from typing import TYPE_CHECKING, Any

from drugfacts.database import Database, decoding, missing
from drugfacts.language.question import Meaning
from drugfacts.model import Proposition
from drugfacts.rows import AskRow, Feature, Phrase, Way
from drugfacts.text import key as stems_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

_PHRASE_COLUMNS = "head, parts, kind, id, role, effect"
_ASK_COLUMNS = "claim, about, text, negated, parity, content, forces, conditions, weight, plain, miss, vector"


class WordStore(Database):
    """The tables of words and wordings. Everything read is kept, so that a stream of questions reads each row once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take an open connection to a compiled store."""
        super().__init__(connection)
        self._phrases: dict[str, tuple[Phrase, ...]] = {}
        self._filed: dict[str, dict[str, tuple[tuple[int, Phrase], ...]]] = {}
        self._features: dict[str, Feature | None] = {}
        self._asks: dict[int, AskRow] = {}
        self._opposed: dict[str, frozenset[str]] = {}
        self._near: dict[str, dict[str, float]] = {}
        self._vectors: dict[str, bytes | None] = {}
        self._leanings: dict[str, bytes | None] = {}
        self._words: dict[str, tuple[frozenset[str], frozenset[str], int, bool | None, frozenset[str]]] = {}
        self._ways: dict[str, tuple[Way, ...]] = {}

    def phrases_of(self, role: str) -> dict[str, tuple[Phrase, ...]]:
        """Give all phrases of a role by their first stem; for roles of a few hundred phrases."""

        def read() -> dict[str, tuple[Phrase, ...]]:
            rows = self._rows(f"SELECT {_PHRASE_COLUMNS} FROM phrase WHERE role = ?", [role])  # noqa: S608
            return _phrases(rows)

        return self.remember(("phrases of", role), read)

    def phrases(self, heads: Iterable[str]) -> dict[str, tuple[Phrase, ...]]:
        """Give the phrases that begin with each of some stems."""
        wanted = dict.fromkeys(heads)
        absent = missing(wanted, self._phrases)
        if absent:
            found: dict[str, tuple[Phrase, ...]] = dict.fromkeys(absent, ())
            for start in range(0, len(absent), 500):
                part = absent[start : start + 500]
                marks = ",".join("?" * len(part))
                query = f"SELECT {_PHRASE_COLUMNS} FROM phrase WHERE head IN ({marks})"  # noqa: S608
                found.update(_phrases(self._rows(query, part)))
            self._phrases.update(found)
        return {head: self._phrases[head] for head in wanted if head in self._phrases}

    def phrases_held(self, stems: Iterable[str]) -> dict[str, tuple[Phrase, ...]]:
        """Give the phrases that begin with each of some stems and hold no others, in the order of ``phrases``."""
        present = dict.fromkeys(stems)
        return {head: self._held(head, phrases, present.keys()) for head, phrases in self.phrases(present).items()}

    def _held(self, head: str, phrases: tuple[Phrase, ...], present: AbstractSet[str]) -> tuple[Phrase, ...]:
        filed = self._filed.get(head)
        if filed is None:
            filed = self._filed[head] = _by_another(head, phrases)
        if len(filed) > len(present):
            found = [one for stem in present if stem in filed for one in filed[stem]]
        else:
            found = [one for stem, several in filed.items() if stem in present for one in several]
        return tuple(phrase for _, phrase in sorted(found) if phrase.needs <= present)

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
        absent = missing(wanted, self._features)
        if absent:
            self._features.update(dict.fromkeys(absent))
            marks = ",".join("?" * len(absent))
            rows = self._rows(
                f"SELECT feature, weight, asks FROM feature WHERE feature IN ({marks})",  # noqa: S608
                absent,
            )
            with decoding():
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
        absent = missing(wanted, self._near)
        if absent:
            self._near.update({word: {} for word in absent})
            marks = ",".join("?" * len(absent))
            rows = self._rows(f"SELECT word, near FROM near WHERE word IN ({marks})", absent)  # noqa: S608
            with decoding():
                for word, listed in rows:
                    pairs = (item.rpartition(":") for item in listed.split())
                    self._near[word] = {name: int(value) / 100 for name, _, value in pairs}
        return {word: self._near[word] for word in wanted}

    def opposed(self, words: Iterable[str]) -> dict[str, frozenset[str]]:
        """Give for each of some stems those that say the opposite."""
        wanted = dict.fromkeys(words)
        absent = missing(wanted, self._opposed)
        if absent:
            self._opposed.update(dict.fromkeys(absent, frozenset()))
            marks = ",".join("?" * len(absent))
            rows = self._rows(f"SELECT word, others FROM opposed WHERE word IN ({marks})", absent)  # noqa: S608
            with decoding():
                self._opposed.update({word: frozenset(others.split()) for word, others in rows})
        return {word: self._opposed[word] for word in wanted}

    def asks(self, numbers: Iterable[int]) -> dict[int, AskRow]:
        """Give wordings by their numbers; a number that none has is left out."""
        wanted = list(numbers)
        absent = missing(wanted, self._asks)
        if absent:
            marks = ",".join("?" * len(absent))
            rows = self._rows(f"SELECT no, {_ASK_COLUMNS} FROM ask WHERE no IN ({marks})", absent)  # noqa: S608
            with decoding():
                self._asks.update({number: _ask_row(row) for number, *row in rows})
        return {number: self._asks[number] for number in wanted if number in self._asks}

    def ask_weights(self) -> array[float]:
        """Give the weight of each wording by its number; the numbers begin at 0 and leave none out."""

        def unpack() -> array[float]:
            weights = array("d")
            rows = self._rows("SELECT weight FROM ask ORDER BY no")
            with decoding():
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
            with decoding():
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
        return self.remember(
            ("strengths",),
            lambda: {str(name): "more" if effect == "every" else str(effect) for name, effect in self._rows(query)},
        )

    def universals(self) -> frozenset[str]:
        """Give the words of strength that say of every case what is said ("always", "all")."""
        query = "SELECT DISTINCT id FROM phrase WHERE role = 'force' AND effect = 'every'"
        return self.remember(("universals",), lambda: frozenset(str(row[0]) for row in self._rows(query)))

    def general(self, text: str) -> bool:
        """Say whether a sentence says how things are, not only that they can or may be so."""
        query = "SELECT parts FROM phrase WHERE role = 'auxiliary' AND effect IN ('can', 'may')"
        maybes = self.remember(("maybes",), lambda: frozenset(str(row[0]) for row in self._rows(query)))
        return self.remember(("general", text), lambda: maybes.isdisjoint(stems_of(text).split()))

    def ways(self, keys: Iterable[str]) -> dict[str, tuple[Way, ...]]:
        """Give what each of some runs of words, as ``ideas.runs`` gives them, can say of the ideas of claims."""
        wanted = dict.fromkeys(keys)
        absent = missing(wanted, self._ways)
        if absent:
            found: dict[str, list[Way]] = {key: [] for key in absent}
            for start in range(0, len(absent), 500):
                part = absent[start : start + 500]
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
            with decoding():
                return {str(claim): bytes(vector) for claim, vector in rows}

        return self.remember(("centres",), read)

    def leanings(self, names: Iterable[str]) -> dict[str, Sequence[int]]:
        """Give for each of some features the vector that says which side it takes; one that has none is left out."""
        found = self._of_features("leaning", names, self._leanings)
        return {name: memoryview(vector).cast("b") for name, vector in found.items()}

    def _of_features(self, table: str, names: Iterable[str], kept: dict[str, bytes | None]) -> dict[str, bytes]:
        """Give the vectors that a table holds of some features, and keep them; one that has none is left out."""
        wanted = list(names)
        absent = missing(wanted, kept)
        if absent:
            kept.update(dict.fromkeys(absent))
            marks = ",".join("?" * len(absent))
            rows = self._rows(f"SELECT feature, vector FROM {table} WHERE feature IN ({marks})", absent)  # noqa: S608
            with decoding():
                kept.update({name: bytes(vector) for name, vector in rows})
        return {name: vector for name in wanted if (vector := kept.get(name))}

    def stance(self, claim: str) -> Sequence[float]:
        """Give which side a claim takes; nothing where the store does not know."""

        def read() -> Sequence[float]:
            rows = self._rows("SELECT vector FROM stance WHERE claim = ?", [claim])
            with decoding():
                return memoryview(bytes(rows[0][0])).cast("f") if rows else ()

        return self.remember(("stance", claim), read)

    def notice(self, entry: str) -> str:
        """Give the notice of a lexicon entry, empty when it has none."""
        rows = self._rows("SELECT text FROM notice WHERE id = ?", [entry])
        return str(rows[0][0]) if rows else ""


def _phrases(rows: Iterable[Sequence[Any]]) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, list[Phrase]] = {}
    with decoding():
        for head, parts, kind, key, role, effect in rows:
            cut = tuple(tuple(piece.split(" ")) for piece in parts.split(" ... "))
            needs = frozenset(stem for part in cut for stem in part)
            found.setdefault(head, []).append(Phrase(cut, Meaning(kind, key, role, effect), needs))
    return {head: tuple(phrases) for head, phrases in found.items()}


def _by_another(head: str, phrases: Iterable[Phrase]) -> dict[str, tuple[tuple[int, Phrase], ...]]:
    """File phrases of one head, each with its number, under another stem that they hold, or under the head.

    Hundreds begin with "is"; which of them a question may hold is found by its other words. The longest stem is taken
    for the rarest.
    """
    found: dict[str, list[tuple[int, Phrase]]] = {}
    for number, phrase in enumerate(phrases):
        other = max(phrase.needs - {head}, key=lambda stem: (len(stem), stem), default=head)
        found.setdefault(other, []).append((number, phrase))
    return {stem: tuple(several) for stem, several in found.items()}


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
