"""Rank substances by an amount, each scale by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drugfacts.answering.findings import findings
from drugfacts.errors import UnknownNameError
from drugfacts.model import FieldKind

if TYPE_CHECKING:
    from drugfacts.model import Field, Finding
    from drugfacts.store import Profile, Store


class Ranked(NamedTuple):
    """One value: whose it is, the range, in whom it was found, and its sources' ids."""

    id: str
    name: str
    low: float
    high: float
    population: str
    note: str
    says: str
    sources: tuple[str, ...]


class Scale(NamedTuple):
    """Values that can be compared: one unit, one sample; the highest first."""

    unit: str
    sample: str
    rows: tuple[Ranked, ...]

    @property
    def top(self) -> float:
        """The highest value."""
        return max(row.high for row in self.rows)


def amount_fields(store: Store) -> list[Field]:
    """Give every field that holds amounts."""
    found = (store.field(name) for name in store.ids("fields"))
    return [field for field in found if field and field.kind is FieldKind.AMOUNT]


def find_amount(name: str, store: Store) -> Field:
    """Give the amount field that goes by an id or a short word.

    Raises:
        UnknownNameError: there is none; it names those there are.
    """
    wanted = name.strip().casefold().replace(" ", "-")
    fields = amount_fields(store)
    for field in fields:
        if wanted == field.id or wanted in (word.casefold() for word in field.alias):
            return field
    raise UnknownNameError("amount", name, [field.id for field in fields])


def rank(field: Field, store: Store) -> list[Scale]:
    """Rank the substances that hold an amount.

    Values in another unit, or from another sample, stand on a scale of their own.

    Args:
        field: the amount.
        store: the store.

    Returns:
        The scales, that with the most values first.
    """
    scales: dict[tuple[str, str], list[Ranked]] = {}
    for name in store.ids("substances"):
        profile = store.profile(name)
        if profile is None:
            continue
        for finding in values(profile, field, store):
            assert finding.low is not None
            high = finding.low if finding.high is None else finding.high
            row = Ranked(
                name,
                profile.name,
                finding.low,
                high,
                finding.population,
                finding.note,
                finding.says,
                finding.sources,
            )
            scales.setdefault((finding.unit, finding.sample), []).append(row)
    made = [
        Scale(unit, sample, tuple(sorted(rows, key=lambda row: (-row.high, -row.low, row.name))))
        for (unit, sample), rows in scales.items()
    ]
    return sorted(made, key=lambda scale: (-len(scale.rows), scale.unit, scale.sample))


def values(profile: Profile, field: Field, store: Store) -> list[Finding]:
    """Give the findings of a profile in an amount field that hold a number."""
    return [finding for _, finding in findings(profile, field.id, store) if finding.low is not None]


def common_scale(left: Finding, right: Finding) -> float | None:
    """Give the top of the scale that two values share; None where they are not to be compared."""
    if (left.unit, left.sample) != (right.unit, right.sample):
        return None
    return max(left.high or left.low or 0, right.high or right.low or 0) or None
