"""Draw sentences with their sources to be read again: ``python benchmarks/audit.py fields|claims [--seed N] [--count N]``.

A figure such as "58 of 60 are supported by the source they name" needs a sample that nobody chose. This draws one: pairs
of a sourced sentence and one of its sources, every pair as likely as any other, the same for the same seed and the same
facts. It prints them as JSON Lines for whoever opens the sources; what they find is written down with the seed
(``benchmarks/README.md``).
"""

from __future__ import annotations

import argparse
import json
import random
from typing import TYPE_CHECKING, NamedTuple

import drugfacts

if TYPE_CHECKING:
    from collections.abc import Iterator


class Pair(NamedTuple):
    """A sentence of the store, where it stands, the verdict that it gives, and one source that it names."""

    record: str
    place: str
    verdict: str
    says: str
    source: str
    finding: str = ""


def of_fields(store: drugfacts.FactStore) -> Iterator[Pair]:
    """Give every pair of a sentence or law entry that a substance or class says of itself, and one of its sources."""
    for name in (*store.ids("substances"), *store.ids("classes")):
        profile = store.profile(name)
        if profile is None:
            continue
        for place in ("summary", "mechanism", "effects", "addiction_risk"):
            passage = getattr(profile, place)
            for source in passage.sources if passage else ():
                yield Pair(name, place, "", passage.text, source)
        for field, every in profile.facts.items():
            for one in every:
                for source in one.sources:
                    yield Pair(name, f"{field} {one.object}".rstrip(), one.holds.value, one.says, source)
        for law in profile.law:
            yield Pair(name, "law", "", f"{law.place}: {law.status} ({law.since or law.as_of})", law.source)


def of_claims(store: drugfacts.FactStore) -> Iterator[Pair]:
    """Give every pair of a claim and one of its references, with what the author found in it."""
    for row in store.claims():
        claim = store.claim(row.id)
        for one in claim.references:
            says = f"{claim.statement} {claim.answer}"
            yield Pair(claim.id, "claim", claim.verdict.value, says, one.source, one.finding)


def main() -> None:
    """Draw the pairs and print them, each with the source's title, address and how it was read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=("fields", "claims"))
    parser.add_argument("--seed", type=int, default=20261129)
    parser.add_argument("--count", type=int, default=60)
    wanted = parser.parse_args()
    store = drugfacts.open_store()
    every = list((of_fields if wanted.kind == "fields" else of_claims)(store))
    drawn = random.Random(wanted.seed).sample(every, min(wanted.count, len(every)))
    for pair in drawn:
        source = store.source(pair.source)
        print(json.dumps({**pair._asdict(), "source": source._asdict() if source else pair.source}, ensure_ascii=False))


if __name__ == "__main__":
    main()
