"""Make the answer of what was decided: its parts, sources, notices and suggestions, and how it came about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drugfacts.answering.answer import Answer, Answered, Legal, Notice, Origin, Status, Suggestion, short_of
from drugfacts.answering.describe import PARTS, cite, explain, law_of, profiles_of, side, supports_of
from drugfacts.answering.scope import sweeping
from drugfacts.model import DrugClass, Substance, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drugfacts.answering.derive import Derived
    from drugfacts.answering.match import Match
    from drugfacts.language.question import Proposed, Question
    from drugfacts.model import Claim
    from drugfacts.store import Profile, Store

SUGGESTIONS, WORTH_SUGGESTING = 3, 0.66
_SURE_DERIVED, _PER_CORRECTION = 0.95, 0.03


def reviewed(base: Answer, match: Match, store: Store) -> Answer:
    """Give the answer that a reviewed claim makes.

    Args:
        base: the answer so far.
        match: the claim, and whether the question says its opposite.
        store: the store.
    """
    claim = store.claim(match.claim)
    verdict = claim.verdict.as_asked(negated=match.negated, sweeping=match.sweeping)
    named = [claim.about.subject, claim.about.object] if claim.about else list(base.about)
    profiles = profiles_of(named, store)
    supports = supports_of(claim)
    texts: dict[str, str] = {}
    for part in PARTS:
        text = getattr(claim, part)
        if not text and profiles:
            text, sources = explain(profiles, part, store)
            for source in sources:
                supports.setdefault(source, []).append(part)
        texts[part] = text
    law = tuple(
        Legal(
            one.of or (claim.about.subject if claim.about else ""),
            one.place,
            one.status,
            one.since,
            one.as_of,
            one.source,
        )
        for one in claim.law
    ) or law_of(profiles)
    for one in law:
        supports.setdefault(one.source, []).append("law")
    return base._replace(
        status=Status.ANSWERED,
        answer=short_of(verdict),
        verdict=verdict,
        claim=Answered(claim.id, claim.statement, claim.verdict, Origin.REVIEWED),
        polarity="negated" if match.negated else "affirmed",
        confidence=match.confidence,
        summary=claim.answer,
        mechanism=texts["mechanism"],
        effects=texts["effects"],
        addiction_risk=texts["addiction_risk"],
        nuance=claim.nuance,
        believed_because=claim.believed_because,
        matters_because=claim.matters_because,
        law=law,
        notices=_with_safety(claim, base.notices),
        substances=_ids(profiles, Substance),
        classes=_ids(profiles, DrugClass),
        sources=cite(supports, store),
        suggestions=tuple(one for one in base.suggestions if one.id != claim.id),
        sides=tuple(side(profile, store) for profile in profiles) if len(profiles) == 2 else (),  # noqa: PLR2004
        why=(*base.why, f"Answered by the reviewed claim {claim.id}: {match.how}."),
    )


def _with_safety(claim: Claim, notices: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """Put what to do instead of what a dangerous claim says before all other notices but an emergency's."""
    if not claim.danger:
        return notices
    first = tuple(notice for notice in notices if notice.kind == "emergency")
    return (*first, Notice("safety", claim.instead), *(notice for notice in notices if notice not in first))


def derived_answer(
    base: Answer, question: Question, proposed: Proposed, derived: Derived, store: Store, share: float = 1.0
) -> Answer:
    """Give the answer that the profiles make.

    Args:
        base: the answer so far.
        question: the question, read.
        proposed: what it proposes.
        derived: what the profiles say of that.
        store: the store.
        share: how sure it is that the question proposes this, 0 to 1.
    """
    negated = question.negated != proposed.denied
    relation = store.relation(proposed.relation)
    every = sweeping(question, relation.forces if relation else (), store, negated=negated)
    if negated and derived.verdict is Verdict.MIXED:
        every = False  # records grade what is in doubt so, too: that it can never be is not known
    verdict = derived.verdict.as_asked(negated=negated, sweeping=every)
    profiles = profiles_of([proposed.subject, proposed.object], store)
    supports: dict[str, list[str]] = {source: ["verdict"] for source in derived.sources}
    texts = {}
    for part in PARTS:
        texts[part], sources = explain(profiles, part, store)
        for source in sources:
            supports.setdefault(source, []).append(part)
    law = law_of(profiles)
    for one in law:
        supports.setdefault(one.source, []).append("law")
    name = "/".join(part for part in (proposed.subject, proposed.relation, proposed.object) if part)
    return base._replace(
        status=Status.ANSWERED,
        answer=short_of(verdict),
        verdict=verdict,
        claim=Answered(name, derived.statement, derived.verdict, Origin.DERIVED),
        polarity="negated" if negated else "affirmed",
        confidence=round(_SURE_DERIVED * share - _PER_CORRECTION * len(question.corrections), 3),
        summary=derived.says,
        mechanism=texts["mechanism"],
        effects=texts["effects"],
        addiction_risk=texts["addiction_risk"],
        law=law,
        substances=_ids(profiles, Substance),
        classes=_ids(profiles, DrugClass),
        sources=cite(supports, store),
        sides=tuple(side(profile, store) for profile in profiles) if len(profiles) == 2 else (),  # noqa: PLR2004
        why=(*base.why, f"Derived from the profiles: {derived.basis}."),
    )


def profile_or_unsure(base: Answer, question: Question, store: Store) -> Answer:
    """Give the profile of the one drug or class that a question names, or no verdict where it names more or none."""
    profiles = profiles_of((mention.id for mention in question.mentions), store)
    if len(profiles) != 1 or len({mention.id for mention in question.mentions}) != 1:
        return unsure(base)
    profile = profiles[0]
    texts, supports = {}, {source: ["summary"] for source in profile.summary.sources}
    for part in PARTS:
        texts[part], sources = explain(profiles, part, store)
        for source in sources:
            supports.setdefault(source, []).append(part)
    for one in profile.law:
        supports.setdefault(one.source, []).append("law")
    return base._replace(
        status=Status.PROFILE,
        law=law_of(profiles),
        confidence=_SURE_DERIVED,
        summary=profile.summary.text,
        mechanism=texts["mechanism"],
        effects=texts["effects"],
        addiction_risk=texts["addiction_risk"],
        substances=_ids(profiles, Substance),
        classes=_ids(profiles, DrugClass),
        sources=cite(supports, store),
        why=(*base.why, f"It asks for a profile, not a verdict: {profile.id}."),
    )


def unsure(base: Answer) -> Answer:
    """Give no verdict, with what is known besides."""
    return base._replace(status=Status.UNSURE, why=(*base.why, "No verdict: nothing fits well enough to be sure."))


def _ids(profiles: Sequence[Profile], kind: type) -> tuple[str, ...]:
    return tuple(profile.id for profile in profiles if isinstance(profile, kind))


def with_context(base: Answer, question: Question, found: Sequence[Match], store: Store) -> Answer:
    """Add what does not depend on the decision: notices, suggestions, what was understood."""
    named = {f"<{one.id}>" for one in question.mentions}
    near = [
        match
        for match in found
        if match.confidence >= WORTH_SUGGESTING and (not named or named & store.vocabulary(match.claim))
    ]
    suggestions = sorted(near, key=lambda match: -match.confidence)[:SUGGESTIONS]
    return base._replace(
        notices=tuple(_notices(question, store)),
        suggestions=tuple(
            Suggestion(match.claim, store.statement(match.claim), match.confidence) for match in suggestions
        ),
        substances=tuple(dict.fromkeys(one.id for one in question.mentions if one.kind == "substance")),
        classes=tuple(dict.fromkeys(one.id for one in question.mentions if one.kind == "class")),
        about=tuple(dict.fromkeys(one.id for one in question.mentions)),
        why=(*_reading(question), *_weighed(found)),
    )


def _notices(question: Question, store: Store) -> list[Notice]:
    notices = []
    for role in ("emergency", "refusal"):
        sign = question.sign(role)
        if sign:
            notices.append(Notice(sign.effect, store.notice(sign.id)))
    notices += [Notice("spelling", f"Read {typed!r} as {meant!r}.") for typed, meant in question.corrections]
    notices += [
        Notice("ambiguous-name", f"{name!r} can mean more than one drug; say which one is meant.")
        for name in question.ambiguous
    ]
    notices += [
        Notice("unknown-drug", f"{name!r} is a real drug, but there are no facts on it here yet.")
        for name in question.unknown_drugs
    ]
    return notices


def _reading(question: Question) -> list[str]:
    named = ", ".join(f"{one.text} = {one.id} ({one.kind})" for one in question.mentions) or "nothing"
    lines = [f"Named: {named}."]
    lines += [
        f"Proposes{' the opposite of' if question.negated != one.denied else ''}: "
        f"{one.relation}({one.subject}{', ' + one.object if one.object else ''})"
        f"{' (read from the word order)' if one.implied else ''}."
        for one in question.propositions
    ]
    if question.forces or question.conditions:
        lines.append(f"Strength and circumstances: {', '.join((*question.forces, *question.conditions))}.")
    if question.residue:
        lines.append(f"Not accounted for: {', '.join(question.residue)}.")
    return lines


def _weighed(found: Sequence[Match]) -> list[str]:
    return [
        f"Claim {match.claim} ({match.how}): {match.confidence:.2f}"
        + (f", refused: {match.refused}." if match.refused else ".")
        for match in found[:SUGGESTIONS]
    ]
