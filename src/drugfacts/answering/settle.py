"""Settle what a question proposes from the profiles, or say why that cannot be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drugfacts.answering import gates
from drugfacts.answering.concepts import unheard
from drugfacts.answering.derive import Derived, derive
from drugfacts.answering.readings import readings
from drugfacts.answering.scope import places, scope
from drugfacts.answering.understood import understood
from drugfacts.model import Method, Verdict
from drugfacts.text import key

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from drugfacts.answering.readings import Reading
    from drugfacts.language.question import Proposed, Question
    from drugfacts.store import Store

_YES = frozenset({Verdict.TRUE, Verdict.MOSTLY_TRUE})


def settled(question: Question, store: Store) -> tuple[Proposed, Derived] | str:
    """Settle what a question plainly proposes from the profiles, or say why that cannot be done."""
    refused = _gate_reading(question, store)
    if refused:
        return refused
    joint = question.joint
    return _all_alike(question, joint.parts, store, either=joint.either) if joint else _single(question, store)


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
        or gates.denied_once(question)
        or gates.concluded(question, store.single("link", effects=("conclusion",)))
        or gates.plain_denial(question, store.single("negator", effects=("strong", "outright", "adverb")))
    )


def _derive(question: Question, proposed: Proposed, store: Store) -> tuple[Derived | None, str]:
    """Settle one proposition of a question from the profiles, or say why not."""
    subject = store.profile(proposed.subject)
    if subject and proposed.subject == proposed.object:
        refused = gates.one_thing(question, {key(name) for name in subject.names.product})
        if refused:
            return None, refused
    named = places(question, store)
    derived = derive(proposed, store, store.place(named[0]) if len(named) == 1 else "")
    if derived is None:
        return None, "no sourced field of the records settles it"
    besides = scope(question, proposed, derived, store)
    refused = besides.strength or besides.circumstance
    return (None, refused) if refused else (derived, "")


def settled_as_a_whole(question: Question, store: Store) -> tuple[Proposed, Derived, float] | str:
    """Settle what a question proposes as a whole, where it uses no wording of a relation, or others besides."""
    refused = (
        gates.certain_names(question)
        or gates.asks_fact(question)
        or gates.no_advice(question)
        or gates.unheard(unheard(question, store), ())
        or gates.no_profile(question, store.phrases([one.stem for one in question.tokens[:1]]))
    )
    if refused:
        return refused
    read = _by_reading(question, store)
    if isinstance(read, tuple):
        return read
    refused = gates.no_aside(question) or gates.one_place(question)
    if refused:
        return refused
    meant = understood(question, store)
    if isinstance(meant, str):
        return f"{meant}; {read}" if read else meant
    told = _all_alike(question, meant.proposed, store)
    return told if isinstance(told, str) else (*told, meant.share)


def _by_reading(question: Question, store: Store) -> tuple[Proposed, Derived, float] | str:
    """Settle what a question says of a sentence that was read beside it, or say what came nearest."""
    tried = readings(question, store)
    sure = [one for one in tried if one.is_sure]
    if not sure:
        nearest = f"{tried[0].proposed.relation}: {tried[0].confidence:.2f}" if tried else ""
        return f"read beside the sentences of relations, none is sure ({nearest})" if nearest else ""
    if len({_came_to(one) for one in sure}) > 1:
        return "what it may propose differs in this"
    return sure[0].proposed, sure[0].derived, sure[0].confidence


def _came_to(one: Reading) -> Verdict:
    return one.derived.verdict.negated() if one.judged.denied else one.derived.verdict


def _single(question: Question, store: Store) -> tuple[Proposed, Derived] | str:
    derived, why = _derive(question, question.propositions[0], store)
    return (question.propositions[0], derived) if derived else why


def _all_alike(
    question: Question, parts: Sequence[Proposed], store: Store, *, either: bool = False
) -> tuple[Proposed, Derived] | str:
    """Settle several propositions at once: all of them, or one of them, must come to the same."""
    settled: list[Derived] = []
    asked: dict[Derived, Proposed] = {}
    for one in parts:
        derived, why = _derive(question, one, store)
        if derived is None:
            return why
        settled.append(derived)
        asked.setdefault(derived, one)
    verdicts = {one.verdict for one in settled}
    together = None
    if either and Verdict.TRUE in verdicts:
        settled = [one for one in settled if one.verdict is Verdict.TRUE]
    elif len(verdicts) > 1:
        # "X is a synthetic Y" is false where one of the two is; that two drugs are a Y is another matter.
        wrong = [one for one in settled if one.verdict is Verdict.FALSE]
        one_subject = len({one.subject for one in parts}) == 1 and not question.negated
        if one_subject and wrong and len({one.relation for one in parts}) > 1:
            settled = wrong
        elif not (_each(question, parts, store) and (together := _together(verdicts))):
            return "what it names together differs in this"
    first = asked[settled[0]]
    joined = Derived(
        together or settled[0].verdict,
        " ".join(dict.fromkeys(one.statement for one in settled)),
        " ".join(dict.fromkeys(one.says for one in settled)),
        tuple(dict.fromkeys(source for one in settled for source in one.sources)),
        "; ".join(dict.fromkeys(one.basis for one in settled)),
    )
    return first, joined


def _each(question: Question, parts: Sequence[Proposed], store: Store) -> bool:
    """Say whether several drugs are asked about one by one, not what they do together ("are weed and alcohol safe").

    What class each belongs to is one by one, and whatever a word like "both" says of them.
    """
    if len({one.subject for one in parts}) == 1:
        return False
    if {one.relation for one in parts} == {store.settled_by(Method.MEMBERSHIP)}:
        return True
    return bool({token.stem for token in question.tokens} & store.single("join", effects=("each",)))


def _together(verdicts: Collection[Verdict]) -> Verdict | None:
    """Give the verdict on several drugs at once where it differs from one to another; None where there is none."""
    if _YES.issuperset(verdicts):
        return Verdict.MOSTLY_TRUE
    return Verdict.MIXED if (_YES | {Verdict.FALSE, Verdict.MIXED}).issuperset(verdicts) else None
