"""Fit the model that weighs whether a wording is a question's claim: ``python training/wording.py``.

Every wording of every claim is asked with itself taken out of the store, and again with all wordings of its claim
taken out; every near miss (``not_asks``) is asked as it is. What the gates let pass is evidence: for the claim where
the likest wording is of the claim asked about, against it where it is not. A logistic model is fitted to it with
scikit-learn. Nothing but the store's own wordings is used.

It needs the extra ``train``; nothing of it is needed to answer.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.model_selection import cross_val_predict  # type: ignore[import-untyped]

from drugfacts.answering.likeness import alike, evidence
from drugfacts.answering.match import refusal
from drugfacts.authoring.compile import compile_library
from drugfacts.authoring.load import load
from drugfacts.language.read import read

if TYPE_CHECKING:
    from drugfacts.store import Store

ROOT = Path(__file__).parents[1]
OUTPUT = ROOT / "facts" / "models" / "wording.yaml"
HEAD = """\
# yaml-language-server: $schema=../schemas/model.json
id: wording
made_by: training/wording.py
weights:
"""


def samples(facts: Path) -> tuple[list[dict[str, float]], list[bool]]:
    """Give evidence and whether the claim it speaks of was the one asked about."""
    library, _ = load([facts])
    connection = sqlite3.connect(":memory:")
    store = compile_library(library, connection)
    rows = connection.execute("SELECT no, claim, text FROM ask").fetchall()
    numbers: dict[str, set[int]] = {}
    for number, claim, _text in rows:
        numbers.setdefault(claim, set()).add(number)
    found: list[tuple[dict[str, float], bool]] = []
    for number, claim, text in rows:
        for without in ({number}, numbers[claim]):
            judged = _judge(text, without, store)
            if judged:
                found.append((judged[1], judged[0] == claim))
    for record in library.records("claims"):
        for near in record.not_asks:
            judged = _judge(near.text, set(), store)
            if judged and judged[0] == record.id:
                found.append((judged[1], False))
    return [values for values, _ in found], [right for _, right in found]


def _judge(text: str, without: set[int], store: Store) -> tuple[str, dict[str, float]] | None:
    question = read(text, store)
    ranked = alike(question.content, store, without)
    best = next((one for one in ranked if not refusal(question, one.row, store)), None)
    if best is None:
        return None
    claim = best.row.claim
    others = [row for row in store.wordings(claim) if row.text != text]
    ways = {feature for idea in store.ideas(claim) for way in idea for feature in way}
    vocabulary = frozenset(ways.union(*(row.content for row in others)))
    return claim, evidence(question.content, best, ranked, store, vocabulary)


def main() -> None:
    """Fit the model, print what it reaches in cross-validation, and write it."""
    values, right = samples(ROOT / "facts")
    names = list(values[0])
    data = np.array([[one[name] for name in names] for one in values])
    labels = np.array(right)
    model = LogisticRegression(C=3, max_iter=5000)
    scores = cross_val_predict(model, data, labels, cv=5, method="predict_proba")[:, 1]
    print(f"{len(labels)} samples, {labels.sum()} of them right")
    for least in (0.5, 0.8, 0.9, 0.95):
        chosen = scores >= least
        print(f"from {least}: {labels[chosen].mean():.3f} right, {labels[chosen].sum() / labels.sum():.3f} found")
    model.fit(data, labels)
    weights = {"bias": model.intercept_[0], **dict(zip(names, model.coef_[0], strict=True))}
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text(HEAD + "".join(f"  {name}: {value:.4f}\n" for name, value in weights.items()), encoding="ascii")


if __name__ == "__main__":
    main()
