"""Measured over questions that were gathered elsewhere and are kept beside the checkout, where they are there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from drugfacts.answering.decide import answer

if TYPE_CHECKING:
    from drugfacts.answering.answer import Answer
    from drugfacts.store import Store

FOLDER = Path(__file__).parents[2] / "shared" / "questions"
SILENT_AT_LEAST, CROSSED_AT_MOST = 0.99, 0.015
# What a verdict says where the gold is plainly true or false.
SAYS = {"true": "true", "mostly-true": "true", "false": "false", "misleading": "false"}

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"there are no shared questions at {FOLDER}")


def items(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def scored() -> list[dict[str, Any]]:
    """Give the items that count: core, and without doubt about their gold."""
    found = [*items("claims.jsonl"), *items("questions.jsonl")]
    return [item for item in found if item["core"] and not item["doubt"]]


def shown(item: dict[str, Any], given: Answer) -> str:
    return f"{item['text']!r}: {item['gold']}, answered {given.verdict} by {given.claim.id if given.claim else None}"


def test_hardly_anything_that_asks_for_silence_gets_a_verdict(store: Store) -> None:
    asked = items("silence.jsonl")
    spoken = [shown(item, given) for item in asked if (given := answer(item["text"], store)).verdict]
    assert len(spoken) <= (1 - SILENT_AT_LEAST) * len(asked), "\n".join(spoken)


def test_hardly_any_answer_takes_true_for_false(store: Store) -> None:
    answered, crossed = 0, []
    for item in scored():
        given = answer(item["text"], store)
        if given.verdict is None:
            continue
        answered += 1
        says = SAYS.get(given.verdict.value)
        if says and item["gold"] in ("true", "false") and says != item["gold"]:
            crossed.append(shown(item, given))
    assert answered > 50
    assert len(crossed) <= CROSSED_AT_MOST * answered, "\n".join(crossed)


def test_a_request_for_a_profile_gets_no_verdict(store: Store) -> None:
    assert [
        shown(item, given) for item in items("profile.jsonl") if (given := answer(item["text"], store)).verdict
    ] == []
