"""Grow the trees that say how sure it is that a question proposes what the records settle: ``python training/records.py``.

They weigh what the verifier (``training/verifier.py``) says of a question and the sentence of a proposition together
with how the question was read (``drugfacts.answering.readings``). They are grown on what readers said that strangers'
texts propose (``judgements.py``), and on texts of relations, of both only what the verifier was not fitted to. It needs
the extra ``train``; nothing of it is needed to answer.
"""

from __future__ import annotations

import sys
from multiprocessing import Pool
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
from judgements import Judgement, fitted, judgements
from models import HEAD, ROOT, Held, Sample, cross_validated, open_store, written
from paraphrases import RelationText, relation_texts, taught
from sklearn.ensemble import HistGradientBoostingClassifier  # type: ignore[import-not-found]

from drugfacts.answering.evaluate import outcome
from drugfacts.answering.readings import MODEL, unweighed
from drugfacts.authoring.build import write_store
from drugfacts.authoring.load import load
from drugfacts.language.read import read
from drugfacts.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drugfacts.answering.readings import Reading

WEIGHTS = {"stranger": 3.0, "agreeing": 1.0, "nothing": 3.0, "relation": 1.0}
# What can only speak for a reading (1), and what only against it (-1).
SIGNS = {"side": 1, "other side": -1, "rival": -1, "share": 1, "nothing": -1, "cued": 1, "crossed": -1}
SIGNS |= {"other relation": -1, "heavy": -1, "strength": -1, "circumstance": -1, "wordless denial": -1}
SIGNS |= {"unheeded denial": -1, "split": -1, "asides": -1, "residue": -1, "names besides": -1}
GROWING = {
    "max_iter": 100,
    "learning_rate": 0.06,
    "max_leaf_nodes": 8,
    "min_samples_leaf": 40,
    "l2_regularization": 4.0,
    "early_stopping": False,
    "random_state": 0,
}


def _samples(one: Judgement | RelationText) -> list[Sample]:
    """Give what is weighed for and against each proposition that a text may make."""
    found = unweighed(read(one.text, Held.store), Held.store)
    return _of_judgement(one, found) if isinstance(one, Judgement) else _of_relation(one, found)


def _of_judgement(one: Judgement, found: list[Reading]) -> list[Sample]:
    """Judge each by what a reader made of it; one that was not read is wrong where it crosses what is true."""
    made = []
    for reading in found:
        parts = (reading.proposed.subject, reading.proposed.relation, reading.proposed.object)
        verdict = reading.derived.verdict
        told = outcome(one.gold or None, verdict.negated() if reading.judged.denied else verdict)
        if parts not in one.records and told != "wrong":
            continue
        right = one.records.get(parts) is (not reading.judged.denied)
        kind = "agreeing" if told == "right" and not right else "stranger" if one.gold else "nothing"
        made.append(Sample(reading.evidence, right, one.text, kind, one.text))
    return made


def _of_relation(one: RelationText, found: list[Reading]) -> list[Sample]:
    """Judge the reading that is of the text's own relation; of others nothing is known."""
    store = Held.store
    near = {one.relation, *store.siblings(one.relation)}
    made = []
    for reading in found:
        ids = [_only(name) for name in (one.subject, one.object) if name]
        if reading.proposed.relation not in near or ids != [
            name for name in (reading.proposed.subject, reading.proposed.object) if name
        ]:
            continue
        right = not one.miss and reading.judged.denied == one.negated
        made.append(Sample(reading.evidence, right, one.text, "relation", one.text))
    return made


def _only(name: str) -> str:
    """Give the id of what a name is of; empty where it is of none, or of several."""
    found = read(name, Held.store, trusting=True).mentions
    return found[0].id if len(found) == 1 else ""


def samples() -> Iterator[Sample]:
    """Give the samples that the facts of this checkout yield."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store.sqlite"
        write_store(load([ROOT / "facts"])[0], path)
        store = Store.open(path)
        every: list[Judgement | RelationText] = [one for one in judgements(set(store.ids("claims"))) if not fitted(one)]
        every += [one for one in relation_texts() if not taught(one.text)]
        print(f"{len(every)} texts", file=sys.stderr, flush=True)
        with Pool(initializer=open_store, initargs=(str(path),)) as pool:
            for found in pool.imap(_samples, every, 32):
                yield from found


def fit(every: list[Sample]) -> None:
    """Grow the trees, print what they reach in cross-validation, and write them."""
    names = sorted({key for one in every for key in one.evidence})
    data = np.array([[one.evidence.get(key, 0.0) for key in names] for one in every])
    labels = np.array([one.right for one in every])
    kinds = np.array([one.kind for one in every])
    weights = np.array([WEIGHTS[one.kind] for one in every])
    signs = [SIGNS.get(name, 0) for name in names]
    scores = cross_validated(every, data, weights, {"monotonic_cst": signs, **GROWING})
    best: dict[str, int] = {}
    for number, one in enumerate(every):
        if one.text not in best or scores[number] > scores[best[one.text]]:
            best[one.text] = number
    first = np.zeros(len(labels), bool)
    first[list(best.values())] = True
    for least in (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95):
        chosen = first & (scores >= least)
        told = (
            f"{kind} {(labels & chosen & (kinds == kind)).sum()} right, {(~labels & chosen & (kinds == kind)).sum()} wrong"
            for kind in WEIGHTS
        )
        print(f"  from {least}: " + "; ".join(told), flush=True)
    grown = HistGradientBoostingClassifier(monotonic_cst=signs, **GROWING)
    grown.fit(data, labels, sample_weight=weights)
    path = ROOT / "facts" / "models" / f"{MODEL}.yaml"
    path.write_text(HEAD.format(name=MODEL, script="records") + written(grown, names), encoding="ascii")


if __name__ == "__main__":
    fit(list(samples()))
