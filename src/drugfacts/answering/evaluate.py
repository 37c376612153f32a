"""Score the program on questions with known answers."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from drugfacts.answering.decide import answer
from drugfacts.model import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from drugfacts.answering.answer import Answer
    from drugfacts.store import Store

RIGHT, WRONG, SOFT, SILENT = "right", "wrong", "soft", "silent"
_YES = frozenset({Verdict.TRUE, Verdict.MOSTLY_TRUE})
_NO = frozenset({Verdict.FALSE, Verdict.MISLEADING})
_BETWEEN = frozenset({Verdict.MIXED, Verdict.MISLEADING, Verdict.UNPROVEN, Verdict.MOSTLY_TRUE})
GOLDS = ("true", "false", "mixed", None)
STEPS = (0.0, 0.9, 0.93, 0.96, 0.98, 1.01)


class Asked(NamedTuple):
    """A question with its known answer.

    Attributes:
        gold: ``true``, ``false`` or ``mixed``, of what the text proposes; None where no verdict may be given.
        group: what it is counted under (its kind or topic).
    """

    text: str
    gold: str | None
    group: str = ""


class Scored(NamedTuple):
    """A question with what became of it: right, wrong, soft (neither) or silent."""

    asked: Asked
    given: Answer
    outcome: str


def outcome(gold: str | None, verdict: Verdict | None) -> str:
    """Score a verdict against a known answer.

    Args:
        gold: the known answer; None where silence is right.
        verdict: the verdict given, or None.

    Returns:
        ``right``; ``wrong`` where true and false are crossed, or where silence was due; ``soft`` for the rest;
        ``silent`` for no verdict.
    """
    if verdict is None:
        return SILENT
    if gold is None:
        return WRONG
    if gold == "mixed":
        return RIGHT if verdict in _BETWEEN else SOFT
    ours, theirs = (_YES, _NO) if gold == "true" else (_NO, _YES)
    return RIGHT if verdict in ours else WRONG if verdict in theirs else SOFT


def score(asked: Iterable[Asked], store: Store) -> list[Scored]:
    """Ask each question and score the answer."""
    found = []
    for one in asked:
        given = answer(one.text, store)
        found.append(Scored(one, given, outcome(one.gold, given.verdict)))
    return found


def table(scored: Sequence[Scored]) -> dict[str, dict[str, int]]:
    """Count the outcomes for all questions, and for each group by name."""
    rows: dict[str, Counter[str]] = {"all": Counter()}
    for one in scored:
        rows["all"][one.outcome] += 1
        if one.asked.group:
            rows.setdefault(one.asked.group, Counter())[one.outcome] += 1
    names = ["all", *sorted(name for name in rows if name != "all")]
    return {name: {kind: rows[name][kind] for kind in (RIGHT, SOFT, WRONG, SILENT)} for name in names}


def calibration(scored: Sequence[Scored]) -> list[dict[str, float]]:
    """Give, for steps of confidence, how many were answered and what share of those that can be told was right."""
    rows = []
    for low, high in pairwise(STEPS):
        within = [one for one in scored if one.outcome != SILENT and low <= one.given.confidence < high]
        told = [one for one in within if one.outcome != SOFT]
        if told:
            right = sum(one.outcome == RIGHT for one in told) / len(told)
            mean = sum(one.given.confidence for one in told) / len(told)
            rows.append({"from": low, "answered": len(within), "confidence": round(mean, 3), "right": round(right, 3)})
    return rows
