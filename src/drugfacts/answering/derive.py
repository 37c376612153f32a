"""Settle a proposition from the profiles: what the records of its subject and object say about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from drugfacts.answering.findings import Settled, basis, findings, inherited_says
from drugfacts.answering.kinship import identity, kindred, membership
from drugfacts.answering.wording import capital, sentence, subject_name
from drugfacts.model import DrugClass, Finding, Method, Relation, Substance, Term, Verdict

if TYPE_CHECKING:
    from drugfacts.language.question import Proposed
    from drugfacts.store import Profile, Store


class Derived(NamedTuple):
    """What the profiles say about a proposition.

    Attributes:
        statement: the proposition in the affirmative.
        says: one or two sentences that spell the fact out.
        sources: ids of the sources of the fields it was derived from.
        basis: in a few words, what it was derived from.
        placed: whether it is the law of the place that was asked about.
    """

    verdict: Verdict
    statement: str
    says: str
    sources: tuple[str, ...]
    basis: str
    placed: bool = False


def derive(proposed: Proposed, store: Store, place: str = "") -> Derived | None:
    """Settle a proposition from the profiles.

    Args:
        proposed: relation, subject and object.
        store: the store.
        place: the place that is asked about ("UK"), where it is; it matters to relations that the law settles.

    Returns:
        What the profiles say, or None where no field settles it: absence of a field derives nothing.
    """
    relation = store.relation(proposed.relation)
    subject = store.profile(proposed.subject)
    object_ = (store.profile(proposed.object) or store.term(proposed.object)) if proposed.object else None
    if relation is None or subject is None or (proposed.object and object_ is None):
        return None
    if relation.method is Method.LAW:
        term = object_ if isinstance(object_, Term) else None
        settled = _schedule(relation, subject, term, store) if term and place in ("", term.place) else None
    else:
        settled = _law(relation, subject, place, store) if relation.lawful and place else None
    placed = settled is not None
    settled = settled or _settle(relation, subject, object_, store) or _excluded(relation, subject, object_, store)
    if settled is None:
        return None
    statement = sentence(relation.yes, relation, subject, object_)
    return Derived(
        settled.verdict, statement, settled.says, tuple(dict.fromkeys(settled.sources)), settled.basis, placed
    )


def proposition(relation: str, subject: str, object_: str, store: Store) -> str:
    """Put a proposition into a sentence, in the affirmative; empty where the store does not hold what it names.

    Args:
        relation: the relation's id.
        subject: the id of a substance or class.
        object_: the id of a substance, class or term; empty where the relation has none.
        store: the store.
    """
    own, first = store.relation(relation), store.profile(subject)
    second = (store.profile(object_) or store.term(object_)) if object_ else None
    if own is None or first is None or (object_ and second is None):
        return ""
    return sentence(own.yes, own, first, second)


def _settle(relation: Relation, subject: Profile, object_: Profile | Term | None, store: Store) -> Settled | None:
    if relation.method is Method.FIELD:
        return _field(relation, subject, store)
    if object_ is None:
        return None
    if relation.method is Method.MEMBERSHIP:
        return membership(subject, object_, store) if isinstance(object_, DrugClass) else None
    if relation.method is Method.LINK:
        return _link(relation, subject, object_, store)
    if isinstance(object_, Term):
        return None
    if relation.method is Method.IDENTITY:
        return identity(relation, subject, object_, store)
    if relation.method is Method.KINSHIP:
        return kindred(relation, subject, object_, store)
    return _order(relation, subject, object_, store)


def _excluded(relation: Relation, subject: Profile, object_: Profile | Term | None, store: Store) -> Settled | None:
    """Settle what cannot be: something that it requires is not so, something excludes it, or no drug does it."""
    for name in relation.requires:
        required = store.relation(name)
        if required is None:
            continue
        settled = _settle(required, subject, object_ if required.object_kinds else None, store)
        if settled and settled.verdict is Verdict.FALSE:
            return settled
    for excluding in relation.excluded_by:
        other = store.relation(excluding.relation)
        if other is None or object_ is None or isinstance(object_, Term):
            continue
        settled = _settle(other, *((object_, subject) if excluding.turned else (subject, object_)), store)
        if settled and settled.verdict is Verdict.TRUE:
            return settled._replace(verdict=Verdict.FALSE)
    if isinstance(object_, Term):
        for entry in object_.rules_out:
            if entry.relation == relation.id:
                return Settled(Verdict.FALSE, entry.says, entry.sources, f"what no drug does to {object_.id}")
    return None


def _law(relation: Relation, subject: Profile, place: str, store: Store) -> Settled | None:
    """Settle a question of law by a place's status of a drug, or of the nearest class that has one.

    A status that is a schedule of the place says that the drug is controlled there; a schedule that is free, that it is
    not. Whether it may be held at all is more than that: there the field of the relation tells, where it says that the
    drug is forbidden, of a drug that the place controls.
    """
    for name in (subject.id, *store.ancestors(subject.id)):
        record = store.profile(name)
        law = next((one for one in record.law if one.place == place), None) if record else None
        if law is None or record is None:
            continue
        schedule = next((one for one in store.schedules(place) if _is_in(law.status, one)), None)
        if schedule is None:
            return None
        when = f"since {law.since}" if law.since else f"as of {law.as_of}"
        says = f"{capital(subject_name(record))} in the law of {place}: {law.status} ({when})."
        if relation.permits:
            held = _field(relation, subject, store)
            if held is None or held.verdict is not Verdict.TRUE or schedule.free:
                return None
            return held._replace(says=f"{says} {held.says}", sources=(law.source, *held.sources))
        verdict = Verdict.FALSE if schedule.free else Verdict.TRUE
        return Settled(verdict, says, (law.source,), f"law of {name}")
    return None


def _is_in(status: str, schedule: Term) -> bool:
    """Say whether a status is a schedule, whatever it says besides ("Schedule III (approved medicines)")."""
    return re.match(rf"{re.escape(schedule.status)}(?!\w)", status) is not None


def _schedule(relation: Relation, subject: Profile, term: Term, store: Store) -> Settled | None:
    """Settle whether a drug is in a schedule of a place's law.

    What is not controlled there is in no schedule. A status that says more than the schedule ("Schedule III (approved
    medicines)") speaks for it, but not against another, and that of a class says nothing surely of its members where
    it says more.
    """
    for name in (subject.id, *store.ancestors(subject.id)):
        record = store.profile(name)
        laws = [one for one in record.law if one.place == term.place] if record else []
        if record is None or not laws:
            continue
        sources = tuple(one.source for one in laws)
        said = "; ".join(f"{one.status} ({'since' if one.since else 'as of'} {one.since or one.as_of})" for one in laws)
        says = f"{capital(subject_name(record))} in the law of {term.place}: {said}."
        if len(laws) == 1 and laws[0].status == term.status:
            return Settled(Verdict.TRUE, says, sources, f"law of {name}")
        if name == subject.id and any(_is_in(one.status, term) for one in laws):
            alone = len(laws) == 1 and isinstance(record, Substance)
            return Settled(Verdict.MOSTLY_TRUE if alone else Verdict.MIXED, says, sources, f"law of {name}")
        others = {one.status for one in store.schedules(term.place)}
        if all(one.status in others for one in laws):
            return Settled(Verdict.FALSE, says, sources, f"law of {name}")
        return None
    field = store.field(relation.field)
    free = _field(relation, subject, store) if field and field.place == term.place and not term.free else None
    return free if free and free.verdict is Verdict.FALSE else None


def _field(relation: Relation, subject: Profile, store: Store) -> Settled | None:
    held = findings(subject, relation.field, store)
    if not held:
        return None
    holder, finding = held[0]
    return Settled(
        finding.holds,
        inherited_says(holder, finding, subject, store),
        finding.sources,
        basis(holder, relation.field),
    )


def _same(wanted: Profile | Term, name: str, store: Store) -> bool:
    """Say whether a finding about a record holds for the wanted one: it is the same, or a class above it."""
    return wanted.id == name or name in store.ancestors(wanted.id)


def _carries(finding: Finding, wanted: Profile | Term, store: Store) -> bool:
    """Say whether a finding about one term settles another: what holds of a kind of it holds of it in general.

    What is not so in general is not so of a kind of it.
    """
    if not isinstance(wanted, Term):
        return False
    if finding.holds is Verdict.FALSE:
        return finding.object in wanted.kind_of
    narrower = store.term(finding.object)
    return finding.holds is Verdict.TRUE and narrower is not None and wanted.id in narrower.kind_of


def _link(relation: Relation, subject: Profile, object_: Profile | Term, store: Store) -> Settled | None:
    holder, wanted = (object_, subject) if relation.inverse else (subject, object_)
    pairs = [(holder, wanted)]
    if relation.symmetric and not isinstance(object_, Term):
        pairs.append((object_, subject))
    hits: list[tuple[bool, str, Finding]] = []
    for record, other in pairs:
        if isinstance(record, Term):
            continue
        hits += [
            (finding.object != other.id, name, finding)
            for name, finding in findings(record, relation.field, store)
            if _same(other, finding.object, store)
            or _carries(finding, other, store)
            or (relation.upward and finding.holds is Verdict.TRUE and other.id in store.ancestors(finding.object))
        ]
    if not hits:
        return None
    general, name, finding = min(hits, key=lambda hit: (hit[0], hit[1] != holder.id))
    verdict = finding.holds
    if relation.actions and verdict is Verdict.TRUE and finding.action not in relation.actions:
        if finding.action not in relation.against:
            return None
        verdict = Verdict.FALSE
    if {hit[2].holds for hit in hits if hit[0] == general} != {finding.holds}:
        return None
    # What contradicts a relation by its action says nothing of what is wider.
    if general and isinstance(wanted, Term) and verdict is not finding.holds:
        return None
    says = (
        finding.says
        if name in (subject.id, object_.id)
        else inherited_says(name, finding, _holder_of(name, subject, object_, store), store)
    )
    return Settled(verdict, says, finding.sources, basis(name, relation.field))


def _holder_of(name: str, subject: Profile, object_: Profile | Term, store: Store) -> Profile:
    if name in store.ancestors(subject.id) or isinstance(object_, Term):
        return subject
    return object_


def _order(relation: Relation, subject: Profile, object_: Profile, store: Store) -> Settled | None:
    direct = relation.id
    for record, other, turned in ((subject, object_, False), (object_, subject, True)):
        for _, finding in findings(record, direct, store):
            if finding.object != other.id:
                continue
            if turned and finding.holds is not Verdict.TRUE:
                return None  # that A is not above B does not put B above A
            verdict = Verdict.FALSE if turned else finding.holds
            return Settled(verdict, finding.says, finding.sources, basis(record.id, direct))
    amounts = []
    for record in (subject, object_):
        held = [finding for _, finding in findings(record, relation.field, store) if finding.low is not None]
        if not held:
            return None
        amounts.append(held[0])
    left, right = amounts
    assert left.low is not None
    assert right.low is not None
    left_high, right_high = left.high or left.low, right.high or right.low
    if left.unit != right.unit or (left.low <= right_high and right.low <= left_high):
        return None
    verdict = Verdict.TRUE if left.low > right_high else Verdict.FALSE
    return Settled(verdict, f"{left.says} {right.says}", left.sources + right.sources, f"{relation.field} of both")
