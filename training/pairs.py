"""The pairs of a text and a statement that the verifier is fitted to (``training/verifier.py``), and how they are mixed.

There are four pools: what strangers asked beside the claims and sentences of records that readers (``judgements.py``)
took it to say or deny; the same texts beside those that they took it to do neither of; the wordings of claims and the
paraphrases, each beside its own claim and beside a claim that the encoder takes to be near, and near misses beside the
claim they miss; and the texts of relations beside the sentence that their relation makes of subject and object, or that
another relation makes. Each pool has its share of what is shown, however large it is (``SHARES``): judgements are few
and tell most.

For a claim stands its statement or a wording of it, mostly the one likest to the text: so are they read
(``answering.assure``), and a wording that only sounds like the text must not be taken for what it says.
"""

from __future__ import annotations

import random
from collections import Counter
from hashlib import md5
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from judgements import Judgement, fitted, judgements
from paraphrases import paraphrases, relation_texts, taught

from drugfacts.answering.derive import proposition
from drugfacts.answering.pieces import pieces
from drugfacts.answering.wording import sentence
from drugfacts.language.plain import plain
from drugfacts.language.read import read

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence

    from drugfacts.store import Store

Item = TypeVar("Item")
SAYS, DENIES, NEITHER = 0, 1, 2
# Which share of the pairs that are shown each pool has.
SHARES = {"judged": 0.36, "judged neither": 0.22, "texts": 0.38, "relations": 0.04}
# Which part of the texts on claims is drawn from the new ones, where some are new.
NEW = 0.35
# How often a wording stands for the statement of its claim, how often that is the likest one, and how often a near miss
# stands beside another claim.
REWORDED, LIKEST, MISS_ELSEWHERE = 0.5, 0.7, 0.3
# How many times a text is shown beside its claim that was written to sound like it and be another matter, and how many
# times others are.
CONTRASTED = 3
# How fast nearer claims are drawn more often than those that are less near.
NEARER = 0.35


class Pair(NamedTuple):
    """A text and a statement, as pieces, and what the text says of it."""

    text: list[int]
    statement: list[int]
    label: int


class Beside(NamedTuple):
    """A text beside a claim, and what readers took it to say of that."""

    text: list[int]
    claim: str
    label: int


class Said(NamedTuple):
    """A text with its claim (empty where it is none), its side, its kind as the encoder has it, and how often it is shown."""

    pieces: list[int]
    claim: str
    negated: bool
    kind: str
    times: int = 1


class Shown:
    """All that pairs are made of: the texts, and for each claim its statement and wordings, as pieces."""

    def __init__(
        self,
        store: Store,
        connection: sqlite3.Connection,
        known: dict[str, int],
        words: dict[str, Sequence[str]],
        kept_back: Callable[[str], bool],
    ) -> None:
        """Cut every text into pieces.

        Args:
            store: what texts are read with.
            connection: the database of the store.
            known: the numbers of the pieces.
            words: the words of texts that were read before; those that are read now are put there.
            kept_back: tells of a claim whether it is not taught.
        """
        self.statements: dict[str, list[int]] = {}
        self.wordings: dict[str, list[tuple[list[int], bool]]] = {}
        self.teach: list[Said] = []
        self.others: list[Said] = []
        self.relations: list[Pair] = []
        self.more: list[tuple[Pair, str]] = []
        self.judged: list[Beside | Pair] = []
        self.judged_neither: list[Beside | Pair] = []
        self.seen: Counter[int] = Counter()

        def cut(text: str) -> list[int]:
            if text not in words:
                words[text] = plain(read(text, store))
            return pieces(words[text], known)

        for claim in store.ids("claims"):
            self.statements[claim] = cut(store.claim(claim).statement)
        asked = connection.execute("SELECT claim, negated, miss, text FROM ask ORDER BY no").fetchall()
        for claim, negated, miss, text in asked:
            one = Said(cut(text), claim, bool(negated), "miss" if miss else "wording")
            (self.others if kept_back(claim) else self.teach).append(one)
            if not miss:
                self.wordings.setdefault(claim, []).append((one.pieces, one.negated))
                self.seen.update(set(one.pieces))
        for row in paraphrases(set(store.ids("claims"))):
            kind = "miss" if row.miss else "none" if not row.claim else "hard" if row.hard else "paraphrase"
            one = Said(cut(row.text), row.claim, row.negated, kind, CONTRASTED if row.contrast else 1)
            own = taught(row.text) and not (row.claim and kept_back(row.claim))
            (self.teach if own else self.others).append(one)
        for told in relation_texts():
            shown = list(_relation_pairs(told, store, cut))
            teach = md5(told.text.encode(), usedforsecurity=False).digest()[0] % 5
            if teach:
                self.relations += shown
            else:
                self.more += [(pair, "relations") for pair in shown]
        for given in judgements(set(self.statements)):
            for one, kind in _judged_pairs(given, store, cut):
                if not fitted(given):
                    self.more += self._told(one, kind)
                elif isinstance(one, Pair) or not kept_back(one.claim):
                    (self.judged_neither if one.label == NEITHER else self.judged).append(one)

    def _told(self, one: Beside | Pair, kind: str) -> Iterator[tuple[Pair, str]]:
        """Give what readers said as pairs to try: beside the statement, and beside the likest wording."""
        if isinstance(one, Pair):
            yield one, kind
            return
        yield Pair(one.text, self.statements[one.claim], one.label), kind
        if wording := self.likest(one.text, one.claim):
            yield Pair(one.text, wording[0], _turned(one.label, turned=wording[1])), f"{kind}, wording"

    def likest(self, text: list[int], claim: str) -> tuple[list[int], bool] | None:
        """Give the wording of a claim that has most in common with a text, but for the text itself, rare pieces first.

        Returns:
            The wording and whether it denies the claim; None where the claim has no other.
        """
        own = {one: 1 / (1 + self.seen[one]) ** 0.5 for one in text}
        best, most = None, -1.0
        for wording, negated in self.wordings.get(claim, ()):
            every = set(wording)
            either = sum(own.values()) + sum(1 / (1 + self.seen[one]) ** 0.5 for one in every if one not in own)
            alike = sum(own[one] for one in every if one in own) / either
            if alike > most and wording != text:
                best, most = (wording, negated), alike
        return best


def _turned(label: int, *, turned: bool) -> int:
    """Give what a text says of the opposite of a statement, from what it says of that."""
    return {SAYS: DENIES, DENIES: SAYS}.get(label, label) if turned else label


def _judged_pairs(
    given: Judgement, store: Store, cut: Callable[[str], list[int]]
) -> Iterator[tuple[Beside | Pair, str]]:
    """Give the pairs that a judgement makes, each with its kind."""
    text = cut(given.text)
    for claims, label in ((given.says, SAYS), (given.denies, DENIES), (given.neither, NEITHER)):
        for claim in sorted(claims):
            yield Beside(text, claim, label), "strangers, neither" if label == NEITHER else "strangers"
    for (subject, relation, object_), side in given.records.items():
        label = NEITHER if side is None else SAYS if side else DENIES
        kind = "strangers, records, neither" if label == NEITHER else "strangers, records"
        if statement := proposition(relation, subject, object_, store):
            yield Pair(text, cut(statement), label), kind


def _relation_pairs(row: Any, store: Store, cut: Callable[[str], list[int]]) -> Iterator[Pair]:
    """Give the pairs that a text of a relation makes: with its own sentence, and with one of another relation."""
    chance = random.Random(row.text)
    relation = store.relation(row.relation)
    subject = _named(row.subject, store)
    object_ = _named(row.object, store) if row.object else None
    if relation is None or subject is None or (row.object and object_ is None):
        return
    text = cut(row.text)

    def told(one: Any, first: Any, second: Any) -> list[int]:
        return cut(sentence(one.yes, one, first, second))

    try:
        own = told(relation, subject, object_)
    except (KeyError, AttributeError):
        return
    yield Pair(text, own, NEITHER if row.miss else DENIES if row.negated else SAYS)
    near = {row.relation, *store.siblings(row.relation)}
    others = [
        one
        for one in (store.relation(name) for name in store.ids("relations"))
        if one
        and one.id not in near
        and bool(one.object_kinds) == bool(relation.object_kinds)
        and (object_ is None or set(one.object_kinds) & set(relation.object_kinds))
    ]
    if others:
        yield Pair(text, told(chance.choice(others), subject, object_), NEITHER)


def _named(name: str, store: Store) -> Any:
    """Give the record that a name is of, if there is one."""
    found = list(read(name, store, trusting=True).mentions)
    return (store.profile(found[0].id) or store.term(found[0].id)) if len(found) == 1 else None


def mixed(
    shown: Shown, near: Sequence[Sequence[str]], chance: random.Random, number: int, new: int = 0
) -> Iterator[list[Pair]]:
    """Give pairs without end, some at a time, of each pool its share.

    Args:
        shown: what there is.
        near: the claims near each text to teach, the nearest first.
        chance: what is drawn with.
        number: how many are given at a time (about: a text makes up to two).
        new: how many of the texts to teach, counted from the last, are new and have a part of their own.
    """
    every = [[(one, others)] * one.times for one, others in zip(shown.teach, near, strict=True)]
    since = len(every) - new
    old, fresh = (_drawn([one for many in part for one in many], chance) for part in (every[:since], every[since:]))
    judged, neither = _drawn(shown.judged, chance), _drawn(shown.judged_neither, chance)
    relations = _drawn(shown.relations, chance)
    while True:
        made = [
            *(_shown(one, shown, chance) for one in islice(judged, int(number * SHARES["judged"]))),
            *(_shown(one, shown, chance) for one in islice(neither, int(number * SHARES["judged neither"]))),
            *islice(relations, int(number * SHARES["relations"])),
        ]
        while len(made) < number:
            said = next(fresh if new and chance.random() < NEW else old)
            made += _beside(*said, shown, chance)
        yield made


def texts_share(shown: Shown) -> float:
    """Give how many pairs are shown until every text on a claim was."""
    return sum(2 * one.times for one in shown.teach) / SHARES["texts"]


def _drawn(items: Sequence[Item], chance: random.Random) -> Iterator[Item]:
    """Give the items in a random order, without end: each once before any comes again."""
    order = list(items)
    while order:
        chance.shuffle(order)
        yield from order


def _beside(one: Said, others: Sequence[str], shown: Shown, chance: random.Random) -> list[Pair]:
    """Give a text beside its own claim, where it has one, and beside another that is near."""
    made = []
    if one.claim:
        label = NEITHER if one.kind == "miss" else DENIES if one.negated else SAYS
        made.append(_shown(Beside(one.pieces, one.claim, label), shown, chance))
    if others and (one.kind != "miss" or chance.random() < MISS_ELSEWHERE):
        other = others[min(int(chance.expovariate(NEARER)), len(others) - 1)]
        made.append(_shown(Beside(one.pieces, other, NEITHER), shown, chance))
    return made


def _shown(one: Beside | Pair, shown: Shown, chance: random.Random) -> Pair:
    """Put for a claim its statement or a wording of it."""
    if isinstance(one, Pair):
        return one
    wording = None
    if chance.random() < REWORDED:
        drawn = chance.random() >= LIKEST and shown.wordings.get(one.claim)
        wording = chance.choice(drawn) if drawn else shown.likest(one.text, one.claim)
    statement, turned = wording or (shown.statements[one.claim], False)
    return Pair(one.text, statement, _turned(one.label, turned=turned))
