from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from drugfacts.answering import decide as module
from drugfacts.answering.answer import Answer, Origin, Short, Status, Suggestion, short_of
from drugfacts.answering.decide import (
    CERTAIN,
    CLEARLY,
    READS,
    READS_NOT,
    _asks_several,
    _best,
    _is_said,
    _may_be_said,
    _of_two,
    _stands_for,
    answer,
)
from drugfacts.answering.match import LIKELY, Match
from drugfacts.answering.verify import Judged
from drugfacts.authoring.compile import compile_library
from drugfacts.authoring.load import load
from drugfacts.language.read import read
from drugfacts.model import Verdict
from drugfacts.text import MAX_QUESTION

if TYPE_CHECKING:
    from collections.abc import Callable

    from drugfacts.store import Store

VOCABULARY = (
    "is isn't not ketamine heroin opioid opioids addictive what how much why should i he overdosing right a an "
    "the and stronger than fentanyl naloxone reverse overdose never only kids special k metformin ?"
)
CLAIM = "claims/lore/quelbrin-is-a-florant.yaml"
RIVAL = """\
id: {name}
statement: Quelbrin is a florant.
topic: lore
about: {{subject: quelbrin, relation: is-a, object: florant}}
verdict: {verdict}
answer: This is what the other one says.
asks: [is quelbrin a florant]
not_asks: [{{text: is zorvane a florant, because: another drug}}]
references: [{{source: src-one, supports: [verdict], finding: It is said.}}]
review: {{status: checked, on: 2026-11-24}}
"""


def compiled(facts: Path) -> Store:
    """Compile a fact folder in memory, whatever the rules for authors say of it."""
    library, problems = load([facts])
    assert problems == []
    return compile_library(library, sqlite3.connect(":memory:"))


def kinds(given: Answer) -> list[str]:
    return [notice.kind for notice in given.notices]


def test_a_reviewed_claim_is_answered_with_all_that_it_holds(tiny_store: Store) -> None:
    given = answer("is quelbrin a florant", tiny_store)
    assert (given.status, given.answer, given.verdict) == (Status.ANSWERED, Short.NO, Verdict.FALSE)
    assert given.claim is not None
    assert given.claim.id == "quelbrin-is-a-florant"
    assert (given.claim.origin, given.claim.verdict) == (Origin.REVIEWED, Verdict.FALSE)
    assert given.summary == "Quelbrin is a salt and not a florant."
    assert (given.substances, given.classes) == (("quelbrin",), ("florant",))
    assert [source.id for source in given.sources] == ["src-one"]
    assert "verdict" in given.sources[0].supports
    assert 0.8 <= given.confidence <= 1
    assert [one.name for one in given.sides] == ["quelbrin", "florants"]


def test_what_to_do_is_told_where_a_belief_is_dangerous(tiny_store: Store) -> None:
    given = answer("is quelbrin a florant", tiny_store)
    assert [(one.kind, one.text) for one in given.notices] == [("safety", "Ask a gardener.")]


def test_a_derived_answer_says_that_it_is_and_has_the_sources_of_its_fields(tiny_store: Store) -> None:
    given = answer("is zorvane a florant", tiny_store)
    assert (given.status, given.answer, given.verdict) == (Status.ANSWERED, Short.YES, Verdict.TRUE)
    assert given.claim is not None
    assert given.claim.origin is Origin.DERIVED
    assert given.claim.statement == "Zorvane is a florant."
    assert [source.id for source in given.sources] == ["src-one"]
    assert given.mechanism == "It opens petals."


@pytest.mark.parametrize(
    ("text", "short", "verdict", "polarity"),
    [
        ("quelbrin is not a florant", Short.YES, Verdict.TRUE, "negated"),
        ("isn't quelbrin a florant", Short.NO, Verdict.FALSE, "affirmed"),
        ("zorvane is not a florant", Short.NO, Verdict.FALSE, "negated"),
        ("is zorvane non habit forming", Short.NO, Verdict.FALSE, "negated"),
        ("quelbrin is not habit forming", Short.YES, Verdict.TRUE, "negated"),
    ],
)
def test_the_verdict_is_on_what_was_asked_and_the_claim_keeps_its_own(
    tiny_store: Store, text: str, short: Short, verdict: Verdict, polarity: str
) -> None:
    given = answer(text, tiny_store)
    assert (given.answer, given.verdict, given.polarity) == (short, verdict, polarity)
    assert given.claim is not None
    shown = given.claim.verdict.negated() if polarity == "negated" else given.claim.verdict
    assert shown is verdict


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_reviewed_claim_wins_over_what_the_profiles_say(tiny_facts: Path, verdict: Verdict) -> None:
    path = tiny_facts / CLAIM
    path.write_text(path.read_text().replace("verdict: false", f"verdict: {verdict}"))
    given = answer("is quelbrin a florant", compiled(tiny_facts))
    assert given.claim is not None
    assert (given.claim.origin, given.verdict, given.answer) == (Origin.REVIEWED, verdict, short_of(verdict))


def test_two_claims_that_disagree_give_no_verdict(tiny_facts: Path, change: Callable[[str, str, str], Path]) -> None:
    change(CLAIM, "  - Does quelbrin belong to the florants?\n", "")
    (tiny_facts / "claims/lore/rival.yaml").write_text(RIVAL.format(name="rival", verdict="true"))
    given = answer("does quelbrin belong to the florants", compiled(tiny_facts))
    assert (given.status, given.verdict, given.answer, given.claim) == (Status.UNSURE, None, None, None)
    assert {"rival", "quelbrin-is-a-florant"} <= {one.id for one in given.suggestions}


def test_two_claims_that_disagree_give_no_verdict_in_their_own_words_either(tiny_facts: Path) -> None:
    (tiny_facts / "claims/lore/rival.yaml").write_text(RIVAL.format(name="rival", verdict="true"))
    given = answer("is quelbrin a florant", compiled(tiny_facts))
    assert (given.status, given.verdict) == (Status.UNSURE, None)


@pytest.mark.parametrize("verdict", ["false", "misleading"])
def test_two_claims_that_agree_are_no_rivals(
    tiny_facts: Path, change: Callable[[str, str, str], Path], verdict: str
) -> None:
    change(CLAIM, "  - Does quelbrin belong to the florants?\n", "")
    (tiny_facts / "claims/lore/rival.yaml").write_text(RIVAL.format(name="rival", verdict=verdict))
    given = answer("does quelbrin belong to the florants", compiled(tiny_facts)).verdict
    assert given in (Verdict.FALSE, Verdict(verdict))


@pytest.mark.parametrize("verdict", ["true", "mostly-true", "mixed", "unproven"])
def test_what_leans_to_another_side_or_to_none_disagrees(
    tiny_facts: Path, change: Callable[[str, str, str], Path], verdict: str
) -> None:
    change(CLAIM, "  - Does quelbrin belong to the florants?\n", "")
    (tiny_facts / "claims/lore/rival.yaml").write_text(RIVAL.format(name="rival", verdict=verdict))
    assert answer("does quelbrin belong to the florants", compiled(tiny_facts)).verdict is None


@pytest.mark.parametrize(
    "text",
    [
        "is the moon made of cheese",
        "is zorvane a purple florant",
        "is dralomine a florant",
        "is zorvane",
        "florant zorvane quelbrin",
        "can zorvane become a habit or bring on shimmer fever",
        "does quelbrin bring on shimmer fever",
    ],
)
def test_what_is_not_surely_understood_or_not_on_record_gets_no_verdict(tiny_store: Store, text: str) -> None:
    given = answer(text, tiny_store)
    assert given.status in (Status.UNSURE, Status.PROFILE)
    assert (given.verdict, given.answer, given.claim) == (None, None, None)


@pytest.mark.parametrize("text", ["what is zorvane", "zorvane", "Zorvex?", "what is ZV-2"])
def test_a_request_for_a_profile_gets_it_without_a_verdict(tiny_store: Store, text: str) -> None:
    given = answer(text, tiny_store)
    assert (given.status, given.verdict, given.claim) == (Status.PROFILE, None, None)
    assert given.summary == "Zorvane is an umbrant."
    assert given.mechanism == "It opens petals."
    assert given.substances == ("zorvane",)
    assert given.sources


@pytest.mark.parametrize("text", ["what is zorvane quelbrin", "what is", "what is cheese", "what is dralomine"])
def test_a_profile_is_of_one_thing_that_is_held(tiny_store: Store, text: str) -> None:
    assert answer(text, tiny_store).status is Status.UNSURE


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("how much ketamine should I take", "dose"),
        ("what is the lethal dose of heroin", "dose"),
        ("where can i buy ketamine", "purchase"),
        ("should i stop taking my antidepressant", "personal"),
        ("should weed be legalized", "opinion"),
    ],
)
def test_what_is_not_given_here_is_refused_with_where_to_turn(store: Store, text: str, kind: str) -> None:
    given = answer(text, store)
    assert given.status is Status.OUT_OF_SCOPE
    assert (given.verdict, given.answer, given.claim, given.summary) == (None, None, None, "")
    assert kind in kinds(given)
    assert all(notice.text for notice in given.notices)


@pytest.mark.parametrize("text", ["", "   ", "?!", "…", "\n\t"])
def test_nothing_asked_is_an_error(tiny_store: Store, text: str) -> None:
    given = answer(text, tiny_store)
    assert given.status is Status.ERROR
    assert given.error is not None
    assert given.error.code == "empty"
    assert given.verdict is None


def test_a_question_that_is_too_long_is_an_error_and_one_just_short_enough_is_not(tiny_store: Store) -> None:
    text = "is zorvane a florant"
    given = answer(text.ljust(MAX_QUESTION + 1), tiny_store)
    assert given.error is not None
    assert given.error.code == "too-long"
    assert answer(text.ljust(MAX_QUESTION), tiny_store).verdict is Verdict.TRUE


@pytest.mark.parametrize(
    "text",
    [
        "he is not breathing after heroin, is naloxone an opioid",
        "she took too much ketamine and is unresponsive",
        "my friend's lips are blue, how much narcan should i give",
        "he stopped breathing",
        "is it a myth that coffee helps, she stopped breathing",
        "what is fentanyl, he is overdosing",
        "he is overdosing",
    ],
)
def test_signs_of_an_emergency_come_before_all_else(store: Store, text: str) -> None:
    given = answer(text, store)
    assert kinds(given)[:1] == ["emergency"]
    assert "emergency number" in given.notices[0].text


def test_every_sign_of_an_emergency_is_seen_alone_and_among_other_words(store: Store) -> None:
    text = (Path(__file__).parents[1] / "facts/lexicon/emergencies.yaml").read_text(encoding="utf-8")
    signs = [phrase for entry in yaml.safe_load(text)["entries"] for phrase in entry["phrases"]]
    assert len(signs) > 20
    missed = [
        asked
        for sign in signs
        for asked in (sign, f"help he {sign}", f"{sign}, is naloxone an opioid", f"after heroin {sign}")
        if kinds(answer(asked, store))[:1] != ["emergency"]
    ]
    assert missed == []


def test_an_emergency_comes_before_what_a_dangerous_belief_calls_for(
    tiny_facts: Path, change: Callable[[str, str, str], Path]
) -> None:
    wilting = (
        "  - {id: wilting, role: emergency, effect: emergency, notice: Fetch water first., phrases: [is wilting]}\n"
    )
    change("lexicon/words.yaml", "entries:\n", "entries:\n" + wilting)
    store = compiled(tiny_facts)
    given = answer("is wilting. is quelbrin a florant", store)
    assert kinds(given)[:1] == ["emergency"]
    assert kinds(answer("is wilting", store)) == ["emergency"]


def test_what_was_read_differently_is_told(tiny_store: Store) -> None:
    given = answer("is zrovane a florant", tiny_store)
    assert given.verdict is Verdict.TRUE
    assert kinds(given) == ["spelling"]
    assert "zrovane" in given.notices[0].text
    assert given.confidence < answer("is zorvane a florant", tiny_store).confidence


def test_a_real_drug_that_is_not_held_is_told(tiny_store: Store) -> None:
    given = answer("is dralomine a florant", tiny_store)
    assert kinds(given) == ["unknown-drug"]
    assert "dralomine" in given.notices[0].text


def test_suggestions_are_near_misses_and_carry_no_verdict(tiny_store: Store, store: Store) -> None:
    for text in ("is ketamine an opioid in pregnancy", "is ketamine always addictive", "is ketamine good"):
        given = answer(text, store)
        assert given.verdict is None
        assert len(given.suggestions) <= 3
        for one in given.suggestions:
            assert isinstance(one, Suggestion)
            assert one.statement == store.claim(one.id).statement
            assert 0 < one.confidence <= 1
    assert answer("garden", tiny_store).suggestions == ()


def test_the_claim_that_answers_is_not_suggested_too(store: Store) -> None:
    given = answer("is ketamine an opioid", store)
    assert given.claim is not None
    assert given.claim.id not in {one.id for one in given.suggestions}


def test_every_answer_says_how_it_came_about_and_from_which_facts(store: Store) -> None:
    for text in ("is ketamine an opioid", "is heroin an opioid", "is the moon made of cheese", "what is ketamine"):
        given = answer(text, store)
        assert given.why
        assert given.question == text
        assert (given.facts_version, given.facts_reviewed) == (store.meta["content"], store.meta["reviewed"])


@settings(deadline=None, max_examples=400)
@given(
    st.text(max_size=80)
    | st.lists(
        st.sampled_from(VOCABULARY.split()),
        max_size=12,
    ).map(" ".join)
)
def test_whatever_is_asked_status_verdict_and_claim_belong_together(store: Store, text: str) -> None:
    given = answer(text, store)
    answered = given.status is Status.ANSWERED
    assert answered == (given.verdict is not None) == (given.answer is not None) == (given.claim is not None)
    assert (given.status is Status.ERROR) == (given.error is not None)
    if given.claim and given.verdict:
        assert given.answer is short_of(given.verdict)
        negated = given.polarity == "negated"
        assert given.verdict is (given.claim.verdict.negated() if negated else given.claim.verdict)
        assert given.sources
        assert given.summary
    if given.status is Status.OUT_OF_SCOPE:
        assert given.notices


@pytest.mark.parametrize(
    "text",
    ["blorvinax can cause stomach bleeding", "blorvinax and ssris are the same", "is kordazepril safe with grapefruit"],
)
def test_a_drug_that_nobody_knows_gets_no_verdict(store: Store, text: str) -> None:
    assert answer(text, store).verdict is None


def test_a_denial_in_a_clause_beside_it_turns_no_verdict_round(store: Store) -> None:
    given = answer("esketamine is for depression that hasn't shifted with other drugs", store)
    assert given.answer != "no"
    assert given.polarity == "affirmed"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("is buprenorphine a partial agonist at the mu opioid receptor", Short.YES),
        ("is buprenorphine a full agonist at mu opioid receptors", Short.NO),
        ("buprenorphine is not a full agonist at the mu receptor", Short.YES),
        ("is naloxone a partial agonist at mu opioid receptors", Short.NO),
    ],
)
def test_a_partial_agonist_is_no_full_one(store: Store, text: str, told: Short) -> None:
    assert answer(text, store).answer is told


def test_the_same_words_round_the_other_way_are_not_the_same(store: Store) -> None:
    one, other = (
        answer(text, store)
        for text in ("alcohol isn't a downer, it's an upper", "alcohol isn't an upper, it's a downer")
    )
    assert (one.answer, other.answer) == (Short.NO, Short.YES)


def test_of_two_claims_that_disagree_the_one_that_the_question_reads_as_is_told(store: Store) -> None:
    base = Answer(question="?", status=Status.UNSURE, facts_version="", facts_reviewed="")
    one = Match("ketamine-is-an-opioid", False, LIKELY, "alike", share=0.6)
    other = Match("tramadol-is-an-opioid", False, LIKELY, "alike", share=0.6 + CLEARLY)
    told = _best(base, [one, other], store)
    assert told.claim is not None
    assert told.claim.id == other.claim
    assert _best(base, [one, other._replace(share=0.6 + CLEARLY - 0.01)], store).verdict is None
    # One that was not read beside the question cannot be compared.
    assert _best(base, [one._replace(share=0.0), other], store).verdict is None


def test_of_a_claim_and_the_records_that_disagree_the_one_that_is_said_is_told() -> None:
    base = Answer(question="?", status=Status.ANSWERED, facts_version="", facts_reviewed="")
    claim = base._replace(answer=Short.YES, verdict=Verdict.TRUE)
    record = base._replace(answer=Short.NO, verdict=Verdict.FALSE)
    assert _of_two(claim, record, READS, READS_NOT) is claim
    assert _of_two(claim, record, READS_NOT, READS) is record
    for claimed, told in ((READS, READS), (READS_NOT, READS_NOT), (0.5, 0.5)):
        neither = _of_two(claim, record, claimed, told)
        assert (neither.status, neither.verdict, neither.answer) == (Status.UNSURE, None, None)
    # One that leans to the same side tells more; where one takes no side, the claim has to be surely said.
    nearly = record._replace(answer=Short.YES, verdict=Verdict.MOSTLY_TRUE)
    assert _of_two(claim, nearly, 0.5, 0.5) is claim
    depends = record._replace(answer=Short.DEPENDS, verdict=Verdict.MIXED)
    assert _of_two(claim, depends, READS, READS) is claim
    assert _of_two(claim, depends, 0.5, READS).verdict is None


@pytest.mark.parametrize(
    ("text", "part", "says", "stands"),
    [
        ("quelbrin is a florant, and it flies", "quelbrin is a florant", READS_NOT - 0.01, False),
        ("quelbrin is a florant, and it flies", "quelbrin is a florant", READS_NOT, True),
        # What is asked outright is answered, whatever stands around it.
        ("Is quelbrin a florant? My cat flies.", "Is quelbrin a florant?", 0.0, True),
    ],
)
def test_a_yes_to_a_part_needs_the_whole_to_say_it(
    tiny_store: Store, monkeypatch: pytest.MonkeyPatch, text: str, part: str, says: float, *, stands: bool
) -> None:
    monkeypatch.setattr(module, "judged", lambda *_: Judged(says, 0.0, 1 - says))
    given = answer(part, tiny_store)._replace(verdict=Verdict.TRUE, answer=Short.YES)
    assert given.claim is not None
    assert _stands_for(text, given, tiny_store) is stands
    assert _stands_for(text, given._replace(verdict=Verdict.FALSE, answer=Short.NO), tiny_store)


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("naloxone only has side effects when it is injected", True),
        ("can smoking change how much caffeine stays in the blood", True),
        ("what is ketamine", False),
        ("mechanism of action of tylenol", False),
        ("weed withdrawal signs", False),
        ("should I come off sertraline", False),
    ],
)
def test_the_sign_of_another_kind_of_question_may_stand_in_a_claim(store: Store, text: str, *, may: bool) -> None:
    assert _may_be_said(read(text, store), store) is may


def test_only_what_is_surely_said_is_told_beside_such_a_sign() -> None:
    match = Match("a-claim", False, CERTAIN, "alike", share=READS)
    assert _is_said(match)
    assert not _is_said(match._replace(confidence=CERTAIN - 0.001))
    assert not _is_said(match._replace(share=READS - 0.001))


def test_what_is_surely_said_of_several_things_is_no_request_for_a_profile(store: Store) -> None:
    given = answer("tramadol + SSRIs seizure / serotonin syndrome risk", store)
    assert given.claim is not None
    assert (given.claim.id, given.verdict) == ("tramadol-with-ssris-can-cause-serotonin-syndrome", Verdict.TRUE)


@pytest.mark.parametrize("text", ["acetaminophen uses", "kava dangers", "tramadol uses?", "dangers of kava"])
def test_a_request_for_a_profile_may_be_turned_round(store: Store, text: str) -> None:
    given = answer(text, store)
    assert (given.status, given.verdict) == (Status.PROFILE, None)


def test_a_statement_that_ends_as_such_a_request_is_none(store: Store) -> None:
    assert answer("xanax has medical uses", store).verdict is Verdict.TRUE


def test_a_claim_that_lacks_what_is_named_yields_to_records_that_say_otherwise(store: Store) -> None:
    given = answer("prednisone is put stress on drowsiness", store)
    assert given.claim is None or given.claim.id != "prednisone-can-affect-your-mood"
    # What the records say otherwise has to be what the question may say.
    text = "Quitting Nexium after two years changes no acid production, so heartburn afterwards is all in the mind."
    given = answer(text, store)
    assert given.claim is not None
    assert (given.claim.id, given.verdict) == ("stopping-acid-reducers-brings-rebound", Verdict.FALSE)


@pytest.mark.parametrize(
    ("text", "verdict"), [("lithium shaky hands side effect", True), ("lithium side effects", False)]
)
def test_a_search_for_one_effect_is_no_request_for_a_profile(store: Store, text: str, verdict: bool) -> None:
    given = answer(text, store)
    assert (given.verdict is not None) is verdict
    assert given.status is (Status.ANSWERED if verdict else Status.PROFILE)


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("Is ketamine an opioid? Is tramadol one?", True),
        ("Does kratom make you sick? How do you keep it from your boss?", True),
        ("Is ketamine an opioid? Is that true?", False),
        ("Ketamine is a drug. Is it an opioid?", False),
    ],
)
def test_a_question_that_only_asks_whether_it_is_so_is_none_of_its_own(store: Store, text: str, several: bool) -> None:
    assert _asks_several(text, store) is several


def test_what_several_questions_come_to_together_is_no_answer(store: Store) -> None:
    given = answer("Is ketamine an opioid? Is tramadol one of those too?", store)
    assert given.claim is not None
    assert given.claim.id == "ketamine-is-an-opioid"
