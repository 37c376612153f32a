"""What is easily taken for something else: records that say so, and the records they say it of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drugfacts.answering.answer import Notice, Status
from drugfacts.text import fold

if TYPE_CHECKING:
    from drugfacts.answering.answer import Answer
    from drugfacts.store import Profile, Store

# How many letters names that look alike may differ by.
_NEAR = 3
# How many of them an answer tells of.
_TOLD = 2


class LookAlike(NamedTuple):
    """Another record that one is mixed up with.

    Attributes:
        because: what the record that says so says of the other.
        turned: whether it is the other record that says so.
        by_name: whether their names look or sound alike.
    """

    id: str
    name: str
    because: str
    turned: bool
    by_name: bool


def look_alikes(profile: Profile, store: Store) -> list[LookAlike]:
    """Give what a record is mixed up with: what it names itself, then the records that name it."""
    found: dict[str, LookAlike] = {}
    for one in profile.confused_with:
        other = store.profile(one.id)
        if other:
            by_name = one.by_name or near(profile.name, other.name)
            found[one.id] = LookAlike(one.id, other.name, one.because, turned=False, by_name=by_name)
    for name in store.confused(profile.id):
        other = store.profile(name)
        if other is None or name == profile.id:
            continue
        said = next(one for one in other.confused_with if one.id == profile.id)
        if name in found:
            found[name] = found[name]._replace(by_name=found[name].by_name or said.by_name)
        else:
            by_name = said.by_name or near(profile.name, other.name)
            found[name] = LookAlike(name, other.name, said.because, turned=True, by_name=by_name)
    return list(found.values())


def with_look_alike(answer: Answer, store: Store) -> Answer:
    """Add what the one drug of a question is mixed up with by name, after all other notices.

    Args:
        answer: an answer; it is changed only where the question names one substance, or one class and no substance.
        store: the store.
    """
    if answer.status not in (Status.ANSWERED, Status.PROFILE):
        return answer
    asked = [name for name in answer.about if name in answer.substances] or [
        name for name in answer.about if name in answer.classes
    ]
    if len(asked) != 1:
        return answer
    name = asked[0]
    notices = store.remember(("look-alike", name), lambda: _notices(name, store))
    return answer._replace(notices=(*answer.notices, *notices)) if notices else answer


def _notices(name: str, store: Store) -> tuple[Notice, ...]:
    profile = store.profile(name)
    assert profile is not None
    return tuple(
        Notice(
            "look-alike", f"Not to be mixed up with {one.name}{'' if one.turned else ': ' + one.because.rstrip('.')}."
        )
        for one in [one for one in look_alikes(profile, store) if one.by_name][:_TOLD]
    )


def near(left: str, right: str) -> bool:
    """Say whether two names differ by at most three letters, and by no more than two in five."""
    one, other = fold(left), fold(right)
    apart = distance(one, other, _NEAR)
    return 0 < apart <= _NEAR and 5 * apart <= 2 * max(len(one), len(other))


def distance(left: str, right: str, most: int) -> int:
    """Count the letters to change, add or take away to make one word of another; more than ``most`` is not counted."""
    if abs(len(left) - len(right)) > most:
        return most + 1
    row = list(range(len(right) + 1))
    for index, letter in enumerate(left, 1):
        before, row[0] = row[0], index
        for place, other in enumerate(right, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (letter != other))
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
