"""What a store must keep to, rule by rule; every rule reports every fault it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drugfacts.authoring.rules import claims, links, names, values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from drugfacts.authoring.load import Library
    from drugfacts.errors import Problem

RULES: tuple[Callable[[Library], Iterable[Problem]], ...] = (
    links.dangling,
    links.circles,
    links.memberships_agree,
    values.sources_given,
    values.fields_fit,
    values.law_is_dated,
    values.shorts_are_short,
    values.plain_words,
    values.vectors_are_alike,
    names.taken_twice,
    names.ids_differ,
    names.short_words_differ,
    names.schema_line,
    claims.complete,
    claims.ideas_agree,
)


def check(library: Library) -> list[Problem]:
    """Run every rule over a library and give all faults in the order of the files."""
    return sorted(problem for rule in RULES for problem in rule(library))
