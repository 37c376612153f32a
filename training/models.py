"""Grow the trees that weigh whether a question is a claim: ``python training/models.py``.

Boosted trees weigh all that speaks for and against a claim (``drugfacts.answering.candidates``): is it the question's
claim, and said the right way round? Asked are

- wordings of claims, each taken out of the store while it is asked,
- wordings and paraphrases as if the store did not hold their claim at all,
- near misses (``not_asks``), and
- the paraphrases of ``training/paraphrases.jsonl``, written without a look at the claims' wordings, and near misses
  of the same origin.

A claim that is found in place of the one asked about, and says the same of what is true, may well be as right; it is
left out. Wordings, and what is asked as if its claim were not held, are those of claims that the encoder of the first
stage was not taught (``training/encoder.py``; it leaves that encoder in ``build``): how it takes what it knows by heart
would teach nothing. Only what the gates let pass is evidence. Texts of one claim are kept in one fold of the cross-validation. The
trees are those of scikit-learn's histogram gradient boosting, with evidence that can only speak for a claim, or only
against it, held to that. It needs the extra ``train``; nothing of it is needed to answer.
"""

from __future__ import annotations

import sys
from multiprocessing import Pool
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from paraphrases import held, paraphrases, taught
from sklearn.ensemble import HistGradientBoostingClassifier  # type: ignore[import-not-found]

from drugfacts.answering.candidates import LeftOut, gather
from drugfacts.answering.likeness import alike
from drugfacts.answering.sides import TRUTHS
from drugfacts.answering.stance import stance
from drugfacts.authoring.build import write_store
from drugfacts.authoring.load import load
from drugfacts.language.read import read
from drugfacts.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
HEAD = """\
# yaml-language-server: $schema=../schemas/model.json
id: {name}
made_by: training/{script}.py
"""
# Where the encoder of the first stage is.
FIRST = ROOT / "build" / "first"
# One near miss in so many is asked, and of the few claims whose wordings are asked every one.
STEP = 8
# What a sample counts: a stranger's wording most; one made to be hard, or a near miss, made to be near, less.
WEIGHTS = {"paraphrase": 2.0, "hard": 1.0, "wording": 0.5, "unheld": 1.0, "other": 1.0, "near miss": 0.5}

# What can only speak for a claim, and what only against it, by the last word of its name.
FOR = {
    "score",
    "strict",
    "lead",
    "agreeing",
    "share",
    "covered",
    "nearest",
    "third",
    "nearer",
    "best",
    "votes",
    "margin",
    "worded",
    "stance",
}
FOR |= {"centre", "meaning ideas", "whole", "subject", "pointed", "cosine", "turn", "claim", "with", "ahead"}
AGAINST = {"disputed", "rivals", "rival", "unexplained", "worst_unexplained", "missing", "worst_missing", "marks"}
AGAINST |= {"left", "worst", "words", "outdone", "general", "forces", "conditions", "turns", "cues", "meaning names"}
AGAINST |= {"residue", "refused", "light", "weakened", "torn", "doubt", "place", "order", "against", "split"}
# How the trees are grown, and the folds of the cross-validation.
GROWING = {
    "max_iter": 220,
    "learning_rate": 0.06,
    "max_leaf_nodes": 16,
    "min_samples_leaf": 40,
    "l2_regularization": 2.0,
    "early_stopping": False,
    "random_state": 0,
}
FOLDS = 5


class Sample(NamedTuple):
    """Evidence, whether the claim it speaks of was the one asked about, the claim whose text was asked, and its kind."""

    evidence: dict[str, float]
    right: bool
    group: str
    kind: str
    text: str


class Asked(NamedTuple):
    """A text to ask: the claim it is (or must miss), whether it says the opposite, its kind and, of a wording, number.

    One that is ``unheld`` is asked as if the store did not hold its claim.
    """

    text: str
    claim: str
    negated: bool
    kind: str
    number: int = -1
    unheld: bool = False


def asked(store: Store) -> list[Asked]:
    """List what is asked: the wordings of claims that were held back, one near miss in ``STEP``, the paraphrases."""
    rows = store.asks(range(len(store.ask_weights())))
    known, ids = {row.text for row in rows.values()}, set(store.ids("claims"))
    every = [
        Asked(row.text, row.claim, row.negated, "near miss" if row.miss else "wording", number)
        for number, row in rows.items()
    ]
    misses = [one for one in every if one.kind == "near miss"]
    every = [*(one for one in every if one.kind == "wording" and held(one.claim)), *misses[::STEP]]
    for one in paraphrases(ids):
        if one.text not in known and not (one.claim and taught(one.text)):
            kind = "near miss" if one.miss else "other" if not one.claim else "hard" if one.hard else "paraphrase"
            every.append(Asked(one.text, one.claim, one.negated, kind))
    kinds = ("wording", "paraphrase", "hard")
    return every + [one._replace(unheld=True) for one in every if one.kind in kinds and held(one.claim)]


class Held:
    """The store of a process, and the numbers of each claim's wordings."""

    store: Store
    numbers: dict[str, set[int]]


def open_store(path: str) -> None:
    """Open the store in a process of the pool."""
    Held.store, Held.numbers = Store.open(Path(path)), {}
    for number, row in Held.store.asks(range(len(Held.store.ask_weights()))).items():
        Held.numbers.setdefault(row.claim, set()).add(number)


def _samples(one: Asked) -> list[Sample]:
    """Give the evidence for and against each claim that a text may be."""
    store = Held.store
    question = read(one.text, store)
    own = one.kind == "wording" and not one.unheld
    numbers = {one.number} if own else Held.numbers[one.claim] if one.unheld else set()
    ranked = alike(question.content, store, numbers)
    left = LeftOut()
    if own:
        left = LeftOut((one.text,), {one.claim: _vocabulary(one, store)}, stances={one.claim: _stance(one, store)})
    if one.unheld:
        left = LeftOut(claims=(one.claim,))
    found = []
    for candidate in gather(question, ranked, store, left)[0]:
        if candidate.refused:
            continue
        if candidate.claim == one.claim:
            right = one.kind != "near miss" and candidate.negated == one.negated
        elif one.kind == "near miss":
            continue
        else:
            right = False
            if one.claim and may_be_right(one, candidate.claim, store, negated=candidate.negated):
                continue
        kind = "unheld" if one.unheld else one.kind
        found.append(Sample(candidate.evidence, right, one.claim or one.text, kind, one.text))
    return found


def _vocabulary(one: Asked, store: Store) -> frozenset[str]:
    """Give the vocabulary of a claim without one of its wordings."""
    rows = [row for row in store.wordings(one.claim) if row.text != one.text]
    return frozenset(set(store.way_words(one.claim)).union(*(row.content for row in rows)))


def _stance(one: Asked, store: Store) -> list[float]:
    """Give the side that a claim takes without one of its wordings."""
    rows = len(store.wordings(one.claim))
    question = read(one.text, store)
    own, whole = stance(question, store), store.stance(one.claim)
    sign = -1 if one.negated != question.negated else 1
    return [(rows * part - sign * mine) / max(rows - 1, 1) for part, mine in zip(whole, own, strict=True)]


def may_be_right(one: Asked, claim: str, store: Store, *, negated: bool) -> bool:
    """Say whether another claim comes to the same as the one asked about, or one of them is neither true nor false."""
    wanted, given = (TRUTHS.get(store.verdict(name).value, 0) for name in (one.claim, claim))
    if not wanted or not given:
        return True
    return ((wanted > 0) != one.negated) == ((given > 0) != negated)


def samples() -> Iterator[Sample]:
    """Give the samples that the facts of this checkout yield."""
    library, problems = load([ROOT / "facts", FIRST])
    print(f"{len(problems)} faults in the facts", file=sys.stderr)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store.sqlite"
        write_store(library, path)
        every = asked(Store.open(path))
        with Pool(initializer=open_store, initargs=(str(path),)) as pool:
            for found in pool.imap(_samples, every, 64):
                yield from found


def fit(name: str, every: list[Sample]) -> None:
    """Grow trees, print what they reach in cross-validation, and write them."""
    names = sorted({key for one in every for key in one.evidence})
    data = np.array([[one.evidence.get(key, 0.0) for key in names] for one in every])
    labels = np.array([one.right for one in every])
    kinds = np.array([one.kind for one in every])
    weights = np.array([WEIGHTS[one.kind] for one in every])
    wide = data.std(axis=0) > 0
    names, data = [key for key, kept in zip(names, wide, strict=True) if kept], data[:, wide]
    signs = [_sign(key) for key in names]
    scores = cross_validated(every, data, weights, {"monotonic_cst": signs, **GROWING})
    print(f"{name}: {len(labels)} samples, {labels.sum()} of them right")
    strangers = {one.text for one in every if one.kind == "paraphrase"}
    best: dict[tuple[str, str], int] = {}
    for number, one in enumerate(every):
        key = (one.text, one.kind)
        if key not in best or scores[number] > scores[best[key]]:
            best[key] = number
    first = np.zeros(len(labels), bool)
    first[list(best.values())] = True
    for least in (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95):
        chosen = first & (scores >= least)
        found = (labels & chosen & (kinds == "paraphrase")).sum() / len(strangers)
        of_kind = {
            kind: f"{labels[mine].mean():.3f} of {mine.sum()}"
            for kind in WEIGHTS
            if (mine := chosen & (kinds == kind)).any()
        }
        print(f"  from {least}: {found:.3f} of the paraphrases right; right: {of_kind}")
    grown = HistGradientBoostingClassifier(monotonic_cst=signs, **GROWING)
    grown.fit(data, labels, sample_weight=weights)
    path = ROOT / "facts" / "models" / f"{name}.yaml"
    path.write_text(HEAD.format(name=name, script="models") + written(grown, names), encoding="ascii")


def cross_validated(every: list[Sample], data: Any, weights: Any, growing: dict[str, Any]) -> Any:
    """Give for each sample the score by trees that were grown on the samples of other groups.

    Args:
        every: the samples.
        data: a row of evidence for each.
        weights: what each counts.
        growing: how the trees are grown.
    """
    labels = np.array([one.right for one in every])
    folds = np.array([number % FOLDS for number in np.unique([one.group for one in every], return_inverse=True)[1]])
    scores = np.zeros(len(labels))
    for fold in range(FOLDS):
        other, own = folds != fold, folds == fold
        grown = HistGradientBoostingClassifier(**growing)
        grown.fit(data[other], labels[other], sample_weight=weights[other])
        scores[own] = grown.predict_proba(data[own])[:, 1]
    return scores


def _sign(name: str) -> int:
    last = name.rpartition(" ")[2]
    if name in FOR or last in FOR:
        return 1
    return -1 if name in AGAINST or last in AGAINST else 0


def written(grown: Any, names: list[str], raised: float = 0.0) -> str:
    """Write trees as ``drugfacts.answering.forest`` reads them; ``raised`` is added to the logarithm of the odds."""
    lines = [f"start: {float(grown._baseline_prediction.ravel()[0]) + raised:.5f}", "evidence:"]  # noqa: SLF001
    lines += [f"  - {name}" for name in names]
    lines.append("trees:")
    for (tree,) in grown._predictors:  # noqa: SLF001
        nodes = [
            f"{node['value']:.4f}"
            if node["is_leaf"]
            else f"{node['feature_idx']} {node['num_threshold']:.5f} {node['left']} {node['right']}"
            for node in tree.nodes
        ]
        lines.append(f'  - "{"; ".join(nodes)}"')
    return "\n".join(lines) + "\n"


def main() -> None:
    """Grow the trees on the facts of this checkout."""
    fit("answer", list(samples()))


if __name__ == "__main__":
    main()
