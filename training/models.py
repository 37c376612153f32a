"""Fit the model that weighs whether a question is a claim: ``python training/models.py``.

One logistic model weighs all that speaks for and against a claim
(``drugfacts.answering.candidates``): is it the question's claim, and said the right way round? Asked are

- wordings of the claims, each taken out of the store while it is asked,
- the same wordings as if the store did not hold their claim at all: whatever is found then is wrong,
- near misses (``not_asks``), and
- the paraphrases of ``training/paraphrases.jsonl``: what second readers wrote to try the claims with, without adding it
  to them, and what must lead to none of them.

Only what the gates let pass is evidence. Wordings of one claim are kept in one fold of the cross-validation. It needs
the extra ``train``; nothing of it is needed to answer.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]

from drugfacts.answering.candidates import LeftOut, gather
from drugfacts.answering.likeness import alike
from drugfacts.authoring.compile import compile_library
from drugfacts.authoring.load import Library, load
from drugfacts.language.read import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from drugfacts.store import Store

Data: TypeAlias = "NDArray[np.float64]"
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
WEIGHTS = {"paraphrase": 2.0, "wording": 1.0, "unheld": 1.0, "other": 1.0, "near miss": 0.2}

# What can only speak for a claim, and what only against it, by the last word of its name. The samples are the authors'
# and second readers' words; strangers' differ more, and a weight that is there by chance would lead astray with them.
FOR = {"score", "strict", "lead", "agreeing", "share", "likeness", "covered", "nearest", "third", "nearer", "best"}
FOR |= {"centre", "meaning ideas", "whole", "subject"}
AGAINST = {"disputed", "rivals", "rival", "unexplained", "worst_unexplained", "missing", "worst_missing", "marks"}
AGAINST |= {"left", "worst", "words", "outdone", "general", "forces", "conditions", "turns", "cues", "meaning names"}
AGAINST |= {"parity", "residue", "refused"}
# The strength of the ridge that keeps weights small, and the folds of the cross-validation.
RIDGE, FOLDS = 1.0, 5


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


def samples(held: Corpus) -> Iterator[Sample]:
    """Give the evidence for and against each claim that each asked text may be."""
    for one in (*held.asks, *held.misses, *held.paraphrases):
        question = read(one.text, held.store)
        own = one.kind == "wording"
        ranked = alike(question.content, held.store, {one.number} if own else ())
        left = LeftOut((one.text,), {one.claim: held.others(one.claim, one.text)}) if own else LeftOut()
        for found in gather(question, ranked, held.store, left)[0]:
            if one.kind != "near miss" or found.claim == one.claim:
                right = own or one.kind == "paraphrase"
                right = right and (found.claim, found.negated) == (one.claim, one.negated)
                yield Sample(found.evidence, right, one.claim or one.text, one.kind)
        if own:
            # The same as if the store did not hold the claim: whatever is found then is wrong.
            ranked = alike(question.content, held.store, held.numbers[one.claim])
            for found in gather(question, ranked, held.store)[0]:
                if found.claim != one.claim:
                    yield Sample(found.evidence, right=False, group=one.claim, kind="unheld")


def logistic(data: Data, labels: Data, weights: Data, bounds: list[tuple[float | None, float | None]]) -> Data:
    """Fit a logistic model with a ridge, whose weights keep to bounds, by L-BFGS-B.

    Args:
        data: a row a sample, a column a number.
        labels: whether each sample is right.
        weights: how much each sample counts.
        bounds: the least and the largest weight of each column; None for no bound.

    Returns:
        The bias and the weights.
    """
    signs = np.where(labels, 1.0, -1.0)

    def loss(values: Data) -> tuple[float, Data]:
        margin = signs * (data @ values[1:] + values[0])
        slope = -signs * weights / (1 + np.exp(margin))
        value = (weights * np.logaddexp(0, -margin)).sum() + RIDGE * (values[1:] ** 2).sum() / 2
        return value, np.concatenate([[slope.sum()], data.T @ slope + RIDGE * values[1:]])

    start = np.zeros(data.shape[1] + 1)
    found: Data = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(None, None), *bounds]).x
    return found


def _bounds(name: str) -> tuple[float | None, float | None]:
    last = name.rpartition(" ")[2]
    if name in FOR or last in FOR:
        return (0.0, None)
    return (None, 0.0) if name in AGAINST or last in AGAINST else (None, None)


def fit(name: str, every: list[Sample]) -> None:
    """Fit a model, print what it reaches in cross-validation, and write it."""
    names = list(dict.fromkeys(key for one in every for key in one.evidence))
    data = np.array([[one.evidence.get(key, 0.0) for key in names] for one in every])
    labels = np.array([one.right for one in every])
    groups = [one.group for one in every]
    kinds = np.array([one.kind for one in every])
    weights = np.array([WEIGHTS[one.kind] for one in every])
    scale = data.std(axis=0)
    names, data = [key for key, wide in zip(names, scale, strict=True) if wide], data[:, scale > 0]
    scale = scale[scale > 0]
    data = data / scale
    bounds = [_bounds(key) for key in names]
    folds = np.array([number % FOLDS for number in np.unique(groups, return_inverse=True)[1]])
    scores = np.zeros(len(labels))
    for fold in range(FOLDS):
        other, own = folds != fold, folds == fold
        found = logistic(data[other], labels[other], weights[other], bounds)
        scores[own] = 1 / (1 + np.exp(-(data[own] @ found[1:] + found[0])))
    print(f"{name}: {len(labels)} samples, {labels.sum()} of them right")
    for least in (0.5, 0.7, 0.8, 0.85, 0.9, 0.95):
        chosen = scores >= least
        of_kind = {
            kind: f"{labels[mine].mean():.3f} of {mine.sum()}"
            for kind in WEIGHTS
            if (mine := chosen & (kinds == kind)).any()
        }
        print(f"  from {least}: {labels[chosen].sum() / labels.sum():.3f} found; right: {of_kind}")
    bias, *rest = logistic(data, labels, weights, bounds)
    fitted = {"bias": bias, **dict(zip(names, np.array(rest) / scale, strict=True))}
    lines = "".join(f"  {key}: {value:.4f}\n" for key, value in fitted.items())
    path = ROOT / "facts" / "models" / f"{name}.yaml"
    path.write_text(HEAD.format(name=name) + lines, encoding="ascii")


def main() -> None:
    """Fit the models on the facts of this checkout."""
    library, problems = load([ROOT / "facts"])
    print(f"{len(problems)} faults in the facts", file=sys.stderr)
    held = corpus(library)
    fit("answer", list(samples(held)))


if __name__ == "__main__":
    main()
