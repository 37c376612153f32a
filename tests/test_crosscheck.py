"""The store against reference data and against itself.

The reference (DrugCentral) is kept beside the checkout; what leans on it is skipped where it is not there.
``data/crosscheck.yaml`` says how its names map to ours, and holds every difference that stays, with the reason.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from functools import cache as once
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml

from drugfacts.answering.derive import derive
from drugfacts.answering.findings import findings
from drugfacts.answering.lookalikes import look_alikes
from drugfacts.language.question import Proposed
from drugfacts.model import FieldKind, Substance, SubstanceKind, TermKind, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from drugfacts.model import Finding, Law
    from drugfacts.store import Profile, Store

FOLDER = Path(__file__).parents[2] / "shared" / "data" / "drugcentral"
MAPPING = Path(__file__).parent / "data" / "crosscheck.yaml"
SUBSTANCES_AT_LEAST, CLASSES_AT_LEAST, TARGETS_AT_LEAST = 100, 250, 120
NO_CLASS, ONLY_OUR_CLASS = "class missing in the store", "class missing in the reference"
NO_TARGET, ONLY_OUR_TARGET = "target missing in the store", "target missing in the reference"
OTHER_ACTION = "another action"
KINDS = {NO_CLASS, ONLY_OUR_CLASS, NO_TARGET, ONLY_OUR_TARGET, OTHER_ACTION}
YES, NO = {Verdict.TRUE, Verdict.MOSTLY_TRUE}, {Verdict.FALSE, Verdict.MISLEADING}

with_reference = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"there is no reference data at {FOLDER}")


class Difference(NamedTuple):
    """A thing that the store and the reference say differently of a substance."""

    substance: str
    what: str
    object: str


class Contradiction(NamedTuple):
    """A fact of a record that says the opposite of what one of its classes says."""

    record: str
    field: str
    object: str
    of: str


class Comparison(NamedTuple):
    """What came of comparing: the substances that both sides know, how often they agree, and where they differ."""

    substances: set[str]
    agreements: int
    differences: set[Difference]


class Act(NamedTuple):
    """One target of a drug in the reference, with the genes of its parts, and what the drug does there."""

    target: str
    genes: frozenset[str]
    action: str


class Reference(NamedTuple):
    """The classes and targets that the reference gives each drug; the names of the drugs are folded."""

    classes: dict[str, set[str]]
    acts: dict[str, set[Act]]


@once
def mapping() -> dict[str, Any]:
    """Give what the mapping file holds."""
    found: dict[str, Any] = yaml.safe_load(MAPPING.read_text(encoding="utf-8"))
    return found


@once
def reference() -> Reference:
    """Read the reference."""
    classes: dict[str, set[str]] = defaultdict(set)
    acts: dict[str, set[Act]] = defaultdict(set)
    for row in rows("drug-to-class.tsv"):
        classes[row["drug"].casefold()].add(row["class"])
    for row in rows("mechanism-of-action.tsv"):
        act = Act(row["target"], frozenset(row["gene"].split("|")), row["action"])
        acts[row["drug"].casefold()].add(act)
    return Reference(classes, acts)


def rows(name: str) -> list[dict[str, str]]:
    """Give the rows of a table of the reference."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def names(substance: Substance) -> set[str]:
    """Give the names that the reference may have a substance by; brands and street names are none of them."""
    known = (substance.name, substance.id.replace("-", " "), *substance.names.generic)
    return {name.casefold() for name in known}


def simple(store: Store) -> Iterator[Substance]:
    """Give the substances that are neither a product nor a plant."""
    for key in store.ids("substances"):
        record = store.profile(key)
        if isinstance(record, Substance) and record.kind is SubstanceKind.SUBSTANCE:
            yield record


def profiles(store: Store) -> Iterator[Profile]:
    """Give every substance and class."""
    for key in (*store.ids("substances"), *store.ids("classes")):
        record = store.profile(key)
        assert record is not None
        yield record


def classes_given(substance: Substance) -> set[str]:
    """Give the classes of the reference that a substance is in."""
    return set().union(*(reference().classes.get(name, set()) for name in names(substance)))


def acts_given(substance: Substance) -> set[Act]:
    """Give what the reference says that a substance acts on."""
    return set().union(*(reference().acts.get(name, set()) for name in names(substance)))


def ours(act: Act) -> str:
    """Give the target, as we call it, that one of the reference is; empty where it is none of ours."""
    return next((name for name, entry in mapping()["targets"].items() if act.genes & set(entry["genes"])), "")


def targets_given(substance: Substance) -> dict[str, set[str]]:
    """Give the targets, as we call them, that the reference says a substance acts on, with what it does there."""
    found: dict[str, set[str]] = defaultdict(set)
    for act in acts_given(substance):
        if ours(act):
            found[ours(act)].add(effect(act.action, "reference"))
    return found


def effect(action: str, side: str) -> str:
    """Give what an action comes to (``blocks``), as the store or the reference names it; empty where none is named."""
    return next((name for name, words in mapping()["actions"].items() if action in words[side]), "")


def believed(substance: Substance, name: str, store: Store) -> bool:
    """Say whether the store answers that a substance is in a class."""
    derived = derive(Proposed(substance.id, "is-a", name), store)
    return derived is not None and derived.verdict in YES


@once
def compare_classes(store: Store) -> Comparison:
    """Compare which classes each substance is in."""
    seen, agreements, differences = set(), 0, set()
    for substance in simple(store):
        given, above = classes_given(substance), store.ancestors(substance.id)
        if not given:
            continue
        seen.add(substance.id)
        for name, entry in mapping()["classes"].items():
            means = bool(given & set(entry["means"]))
            if means and not believed(substance, name, store):
                differences.add(Difference(substance.id, NO_CLASS, name))
            elif name in above and not means and not given & set(entry.get("allows", ())):
                differences.add(Difference(substance.id, ONLY_OUR_CLASS, name))
            else:
                agreements += means or name in above
    return Comparison(seen, agreements, differences)


@once
def compare_targets(store: Store) -> Comparison:
    """Compare what each substance acts on and how, where both sides say anything of it."""
    seen, agreements, differences = set(), 0, set()
    for substance in simple(store):
        links = {finding.object: finding for _, finding in findings(substance, "acts-on", store)}
        if not acts_given(substance) or all(link.holds in NO for link in links.values()):
            continue
        seen.add(substance.id)
        for target in {*links, *targets_given(substance)}:
            what = compare_target(substance, target, links.get(target))
            if what:
                differences.add(Difference(substance.id, what, target))
            else:
                agreements += 1
    return Comparison(seen, agreements, differences)


def compare_target(substance: Substance, target: str, link: Finding | None) -> str:
    """Say how the two sides differ on one target; empty where they do not."""
    done = targets_given(substance).get(target)
    holds = link is not None and link.holds in YES
    if not holds:
        return NO_TARGET if done else ""
    assert link is not None
    here = effect(link.action, "store")
    if done:
        return "" if here in done else OTHER_ACTION
    allowed = mapping()["targets"][target].get("allows", {}).get(here, ())
    return "" if classes_given(substance) & set(allowed) else ONLY_OUR_TARGET


def listed() -> set[Difference]:
    """Give the differences that the mapping file lists."""
    return {Difference(one["substance"], one["what"], one["object"]) for one in mapping()["differences"]}


def nothing(found: Iterable[str | tuple[str, ...]], hint: str = "mend it, or list it with its reason") -> None:
    """Assert that nothing was found; else show all of it, one a line."""
    lines = sorted(one if isinstance(one, str) else ": ".join(filter(None, one)) for one in found)
    assert not lines, "\n".join([f"{hint}:", *lines])


def contradictions(store: Store) -> set[Contradiction]:
    """Give the facts of records that say the opposite of what a class above them says."""
    return {
        Contradiction(record.id, field, own.object, name)
        for record in profiles(store)
        for field, held in record.facts.items()
        if is_inherited(field, store)
        for own in held
        for name in store.ancestors(record.id)
        for above in stated(name, field, store)
        if own.object == above.object and opposed(own, above)
    }


def stated(name: str, field: str, store: Store) -> tuple[Finding, ...]:
    """Give what a record itself says in a field."""
    record = store.profile(name)
    return record.facts.get(field, ()) if record else ()


def is_inherited(name: str, store: Store) -> bool:
    """Say whether the members of a class have a field from it, and it has a verdict that could be contradicted."""
    field = store.field(name)
    assert field is not None
    return field.inherited and field.kind is not FieldKind.AMOUNT


def opposed(one: Finding, other: Finding) -> bool:
    """Say whether one finding says yes and the other no."""
    return (one.holds in YES and other.holds in NO) or (one.holds in NO and other.holds in YES)


# The mapping itself.


def test_every_class_of_the_store_is_mapped_or_said_to_have_no_counterpart(store: Store) -> None:
    assert sorted([*mapping()["classes"], *mapping()["classes_without_counterpart"]]) == store.ids("classes")


def test_every_target_of_the_store_is_mapped(store: Store) -> None:
    terms = [store.term(name) for name in store.ids("terms")]
    assert sorted(mapping()["targets"]) == [term.id for term in terms if term and term.kind is TermKind.TARGET]


def test_every_action_of_the_store_is_mapped(store: Store) -> None:
    strange = [
        f"{record.id}: {link.action} {link.object}"
        for record in profiles(store)
        for link in record.facts.get("acts-on", ())
        if link.action and not effect(link.action, "store")
    ]
    nothing(strange)


@with_reference
def test_the_mapping_names_only_classes_that_the_reference_has() -> None:
    known = set().union(*reference().classes.values())
    entries = [*mapping()["classes"].values(), *mapping()["targets"].values()]
    for entry in entries:
        allowed = entry.get("allows", ())
        groups = allowed.values() if isinstance(allowed, dict) else [allowed]
        assert {*entry.get("means", ()), *(name for group in groups for name in group)} <= known


@with_reference
def test_every_target_of_the_reference_is_mapped_or_said_to_have_no_term(store: Store) -> None:
    strange = {act.target for substance in simple(store) for act in acts_given(substance) if not ours(act)}
    assert sorted(strange) == sorted(mapping()["targets_without_term"])


@with_reference
def test_every_action_of_the_reference_is_mapped(store: Store) -> None:
    acts = {act for substance in simple(store) for act in acts_given(substance) if ours(act)}
    nothing({act.action for act in acts if not effect(act.action, "reference")})


# The store against the reference.


@with_reference
def test_enough_is_compared(store: Store) -> None:
    classes, targets = compare_classes(store), compare_targets(store)
    assert len(classes.substances) >= SUBSTANCES_AT_LEAST
    assert len(targets.substances) >= SUBSTANCES_AT_LEAST
    assert classes.agreements >= CLASSES_AT_LEAST
    assert targets.agreements >= TARGETS_AT_LEAST


@with_reference
def test_the_store_and_the_reference_agree_on_classes_or_the_difference_is_listed(store: Store) -> None:
    nothing(compare_classes(store).differences - listed())


@with_reference
def test_the_store_and_the_reference_agree_on_targets_or_the_difference_is_listed(store: Store) -> None:
    nothing(compare_targets(store).differences - listed())


@with_reference
def test_no_listed_difference_is_out_of_date(store: Store) -> None:
    found = compare_classes(store).differences | compare_targets(store).differences
    nothing(listed() - found, "the two sides agree on these now; take them out of the list")


def test_every_listed_difference_has_a_reason_and_a_source_of_the_store(store: Store) -> None:
    assert len(listed()) == len(mapping()["differences"]), "a difference is listed twice"
    for one in [*mapping()["differences"], *mapping()["contradictions"]]:
        assert one["reason"].endswith("."), f"no reason: {one}"
        assert store.source(one["source"]), f"no such source: {one}"
    assert {one.what for one in listed()} <= KINDS


# The store against itself; what the rules of the authoring side check is not checked again.


def symmetric_fields(store: Store) -> list[str]:
    """Give the fields whose links hold both ways."""
    fields = [store.field(name) for name in store.ids("fields")]
    return [field.id for field in fields if field and field.symmetric]


def test_a_link_that_holds_both_ways_has_one_verdict_on_both_sides(store: Store) -> None:
    assert {"dangerous-with", "same-as"} <= set(symmetric_fields(store))
    differing = []
    for field in symmetric_fields(store):
        said = {
            (record.id, link.object): link.holds
            for record in profiles(store)
            for link in stated(record.id, field, store)
        }
        differing += [
            f"{field}: {left} and {right}: {said[left, right].value}, {said[right, left].value}"
            for left, right in said
            if left < right and said.get((right, left), said[left, right]) is not said[left, right]
        ]
    nothing(differing, "a question on such a pair is not answered; make the two verdicts one")


def test_what_is_mixed_up_is_known_from_both_sides(store: Store) -> None:
    alike = {(record.id, one.id): one.by_name for record in profiles(store) for one in look_alikes(record, store)}
    assert len(alike) >= SUBSTANCES_AT_LEAST
    nothing(pair for pair, by_name in alike.items() if alike.get((pair[1], pair[0])) is not by_name)


def test_a_fact_that_contradicts_a_class_above_it_is_listed_with_the_reason(store: Store) -> None:
    found = contradictions(store)
    known = {
        Contradiction(one["record"], one["field"], one.get("object", ""), one["of"])
        for one in mapping()["contradictions"]
    }
    nothing(found - known)
    nothing(known - found, "these do not contradict their class any more; take them out of the list")


def test_two_classes_do_not_contradict_each_other_where_their_member_is_silent(store: Store) -> None:
    found = [
        f"{record.id}: {field}: {one.object}: {left} and {right}"
        for record in profiles(store)
        for left, right in unrelated(record, store)
        for field in shared_fields(left, right, store)
        for one in stated(left, field, store)
        for other in stated(right, field, store)
        if one.object == other.object and opposed(one, other) and not speaks(record, field, one.object)
    ]
    nothing(found, "the member has the one or the other by chance; let it say itself which holds")


def unrelated(record: Profile, store: Store) -> list[tuple[str, str]]:
    """Give the pairs of classes above a record of which neither lies above the other."""
    pairs = combinations(store.ancestors(record.id), 2)
    return [
        (one, other) for one, other in pairs if one not in store.ancestors(other) and other not in store.ancestors(one)
    ]


def shared_fields(left: str, right: str, store: Store) -> list[str]:
    """Give the fields that both of two classes hold and hand on."""
    one, other = store.profile(left), store.profile(right)
    assert one is not None
    assert other is not None
    return sorted(field for field in one.facts.keys() & other.facts.keys() if is_inherited(field, store))


def speaks(record: Profile, field: str, object_: str) -> bool:
    """Say whether a record itself says anything on an object in a field."""
    return any(finding.object == object_ for finding in record.facts.get(field, ()))


def laws(store: Store) -> Iterator[tuple[str, Law]]:
    """Give every law entry of the profiles and claims, with the record it stands in."""
    for record in profiles(store):
        yield from ((record.id, law) for law in record.law)
    for row in store.claims():
        yield from ((row.id, law) for law in store.claim(row.id).law)


def test_a_law_entry_of_a_profile_names_a_place_whose_schedules_are_known(store: Store) -> None:
    entries = [(record.id, law.place) for record in profiles(store) for law in record.law]
    assert len(entries) >= SUBSTANCES_AT_LEAST
    nothing((one for one in entries if not store.schedules(one[1])), "no question on that place would find it")


def test_a_law_entry_has_a_place_a_status_and_a_day_that_exists(store: Store) -> None:
    for name, law in laws(store):
        assert law.place, f"{name} has a law entry without a place"
        assert law.status, f"{name} has a law entry without a status"
        year, month, day = [*(int(part) for part in (law.since or law.as_of).split("-")), 1, 1][:3]
        assert date(year, month, day), name


def test_a_law_entry_of_a_profile_is_not_younger_than_the_reading_of_its_source(store: Store) -> None:
    found = [
        f"{record.id}: {law.place}: {law.since or law.as_of}: {law.source}"
        for record in profiles(store)
        for law in record.law
        if (source := store.source(law.source)) is None or (law.since or law.as_of) > source.read_on
    ]
    nothing(found, "the source cannot have said so when it was read")


def test_an_amount_says_of_whom_or_of_what_it_is(store: Store) -> None:
    amounts = [
        (record.id, name, finding)
        for record in profiles(store)
        for name, held in record.facts.items()
        if (field := store.field(name)) and field.kind is FieldKind.AMOUNT
        for finding in held
    ]
    assert len(amounts) >= SUBSTANCES_AT_LEAST
    nothing((record, name) for record, name, finding in amounts if not (finding.population or finding.sample))
