"""Tell which claims a text says or denies, by where the encoder sees it point (``answering.encoder``).

numpy is loaded only here and only when asked, since loading it takes longer than what the quick ways take in all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from drugfacts.language.plain import masked, plain
from drugfacts.model import Verdict
from drugfacts.rows import TEXTS

if TYPE_CHECKING:
    from collections.abc import Collection

    from drugfacts.answering.encoder import Network
    from drugfacts.language.question import Question
    from drugfacts.store import Store

# How sharply a text's claim is told from the others, as the encoder was fitted with.
SHARP = 20.0
# How the name of a relation ends where a text names its object before its subject.
TURNED = "<"
# How many relations a question is taken to point to.
_RELATIONS = 5
# What a text proposes that proposes no relation.
NONE = "none"

# What the verdicts that take a side come to.
TRUTHS = {Verdict.TRUE.value: 1, Verdict.MOSTLY_TRUE.value: 1, Verdict.MISLEADING.value: -1, Verdict.FALSE.value: -1}


class Table(NamedTuple):
    """The directions of claims, or of relations: for each a row where it is said, then one where it is denied.

    Attributes:
        names: their names, in the order of the rows.
        rows: an array of numbers, two rows a name.
        places: the number of each name.
        truths: of claims, for each row what a text that points there is: 1 true, -1 false, 0 neither.
    """

    names: list[str]
    rows: Any
    places: dict[str, int]
    truths: Any = None


class Pointed(NamedTuple):
    """Where a text points, measured against every claim.

    Attributes:
        table: the claims.
        cosines: for each row of the table how near the text points to it.
        shares: the same as shares that sum to 1.
    """

    table: Table
    cosines: Any
    shares: Any

    def best(self, count: int) -> list[tuple[str, bool]]:
        """Give the claims it points to most, the nearest first, each with whether it denies it."""
        order = self.shares.argsort()[::-1][:count]
        return [(self.table.names[row // 2], bool(row % 2)) for row in order.tolist() if self.shares[row] > 0]

    def evidence(self, claim: str, *, negated: bool) -> dict[str, float]:
        """Give what it says for and against a claim, in a sense; nothing for a claim it does not know."""
        place = self.table.places.get(claim)
        if place is None or self.shares[2 * place] + self.shares[2 * place + 1] == 0:
            return {}
        own, other = 2 * place + negated, 2 * place + (not negated)
        before, after = self.cosines[: 2 * place], self.cosines[2 * place + 2 :]
        rival = max(before.max(initial=-1.0), after.max(initial=-1.0))
        # Two claims that come to the same are no rivals: what counts is what would be answered otherwise.
        truth = self.table.truths[own]
        otherwise = self.table.truths != truth
        otherwise[[own, other]] = False
        told = {
            "with": self.shares[own] if truth == 0 else self.shares[self.table.truths == truth].sum(),
            "ahead": self.cosines[own] - self.cosines[otherwise].max(initial=-1.0),
            "share": self.shares[own],
            "claim": self.shares[own] + self.shares[other],
            "cosine": self.cosines[own],
            "turn": self.cosines[own] - self.cosines[other],
            "lead": self.cosines[own] - rival,
        }
        return {f"pointed {name}": round(float(value), 4) for name, value in told.items()}


def network_of(store: Store, key: str = TEXTS) -> Network | None:
    """Give an encoder of a store, ready to run; None where it has none."""
    record = store.encoder(key)
    if record is None:
        return None
    from drugfacts.answering.encoder import network

    return store.remember(("network", key), lambda: network(record, store.weights(key)))


def pointed(question: Question, store: Store, without: Collection[str] = ()) -> Pointed | None:
    """Measure where a question points.

    Args:
        question: the question, read.
        store: the store.
        without: claims to leave out, as training does.

    Returns:
        None where the store has no encoder, or no claims.
    """
    net = network_of(store)
    if net is None:
        return None
    from drugfacts.answering import encoder

    table = store.remember(("sides",), lambda: _with_truths(_table(store.sides()), store))
    if not table.names:
        return None
    cosines = table.rows @ encoder.pointing(encoder.hidden(plain(question), net), net)
    left = [2 * place + side for name in without if (place := table.places.get(name)) is not None for side in (0, 1)]
    cosines[left] = -1.0
    shares = _shares(cosines)
    shares[left] = 0.0
    return Pointed(table, cosines, shares)


def proposed(question: Question, store: Store) -> list[tuple[str, bool, bool, float]]:
    """Tell which relation a question proposes of what it names, whatever the drugs.

    Args:
        question: the question, read.
        store: the store.

    Returns:
        The likeliest relation first: its id, whether its object is named before its subject, whether the question
        denies it, and its share. Nothing where the store has no encoder.
    """
    net = network_of(store)
    record = store.encoder()
    if net is None or record is None:
        return []
    from base64 import b64decode

    from drugfacts.answering import encoder

    def read() -> Table:
        entries = [entry.split(" ") for entry in record.relations]
        return _table({name: b64decode(packed) for name, packed in entries})

    table = store.remember(("relation sides",), read)
    if not table.names:
        return []
    cosines = table.rows @ encoder.pointing(encoder.hidden(masked(question), net), net, "relation head")
    shares = _shares(cosines)
    found = []
    for row in shares.argsort()[::-1][:_RELATIONS].tolist():
        name = table.names[row // 2]
        found.append((name.removesuffix(TURNED), name.endswith(TURNED), bool(row % 2), round(float(shares[row]), 4)))
    return found


def _table(entries: dict[str, bytes]) -> Table:
    from drugfacts.answering.encoder import both_sides

    names = sorted(entries)
    return Table(names, both_sides([entries[name] for name in names]), {name: at for at, name in enumerate(names)})


def _with_truths(table: Table, store: Store) -> Table:
    from numpy import array

    verdicts = {row.id: row.verdict for row in store.claims()}
    signs = [TRUTHS.get(verdicts.get(name, ""), 0) for name in table.names]
    return table._replace(truths=array([sign * side for sign in signs for side in (1, -1)], "int8"))


def _shares(cosines: Any) -> Any:
    from numpy import exp

    raised = exp(SHARP * (cosines - cosines.max()))
    return raised / raised.sum()
