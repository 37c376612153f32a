"""Answers and records as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from drugfacts.answering.answer import SCHEMA, Answer
from drugfacts.records import to_data

if TYPE_CHECKING:
    from enum import Enum

    from drugfacts.store import Profile


def answer_data(answer: Answer, *, why: bool = False) -> dict[str, Any]:
    """Give an answer as the output contract ``drugfacts.answer/1`` has it.

    Args:
        answer: the answer.
        why: also give how the question was read and what the gates said, under ``why``.
    """
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "question": answer.question,
        "status": answer.status.value,
        "answer": _word(answer.answer),
        "verdict": _word(answer.verdict),
        "claim": {
            "id": answer.claim.id,
            "statement": answer.claim.statement,
            "verdict": answer.claim.verdict.value,
            "origin": answer.claim.origin.value,
        }
        if answer.claim
        else None,
        "polarity": answer.polarity,
        "confidence": answer.confidence,
        "summary": answer.summary or None,
        "mechanism": answer.mechanism or None,
        "effects": answer.effects or None,
        "addiction_risk": answer.addiction_risk or None,
        "nuance": answer.nuance or None,
        "believed_because": answer.believed_because or None,
        "matters_because": answer.matters_because or None,
        "law": [law._asdict() for law in answer.law],
        "substances": list(answer.substances),
        "classes": list(answer.classes),
        "sources": [source._asdict() | {"supports": list(source.supports)} for source in answer.sources],
        "suggestions": [suggestion._asdict() for suggestion in answer.suggestions],
        "notices": [notice._asdict() for notice in answer.notices],
        "facts": {"version": answer.facts_version, "reviewed": answer.facts_reviewed},
        "error": answer.error._asdict() if answer.error else None,
    }
    if why:
        data["why"] = list(answer.why)
    return data


def _word(value: Enum | None) -> str | None:
    return str(value.value) if value else None


def dump(data: Any, *, one_line: bool) -> str:
    """Give data as JSON text: on one line, or indented for a reader. Half surrogates do not survive as such."""
    text = json.dumps(data, ensure_ascii=False, indent=None if one_line else 2)
    return text.encode("utf-8", "replace").decode("utf-8")


def profile_data(profile: Profile) -> dict[str, Any]:
    """Give a profile as plain data, its parts with default values left out."""
    data: dict[str, Any] = to_data(profile)
    return data
