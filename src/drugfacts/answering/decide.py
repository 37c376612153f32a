"""Answer a question: read it, gather what it may be, let the gates refuse, decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drugfacts.answering import gates
from drugfacts.answering.answer import Answer, Answered, Fault, Legal, Notice, Origin, Status, Suggestion, short_of
from drugfacts.answering.derive import Derived, derive
from drugfacts.answering.describe import PARTS, cite, explain, law_of, profiles_of, side, supports_of
from drugfacts.answering.lookalikes import with_look_alike
from drugfacts.answering.match import EXACT, LIKELY, OWN, PROPOSED, SURE, Match, matches
from drugfacts.answering.parts import by_parts, sentences
from drugfacts.language.read import read
from drugfacts.model import DrugClass, Substance, Verdict
from drugfacts.text import MAX_QUESTION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drugfacts.language.question import Proposed, Question
    from drugfacts.model import Claim
    from drugfacts.store import Profile, Store

# Two answers nearer than the margin are none.
MARGIN = 0.03
SUGGESTIONS, WORTH_SUGGESTING = 3, 0.66
# How many words may stand beside a name that is a question by itself ("ketamine please").
_ASIDES = 2
# The kinds of refusal that a danger overrides: whoever asks what to do is told; doses and sources are never given.
_ASKED_FOR_ONESELF = frozenset({"personal", "opinion"})
_HOLDS = (Verdict.TRUE, Verdict.MOSTLY_TRUE)
_SURE_DERIVED, _PER_CORRECTION = 0.95, 0.03


# What an answer loses when it turns out not to be sure.
_NO_VERDICT: dict[str, Any] = {
    "status": Status.UNSURE,
    "answer": None,
    "verdict": None,
    "claim": None,
    "polarity": "affirmed",
    "confidence": 0.0,
    "summary": "",
    "mechanism": "",
    "effects": "",
    "addiction_risk": "",
    "nuance": "",
    "believed_because": "",
    "matters_because": "",
    "law": (),
    "sources": (),
    "sides": (),
}


def answer(text: str, store: Store) -> Answer:
    """Answer a text: one question, or several.

    Args:
        text: the question in a person's own words.
        store: the store to answer from.

    Returns:
        An answer of any status; nothing a person types raises.
    """
    return with_look_alike(_whole_or_parts(text, store), store)


def _whole_or_parts(text: str, store: Store) -> Answer:
    whole = answer_one(text, store)
    open_ = whole.status is Status.UNSURE or whole.mild
    # What several sentences deny cannot be told from all of them together.
    doubtful = whole.verdict is not None and whole.confidence < OWN and whole.denies and len(sentences(text)) > 1
    if not open_ and not doubtful:
        return whole
    parts = by_parts(text, lambda piece: answer_one(piece, store), store)
    first = next((one for one in parts if one.status in (Status.ANSWERED, Status.PROFILE)), None)
    if first is None:
        return whole._replace(**_NO_VERDICT) if doubtful else whole
    notices = tuple(dict.fromkeys((*whole.notices, *first.notices)))
    urgent = tuple(one for one in notices if one.kind == "emergency")
    return first._replace(
        question=text,
        notices=(*urgent, *(one for one in notices if one not in urgent)),
        why=(*first.why, "The rest of the text was taken for what stands around the question."),
        parts=tuple(parts) if len(parts) > 1 else (),
    )


def answer_one(text: str, store: Store) -> Answer:
    """Answer a text that is one question.

    Args:
        text: the question in a person's own words.
        store: the store to answer from.
    """
    base = Answer(
        question=text,
        status=Status.UNSURE,
        facts_version=store.meta["content"],
        facts_reviewed=store.meta["reviewed"],
    )
    if len(text) > MAX_QUESTION:
        fault = Fault("too-long", f"a question has at most {MAX_QUESTION} characters; this one has {len(text)}")
        return base._replace(status=Status.ERROR, error=fault)
    question = read(text, store)
    if not question.tokens:
        return base._replace(status=Status.ERROR, error=Fault("empty", "there is no question in this line"))
    given = _answer_question(base, question, store)
    if given.status is Status.UNSURE and question.doubtful:
        # A street name that is also an everyday word is taken for the drug only where that makes plain sense.
        other = _answer_question(base, read(text, store, lenient=True), store)
        plain = other.claim and (other.claim.origin is Origin.DERIVED or other.confidence >= PROPOSED)
        if plain or any(one.kind == "ambiguous-name" for one in other.notices):
            return other
    return given


def _answer_question(base: Answer, question: Question, store: Store) -> Answer:
    found = matches(question, store)
    base = _with_context(base, question, found, store)
    if found and not found[0].refused and found[0].confidence >= OWN:
        # In a claim's own words a sign of a personal question does not matter.
        return _best(base, found, store)
    refusal = question.sign("refusal")
    if refusal:
        safety = _safety(question, store)
        if safety:
            return reviewed(base, safety, store)
        why = (*base.why, f"Refused: it asks for something that is not given here ({refusal.id}).")
        return base._replace(status=Status.OUT_OF_SCOPE, why=why)
    if question.sign("open") or question.sign("profile"):
        return _profile_or_unsure(base, question, store)
    given = _verdict(base, question, found, store)._replace(denies=bool(question.negators))
    aside = question.sign("aside")
    if aside and given.verdict is None:
        why = (*given.why, f"It may ask for something that is not given here ({aside.id}).")
        notice = Notice(aside.effect, store.notice(aside.id))
        return given._replace(status=Status.OUT_OF_SCOPE, notices=(*given.notices, notice), why=why, mild=True)
    return given


def _safety(question: Question, store: Store) -> Match | None:
    """Give the claim that a personal question rests on where believing it could kill: that is told, not refused."""
    if any(sign.role == "refusal" and sign.effect not in _ASKED_FOR_ONESELF for sign in question.signs):
        return None
    plain = question._replace(content=tuple(one for one in question.content if not one.startswith("!")))
    found = [match for match in matches(plain, store) if not match.refused and match.confidence >= SURE]
    return found[0] if found and store.claim(found[0].claim).danger else None


def _verdict(base: Answer, question: Question, found: Sequence[Match], store: Store) -> Answer:
    passed = [match for match in found if not match.refused and match.confidence >= SURE]
    # What a claim says of itself comes first, then what the records say of a plain proposition, then what is alike.
    if any(match.confidence > LIKELY for match in passed):
        return _best(base, found, store)
    refused = _gate_reading(question, store)
    if passed and question.bare:
        # Words besides a relation and its drugs may make it another question, which a claim is nearer to.
        settled = None if refused else _joint(question, store) if question.joint else _single(question, store)
        if isinstance(settled, tuple):
            record = _derived(base, question, *settled, store)
            claim = _best(base, found, store)
            return claim if claim.answer is record.answer else _unsure(base)
        return _best(base, found, store)
    if refused is None:
        settled = _joint(question, store) if question.joint else _single(question, store)
        if isinstance(settled, tuple):
            return _derived(base, question, *settled, store)
        refused = settled
    if passed:
        return _best(base, found, store)
    base = base._replace(why=(*base.why, f"From the profiles: no verdict, because {refused}."))
    if (
        len(question.mentions) == 1
        and not question.residue
        and not question.propositions
        and len(question.content) == 1
        and not question.interrogative
        and not question.negated
        and len(question.tokens) <= question.mentions[0].end - question.mentions[0].start + _ASIDES
    ):
        return _profile_or_unsure(base, question, store)
    return _unsure(base)


def _best(base: Answer, found: Sequence[Match], store: Store) -> Answer:
    """Answer by the best match, unless another fits as well and says otherwise."""
    passed = [match for match in found if not match.refused and match.confidence >= SURE]
    rival = next((match for match in passed[1:] if match.confidence > passed[0].confidence - MARGIN), None)
    alone = passed[0].confidence >= EXACT and (rival is None or rival.confidence < EXACT)
    if rival is None or alone or _agree(passed[0], rival, store):
        return reviewed(base, passed[0], store)
    return _unsure(base._replace(why=(*base.why, f"Two claims fit as well: {passed[0].claim} and {rival.claim}.")))


def _agree(left: Match, right: Match, store: Store) -> bool:
    verdicts = [store.verdict(match.claim) for match in (left, right)]
    shown = [
        verdict.negated() if match.negated else verdict for verdict, match in zip(verdicts, (left, right), strict=True)
    ]
    return short_of(shown[0]) is short_of(shown[1])


def _gate_reading(question: Question, store: Store) -> str | None:
    """Give the first reason why nothing may be derived from how a question was read, or None."""
    return (
        gates.certain_names(question)
        or gates.one_proposition(question)
        or gates.residue(question)
        or gates.asks_fact(question)
        or gates.no_advice(question)
        or gates.read_whole(question)
        or gates.no_aside(question)
        or gates.one_place(question)
        or gates.plain_denial(question, store.single("negator", effects=("strong", "adverb")))
    )


def _derive(question: Question, proposed: Proposed, store: Store) -> tuple[Derived | None, str]:
    """Settle one proposition of a question from the profiles, or say why not."""
    relation = store.relation(proposed.relation)
    places = [place for place in question.conditions if store.place(place)]
    derived = derive(proposed, store, store.place(places[0]) if len(places) == 1 else "")
    if derived is None:
        return None, "no sourced field of the records settles it"
    free = (*(relation.conditions if relation else ()), *(places if derived.placed else ()))
    grows = relation.grows if relation and derived.verdict in _HOLDS else ()
    others = [one for one in question.conditions if one not in (*free, *grows)]
    held = (*relation.forces, *grows) if relation else ()
    asked = (*question.forces, *question.needs)
    general = relation is not None and store.general(relation.yes)
    refused = gates.stronger(asked, held, store.strengths(), derived.verdict, general=general) or gates.condition(
        others, ()
    )
    return (None, refused) if refused else (derived, "")


def _single(question: Question, store: Store) -> tuple[Proposed, Derived] | str:
    derived, why = _derive(question, question.propositions[0], store)
    return (question.propositions[0], derived) if derived else why


def _joint(question: Question, store: Store) -> tuple[Proposed, Derived] | str:
    """Settle several propositions at once: all of them, or one of them, must come to the same."""
    assert question.joint is not None
    settled = []
    for one in question.joint.parts:
        derived, why = _derive(question, one, store)
        if derived is None:
            return why
        settled.append(derived)
    verdicts = {one.verdict for one in settled}
    if question.joint.either and Verdict.TRUE in verdicts:
        settled = [one for one in settled if one.verdict is Verdict.TRUE]
    elif len(verdicts) > 1:
        # "X is a synthetic Y" is false where one of the two is; that two drugs are a Y is another matter.
        wrong = [one for one in settled if one.verdict is Verdict.FALSE]
        one_subject = len({one.subject for one in question.joint.parts}) == 1 and not question.negated
        if not (one_subject and wrong and len({one.relation for one in question.joint.parts}) > 1):
            return "what it names together differs in this"
        settled = wrong
    first = question.joint.parts[0]
    joined = Derived(
        settled[0].verdict,
        " ".join(dict.fromkeys(one.statement for one in settled)),
        " ".join(dict.fromkeys(one.says for one in settled)),
        tuple(dict.fromkeys(source for one in settled for source in one.sources)),
        "; ".join(dict.fromkeys(one.basis for one in settled)),
    )
    return first, joined


def reviewed(base: Answer, match: Match, store: Store) -> Answer:
    """Give the answer that a reviewed claim makes.

    Args:
        base: the answer so far.
        match: the claim, and whether the question says its opposite.
        store: the store.
    """
    claim = store.claim(match.claim)
    verdict = claim.verdict.negated() if match.negated else claim.verdict
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


def _derived(base: Answer, question: Question, proposed: Proposed, derived: Derived, store: Store) -> Answer:
    negated = question.negated != proposed.denied
    verdict = derived.verdict.negated() if negated else derived.verdict
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
        confidence=round(_SURE_DERIVED - _PER_CORRECTION * len(question.corrections), 3),
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


def _profile_or_unsure(base: Answer, question: Question, store: Store) -> Answer:
    profiles = profiles_of((mention.id for mention in question.mentions), store)
    if len(profiles) != 1 or len({mention.id for mention in question.mentions}) != 1:
        return _unsure(base)
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


def _unsure(base: Answer) -> Answer:
    return base._replace(status=Status.UNSURE, why=(*base.why, "No verdict: nothing fits well enough to be sure."))


def _ids(profiles: Sequence[Profile], kind: type) -> tuple[str, ...]:
    return tuple(profile.id for profile in profiles if isinstance(profile, kind))


def _with_context(base: Answer, question: Question, found: Sequence[Match], store: Store) -> Answer:
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
