"""Whom to call: the emergency numbers of a region, added to what an answer says of an emergency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drugfacts.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drugfacts.answering.answer import Answer
    from drugfacts.model import Region
    from drugfacts.store import Store

# The variables that say where a person is, the weightiest first.
LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


def find_region(name: str, store: Store) -> Region:
    """Give the region that goes by an id or a code.

    Raises:
        UnknownNameError: there is none; it names those there are.
    """
    found = _region(name, store)
    if found is None:
        raise UnknownNameError("region", name, [one.upper() for one in store.ids("regions")])
    return found


def _region(name: str, store: Store) -> Region | None:
    wanted = name.strip().casefold()
    for key in store.ids("regions"):
        region = store.region(key)
        if region and wanted in (key, *(code.casefold() for code in region.codes)):
            return region
    return None


def region_of_locale(environment: Mapping[str, str], store: Store) -> Region | None:
    """Give the region that the environment's locale ("en_GB.UTF-8") is of, or None.

    Args:
        environment: the variables; the first of ``LOCALE`` that is set counts.
        store: the store.
    """
    locale = next((value for name in LOCALE if (value := environment.get(name))), "")
    territory = locale.partition(".")[0].partition("@")[0].partition("_")[2]
    return _region(territory, store) if territory else None


def numbers(region: Region) -> str:
    """Give the sentences that say whom to call in a region."""
    lines = [f"Emergency number in {region.name}: {region.emergency}."]
    lines += [f"Poison advice: {region.poison}."] if region.poison else []
    lines += [f"Someone to talk to: {region.talk}."] if region.talk else []
    return " ".join(lines)


def with_numbers(answer: Answer, region: Region) -> Answer:
    """Add the numbers of a region to what an answer, or a part of it, says of an emergency."""
    if not any(notice.kind == "emergency" for notice in answer.notices) and not answer.parts:
        return answer
    return answer._replace(
        notices=tuple(
            notice._replace(text=f"{notice.text} {numbers(region)}") if notice.kind == "emergency" else notice
            for notice in answer.notices
        ),
        parts=tuple(with_numbers(part, region) for part in answer.parts),
    )
