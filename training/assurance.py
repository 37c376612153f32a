"""Grow the trees that say how sure a claim is once it was read beside the question: ``python training/assurance.py``.

They weigh what the trees of ``training/models.py`` make of the evidence together with what the verifier
(``training/verifier.py``) says of question and statement, and of the likest wording. They are grown on texts that
neither encoder nor verifier was fitted to: what strangers asked, of which readers said which claims it says and denies
(``judgements.py``), the paraphrases that are not taught, near misses, texts that are no claim, and texts of claims that
are asked as if the store did not hold them. It needs the extra ``train``; nothing of it is needed to answer.
"""

from __future__ import annotations

import sys
from hashlib import md5
from multiprocessing import Pool
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
from judgements import Judgement, fitted, judgements
from models import HEAD, ROOT, Asked, Held, Sample, cross_validated, may_be_right, open_store, written
from paraphrases import held, paraphrases, taught
from sklearn.ensemble import HistGradientBoostingClassifier  # type: ignore[import-not-found]

from drugfacts.answering.assure import AFTER, BEFORE, evidence, told_of, worth_reading
from drugfacts.answering.candidates import LeftOut, gather
from drugfacts.answering.evaluate import outcome
from drugfacts.answering.forest import grow, weigh
from drugfacts.answering.likeness import alike
from drugfacts.answering.verify import names_alone
from drugfacts.authoring.build import write_store
from drugfacts.authoring.load import load
from drugfacts.language.read import read
from drugfacts.store import Store

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from drugfacts.answering.candidates import Candidate

# One text of so many is asked, by its kind.
STEPS = {"paraphrase": 4, "hard": 8, "near miss": 6, "other": 2, "unheld": 6, "fresh": 2}
WEIGHTS = {
    "stranger": 3.0,
    "agreeing": 1.0,
    "nothing": 3.0,
    "paraphrase": 1.0,
    "hard": 0.7,
    "near miss": 0.7,
    "other": 1.5,
    "unheld": 1.0,
    "fresh": 1.5,
}
# What can only speak for a claim (1), and what only against it (-1).
SIGNS = {"weight": 1, "side": 1, "other side": -1, "pointed share": 1, "pointed claim": 1, "pointed ahead": 1}
SIGNS |= {
    "wording side": 1,
    "wording other side": -1,
    "least side": 1,
    "most side": 1,
    "pointed turn": 1,
    "worded": 1,
    "refused": -1,
    "rivals": -1,
    "other": -1,
    "across": -1,
    "residue": -1,
    "contrasts": -1,
    "asides": -1,
    "split": -1,
    "advises": -1,
    "wordless": -1,
    "unnamed": -1,
    "unsaid": -1,
    "strength": -1,
    "light": -1,
    "weakened": -1,
    "circumstance": -1,
    "reordered": -1,
    "wording": 1,
    "miss": -1,
}
GROWING = {
    "max_iter": 120,
    "learning_rate": 0.06,
    "max_leaf_nodes": 8,
    "min_samples_leaf": 60,
    "l2_regularization": 4.0,
    "early_stopping": False,
    "random_state": 0,
}
# By how much the odds are raised in the end: many of these texts were made to mislead, which people's questions are not.
PRIOR = 0.35


def asked(store: Store) -> list[Asked]:
    """List what is asked; claims that the encoder was not fitted to are ``fresh``: they are asked as if not held."""
    record = store.encoder()
    fitted = set(store.sides()) if record is None else {entry.split(" ")[0] for entry in _claims()}
    ids = set(store.ids("claims"))
    every = []
    for one in paraphrases(ids):
        if one.claim and taught(one.text):
            continue
        kind = "near miss" if one.miss else "other" if not one.claim else "hard" if one.hard else "paraphrase"
        if one.claim and one.claim not in fitted:
            continue
        every.append(Asked(one.text, one.claim, one.negated, kind))
        if held(one.claim) and not one.miss and one.claim:
            every.append(Asked(one.text, one.claim, one.negated, "unheld", unheld=True))
    every += [
        Asked(row.text, row.claim, row.negated, "fresh", unheld=True)
        for row in store.asks(range(len(store.ask_weights()))).values()
        if row.claim not in fitted and not row.miss
    ]
    return [one for one in every if md5(one.text.encode(), usedforsecurity=False).digest()[2] % STEPS[one.kind] == 0]


def _claims() -> list[str]:
    library, _ = load([ROOT / "facts"])
    return [entry for record in library.records("encoders") if record.id == "texts" for entry in record.claims]


def _samples(one: Asked | Judgement) -> list[Sample]:
    """Give what is weighed for and against each claim that a text may be."""
    return _of_judgement(one) if isinstance(one, Judgement) else _of_asked(one)


def _of_asked(one: Asked) -> list[Sample]:
    store = Held.store
    left = LeftOut(claims=(one.claim,)) if one.unheld else LeftOut()
    made = []
    for candidate, _, speaks in _weighed(one.text, left, Held.numbers[one.claim] if one.unheld else set()):
        if one.unheld and candidate.claim == one.claim:
            continue
        right = candidate.claim == one.claim and one.kind != "near miss" and candidate.negated == one.negated
        if candidate.claim != one.claim and (
            one.kind == "near miss"
            or (one.claim and may_be_right(one, candidate.claim, store, negated=candidate.negated))
        ):
            continue
        made.append(Sample(speaks, right, one.claim or one.text, one.kind, one.text))
    return made


def _of_judgement(one: Judgement) -> list[Sample]:
    """Judge each claim that a stranger's text may be by what a reader made of it.

    A claim that is beside the point may still agree with what is true of the text (``agreeing``); one that was not read
    beside it is wrong where it crosses that, and tells nothing where it does not.
    """
    store = Held.store
    made = []
    for candidate, _, speaks in _weighed(one.text, LeftOut(), set()):
        verdict = store.verdict(candidate.claim)
        told = outcome(one.gold or None, verdict.negated() if candidate.negated else verdict)
        read_so = one.read_beside(candidate.claim)
        if not read_so and told != "wrong":
            continue
        right = read_so and one.side(candidate.claim) is candidate.negated
        agreeing = told == "right" and not right
        kind = "agreeing" if agreeing else "stranger" if one.says or one.denies else "nothing"
        made.append(Sample(speaks, right, one.text, kind, one.text))
    return made


def _weighed(text: str, left: LeftOut, without: Collection[int]) -> Iterator[tuple[Candidate, float, dict[str, float]]]:
    """Give the claims that are read beside a text, how likely each is before, and what is weighed of it after."""
    store = Held.store
    question = read(text, store)
    if names_alone(question):
        return  # such a one is not read beside anything
    near = alike(question.content, store, without, misses=True)
    ranked = [one for one in near if not one.row.miss]
    candidates = gather(question, ranked, store, left)[0]
    forest = store.remember(("forest", BEFORE), lambda: grow(store.model(BEFORE)))
    weights = [weigh(found.evidence, forest) for found in candidates]
    chosen = [claim for claim in worth_reading(candidates, weights) if claim not in left.claims]
    told = told_of(question, chosen, ranked, store)
    if chosen and not told:
        raise SystemExit("the facts hold no verifier")
    for candidate, weight in zip(candidates, weights, strict=True):
        if candidate.claim in told:
            yield candidate, weight, evidence(candidate, weight, told[candidate.claim], question, near, store)


def samples() -> Iterator[Sample]:
    """Give the samples that the facts of this checkout yield."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store.sqlite"
        write_store(load([ROOT / "facts"])[0], path)
        store = Store.open(path)
        strange = [one for one in judgements(set(store.ids("claims"))) if not fitted(one)]
        every = [*asked(store), *strange]
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
    _told("the first weighing", data[:, names.index("weight")], labels, kinds, every)
    _told("both together", scores, labels, kinds, every)
    grown = HistGradientBoostingClassifier(monotonic_cst=signs, **GROWING)
    grown.fit(data, labels, sample_weight=weights)
    path = ROOT / "facts" / "models" / f"{AFTER}.yaml"
    path.write_text(HEAD.format(name=AFTER, script="assurance") + written(grown, names, PRIOR), encoding="ascii")


def _told(what: str, scores: Any, labels: Any, kinds: Any, every: list[Sample]) -> None:
    """Print, for the best candidate of each text, how many are right from some score on."""
    best: dict[tuple[str, str], int] = {}
    for number, one in enumerate(every):
        if (key := (one.text, one.kind)) not in best or scores[number] > scores[best[key]]:
            best[key] = number
    first = np.zeros(len(labels), bool)
    first[list(best.values())] = True
    print(f"{what}: {len(labels)} samples of {len(best)} texts")
    for least in (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95):
        chosen = first & (scores >= least)
        parts = []
        for kind in WEIGHTS:
            every_one = sum(key[1] == kind for key in best)
            mine = chosen & (kinds == kind)
            if every_one:
                parts.append(
                    f"{kind} {(labels & mine).sum() / every_one:.3f} right, {(~labels & mine).sum()} wrong of {every_one}"
                )
        print(f"  from {least}: " + "; ".join(parts), flush=True)


if __name__ == "__main__":
    fit(list(samples()))
