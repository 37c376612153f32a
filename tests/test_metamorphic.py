"""What must hold between two questions, whatever the facts say; over questions made from the real store.

A few thousand questions by default; set DRUGFACTS_LONG=1 for over 20,000. The seed is fixed.
"""

from __future__ import annotations

import os
import random
import re
import string
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import pytest

from drugfacts.answering.answer import Origin, Short, short_of
from drugfacts.answering.decide import answer
from drugfacts.answering.derive import derive
from drugfacts.answering.findings import findings
from drugfacts.answering.wording import sentence, subject_name
from drugfacts.language.question import Proposed
from drugfacts.language.read import read
from drugfacts.model import Method, Verdict
from drugfacts.text import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drugfacts.answering.answer import Answer
    from drugfacts.model import Relation
    from drugfacts.store import Profile, Store

LONG = bool(os.environ.get("DRUGFACTS_LONG"))
COUNT = 4000 if LONG else 270
SEED = 20261123
CHATTER = [
    "lol",
    "asking for a friend",
    "please help",
    "thanks",
    "my cousin told me yesterday",
    "i read it on the internet",
    "and also my dog is called rex",
    "because my teacher keeps going on about it",
    "honestly no idea",
    "it is raining here",
    "but only on tuesdays",
    "in small amounts",
    "or so they say",
    "when mixed with alcohol",
    "unlike heroin",
]
OPENINGS = ["hey guys", "so my brother says", "quick question:", "i was at a party and", "hi, um,", "unlike morphine"]


class Case(NamedTuple):
    """A statement made from a relation's own sentence, and the verdict that it gets."""

    text: str
    subject: str
    relation: str
    object: str
    verdict: Verdict
    claim: str
    polarity: str


def turned(given: Answer, case: Case, wanted: Verdict, store: Store, *, denied: bool = False) -> bool:
    """Say whether an answer is not what a case makes due.

    Where it rests on the same record it must be the very verdict, or to a denial the one whose denial the case is; to a
    denial of every case ("cannot") what is so in part is false. Another record, which may grade a thing
    otherwise ("true", "it depends"), must not say yes for no, or no for yes.
    """
    if given.verdict is None or given.claim is None:
        return False
    if given.claim.id == case.claim:
        other_side = denied and given.polarity != case.polarity and given.verdict.negated() is case.verdict
        outright = denied and read(given.question, store).outright
        swept = outright and given.verdict is case.verdict.as_asked(negated=True, sweeping=True)
        return given.verdict is not wanted and not other_side and not swept
    return {given.answer, short_of(wanted)} == {Short.YES, Short.NO}


def relation_of(name: str, store: Store) -> Relation:
    found = store.relation(name)
    assert found is not None
    return found


def profile_of(name: str, store: Store) -> Profile:
    found = store.profile(name)
    assert found is not None
    return found


def said(relation: str, subject: str, object_: str, store: Store, *, denied: bool = False) -> str:
    rule = relation_of(relation, store)
    other = (store.profile(object_) or store.term(object_)) if object_ else None
    return sentence(rule.no if denied else rule.yes, rule, profile_of(subject, store), other)


def objects_for(rule: Relation, subject: str, store: Store, chance: random.Random) -> list[str]:
    """Give some objects that a relation may take, those that the subject's record names among them."""
    if not rule.object_kinds:
        return [""]
    substances, classes = store.ids("substances"), store.ids("classes")
    found = [name for name in chance.sample(substances, 4) if "substance" in rule.object_kinds]
    found += [name for name in chance.sample(classes, 6) if "class" in rule.object_kinds]
    if rule.method in (Method.LINK, Method.ORDER):
        for field in (rule.field, rule.id):
            held = findings(profile_of(subject, store), field, store)
            found += [one.object for _, one in held if one.object]
    return [name for name in dict.fromkeys(found) if name != subject]


def cases(store: Store) -> Iterator[Case]:
    chance = random.Random(SEED)
    pairs = [(subject, name) for subject in store.ids("substances") for name in store.ids("relations")]
    chance.shuffle(pairs)
    for subject, name in pairs:
        rule = relation_of(name, store)
        for object_ in objects_for(rule, subject, store, chance):
            text = said(name, subject, object_, store)
            given = answer(text, store)
            if given.verdict and given.claim:
                yield Case(text, subject, name, object_, given.verdict, given.claim.id, given.polarity)


@pytest.fixture(scope="module")
def made(store: Store) -> list[Case]:
    """Give statements that get a verdict, of drugs and relations drawn at random."""
    found = list(islice(cases(store), 2 * COUNT))
    random.Random(SEED).shuffle(found)
    assert len(found) > 500
    return found[:COUNT]


def report(wrong: list[str], checked: int, least: int) -> None:
    """Fail with what went wrong, or when hardly anything was checked because nearly everything fell silent."""
    assert not wrong, "\n".join(wrong[:20])
    assert checked >= least


def test_many_relations_are_there(made: list[Case]) -> None:
    assert len({case.relation for case in made}) > 12
    assert len({case.subject for case in made}) > 40
    assert {Verdict.TRUE, Verdict.FALSE} <= {case.verdict for case in made}


def test_a_denial_turns_the_verdict_or_silences(store: Store, made: list[Case]) -> None:
    wrong, checked = [], 0
    for case in made:
        denials = [
            said(case.relation, case.subject, case.object, store, denied=True),
            f"It is not true that {case.text}",
            f"is it a myth that {case.text}",
        ]
        for text in denials:
            given = answer(text, store)
            checked += given.verdict is not None
            if turned(given, case, case.verdict.negated(), store, denied=True):
                wrong.append(f"{case.text} {case.verdict}; {text} {given.verdict}")
    report(wrong, checked, COUNT)


def test_not_after_the_first_verb_turns_the_verdict_or_silences(store: Store, made: list[Case]) -> None:
    wrong, checked = [], 0
    for case in made:
        text = re.sub(r" (is|are|can|does|do|was|will) ", r" \1 not ", case.text, count=1)
        if text == case.text:
            continue
        given = answer(text, store)
        checked += given.verdict is not None
        if turned(given, case, case.verdict.negated(), store, denied=True):
            wrong.append(f"{case.text} {case.verdict}; {text} {given.verdict}")
    report(wrong, checked, COUNT // 4)


def test_a_frame_that_affirms_changes_nothing(store: Store, made: list[Case]) -> None:
    wrong = []
    for case in made[: COUNT // 2]:
        for frame in ("is it true that {}", "i heard that {}", "{} right?", "my friend says {}"):
            given = answer(frame.format(case.text.rstrip(".")), store)
            if turned(given, case, case.verdict, store):
                wrong.append(f"{frame}: {case.text} {case.verdict} {given.verdict}")
    report(wrong, 1, 1)


def worded(cue: str, subject: str, object_: str, verb: str) -> str:
    """Put a cue into a clause; an object goes into its gap, or behind it."""
    filled = cue.replace(" ... ", f" {object_} ", 1) if " ... " in cue and object_ else f"{cue} {object_}"
    return " ".join(f"{subject} {verb} {filled}".split())


def test_another_cue_of_the_relation_keeps_the_verdict_or_silences(store: Store, made: list[Case]) -> None:
    chance = random.Random(SEED)
    wrong, checked = [], 0
    for case in made:
        rule = relation_of(case.relation, store)
        subject = subject_name(profile_of(case.subject, store))
        other = (store.profile(case.object) or store.term(case.object)) if case.object else None
        object_ = subject_name(other) if other else ""
        for verb in ("is", "can", ""):
            cues = [cue for cue in rule.cues if cue.count("...") <= 1]  # what goes into two gaps only the cue knows
            for cue in chance.sample(cues, min(2, len(cues))):
                text = worded(cue, subject, object_, verb)
                given = answer(text, store)
                checked += given.verdict is not None
                if not turned(given, case, case.verdict, store) or given.answer is short_of(case.verdict):
                    continue
                wrong.append(f"{case.text} {case.verdict}; {text} {given.verdict} ({given.claim and given.claim.id})")
    report(wrong, checked, COUNT // 2)


def test_chatter_changes_nothing_or_silences(store: Store, made: list[Case]) -> None:
    chance = random.Random(SEED)
    wrong = []
    for case in made:
        bare = case.text.rstrip(".")
        for text in (
            f"{bare} {chance.choice(CHATTER)}",
            f"{bare}, {chance.choice(CHATTER)}.",
            f"{chance.choice(OPENINGS)} {bare}",
        ):
            given = answer(text, store)
            # "X with Y is dangerous, when mixed with alcohol" may be answered of alcohol with the two.
            others = {*given.substances} - {case.subject, case.object}
            if turned(given, case, case.verdict, store) and not (others and case.object not in given.substances):
                wrong.append(f"{case.text} {case.verdict}; {text} {given.verdict}")
    report(wrong, 1, 1)


def test_the_two_sides_of_a_comparison_are_never_both_right(store: Store) -> None:
    wrong, checked = [], 0
    names = [*store.ids("substances"), *store.ids("classes")]
    chance = random.Random(SEED)
    directed = [name for name in store.ids("relations") if name.endswith("-than")]
    triples = [
        (relation, left, right)
        for relation in directed
        for place, left in enumerate(names)
        for right in names[place + 1 :]
    ]
    held = [triple for triple in triples if derive(Proposed(triple[1], triple[0], triple[2]), store)]
    for relation, left, right in [*held[:COUNT], *chance.sample(triples, COUNT // 2)]:
        one = answer(said(relation, left, right, store), store)
        other = answer(said(relation, right, left, store), store)
        checked += one.verdict is not None
        if one.answer is other.answer is Short.YES:
            wrong.append(f"{relation} {left} {right}")
    report(wrong, checked, 5)


def test_another_drug_gets_only_a_verdict_of_its_own(store: Store, made: list[Case]) -> None:
    chance = random.Random(SEED)
    names = store.ids("substances")
    wrong = []
    for case in made:
        classes = set(store.ancestors(case.subject))
        strangers = [name for name in names if name != case.object and not classes & set(store.ancestors(name))]
        for stranger in chance.sample(strangers, min(2, len(strangers))):
            text = said(case.relation, stranger, case.object, store)
            given = answer(text, store)
            if given.verdict is None:
                continue
            assert given.claim is not None
            # "The same drug as" may be settled by the relation for "the same" or the one for "a variety of".
            told = given.claim.id.split("/")[1] if "/" in given.claim.id else ""
            relation = told if told in store.siblings(case.relation) else case.relation
            derived = derive(Proposed(stranger, relation, case.object), store)
            if given.claim.origin is Origin.DERIVED:
                if derived is None or derived.verdict is not given.claim.verdict:
                    wrong.append(f"{text} {given.verdict} is not held")
            elif not any(given.claim.id in store.claims_about(name) for name in (stranger, *store.ancestors(stranger))):
                wrong.append(f"{text} {given.verdict} by {given.claim.id}")
    report(wrong, 1, 1)


def test_an_unheard_name_gets_no_verdict(store: Store, made: list[Case]) -> None:
    wrong = []
    for case in made[: COUNT // 2]:
        name = profile_of(case.subject, store).name
        for other in ("bosentan", "blorvinax"):
            text = re.sub(re.escape(name), other, case.text, count=1, flags=re.IGNORECASE)
            given = answer(text, store)
            if given.verdict and text != case.text:
                wrong.append(f"{text} {given.verdict} by {given.claim and given.claim.id}")
    report(wrong, 1, 1)


def misspelt(text: str, store: Store, chance: random.Random) -> str | None:
    """Change one letter of one word of five letters or more; None where that makes another word."""
    places = [match for match in re.finditer(r"[A-Za-z]+", text) if len(match.group()) >= 5]
    if not places:
        return None
    match = chance.choice(places)
    word = match.group()
    at = chance.randrange(len(word))
    letter = chance.choice(string.ascii_lowercase)
    other = chance.choice(
        [
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
        ]
    )
    if store.word_kinds(other.lower()) or store.word_kinds(stem(other.lower())):
        return None
    return text[: match.start()] + other + text[match.end() :]


def test_a_slip_of_one_letter_changes_nothing_or_silences(store: Store, made: list[Case]) -> None:
    chance = random.Random(SEED)
    wrong, checked = [], 0
    for case in made:
        for _ in range(2):
            text = misspelt(case.text, store, chance)
            if text is None:
                continue
            given = answer(text, store)
            checked += given.verdict is not None
            if turned(given, case, case.verdict, store):
                wrong.append(f"{case.text} {case.verdict}; {text} {given.verdict}")
    report(wrong, checked, COUNT // 4)
