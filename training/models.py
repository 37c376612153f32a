"""Fit the models that weigh whether a question is a claim: ``python training/models.py``.

Three logistic models are fitted with scikit-learn:

- ``wording``: is the likest wording one of the question's claim? A wording is asked with itself taken out of the store,
  and again with all wordings of its claim taken out; every near miss (``not_asks``) is asked as it is.
- ``ideas``: is a claim whose ideas the question holds the question's claim, and said the right way round?
- ``meaning``: is one of the claims nearest in meaning the question's claim, and said the right way round?

The last two are asked with wordings (each taken out), near misses, and the paraphrases of ``training/paraphrases.jsonl``:
what second readers wrote to try the claims with, without adding it to them, and what must lead to none of them.

Only what the gates let pass is evidence. Wordings of one claim are kept in one fold of the cross-validation. It needs
the extra ``train``; nothing of it is needed to answer.
"""

from __future__ import annotations

import json
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
from drugfacts.answering.meaning import meant
from drugfacts.answering.pointing import direction, nearness
from drugfacts.authoring.compile import compile_library
from drugfacts.authoring.load import Library, load
from drugfacts.language.read import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drugfacts.store import Store

ROOT = Path(__file__).parents[1]
PARAPHRASES = Path(__file__).parent / "paraphrases.jsonl"
HEAD = """\
# yaml-language-server: $schema=../schemas/model.json
id: {name}
made_by: training/models.py
weights:
"""
# One wording in so many is asked: they are many, and much alike.
STEP = 4
# What a sample counts: a stranger's wording most, a near miss, made to be as near as can be, least.
WEIGHTS = {"paraphrase": 2.0, "wording": 1.0, "other": 1.0, "near miss": 0.2}


class Sample(NamedTuple):
    """Evidence, whether the claim it speaks of was the one asked about, the claim whose wording was asked, its kind."""

    evidence: dict[str, float]
    right: bool
    group: str
    kind: str


class Asked(NamedTuple):
    """A text to ask: the claim it is (or must miss), whether it says the opposite, its kind and, of a wording, number."""

    text: str
    claim: str
    negated: bool
    kind: str
    number: int = -1


class Corpus(NamedTuple):
    """The store, the numbers of each claim's wordings, what of its wordings and near misses is asked, the paraphrases."""

    store: Store
    numbers: dict[str, set[int]]
    asks: list[Asked]
    misses: list[Asked]
    paraphrases: list[Asked]

    def others(self, claim: str, text: str) -> frozenset[str]:
        """Give the vocabulary of a claim without one of its wordings."""
        rows = [row for row in self.store.wordings(claim) if row.text != text]
        ways = set(self.store.way_words(claim))
        return frozenset(ways.union(*(row.content for row in rows)))


def corpus(library: Library) -> Corpus:
    """Compile a library and list what is asked."""
    connection = sqlite3.connect(":memory:")
    store = compile_library(library, connection)
    rows = connection.execute("SELECT text, claim, negated, miss, no FROM ask ORDER BY no").fetchall()
    every = [
        Asked(text, claim, bool(negated), "near miss" if miss else "wording", no)
        for text, claim, negated, miss, no in rows
    ]
    known, ids = {one.text for one in every}, set(store.ids("claims"))
    paraphrases = []
    for line in PARAPHRASES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["text"] not in known and (row["claim"] is None or row["claim"] in ids):
            kind = "paraphrase" if row["claim"] else "other"
            paraphrases.append(Asked(row["text"], row["claim"] or "", bool(row.get("negated")), kind))
    numbers: dict[str, set[int]] = {}
    for one in every:
        if one.kind == "wording":
            numbers.setdefault(one.claim, set()).add(one.number)
    return Corpus(
        store,
        numbers,
        [one for one in every if one.kind == "wording"][::STEP],
        [one for one in every if one.kind == "near miss"][::STEP],
        paraphrases,
    )


def wording_samples(held: Corpus) -> Iterator[Sample]:
    """Give the evidence for the model ``wording``."""
    for one in held.asks:
        for without in ({one.number}, held.numbers[one.claim]):
            judged = _likest(one, without, held)
            if judged:
                yield Sample(judged[1], judged[0] == one.claim, one.claim, one.kind)
    for one in held.misses:
        judged = _likest(one, {one.number}, held)
        if judged and judged[0] == one.claim:
            yield Sample(judged[1], right=False, group=one.claim, kind="wording")


def _likest(one: Asked, without: set[int], held: Corpus) -> tuple[str, dict[str, float]] | None:
    question = read(one.text, held.store)
    ranked = alike(question.content, held.store, without)
    best = next((found for found in ranked if not refusal(question, found.row, held.store)), None)
    if best is None:
        return None
    claim = best.row.claim
    speaks = evidence(question.content, best, ranked, held.store, held.others(one.claim, one.text))
    pointing = direction(question.content, held.store)
    return claim, speaks | nearness(pointing, claim, ranked, held.store, (one.text,))


def samples(held: Corpus) -> tuple[list[Sample], list[Sample]]:
    """Give the evidence for the models ``ideas`` and ``meaning``."""
    ideas, meaning = [], []
    for one in (*held.asks, *held.misses, *held.paraphrases):
        own = one.kind == "wording"
        question = read(one.text, held.store)
        ranked = alike(question.content, held.store, {one.number} if own else ())
        spoken = {one.claim: held.others(one.claim, one.text)} if own else {}
        without = (one.text,) if own else ()
        ideas += [
            _sample(one, found.evidence, found.held.claim, negated=found.negated)
            for found in grasp(question, ranked, held.store, spoken, without)
            if not found.refused and (one.kind != "near miss" or found.held.claim == one.claim)
        ]
        meaning += [
            _sample(one, near.evidence, near.claim, negated=near.negated)
            for near in meant(question, ranked, held.store, without, spoken)
            if not near.refused and (one.kind != "near miss" or near.claim == one.claim)
        ]
    return ideas, meaning


def _sample(one: Asked, speaks: dict[str, float], claim: str, *, negated: bool) -> Sample:
    right = one.kind in ("wording", "paraphrase") and claim == one.claim and negated == one.negated
    return Sample(speaks, right, one.claim or one.text, one.kind)


def fit(name: str, every: list[Sample]) -> None:
    """Fit a model, print what it reaches in cross-validation, and write it."""
    names = list(every[0].evidence)
    data = np.array([[one.evidence[key] for key in names] for one in every])
    labels = np.array([one.right for one in every])
    groups = [one.group for one in every]
    weights = np.array([WEIGHTS[one.kind] for one in every])
    model = LogisticRegression(C=3, max_iter=5000)
    scores = cross_val_predict(
        model,
        data,
        labels,
        cv=GroupKFold(5),
        groups=groups,
        method="predict_proba",
        params={"sample_weight": weights},
    )[:, 1]
    print(f"{name}: {len(labels)} samples, {labels.sum()} of them right")
    for least in (0.5, 0.7, 0.8, 0.9, 0.95):
        chosen = scores >= least
        of_kind = {
            kind: f"{labels[mine].mean():.3f} of {mine.sum()}"
            for kind in WEIGHTS
            if (mine := chosen & np.array([one.kind == kind for one in every])).any()
        }
        print(f"  from {least}: {labels[chosen].sum() / labels.sum():.3f} found; right: {of_kind}")
    model.fit(data, labels, sample_weight=weights)
    fitted = {"bias": model.intercept_[0], **dict(zip(names, model.coef_[0], strict=True))}
    lines = "".join(f"  {key}: {value:.4f}\n" for key, value in fitted.items())
    path = ROOT / "facts" / "models" / f"{name}.yaml"
    path.write_text(HEAD.format(name=name) + lines, encoding="ascii")


def main() -> None:
    """Fit the models on the facts of this checkout."""
    library, problems = load([ROOT / "facts"])
    print(f"{len(problems)} faults in the facts", file=sys.stderr)
    held = corpus(library)
    ideas, meaning = samples(held)
    fit("ideas", ideas)
    fit("meaning", meaning)
    fit("wording", list(wording_samples(held)))


if __name__ == "__main__":
    main()
