"""Rules on what a record says and what it leans on."""

from __future__ import annotations

import re
from base64 import b64decode
from typing import TYPE_CHECKING, Any

from drugfacts.model import Claim, Confusion, FieldKind, Finding, Level, WordListKind
from drugfacts.records import is_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drugfacts.authoring.load import Library, Loaded
    from drugfacts.errors import Problem

SHORTEST_TABLE_TEXT = {"mechanism": 70, "effects": 90, "addiction_risk": 90}
_DATE = re.compile(r"(1[89]|20)\d\d(-[01]\d(-[0-3]\d)?)?")


def _walk(value: Any, *steps: str | int) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Give every part of a record with the way to it."""
    yield steps, value
    if is_record(type(value)):
        for name, part in zip(value._fields, value, strict=True):
            yield from _walk(part, *steps, name)
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _walk(part, *steps, index)
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _walk(part, *steps, name)


def sources_given(library: Library) -> Iterator[Problem]:
    """Report facts without a source, sources that do not exist, and commercial pages that stand alone."""
    yield from _profiles_sourced(library)
    yield from _claims_sourced(library)
    for loaded in library.all("lexicon"):
        for index, entry in enumerate(loaded.record.entries):
            for name in entry.sources:
                if not library.get("sources", name):
                    yield _unknown(loaded, name, "entries", index, "sources")
    for loaded in library.all("terms"):
        for index, entry in enumerate(loaded.record.rules_out):
            yield from _sources(loaded, library, entry.sources, "rules_out", index)
    for loaded in library.all("regions"):
        yield from _sources(loaded, library, loaded.record.sources, "sources")


def _profiles_sourced(library: Library) -> Iterator[Problem]:
    for folder in ("substances", "classes"):
        for loaded in library.all(folder):
            for steps, part in _walk(loaded.record):
                if is_record(type(part)) and "sources" in part._fields:
                    if part.sources or not isinstance(part, Confusion):
                        yield from _sources(loaded, library, part.sources, *steps)
                elif steps and steps[-1] == "source":
                    yield from _sources(loaded, library, (part,), *steps)


def _claims_sourced(library: Library) -> Iterator[Problem]:
    for loaded in library.all("claims"):
        record: Claim = loaded.record
        names = [reference.source for reference in record.references]
        for index, name in enumerate(names):
            if not library.get("sources", name):
                yield _unknown(loaded, name, "references", index, "source")
        yield from _weight(loaded, library, names, "references")
        for index, law in enumerate(record.law):
            if not library.get("sources", law.source):
                yield _unknown(loaded, law.source, "law", index, "source")


def _sources(loaded: Loaded, library: Library, names: tuple[str, ...], *steps: str | int) -> Iterator[Problem]:
    if not names:
        yield loaded.problem("no-source", "a fact needs a source that was read; name one, or take the fact out", *steps)
    for name in names:
        if not library.get("sources", name):
            yield _unknown(loaded, name, *steps)
    yield from _weight(loaded, library, list(names), *steps)


def _unknown(loaded: Loaded, name: str, *steps: str | int) -> Problem:
    return loaded.problem(
        "unknown-source", f"there is no source {name!r}; write sources/{name}.yaml, or mend the id", *steps
    )


def _weight(loaded: Loaded, library: Library, names: list[str], *steps: str | int) -> Iterator[Problem]:
    levels = {source.level for name in names if (source := library.get("sources", name))}
    if levels == {Level.D}:
        yield loaded.problem(
            "level-d-alone", "a commercial page is never the only source; add one of level A or B", *steps
        )


def fields_fit(library: Library) -> Iterator[Problem]:
    """Report findings that do not have the shape of their field."""
    for folder in ("substances", "classes"):
        for loaded in library.all(folder):
            for name, found in loaded.record.facts.items():
                field = library.get("fields", name)
                if field is None:
                    continue
                if field.kind is FieldKind.VERDICT and len(found) != 1:
                    yield loaded.problem("one-finding", f"{name} holds one finding, not {len(found)}", "facts", name)
                for index, finding in enumerate(found):
                    for message in _misfits(field, finding):
                        yield loaded.problem("wrong-shape", f"{name}: {message}", "facts", name, index)


def _misfits(field: Any, finding: Finding) -> Iterator[str]:
    if (field.kind is FieldKind.VERDICT or field.verdict_required) and finding.verdict is None:
        yield "it needs a verdict"
    if field.kind is FieldKind.LINK and not finding.object:
        yield "it needs an object"
    if field.kind is not FieldKind.LINK and finding.object:
        yield "it takes no object"
    if field.kind is FieldKind.AMOUNT:
        if finding.low is None or finding.high is None:
            yield "it needs low and high"
        elif not 0 <= finding.low <= finding.high:
            yield f"low {finding.low:g} to high {finding.high:g} is not a range"
        if finding.unit != field.unit:
            yield f"its unit is {field.unit!r}"
    elif finding.low is not None:
        yield "it takes no numbers"


def law_is_dated(library: Library) -> Iterator[Problem]:
    """Report legal statuses without a date."""
    for folder in ("substances", "classes", "claims"):
        for loaded in library.all(folder):
            for index, law in enumerate(loaded.record.law):
                dates = [date for date in (law.since, law.as_of) if date]
                if len(dates) != 1 or not _DATE.fullmatch(dates[0]):
                    message = "give `since`, or `as_of` with the date of the source: 2019, 2019-04 or 2019-04-01"
                    yield loaded.problem("law-date", message, "law", index)


def shorts_are_short(library: Library) -> Iterator[Problem]:
    """Report short forms that do not fit a table."""
    for folder in ("substances", "classes"):
        for loaded in library.all(folder):
            for part, most in SHORTEST_TABLE_TEXT.items():
                found = getattr(loaded.record, part)
                if found and len(found.short) > most:
                    message = f"the short form has {len(found.short)} characters; at most {most} fit"
                    yield loaded.problem("too-long", message, part, "short")


def plain_words(library: Library) -> Iterator[Problem]:
    """Report words that stigmatise; the lexicon lists them with what to say instead (role ``avoid``)."""
    avoid = [
        (re.compile(rf"\b(?:{'|'.join(map(re.escape, entry.phrases))})\b", re.IGNORECASE), entry.notice)
        for file in library.records("lexicon")
        for entry in file.entries
        if entry.role == "avoid" and entry.phrases
    ]
    own_words = (
        "asks",
        "not_asks",
        "concepts",
        "names",
        "statement",
        "title",
        "references",
        "believed_because",
        "ambiguous",
    )
    for folder in ("substances", "classes", "claims"):
        for loaded in library.all(folder):
            for steps, part in _walk(loaded.record):
                if isinstance(part, str) and steps and steps[0] not in own_words:
                    for pattern, instead in avoid:
                        hit = pattern.search(part)
                        if hit:
                            yield loaded.problem("stigmatising-word", f"{hit.group()!r}: {instead}", *steps)


def vectors_are_alike(library: Library) -> Iterator[Problem]:
    """Report lists of vectors that cannot be read, or whose vectors are not all of one length."""
    lengths: dict[WordListKind, set[int]] = {WordListKind.VECTORS: set(), WordListKind.LEANINGS: set()}
    for loaded in library.all("word-lists"):
        if loaded.record.kind not in lengths:
            continue
        known = lengths[loaded.record.kind]
        for entry in loaded.record.each():
            feature, _, packed = entry.rpartition(" ")
            try:
                known.add(len(b64decode(packed, validate=True)))
            except ValueError:
                message = f"the vector of {feature!r} is not base 64; make the list anew"
                yield loaded.problem("bad-vector", message, "words")
                return
        if len(known) > 1:
            yield loaded.problem("bad-vector", "the vectors are not all of one length; make the list anew", "words")
