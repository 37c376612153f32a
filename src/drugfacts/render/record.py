"""Answers and records as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from drugfacts.answering.answer import SCHEMA, Answer
from drugfacts.answering.describe import cite
from drugfacts.records import to_data

if TYPE_CHECKING:
    from collections.abc import Sequence
    from enum import Enum

    from drugfacts.answering.coverage import Coverage
    from drugfacts.answering.ranking import Ranked, Scale
    from drugfacts.model import Field
    from drugfacts.store import Profile, Store


def answer_data(answer: Answer, *, why: bool = False) -> dict[str, Any]:
    """Give an answer as the output contract ``drugfacts.answer/1`` has it.

    Where the text holds several questions, ``parts`` has the answer to each, as such an object without ``parts``.

    Args:
        answer: the answer.
        why: also give how the question was read and what the gates said, under ``why``.
    """
    return {**_one(answer, why=why), "parts": [_one(part, why=why) for part in answer.parts]}


def _one(answer: Answer, *, why: bool) -> dict[str, Any]:
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


def ranking_data(field: Field, scales: Sequence[Scale], store: Store) -> dict[str, Any]:
    """Give a ranking as plain data: the field, what it tells, and each scale with its values and their sources."""
    return {
        "field": field.id,
        "label": field.label,
        "meaning": field.meaning,
        "tells": field.tells or None,
        "scales": [
            {
                "unit": scale.unit,
                "sample": scale.sample or None,
                "values": [ranked_data(row, store) for row in scale.rows],
            }
            for scale in scales
        ],
    }


def ranked_data(row: Ranked, store: Store) -> dict[str, Any]:
    """Give one value of a ranking as plain data."""
    cited = cite(dict.fromkeys(row.sources, ("value",)), store)
    data = row._asdict() | {"population": row.population or None, "note": row.note or None}
    return data | {
        "sources": [{key: part for key, part in one._asdict().items() if key != "supports"} for one in cited]
    }


def coverage_data(found: Coverage) -> dict[str, Any]:
    """Give the gaps in the records as plain data."""
    return {
        "filled": found.filled,
        "cells": found.cells,
        "fields": [field._asdict() for field in found.fields],
        "substances": [row._asdict() | {"missing": list(row.missing)} for row in found.substances],
    }
