"""Fill an answer with what the records say: explanations, sources, both sides of a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drugfacts.answering.answer import Cited, Legal, Side
from drugfacts.answering.wording import subject_name
from drugfacts.model import Level, Passage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from drugfacts.model import Claim
    from drugfacts.store import Profile, Store

PARTS = ("mechanism", "effects", "addiction_risk")
_ORDER = {Level.A: 0, Level.B: 1, Level.C: 2, Level.D: 3}


def cite(supports: Mapping[str, Sequence[str]], store: Store) -> tuple[Cited, ...]:
    """Make the list of sources.

    Args:
        supports: for each source id, the parts of the answer that lean on it.
        store: the store.

    Returns:
        The sources, those of the verdict first, then by level; a commercial page only where there is nothing better.
    """
    found = [(source, supports[name]) for name in supports if (source := store.source(name))]
    if any(source.level in (Level.A, Level.B) for source, _ in found):
        found = [item for item in found if item[0].level is not Level.D]
    found.sort(key=lambda item: ("verdict" not in item[1], _ORDER[item[0].level]))
    return tuple(
        Cited(
            source.id,
            source.title,
            source.publisher,
            source.year,
            source.url,
            source.level.value,
            tuple(dict.fromkeys(parts)),
        )
        for source, parts in found
    )


def passage(profile: Profile, part: str, store: Store) -> Passage | None:
    """Give a profile's passage, its own or that of the nearest class that has one."""
    own: Passage | None = getattr(profile, part)
    if own:
        return own
    for name in store.ancestors(profile.id):
        record = store.profile(name)
        inherited: Passage | None = getattr(record, part) if record else None
        if inherited:
            return inherited
    return None


def explain(profiles: Sequence[Profile], part: str, store: Store) -> tuple[str, tuple[str, ...]]:
    """Give the text of a part for one or more profiles, one paragraph each, and its sources."""
    texts: dict[str, None] = {}
    sources: dict[str, None] = {}
    for profile in profiles:
        found = passage(profile, part, store)
        if found:
            texts[found.text] = None
            sources.update(dict.fromkeys(found.sources))
    return "\n\n".join(texts), tuple(sources)


def side(profile: Profile, store: Store) -> Side:
    """Give the short forms of a profile, for a table."""
    shorts = {}
    for part in PARTS:
        found = passage(profile, part, store)
        shorts[part] = found.short if found else ""
    return Side(profile.id, subject_name(profile), shorts["mechanism"], shorts["effects"], shorts["addiction_risk"])


def sources_of(value: Any) -> set[str]:
    """Give the ids of all sources that a record, or a part of one, names."""
    if isinstance(value, dict):
        return {name for part in value.values() for name in sources_of(part)}
    if not isinstance(value, tuple):
        return set()
    named = {getattr(value, "source", ""), *getattr(value, "sources", ())} - {""}
    return named.union(*(sources_of(part) for part in value))


def law_of(profiles: Sequence[Profile]) -> tuple[Legal, ...]:
    """Give the legal status of each of some profiles, as far as it is on record."""
    return tuple(
        Legal(profile.id, law.place, law.status, law.since, law.as_of, law.source)
        for profile in profiles
        for law in profile.law
    )


def supports_of(claim: Claim) -> dict[str, list[str]]:
    """Give what each reference of a claim supports, in the order of the file."""
    supports: dict[str, list[str]] = {}
    for reference in claim.references:
        supports.setdefault(reference.source, []).extend(part.value for part in reference.supports)
    return supports


def profiles_of(names: Iterable[str], store: Store) -> list[Profile]:
    """Give the profiles among some ids, in their order, each once."""
    return [profile for name in dict.fromkeys(names) if (profile := store.profile(name))]
