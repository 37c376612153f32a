"""The compiled store: a read-only SQLite file, read a few rows at a time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

from drugfacts.database import decoding
from drugfacts.errors import StoreError, UnknownNameError
from drugfacts.model import (
    Claim,
    DrugClass,
    Encoder,
    Field,
    Method,
    Model,
    Region,
    Relation,
    Source,
    Substance,
    Term,
    Verdict,
)
from drugfacts.records import from_data
from drugfacts.rows import TEXTS, ClaimRow, WeightsRow
from drugfacts.wordstore import WordStore

if TYPE_CHECKING:
    import sqlite3

R = TypeVar("R")
Profile = Substance | DrugClass


class Store(WordStore):
    """An open store: its records, and what its words mean (``wordstore``)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take an open connection to a compiled store."""
        super().__init__(connection)
        self._records: dict[tuple[str, str], Any] = {}
        self._verdicts: dict[str, Verdict] = {}

    def _record(self, record: type[R], folder: str, key: str) -> R | None:
        slot = (folder, key)
        if slot not in self._records:
            rows = self._rows("SELECT data FROM record WHERE folder = ? AND id = ?", slot)
            with decoding():
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

    def encoder(self, key: str = TEXTS) -> Encoder | None:
        """Give an encoder, or None where the facts hold none; ``weights`` and ``sides`` give its numbers."""
        return self._record(Encoder, "encoders", key)

    def weights(self, encoder: str = TEXTS) -> dict[str, WeightsRow]:
        """Give the tables of an encoder's numbers by name."""
        query = "SELECT name, rows, columns, numbers FROM weights WHERE encoder = ? ORDER BY name"
        rows = self._rows(query, [encoder])
        with decoding():
            return {str(name): WeightsRow(int(high), int(wide), bytes(numbers)) for name, high, wide, numbers in rows}

    def sides(self) -> dict[str, bytes]:
        """Give for each claim where texts point that say it, and that deny it, as the encoder sees them."""
        rows = self._rows("SELECT claim, vector FROM side ORDER BY claim")
        with decoding():
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
        with decoding():
            return self.remember(("statement", claim), lambda: str(self._rows(query, [claim])[0][0]))

    def verdict(self, claim: str) -> Verdict:
        """Give the verdict of a claim without reading the rest of it."""
        found = self._verdicts.get(claim)
        if found is None:
            with decoding():
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

    def claims_proposing(self, subject: str, relation: str, object_: str) -> list[tuple[str, str]]:
        """Give id and force of the reviewed claims with a proposition."""
        query = "SELECT claim, force FROM proposition WHERE subject = ? AND relation = ? AND object = ?"
        wanted = (subject, relation, object_)
        return self.remember(("proposing", *wanted), lambda: self._rows(query, wanted))

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
