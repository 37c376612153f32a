"""Put names into sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drugfacts.model import DrugClass, Method, Relation, Term

if TYPE_CHECKING:
    from drugfacts.store import Profile

# A full stop before a space and a capital; initials and "e.g." are not followed by one in the facts.
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9])")
_MARK = re.compile(r"\{([^{}]+)\}")


def capital(text: str) -> str:
    """Give a text with its first letter upper-case."""
    return text[:1].upper() + text[1:]


def first_sentence(text: str) -> str:
    """Give a text up to the end of its first sentence."""
    return _SENTENCE_END.split(text, maxsplit=1)[0]


def subject_name(record: Profile | Term) -> str:
    """Give the name of a record as the subject of a sentence: classes in the plural."""
    return record.plural_name if isinstance(record, DrugClass) else record.name


def is_plural(record: Profile | Term) -> bool:
    """Say whether the subject name takes "are"."""
    return True if isinstance(record, DrugClass) else record.plural


def with_article(name: str) -> str:
    """Give a class name with "a" or "an" ("an SSRI", "a benzodiazepine"), going by how it sounds."""
    head = name.split(maxsplit=1)[0]
    spelt = len(head) > 1 and head.isupper()
    sounds_like_you = head.casefold().startswith(("eu", "uni", "ure", "use"))
    vowel = head[0].casefold() in ("aefhilmnorsx" if spelt else "aeiou") and (spelt or not sounds_like_you)
    return f"{'an' if vowel else 'a'} {name}"


def sentence(template: str, relation: Relation, subject: Profile, object_: Profile | Term | None) -> str:
    """Fill a relation's sentence.

    Args:
        template: the relation's ``yes`` or ``no``, with {Subject}, {subject}, {object} and {singular|plural} verbs.
        relation: the relation, which says how its object reads.
        subject: the record in the subject's place.
        object_: the record in the object's place, if there is one.
    """
    plural = is_plural(subject)
    name = subject_name(subject)
    if object_ is None:
        object_name = ""
    elif relation.method is Method.MEMBERSHIP:
        object_name = subject_name(object_) if plural else with_article(object_.name)
    else:
        object_name = subject_name(object_)
    names = {"subject": name, "Subject": name, "object": object_name}

    def fill(match: re.Match[str]) -> str:
        mark = match.group(1)
        if "|" in mark:
            singular, many = mark.split("|")
            return many if plural else singular
        return names[mark]

    return capital(_MARK.sub(fill, template))
