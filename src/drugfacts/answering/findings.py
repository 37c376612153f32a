"""What the records hold about a drug: its own findings, else those of its classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drugfacts.answering.wording import capital, subject_name, with_article
from drugfacts.model import DrugClass, Finding, Verdict

if TYPE_CHECKING:
    from drugfacts.store import Profile, Store


class Settled(NamedTuple):
    """What the records say: a verdict, a sentence or two that spell it out, the sources, and what it rests on."""

    verdict: Verdict
    says: str
    sources: tuple[str, ...]
    basis: str


def findings(profile: Profile, field: str, store: Store) -> list[tuple[str, Finding]]:
    """Give the findings a profile holds in a field: its own, else those of the nearest classes that hold any.

    Returns:
        Pairs of the id of the record that holds the finding, and the finding.
    """
    own = profile.facts.get(field, ())
    kept = [(profile.id, finding) for finding in own]
    described = store.field(field)
    if described is None or not described.inherited:
        return kept
    covered = {finding.object for finding in own}
    if own and not any(covered):
        return kept
    for ancestor in store.ancestors(profile.id):
        record = store.profile(ancestor)
        fresh = [finding for finding in record.facts.get(field, ()) if finding.object not in covered] if record else []
        kept += [(ancestor, finding) for finding in fresh]
        if any(not finding.object for finding in fresh):
            break
    return kept


def inherited_says(holder: str, finding: Finding, subject: Profile, store: Store) -> str:
    """Give what a finding says; one of a class is led in by saying that the subject belongs to it."""
    record = store.profile(holder)
    if holder == subject.id or not isinstance(record, DrugClass):
        return finding.says
    name = capital(subject_name(subject))
    if isinstance(subject, DrugClass):
        return f"{name} are {record.plural_name}. {finding.says}"
    return f"{name} {'are' if subject.plural else 'is'} {with_article(record.name)}. {finding.says}"


def basis(holder: str, field: str) -> str:
    """Say in a few words what a verdict was derived from: a field of a record."""
    return f"{field} of {holder}"
