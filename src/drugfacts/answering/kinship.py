"""Settle whether a drug belongs to a class, and whether two drugs are one, or of one family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drugfacts.answering.findings import Settled, basis, findings
from drugfacts.answering.wording import capital, first_sentence, subject_name, with_article
from drugfacts.model import Contested, Crispness, DrugClass, Relation, Substance, Verdict
from drugfacts.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from drugfacts.store import Profile, Store


def membership(subject: Profile, object_: DrugClass, store: Store) -> Settled | None:
    """Settle whether a drug or class belongs to a class.

    Args:
        subject: the drug or class.
        object_: the class.
        store: the store.

    Returns:
        Nothing where the class lists of the records do not tell: that a class is not listed means no only where the
        list is complete and the class is crisp.
    """
    if subject.id == object_.id:
        return None
    above = store.ancestors(subject.id)
    contested = _contested(subject, object_, store)
    if contested:
        holder, entry = contested
        # That its class is no other class says less than what it is instead, by its own list.
        plain = holder != subject.id and entry.verdict is Verdict.FALSE and _is_none(subject, object_, store)
        if not plain:
            return Settled(entry.verdict, entry.says, entry.sources, f"contested class of {holder}")
    own = subject.classes if isinstance(subject, Substance) else subject.parents
    if object_.id in above:
        sources = _path_sources(subject, object_.id, store)
        says = _named_as(subject, object_, [one.id for one in own], store)
        return Settled(Verdict.TRUE, says, sources, f"classes of {subject.id}")
    if not _is_none(subject, object_, store):
        return None
    what = _what_it_is(subject, store)
    plural = isinstance(subject, DrugClass) or subject.plural
    name = capital(subject_name(subject))
    other = object_.plural_name if plural else with_article(object_.name)
    says = f"{name} {'are' if plural else 'is'} not {other}"
    says += f"; {'they are' if plural else 'it is'} {what}." if what else "."
    leaning = tuple(source for one in own for source in one.sources) or subject.summary.sources
    return Settled(Verdict.FALSE, says, leaning, f"complete class list of {subject.id}")


def _contested(subject: Profile, object_: DrugClass, store: Store) -> tuple[str, Contested] | None:
    """Give what the nearest record says of a class that its subject is wrongly or doubtfully put into, with its id."""
    above = store.ancestors(subject.id)
    for holder in (subject.id, *above):
        record = store.profile(holder)
        entry = next((one for one in record.contested_classes if one.id == object_.id), None) if record else None
        # What is said of a class is said of its members only where they do not themselves belong.
        if entry and (holder == subject.id or object_.id not in above):
            return holder, entry
    return None


def _is_none(subject: Profile, object_: DrugClass, store: Store) -> bool:
    """Say whether it means no that a record does not list a class: its list is complete, and the class is crisp."""
    return subject.classes_complete and object_.membership is Crispness.CRISP and not _overlap(subject, object_, store)


def _overlap(subject: Profile, object_: DrugClass, store: Store) -> bool:
    """Say whether a class below the subject or shared with it makes a plain "no" wrong."""
    if isinstance(subject, Substance):
        return False
    # A class is no member of another that shares a member with it or lies below it.
    mine = set(store.members(subject.id))
    return bool(mine & set(store.members(object_.id))) or subject.id in store.ancestors(object_.id) or not mine


def _path_sources(subject: Profile, goal: str, store: Store) -> tuple[str, ...]:
    """Give the sources of the memberships on the way from a record up to a class."""
    own = subject.classes if isinstance(subject, Substance) else subject.parents
    for membership in own:
        if membership.id == goal:
            return membership.sources
    for membership in own:
        if goal in store.ancestors(membership.id):
            record = store.profile(membership.id)
            return membership.sources + (_path_sources(record, goal, store) if record else ())
    return ()


def _named_as(subject: Profile, object_: DrugClass, own: Iterable[str], store: Store) -> str:
    plural = isinstance(subject, DrugClass) or subject.plural
    name = capital(subject_name(subject))
    says = f"{name} {'are' if plural else 'is'} {object_.plural_name if plural else with_article(object_.name)}"
    steps = [step for step in own if step != object_.id and object_.id in store.ancestors(step)]
    if object_.id not in own and steps:
        step = store.profile(steps[0])
        assert isinstance(step, DrugClass)
        says += (
            f": {'they belong' if plural else 'it belongs'} to the {step.plural_name}, which are {object_.plural_name}"
        )
    return says + "."


def _what_it_is(subject: Profile, store: Store) -> str:
    memberships = subject.classes if isinstance(subject, Substance) else subject.parents
    plural = isinstance(subject, DrugClass) or subject.plural
    named = []
    for membership in memberships:
        record = store.profile(membership.id)
        if isinstance(record, DrugClass):
            named.append(
                (
                    record.membership is Crispness.LOOSE,
                    record.plural_name if plural else with_article(record.name),
                )
            )
    names = [name for _, name in sorted(named, key=lambda item: item[0])][:2]
    return " and ".join(names)


def identity(relation: Relation, subject: Profile, object_: Profile, store: Store) -> Settled | None:
    """Settle whether two names stand for the same, or one is a kind of the other.

    Args:
        relation: which of the two is asked.
        subject: what the one names.
        object_: what the other names.
        store: the store.

    Returns:
        Nothing where the records do not tell.
    """
    if subject.id == object_.id:
        says = f"These are names for the same thing: {subject_name(subject)}."
        return Settled(Verdict.TRUE, says, subject.summary.sources, f"names of {subject.id}")
    if not relation.symmetric and (family := _family(subject, object_, store)):
        return membership(subject, family, store)
    for record, other in ((subject, object_), (object_, subject)):
        for _, finding in findings(record, relation.field, store):
            if finding.object == other.id:
                return Settled(finding.holds, finding.says, finding.sources, basis(record.id, relation.field))
    related = {subject.id, object_.id} & {*store.ancestors(subject.id), *store.ancestors(object_.id)}
    if related or not (subject.classes_complete and object_.classes_complete):
        return None
    shared = {subject.id, *store.ancestors(subject.id)} & {object_.id, *store.ancestors(object_.id)}
    linked = any(
        finding.object in (subject.id, object_.id)
        for record in (subject, object_)
        for name, found in record.facts.items()
        if (field := store.field(name)) and field.akin
        for finding in found
    )
    crisp = [found for name in sorted(shared) if (found := _crisp(name, store))]
    if linked or (crisp and not _told_apart(relation, subject, object_, crisp)):
        return None
    both = f", though both are {crisp[0].plural_name}" if crisp else ""
    says = f"They are not the same{both}. {first_sentence(subject.summary.text)} {first_sentence(object_.summary.text)}"
    return Settled(Verdict.FALSE, says, subject.summary.sources + object_.summary.sources, "classes of both")


def kindred(relation: Relation, subject: Profile, object_: Profile, store: Store) -> Settled | None:
    """Settle whether two drugs belong to the same class.

    They do where one of the two belongs directly to a crisp class of both whose members are known to work alike. What
    else they share makes them kin in part. That they share none is told only where each is in a crisp class: the store
    does not hold every class that there is.

    Args:
        relation: the relation; its field, where it has one, is what a class tells of how its members work.
        subject: the one.
        object_: the other.
        store: the store.

    Returns:
        Nothing where the one is a kind of the other, or the class lists of the records do not tell.
    """
    above = set(store.ancestors(subject.id)), set(store.ancestors(object_.id))
    if subject.id == object_.id or subject.id in above[1] or object_.id in above[0]:
        return None
    nearest = _nearest(subject, store), _nearest(object_, store)
    names = f"{capital(subject_name(subject))} and {subject_name(object_)}"
    shared = [record for name in above[0] & above[1] if isinstance(record := store.profile(name), DrugClass)]
    if shared:
        close = [
            one
            for one in shared
            if one.membership is Crispness.CRISP
            and (one.id in nearest[0] or one.id in nearest[1])
            and (not relation.field or one.facts.get(relation.field))
        ]
        # The narrowest tells the most.
        record = max(close or shared, key=lambda one: (len(store.ancestors(one.id)), one.id))
        sources = _path_sources(subject, record.id, store) + _path_sources(object_, record.id, store)
        says = f"{names} are both {record.plural_name}"
        if close:
            return Settled(Verdict.TRUE, f"{says}.", sources, "classes of both")
        apart = not nearest[0] & nearest[1]
        kinds = f"but of different kinds: {_told(subject, store)}, {_told(object_, store)}"
        says += f", {kinds if apart else 'which need not mean that they work alike'}."
        return Settled(Verdict.MIXED, says, sources, "classes of both")
    doubted = any(
        one.id in above[0] | above[1] and one.verdict is not Verdict.FALSE
        for record in (subject, object_)
        for one in record.contested_classes
    )
    complete = subject.classes_complete and object_.classes_complete
    crisp = all(any(_crisp(name, store) for name in classes) for classes in nearest)
    if doubted or not complete or not crisp or {*store.members(subject.id)} & {*store.members(object_.id)}:
        return None
    says = f"{names} do not belong to the same class: {_told(subject, store)}, {_told(object_, store)}."
    return Settled(Verdict.FALSE, says, subject.summary.sources + object_.summary.sources, "classes of both")


def _told(one: Profile, store: Store) -> str:
    be = "are" if isinstance(one, DrugClass) or one.plural else "is"
    return f"{subject_name(one)} {be} {_what_it_is(one, store)}"


def _nearest(one: Profile, store: Store) -> set[str]:
    """Give the classes that a drug belongs to and that are above no other of them; for a class, itself."""
    if isinstance(one, DrugClass):
        return {one.id}
    own = {membership.id for membership in one.classes}
    return own - {above for name in own for above in store.ancestors(name)}


def _crisp(name: str, store: Store) -> DrugClass | None:
    record = store.profile(name)
    return record if isinstance(record, DrugClass) and record.membership is Crispness.CRISP else None


def _family(subject: Profile, object_: Profile, store: Store) -> DrugClass | None:
    """Give the class that two drugs share and that is named for the second, of which the first then is a kind."""
    shared = set(store.ancestors(subject.id)) & set(store.ancestors(object_.id))
    found = (one for name in sorted(shared) if (one := _crisp(name, store)))
    return next((one for one in found if _named_for(one, object_)), None)


def _named_for(record: DrugClass, drug: Profile) -> bool:
    """Say whether the name of a class holds that of a drug ("amphetamine-type drug")."""
    return set(words(drug.name)) <= set(words(record.name))


def _told_apart(relation: Relation, subject: Profile, object_: Profile, shared: Iterable[DrugClass]) -> bool:
    """Say whether two drugs of one class are two all the same: two substances, neither of which the class is named for.

    That one is a kind of the other is another matter.
    """
    return (
        relation.symmetric
        and isinstance(subject, Substance)
        and isinstance(object_, Substance)
        and not any(_named_for(record, one) for record in shared for one in (subject, object_))
    )
