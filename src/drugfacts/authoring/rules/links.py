"""Rules on ids that point at other records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drugfacts.authoring.lineage import lineage
from drugfacts.model import Claim, DrugClass, FieldKind, Proposition, Relation, Substance, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drugfacts.authoring.load import Library, Loaded
    from drugfacts.errors import Problem

PROFILES = ("substances", "classes")


def kind_of(library: Library, name: str) -> str | None:
    """Say what an id names: substance, class, target, condition, harm or material; None for nothing."""
    if name in library.shelves["substances"]:
        return "substance"
    if name in library.shelves["classes"]:
        return "class"
    term = library.get("terms", name)
    return str(term.kind.value) if term else None


def dangling(library: Library) -> Iterator[Problem]:
    """Report ids that name no record, and links to the wrong kind of record."""
    for folder in PROFILES:
        for loaded in library.all(folder):
            yield from _profile(loaded, library)
    for loaded in library.all("relations"):
        yield from _relation(loaded, library)
    for loaded in library.all("terms"):
        yield from _term(loaded, library)
    for loaded in library.all("claims"):
        yield from _claim(loaded, library)


def _missing(loaded: Loaded, what: str, name: str, *steps: str | int) -> Problem:
    code = {"substance or class": "profile", "record or lexicon concept": "concept"}.get(what, what)
    return loaded.problem(f"unknown-{code}", f"there is no {what} {name!r}; write its file, or mend the id", *steps)


def _profile(loaded: Loaded, library: Library) -> Iterator[Problem]:
    record = loaded.record
    key = "classes" if isinstance(record, Substance) else "parents"
    memberships = record.classes if isinstance(record, Substance) else record.parents
    for index, membership in enumerate(memberships):
        if not library.get("classes", membership.id):
            yield _missing(loaded, "class", membership.id, key, index, "id")
    for index, contested in enumerate(record.contested_classes):
        if not library.get("classes", contested.id):
            yield _missing(loaded, "class", contested.id, "contested_classes", index, "id")
    for index, confusion in enumerate(record.confused_with):
        if not library.profile(confusion.id):
            yield _missing(loaded, "substance or class", confusion.id, "confused_with", index, "id")
    for name, found in record.facts.items():
        field = library.get("fields", name)
        if field is None:
            yield _missing(loaded, "field", name, "facts", name)
            continue
        for index, finding in enumerate(found):
            if field.kind is not FieldKind.LINK or not finding.object:
                continue
            kind = kind_of(library, finding.object)
            if kind is None:
                yield _missing(loaded, "record", finding.object, "facts", name, index, "object")
            elif kind not in field.object_kinds:
                wanted = " or ".join(field.object_kinds)
                message = f"{finding.object!r} is a {kind}; the object of {name} is a {wanted}"
                yield loaded.problem("wrong-object", message, "facts", name, index, "object")


def _relation(loaded: Loaded, library: Library) -> Iterator[Problem]:
    record: Relation = loaded.record
    if record.field and not library.get("fields", record.field):
        yield _missing(loaded, "field", record.field, "field")
    if record.object_kinds and not record.cues and not record.passive:
        yield loaded.problem("no-cues", "a relation needs wordings; give cues", "id")
    for index, name in enumerate(record.requires):
        if not library.get("relations", name):
            yield _missing(loaded, "relation", name, "requires", index)
    for index, entry in enumerate(record.excluded_by):
        if not library.get("relations", entry.relation):
            yield _missing(loaded, "relation", entry.relation, "excluded_by", index, "relation")


def _term(loaded: Loaded, library: Library) -> Iterator[Problem]:
    record: Term = loaded.record
    for index, name in enumerate(record.kind_of):
        wider = library.get("terms", name)
        if wider is None:
            yield _missing(loaded, "term", name, "kind_of", index)
        elif name == record.id or record.id in wider.kind_of:
            yield loaded.problem("circle", f"{name!r} is a kind of {record.id!r} itself", "kind_of", index)
    for index, entry in enumerate(record.rules_out):
        relation = library.get("relations", entry.relation)
        if relation is None:
            yield _missing(loaded, "relation", entry.relation, "rules_out", index, "relation")
        elif record.kind.value not in relation.object_kinds:
            wanted = " or ".join(relation.object_kinds) or "nothing"
            message = f"{record.id!r} is a {record.kind.value}; the object of {relation.id} is {wanted}"
            yield loaded.problem("wrong-object", message, "rules_out", index, "relation")


def _claim(loaded: Loaded, library: Library) -> Iterator[Problem]:
    record: Claim = loaded.record
    if record.about:
        if not library.profile(record.about.subject):
            yield _missing(loaded, "substance or class", record.about.subject, "about", "subject")
        if not library.get("relations", record.about.relation):
            yield _missing(loaded, "relation", record.about.relation, "about", "relation")
        if record.about.object and kind_of(library, record.about.object) is None:
            yield _missing(loaded, "record", record.about.object, "about", "object")
        yield from _fits_relation(loaded, record.about, library)
    for index, law in enumerate(record.law):
        if law.of and not library.profile(law.of):
            yield _missing(loaded, "substance or class", law.of, "law", index, "of")
    for index, name in enumerate(record.covers):
        if not library.profile(name):
            yield _missing(loaded, "substance or class", name, "covers", index)
    entries = {entry.id for file in library.records("lexicon") for entry in file.entries}
    for index, idea in enumerate(record.concepts):
        for place, way in enumerate(idea):
            plain = way.removeprefix("~").strip()
            name = plain[1:-1] if plain.startswith("<") and plain.endswith(">") else ""
            if name and name not in entries and kind_of(library, name) is None:
                yield _missing(loaded, "record or lexicon concept", name, "concepts", index, place)


def _fits_relation(loaded: Loaded, about: Proposition, library: Library) -> Iterator[Problem]:
    relation = library.get("relations", about.relation)
    if relation is None:
        return
    wanted = " or ".join(relation.object_kinds)
    kind = kind_of(library, about.object) if about.object else None
    if about.object and not wanted:
        yield loaded.problem("wrong-object", f"{relation.id} takes no object", "about", "object")
    elif wanted and not about.object:
        yield loaded.problem("wrong-object", f"{relation.id} takes an object, a {wanted}", "about", "relation")
    elif kind and kind not in relation.object_kinds:
        message = f"{about.object!r} is a {kind}; the object of {relation.id} is a {wanted}"
        yield loaded.problem("wrong-object", message, "about", "object")


def circles(library: Library) -> Iterator[Problem]:
    """Report classes that are their own ancestors."""
    for loaded in library.all("classes"):
        seen, edge = set[str](), [parent.id for parent in loaded.record.parents]
        while edge:
            name = edge.pop()
            if name == loaded.record.id:
                yield loaded.problem("circle", f"{name!r} is its own ancestor; take one of the parents out", "parents")
                break
            record = library.get("classes", name)
            if name not in seen and isinstance(record, DrugClass):
                seen.add(name)
                edge += [parent.id for parent in record.parents]


def memberships_agree(library: Library) -> Iterator[Problem]:
    """Report classes that a record belongs to and contests at once."""
    for folder in PROFILES:
        for loaded in library.all(folder):
            above = lineage(library, loaded.record.id)
            for index, contested in enumerate(loaded.record.contested_classes):
                if contested.id in above:
                    message = f"{contested.id!r} is among its classes (or their parents) and contested; choose one"
                    yield loaded.problem("contradiction", message, "contested_classes", index, "id")
