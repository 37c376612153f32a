"""Answer a question: read it, gather what it may be, let the gates refuse, decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drugfacts.answering.answer import Answer, Fault, Notice, Origin, Status, short_of
from drugfacts.answering.compose import derived_answer, profile_or_unsure, reviewed, unsure, with_context
from drugfacts.answering.derive import proposition
from drugfacts.answering.lookalikes import with_look_alike
from drugfacts.answering.match import EXACT, LIKELY, OWN, PROPOSED, SURE, Match, matches
from drugfacts.answering.parts import by_parts, retorted, sentences
from drugfacts.answering.settle import settled, settled_as_a_whole
from drugfacts.answering.verify import judged
from drugfacts.language.read import read
from drugfacts.text import MAX_QUESTION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drugfacts.answering.derive import Derived
    from drugfacts.language.question import Proposed, Question
    from drugfacts.store import Store

# Two answers nearer than the margin are none.
MARGIN = 0.03
# Of two that are as sure and disagree, the one that the question reads as is taken where the other is so much less so.
CLEARLY = 0.25
# What reads beside a question like this share of it says it, or says it not at all.
READS, READS_NOT = 0.9, 0.1
# How sure a claim has to be to be told where a sign of another kind of question stands.
CERTAIN = 0.92
# How many words may stand beside a name that is a question by itself ("ketamine please").
_ASIDES = 2
# How the features of a question begin that name something, or are the sign of another kind of question.
_NAMES_AND_SIGNS = ("<", "!")
# The kinds of refusal that a danger overrides: whoever asks what to do is told; doses and sources are never given.
_ASKED_FOR_ONESELF = frozenset({"personal", "opinion"})

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
    # What several sentences deny, or ask, cannot be told from all of them together.
    several = len(sentences(text)) > 1 and (whole.denies or _asks_several(text, store))
    doubtful = whole.verdict is not None and whole.confidence < OWN and several
    # A claim's own words need no second look.
    asked = retorted(text, store) if whole.confidence < OWN else ""
    if asked and whole.verdict is not None:
        # Read as a whole, it has to come to the opposite of what is asked and then denied.
        alone = answer_one(asked, store).verdict
        turned = alone is not None and alone.leaning * whole.verdict.leaning < 0
        return whole if turned else whole._replace(**_NO_VERDICT)
    if asked:
        return whole
    if not open_ and not doubtful:
        return whole
    parts = by_parts(text, lambda piece: answer_one(piece, store), store)
    first = next((one for one in parts if one.status in (Status.ANSWERED, Status.PROFILE)), None)
    if first is None or not _stands_for(text, first, store):
        return whole._replace(**_NO_VERDICT) if doubtful else whole
    notices = tuple(dict.fromkeys((*whole.notices, *first.notices)))
    urgent = tuple(one for one in notices if one.kind == "emergency")
    return first._replace(
        question=text,
        notices=(*urgent, *(one for one in notices if one not in urgent)),
        why=(*first.why, "The rest of the text was taken for what stands around the question."),
        parts=tuple(parts) if len(parts) > 1 else (),
    )


def _asks_several(text: str, store: Store) -> bool:
    """Say whether more than one sentence of a text is a question of its own, which "Is that true?" is not."""
    asked = [read(one, store) for one in sentences(text) if one.endswith("?")]
    return sum(len(one.content) > 1 or bool(one.drugs) for one in asked) > 1


def _stands_for(text: str, part: Answer, store: Store) -> bool:
    """Say whether what a part of a text is answered may be the answer to the text.

    What is asked outright is. A "no" to a part is one to the whole; a "yes" is only where the whole, read beside what
    is affirmed, has something of it: else the rest tells more, which may be wrong.
    """
    asked = part.question.rstrip().endswith("?") and len(sentences(text)) > 1
    if asked or part.verdict is None or part.claim is None or part.verdict.leaning <= 0:
        return True
    told = judged(read(text, store), part.claim.statement, store)
    return told is None or told.side(negated=part.polarity == "negated") >= READS_NOT


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
    # A street name that is also an everyday word is taken for the drug only where that makes plain sense.
    lenient = read(text, store, lenient=True) if question.doubtful else None
    if lenient and any(one.confidence >= EXACT and not one.refused for one in matches(lenient, store, quick=True)):
        return _answer_question(base, lenient, store)
    given = _answer_question(base, question, store)
    if given.status is Status.UNSURE and lenient:
        other = _answer_question(base, lenient, store)
        worded = lenient.propositions or lenient.joint
        plain = other.claim and ((other.claim.origin is Origin.DERIVED and worded) or other.confidence >= PROPOSED)
        if plain or any(one.kind == "ambiguous-name" for one in other.notices):
            return other
    return given


def _answer_question(base: Answer, question: Question, store: Store) -> Answer:
    told = settled(question, store)
    signed = any(question.sign(role) for role in ("refusal", "open", "profile"))
    plain = not isinstance(told, str) and not question.bare
    found = matches(question, store, quick=(signed and not _may_be_said(question, store)) or plain)
    base = with_context(base, question, found, store)
    asks = _only_asks_for_a_profile(question, store)
    # Of several things there is no one profile: what is surely said of them is told.
    unclear = signed or (asks and len({mention.id for mention in question.mentions}) > 1)
    if found and not found[0].refused and (found[0].confidence >= OWN or (unclear and _is_said(found[0]))):
        # In a claim's own words a sign of a personal question does not matter.
        return _best(base, found, store)
    refusal = question.sign("refusal")
    if refusal:
        safety = _safety(question, store)
        if safety:
            return reviewed(base, safety, store)
        why = (*base.why, f"Refused: it asks for something that is not given here ({refusal.id}).")
        return base._replace(status=Status.OUT_OF_SCOPE, why=why)
    if question.sign("open") or question.sign("profile") or asks:
        return _of_an_effect(base, question, store) or profile_or_unsure(base, question, store)
    given = _verdict(base, question, found, told, store)._replace(denies=bool(question.negators))
    aside = question.sign("aside")
    if aside and given.verdict is None:
        why = (*given.why, f"It may ask for something that is not given here ({aside.id}).")
        notice = Notice(aside.effect, store.notice(aside.id))
        return given._replace(status=Status.OUT_OF_SCOPE, notices=(*given.notices, notice), why=why, mild=True)
    return given


def _of_an_effect(base: Answer, question: Question, store: Store) -> Answer | None:
    """Answer what looks like a request for a profile but names an effect ("lithium shaky hands side effect")."""
    named = any(f"<{mention.id}>" not in question.drugs for mention in question.mentions)
    meant = settled_as_a_whole(question, store) if named and not question.sign("open") else ""
    if isinstance(meant, str) or meant[2] < READS:
        return None
    return derived_answer(base, question, *meant[:2], store, meant[2])


def _only_asks_for_a_profile(question: Question, store: Store) -> bool:
    """Say whether a text is a request for a profile and a name: "dangers of kava", or turned round, "kava dangers"."""
    if not question.mentions:
        return False
    stems = tuple(token.stem for token in question.tokens)
    lead, rest = stems[: question.mentions[0].start], stems[question.mentions[-1].end :]
    run = lead or rest
    if not run or (lead and rest) or len(run) + sum(one.end - one.start for one in question.mentions) < len(stems):
        return False
    return any(
        phrase.meaning.role == "profile"
        and len(phrase.parts) == 1
        and run == (phrase.parts[0] if lead else phrase.parts[0][:-1])
        for phrase in store.phrases(run[:1]).get(run[0], ())
    )


def _may_be_said(question: Question, store: Store) -> bool:
    """Say whether a text with the sign of another kind of question may all the same say what a claim says.

    "You only get side effects from injecting" asks for no list of them. What asks for oneself, or for an opinion, never
    says a claim but in its very words, and a name beside the sign says nothing ("side effects of X").
    """
    personal = any(sign.role == "refusal" and sign.effect in _ASKED_FOR_ONESELF for sign in question.signs)
    said = (feature for feature in question.content if feature[0] not in _NAMES_AND_SIGNS)
    return not personal and any(feature not in store.single("link") for feature in said)


def _is_said(match: Match) -> bool:
    """Say whether a claim is so surely said that the sign of another kind of question does not matter."""
    return match.confidence >= CERTAIN and match.share >= READS


def _safety(question: Question, store: Store) -> Match | None:
    """Give the claim that a personal question rests on where believing it could kill: that is told, not refused."""
    if any(sign.role == "refusal" and sign.effect not in _ASKED_FOR_ONESELF for sign in question.signs):
        return None
    plain = question._replace(content=tuple(one for one in question.content if not one.startswith("!")))
    found = [match for match in matches(plain, store) if not match.refused and match.confidence >= SURE]
    return found[0] if found and store.claim(found[0].claim).danger else None


def _verdict(
    base: Answer, question: Question, found: Sequence[Match], told: tuple[Proposed, Derived] | str, store: Store
) -> Answer:
    passed = [match for match in found if not match.refused and match.confidence >= SURE]
    # What a claim says of itself comes first, then what the records say of a plain proposition, then what is alike.
    if any(match.confidence > LIKELY for match in passed):
        return _best(base, found, store)
    if isinstance(told, tuple):
        record = derived_answer(base, question, *told, store)
        # Words besides a relation and its drugs may make it another question, which a claim is nearer to.
        claim = _best(base, found, store) if passed and question.bare else None
        if claim is None or claim.answer is record.answer:
            return claim or record
        return _of_two(claim, record, passed[0].share, _read_beside(question, told[0], store))
    if passed:
        return _best(base, found, store)
    base = base._replace(why=(*base.why, f"From the profiles: no verdict, because {told}."))
    meant = settled_as_a_whole(question, store)
    if isinstance(meant, tuple):
        return derived_answer(base, question, *meant[:2], store, meant[2])
    base = base._replace(why=(*base.why, f"Read as a whole: no verdict, because {meant}."))
    if (
        len(question.mentions) == 1
        and not question.residue
        and not question.propositions
        and len(question.content) == 1
        and not question.interrogative
        and not question.negated
        and len(question.tokens) <= question.mentions[0].end - question.mentions[0].start + _ASIDES
    ):
        return profile_or_unsure(base, question, store)
    return unsure(base)


def _of_two(claim: Answer, record: Answer, claimed: float, told: float) -> Answer:
    """Choose between what a claim and what the records answer that differ: what alone is said, if that can be told.

    A claim that leans to the same side tells more, and so does one that is surely said where one of them takes no side.

    Args:
        claim: the answer by a claim.
        record: the answer by the records.
        claimed: how far the question, read beside the claim's statement, says it.
        told: the same for the sentence of what the records settle.
    """
    sides = [one.verdict.leaning if one.verdict else 0 for one in (claim, record)]
    if sides[0] * sides[1] > 0 or (claimed >= READS and (told <= READS_NOT or sides[0] * sides[1] == 0)):
        return claim
    return record if told >= READS and claimed <= READS_NOT else claim._replace(**_NO_VERDICT)


def _best(base: Answer, found: Sequence[Match], store: Store) -> Answer:
    """Answer by the best match, unless another fits as well and says otherwise."""
    passed = [match for match in found if not match.refused and match.confidence >= SURE]
    as_sure = [match for match in passed if match.confidence > passed[0].confidence - MARGIN]
    rival = as_sure[1] if len(as_sure) > 1 else None
    alone = passed[0].confidence >= EXACT and (rival is None or rival.confidence < EXACT)
    if rival is None or alone or _agree(passed[0], rival, store):
        return reviewed(base, passed[0], store)
    if passed[0].confidence <= LIKELY and all(match.share for match in as_sure):
        nearer = sorted(as_sure, key=lambda match: -match.share)
        if nearer[0].share - nearer[1].share >= CLEARLY:
            return reviewed(base, nearer[0], store)
    return unsure(base._replace(why=(*base.why, f"Two claims fit as well: {passed[0].claim} and {rival.claim}.")))


def _read_beside(question: Question, proposed: Proposed, store: Store) -> float:
    """Give how far a question, read beside the sentence of what it proposes, says that; 0 where it cannot be read."""
    statement = proposition(proposed.relation, proposed.subject, proposed.object, store)
    told = judged(question, statement, store) if statement else None
    return told.side(negated=question.negated != proposed.denied) if told else 0.0


def _agree(left: Match, right: Match, store: Store) -> bool:
    """Say whether two matches answer alike: in a word, or both that it is so at least for the most part, or is not."""
    verdicts = [store.verdict(match.claim) for match in (left, right)]
    shown = [
        verdict.as_asked(negated=match.negated, sweeping=match.sweeping)
        for verdict, match in zip(verdicts, (left, right), strict=True)
    ]
    sides = [
        verdict.leaning * (-1 if match.negated else 1) for verdict, match in zip(verdicts, (left, right), strict=True)
    ]
    return short_of(shown[0]) is short_of(shown[1]) or sides[0] * sides[1] > 0
