"""Fit the models that weigh whether a question is a claim: ``python training/models.py``.

Two logistic models are fitted with scikit-learn, on nothing but the store's own wordings:

- ``wording``: is the likest wording one of the question's claim? Every wording is asked with itself taken out of the
  store, and again with all wordings of its claim taken out; every near miss (``not_asks``) is asked as it is.
- ``ideas``: is a claim whose ideas the question holds the question's claim? Every wording is asked with itself taken
  out; each claim whose ideas it holds is evidence, for its own claim, against every other, and for a near miss against
  the claim that it must miss.

Only what the gates let pass is evidence. Wordings of one claim are kept in one fold of the cross-validation. It needs
the extra ``train``; nothing of it is needed to answer.
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.model_selection import GroupKFold, cross_val_predict  # type: ignore[import-untyped]

from drugfacts.answering.concepts import grasp
from drugfacts.answering.likeness import alike, evidence
from drugfacts.answering.match import refusal
from drugfacts.authoring.compile import compile_library
from drugfacts.authoring.load import Library, load
from drugfacts.language.read import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drugfacts.store import Store

ROOT = Path(__file__).parents[1]
HEAD = """\
# yaml-language-server: $schema=../schemas/model.json
id: {name}
made_by: training/models.py
weights:
"""


class Sample(NamedTuple):
    """Evidence, whether the claim it speaks of was the one asked about, and the claim whose wording was asked."""

    evidence: dict[str, float]
    right: bool
    group: str


class Corpus(NamedTuple):
    """The store, its wordings and its near misses, each as number, claim and text."""

    store: Store
    asks: list[tuple[int, str, str]]
    misses: list[tuple[int, str, str]]

    def others(self, claim: str, text: str) -> frozenset[str]:
        """Give the vocabulary of a claim without one of its wordings."""
        rows = [row for row in self.store.wordings(claim) if row.text != text]
        ways = set(self.store.way_words(claim))
        return frozenset(ways.union(*(row.content for row in rows)))


def corpus(library: Library) -> Corpus:
    """Compile a library and list its wordings."""
    connection = sqlite3.connect(":memory:")
    store = compile_library(library, connection)
    asks = connection.execute("SELECT no, claim, text FROM ask WHERE miss = 0").fetchall()
    misses = connection.execute("SELECT no, claim, text FROM ask WHERE miss = 1").fetchall()
    return Corpus(store, asks, misses)


def wording_samples(held: Corpus) -> Iterator[Sample]:
    """Give the evidence for the model ``wording``."""
    numbers: dict[str, set[int]] = {}
    for number, claim, _text in held.asks:
        numbers.setdefault(claim, set()).add(number)
    for number, claim, text in held.asks:
        for without in ({number}, numbers[claim]):
            judged = _likest(text, without, held)
            if judged:
                yield Sample(judged[1], judged[0] == claim, claim)
    for number, claim, text in held.misses:
        judged = _likest(text, {number}, held)
        if judged and judged[0] == claim:
            yield Sample(judged[1], right=False, group=claim)


def _likest(text: str, without: set[int], held: Corpus) -> tuple[str, dict[str, float]] | None:
    question = read(text, held.store)
    ranked = alike(question.content, held.store, without)
    best = next((one for one in ranked if not refusal(question, one.row, held.store)), None)
    if best is None:
        return None
    claim = best.row.claim
    return claim, evidence(question.content, best, ranked, held.store, held.others(claim, text))


def idea_samples(held: Corpus) -> Iterator[Sample]:
    """Give the evidence for the model ``ideas``."""
    for number, claim, text in held.asks:
        question = read(text, held.store)
        ranked = alike(question.content, held.store, {number})
        for one in grasp(question, ranked, held.store, {claim: held.others(claim, text)}):
            if not one.refused:
                yield Sample(one.evidence, one.held.claim == claim, claim)
    for _number, claim, text in held.misses:
        question = read(text, held.store)
        for one in grasp(question, alike(question.content, held.store), held.store):
            if not one.refused and one.held.claim == claim:
                yield Sample(one.evidence, right=False, group=claim)


def fit(name: str, samples: list[Sample]) -> None:
    """Fit a model, print what it reaches in cross-validation, and write it."""
    names = list(samples[0].evidence)
    data = np.array([[one.evidence[key] for key in names] for one in samples])
    labels = np.array([one.right for one in samples])
    groups = [one.group for one in samples]
    model = LogisticRegression(C=3, max_iter=5000)
    scores = cross_val_predict(model, data, labels, cv=GroupKFold(5), groups=groups, method="predict_proba")[:, 1]
    print(f"{name}: {len(labels)} samples, {labels.sum()} of them right")
    for least in (0.5, 0.7, 0.8, 0.9, 0.95):
        chosen = scores >= least
        print(f"  from {least}: {labels[chosen].mean():.3f} right, {labels[chosen].sum() / labels.sum():.3f} found")
    model.fit(data, labels)
    weights = {"bias": model.intercept_[0], **dict(zip(names, model.coef_[0], strict=True))}
    lines = "".join(f"  {key}: {value:.4f}\n" for key, value in weights.items())
    path = ROOT / "facts" / "models" / f"{name}.yaml"
    path.write_text(HEAD.format(name=name) + lines, encoding="ascii")


def main() -> None:
    """Fit both models on the facts of this checkout."""
    library, problems = load([ROOT / "facts"])
    print(f"{len(problems)} faults in the facts", file=sys.stderr)
    held = corpus(library)
    fit("wording", list(wording_samples(held)))
    fit("ideas", list(idea_samples(held)))


if __name__ == "__main__":
    main()
